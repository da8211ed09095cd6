-- Tags are read where they were overlooked, and lengths that were made up: the next scan reads such files once more. No
-- file has this modification time. What was refused for a tag in front, or for being longer than RIFF can say, too.

update track set mtime_ns = -2 where mtime_ns <> -1 and missing_since is null and source_path is null and (
    -- APEv2 behind the sound; ID3 in front of it; names in chunks of their own.
    format = 'tta' or format in ('musepack', 'aiff', 'dff') and named_by_path
    -- Longer than the file has bytes for.
    or format = 'wav' and duration_ms > size_bytes * 8000.0 / max(bitrate, 1) + 1000
    -- In pieces.
    or format in ('m4a', 'alac') and duration_ms = 0
);
delete from refused where kind = 'unreadable' and (
    lower(cast(substr(path, -4) as text)) in ('.wav', '.ape') or lower(cast(substr(path, -3) as text)) = '.wv'
);
