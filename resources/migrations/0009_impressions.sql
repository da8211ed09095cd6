-- Which suggestions were really seen: append-only like the plays. What was chosen of them the plays themselves tell.

create table impression (
    id integer primary key,
    track_id integer,                     -- not bound to its row: that of a copy goes when the copy takes a track's place
    recording_key text not null,
    seen_at integer not null,             -- UTC, milliseconds
    dial text not null check (dial in ('familiar', 'forgotten', 'never')),
    place integer not null                -- from 0, the first of the list
);
create trigger impression_is_never_changed before update on impression begin
    select raise(abort, 'impressions are append-only');
end;
create trigger impression_is_never_deleted before delete on impression begin
    select raise(abort, 'impressions are append-only');
end;
