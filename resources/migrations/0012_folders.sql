-- What the files of each folder looked like when all of them were settled: a rescan compares whole folders, and asks for
-- single tracks only where a folder looks different. Derived from the tracks alone.

create table folder (
    path blob primary key,                -- of each folder with tracks that are there
    looks blob not null                   -- names, sizes, times and inodes; empty: its tracks are compared one by one
) without rowid;

-- Tracks whose folders are to be written down anew. Whoever changes a track leaves its path here, by these triggers.
create table folder_touched (
    id integer primary key,
    path blob not null                    -- of a track, where it is or was
);
insert into folder_touched (path) select path from track where missing_since is null;
create trigger folder_of_new_track after insert on track begin
    insert into folder_touched (path) values (new.path);
end;
create trigger folder_of_changed_track
after update of path, size_bytes, mtime_ns, inode, missing_since, audio_hash, source_path on track begin
    insert into folder_touched (path) values (new.path);
    insert into folder_touched (path) select old.path where old.path <> new.path;
end;
create trigger folder_of_deleted_track after delete on track begin
    insert into folder_touched (path) values (old.path);
end;

-- Folders with cue sheets that take nothing apart, as they looked when that was found: the sheets are not read again.
create table folder_sheets (
    path blob primary key,
    looks blob not null
) without rowid;
