-- Fields are read in which other players write, and texts that made a whole file unreadable: the next scan reads such
-- files once more. No file has this modification time.

update track set mtime_ns = -2 where mtime_ns <> -1 and missing_since is null and source_path is null and (
    -- Numbers that Windows counted from nought or wrote in another field.
    format = 'wma' and coalesce(track_no, 0) = 0
    -- Gains in the head of the stream.
    or format = 'musepack' and rg_track_gain is null
    -- A minus sign with a space behind it was overlooked.
    or rg_track_gain > 0 or rg_album_gain > 0
);
delete from refused where kind = 'unreadable' and lower(cast(substr(path, -4) as text)) in ('.m4a', '.m4b', '.mp4');
