-- The drive a music folder was on when it was last scanned: a mount point without its drive is another file system.

alter table root add column device integer;

-- The list of artists, from the index alone.
create index track_of_artist on track (
    case when album_artist <> '' then album_artist else artist end, album_key, sort_artist, has_cover, missing_since
) where removed_at is null;
