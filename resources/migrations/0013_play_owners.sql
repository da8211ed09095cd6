-- The plays that are going on: one of Segue's own, and one of each other player that the companion follows.

create table play_going_on (
    owner text primary key,               -- 'segue', or which process of which player
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
) without rowid;
insert into play_going_on (
    owner, track_id, recording_key, title, artist, album, duration_ms, started_at, played_ms, started_by, context,
    client, client_version
) select 'segue', track_id, recording_key, title, artist, album, duration_ms, started_at, played_ms, started_by, context,
    client, client_version from play_in_progress;
drop table play_in_progress;
alter table play_going_on rename to play_in_progress;
