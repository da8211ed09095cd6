-- What the listener said about suggestions: append-only like the plays; taking one back is one more row.

create table feedback (
    id integer primary key,
    kind text not null check (kind in ('love', 'not_now', 'less', 'never_track', 'never_artist', 'undo')),
    track_id integer references track (id),
    recording_key text not null,
    title text not null,
    artist text not null,
    said_at integer not null,             -- UTC, milliseconds
    undoes integer references feedback (id) check ((kind = 'undo') = (undoes is not null))
);
create index feedback_of_recording on feedback (recording_key);
create trigger feedback_is_never_changed before update on feedback begin
    select raise(abort, 'feedback is append-only');
end;
create trigger feedback_is_never_deleted before delete on feedback begin
    select raise(abort, 'feedback is append-only');
end;
