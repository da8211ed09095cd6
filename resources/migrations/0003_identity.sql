-- What a file says beyond its names, who it is by its sound, and tracks the listener took out of the library.

alter table track add column artists text not null default '';            -- every artist, one a line
alter table track add column title_sort text not null default '';         -- how the file wants to be sorted
alter table track add column artist_sort text not null default '';
alter table track add column album_artist_sort text not null default '';
alter table track add column album_sort text not null default '';
alter table track add column track_total integer;
alter table track add column disc_total integer;
alter table track add column date text not null default '';               -- as in the file: 1997-05-21
alter table track add column original_date text not null default '';
alter table track add column genres text not null default '';             -- every genre, one a line
alter table track add column bpm real;
alter table track add column isrc text not null default '';
alter table track add column acoustid_id text not null default '';
alter table track add column norm_gain real;                              -- iTunNORM, in dB
alter table track add column has_lyrics integer not null default 0;
alter table track add column file_plays integer;                          -- a play count written in the file
alter table track add column inode integer;                               -- a rename keeps it
alter table track add column repaired text not null default '';           -- JSON: text as it stands in the file
alter table track add column source_path blob;                            -- the file of a track of a cue sheet
alter table track add column start_ms integer not null default 0;
alter table track add column end_ms integer;                              -- null: to the end of the file
alter table track add column removed_at integer;                          -- the listener took it out; plays stay

-- Missing tracks are shown greyed, in order with the others; removed ones are not shown.
drop index track_by_title;
drop index track_by_artist;
drop index track_by_album;
drop index track_by_added;
drop index track_by_year;
drop index track_by_duration;
drop index track_by_genre;
drop index track_of_album;
create index track_by_title on track (sort_title, id) where removed_at is null;
create index track_by_artist on track (sort_artist, sort_album, disc_no, track_no, id) where removed_at is null;
create index track_by_album on track (sort_album, album_key, disc_no, track_no, id) where removed_at is null;
create index track_by_added on track (added_at, id) where removed_at is null;
create index track_by_year on track (year, sort_artist, id) where removed_at is null;
create index track_by_duration on track (duration_ms, id) where removed_at is null;
create index track_by_genre on track (genre, sort_artist, id) where removed_at is null;
create index track_of_album on track (album_key, disc_no, track_no, id) where removed_at is null;
create index track_of_audio on track (audio_hash) where audio_hash <> '';
create index track_of_source on track (source_path) where source_path is not null;
