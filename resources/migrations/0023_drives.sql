-- Where the drive of a music folder was mounted when it was last scanned, and what its file system is called by: a
-- folder that is gone from a drive that is there has moved; with its drive away, a copy of its files takes nothing.

alter table root add column mount blob;
alter table root add column volume text not null default '';
