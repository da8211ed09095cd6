-- Whether tracks were written whose albums nobody has told apart since: a scan may be killed before it comes to that. The
-- next one does it for all albums.

alter table form add column albums_owed integer not null default 1;
