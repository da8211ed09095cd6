-- What was heard before its file was here, in another player or by an import, and the track that it turned out to be:
-- by the names its plays are kept under. Their rows stay as they are. Derived from the log and the tracks alone; what
-- was heard before this table was there is looked for by the next scan.

create table heard_before (
    recording_key text primary key,       -- of plays without a track
    track_id integer not null references track (id)
) without rowid;
create index heard_before_of_track on heard_before (track_id);

alter table form add column heard integer not null default 0;      -- 0: to be looked for among all tracks

-- As before (0005), and a play without a track counts for the one it turned out to be.
drop trigger play_is_counted;
create trigger play_is_counted after insert on play
when new.played_ms >= case when new.duration_ms <= 0 then 240000 else min(new.duration_ms * 0.5, 240000) end begin
    insert into listen_count (recording_key, track_id, listens)
    select coalesce(track.recording_key, new.recording_key), coalesce(track.id, 0), 1
    from (
        select coalesce(
            new.track_id, (select track_id from heard_before where recording_key = new.recording_key)
        ) as id
    ) as counted left join track on track.id = counted.id
    where true
    on conflict (recording_key, track_id) do update set listens = listens + 1;
end;
