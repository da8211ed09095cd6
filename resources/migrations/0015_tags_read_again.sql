-- Tags are read better than before: files whose tags were perhaps misread are read once more by the next scan. No file
-- has this modification time. What a file's tracks are known by stays, and with it their plays and ratings.

update track set mtime_ns = -1 where missing_since is null and source_path is null and (
    -- Cut by ID3v1, though an APE tag has them whole.
    format = 'mp3' and (length(title) between 28 and 30 or length(artist) between 28 and 30
        or length(album) between 28 and 30)
    -- Nothing but ID3.
    or format in ('wavpack', 'ape', 'musepack', 'flac') and named_by_path
    -- Two fields in one, signs and points that were overlooked, dates in other places and other forms.
    or album_artist like '%; %'
    or rg_track_gain > 0 or rg_album_gain > 0
    or year is null and named_by_path = 0 or year > 2100
    -- Sides of vinyl records.
    or disc_no is null and (album_key, track_no) in (
        select album_key, track_no from track where disc_no is null and album_key <> '' group by 1, 2 having count(*) > 1
    )
);
