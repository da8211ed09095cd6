-- Two ratings of a track: the listener's own, and what its file says. The listener's counts, else the file's.

drop index track_by_rating;
alter table track rename column rating to own_rating;
alter table track add column file_rating integer check (file_rating between 0 and 100);
alter table track add column rating integer generated always as (coalesce(own_rating, file_rating)) virtual;
create index track_by_rating on track (rating) where rating is not null;

-- Whose a rating of before is, only its file can tell: no file has this time, so that the next scan reads it again.
-- Until then it is taken for the listener's.
update track set mtime_ns = -1 where own_rating is not null and audio_hash <> '' and source_path is null;
