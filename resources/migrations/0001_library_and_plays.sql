-- The music folders, the tracks found in them, and the append-only log of plays.

create table root (
    id integer primary key,
    path blob not null unique,
    added_at integer not null,            -- UTC, milliseconds
    scanned_at integer                    -- end of the last whole scan
);

create table track (
    id integer primary key,
    path blob not null unique,            -- the bytes the file system gave
    size_bytes integer not null,
    mtime_ns integer not null,
    added_at integer not null,
    missing_since integer,                -- null while the file is there; a row is never deleted by a scan
    title text not null,
    artist text not null,
    album text not null,
    album_artist text not null,
    track_no integer,
    disc_no integer,
    year integer,
    genre text not null,
    composer text not null,
    compilation integer not null default 0,
    duration_ms integer not null,
    format text not null,
    bitrate integer,
    sample_rate integer,
    channels integer,
    recording_mbid text not null,
    release_mbid text not null,
    release_group_mbid text not null,
    artist_mbid text not null,
    album_artist_mbid text not null,
    rg_track_gain real,
    rg_track_peak real,
    rg_album_gain real,
    rg_album_peak real,
    rating integer check (rating between 0 and 100),
    has_cover integer not null default 0,
    named_by_path integer not null default 0,
    recording_key text not null,
    album_key text not null,
    audio_hash text,
    sort_title text not null,
    sort_artist text not null,
    sort_album text not null,
    search_text text not null             -- folded title, artist, album artist, album
);

-- The orders of the table of tracks; each answers "select id ... order by" from the index alone.
create index track_by_title on track (sort_title, id) where missing_since is null;
create index track_by_artist on track (sort_artist, sort_album, disc_no, track_no, id) where missing_since is null;
create index track_by_album on track (sort_album, album_key, disc_no, track_no, id) where missing_since is null;
create index track_by_added on track (added_at, id) where missing_since is null;
create index track_by_year on track (year, sort_artist, id) where missing_since is null;
create index track_by_duration on track (duration_ms, id) where missing_since is null;
create index track_by_genre on track (genre, sort_artist, id) where missing_since is null;
create index track_of_album on track (album_key, disc_no, track_no, id) where missing_since is null;
create index track_of_recording on track (recording_key);
-- A renamed file keeps its size and modification time.
create index track_gone on track (size_bytes, mtime_ns) where missing_since is not null;

create virtual table track_search using fts5 (
    search_text, content='track', content_rowid='id', tokenize='trigram', detail='full'
);
create trigger track_search_insert after insert on track begin
    insert into track_search (rowid, search_text) values (new.id, new.search_text);
end;
create trigger track_search_update after update of search_text on track when old.search_text <> new.search_text begin
    insert into track_search (track_search, rowid, search_text) values ('delete', old.id, old.search_text);
    insert into track_search (rowid, search_text) values (new.id, new.search_text);
end;
create trigger track_search_delete after delete on track begin
    insert into track_search (track_search, rowid, search_text) values ('delete', old.id, old.search_text);
end;

-- Files that are no track: remembered by stat, so that a bad file is not tried again until it changes.
create table refused (
    path blob primary key,
    size_bytes integer not null,
    mtime_ns integer not null,
    kind text not null check (kind in ('unreadable', 'short')),
    reason text not null,
    seen_at integer not null
) without rowid;

-- One row a play, for ever. The names are a snapshot; counters and models are derived from this table alone.
create table play (
    id integer primary key,
    track_id integer references track (id),
    recording_key text not null,
    title text not null,
    artist text not null,
    album text not null,
    duration_ms integer not null,
    started_at integer not null,          -- UTC, milliseconds
    played_ms integer not null check (played_ms >= 0),
    started_by text not null check (started_by in ('hand', 'queue', 'suggestion', 'autoplay')),
    ended_by text not null check (ended_by in ('finished', 'skipped', 'rejected', 'failed', 'replaced')),
    context text not null default '',
    client text not null,
    client_version text not null,
    imported integer not null default 0
);
create index play_by_time on play (started_at);
create index play_of_track on play (track_id, started_at);
create index play_of_recording on play (recording_key, started_at);
create trigger play_is_never_changed before update on play begin
    select raise(abort, 'plays are append-only');
end;
create trigger play_is_never_deleted before delete on play begin
    select raise(abort, 'plays are append-only');
end;

-- The play that is going on, saved every few seconds; after a crash it becomes a row of play at the next start.
create table play_in_progress (
    id integer primary key check (id = 1),
    track_id integer,
    recording_key text not null,
    title text not null,
    artist text not null,
    album text not null,
    duration_ms integer not null,
    started_at integer not null,
    played_ms integer not null check (played_ms >= 0),
    started_by text not null,
    context text not null,
    client text not null,
    client_version text not null
);
