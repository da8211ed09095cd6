-- The sound of uncompressed files is hashed in more places: the next scan reads these files once more. Until then they
-- are known by size, time and inode, or by their names.

update track set audio_hash = null where format in ('wav', 'aiff', 'dsf', 'dff');
