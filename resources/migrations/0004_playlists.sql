-- Kept lists. A list's order is one value, the ids of its entries, so that an edit and its undo are one small write.

create table playlist (
    id integer primary key,
    name text not null,
    smart integer not null default 0,         -- 1: it holds what its query finds, in its order
    query text not null default '',           -- as the listener wrote it
    sort_order text not null default '',
    descending integer not null default 0,
    max_tracks integer,
    entry_ids blob not null default x'',      -- 64-bit integers, little end first
    created_at integer not null,              -- UTC, milliseconds
    changed_at integer not null,
    deleted_at integer                        -- a deleted list can be taken back
);

-- What stands in a list. The names are a snapshot, for the time when the track is not there.
create table playlist_entry (
    id integer primary key,
    playlist_id integer not null references playlist (id),
    track_id integer references track (id) on delete set null,
    location blob not null,                   -- the path, or the address of a stream
    title text not null,
    artist text not null,
    album text not null,
    duration_ms integer not null,
    recording_key text not null,
    audio_hash text not null
);
create index playlist_entry_of_list on playlist_entry (playlist_id);
create index playlist_entry_of_track on playlist_entry (track_id);

-- How to take back each of a list's last edits: its former values, and what to put back into its order.
create table playlist_edit (
    id integer primary key autoincrement,
    playlist_id integer not null references playlist (id),
    made_at integer not null,
    says text not null,                       -- 'Removed 3 tracks'
    name text not null,
    query text not null,
    sort_order text not null,
    descending integer not null,
    max_tracks integer,
    changed_at integer not null,
    deleted_at integer,
    start integer not null,                   -- from this place on
    given integer not null,                   -- so many entries are replaced
    taken blob not null                       -- by these
);
create index playlist_edit_of_list on playlist_edit (playlist_id, id);
