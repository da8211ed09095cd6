-- Keys of recordings keep the marks that make another word: ガラス and カラス were one recording, and are two. Each row's
-- key is formed anew from the row's own words, if it is the one these words had before; else it goes where the key of
-- its track, or of all tracks of this key, has gone; else it stays. The functions are those of app/storage/rekey.py.

create table key_of_track (track_id integer primary key, old text not null, new text not null);
insert into key_of_track (track_id, old, new)
select id, recording_key, new from (
    select id, recording_key,
        coalesce(
            rekeyed(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
            rekeyed(cast(recording_key as blob), cast(album_artist as blob), cast(title as blob))
        ) as new
    from track
) where new <> recording_key;
create index key_of_track_by_key on key_of_track (old, track_id, new);

-- Keys all of whose tracks have gone to one other.
create table key_gone (old text primary key, new text not null) without rowid;
insert into key_gone (old, new)
select old, min(new) from key_of_track as one group by old
having min(new) = max(new) and not exists (
    select 1 from track where recording_key = one.old
    and not exists (select 1 from key_of_track where track_id = track.id)
);

delete from listen_count;
update track set recording_key = (select new from key_of_track where track_id = track.id)
where id in (select track_id from key_of_track);

create table key_of_row (id integer primary key, new text not null);

drop trigger play_is_never_changed;
insert into key_of_row (id, new)
select id, new from (
    select id, recording_key,
        coalesce(
            rekeyed(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
            (select new from key_of_track where track_id = play.track_id and old = play.recording_key),
            (select new from key_gone where old = play.recording_key)
        ) as new
    from play
) where new <> recording_key;
update play set recording_key = (select new from key_of_row where id = play.id)
where id in (select id from key_of_row);
create trigger play_is_never_changed before update on play begin
    select raise(abort, 'plays are append-only');
end;
delete from key_of_row;

drop trigger feedback_is_never_changed;
insert into key_of_row (id, new)
select id, new from (
    select id, recording_key,
        coalesce(
            rekeyed(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
            (select new from key_of_track where track_id = feedback.track_id and old = feedback.recording_key),
            (select new from key_gone where old = feedback.recording_key)
        ) as new
    from feedback
) where new <> recording_key;
update feedback set recording_key = (select new from key_of_row where id = feedback.id)
where id in (select id from key_of_row);
create trigger feedback_is_never_changed before update on feedback begin
    select raise(abort, 'feedback is append-only');
end;
delete from key_of_row;

-- What was shown has no words of its own.
drop trigger impression_is_never_changed;
insert into key_of_row (id, new)
select id, new from (
    select id, recording_key,
        coalesce(
            (select new from key_of_track where track_id = impression.track_id and old = impression.recording_key),
            (select new from key_gone where old = impression.recording_key)
        ) as new
    from impression
) where new <> recording_key;
update impression set recording_key = (select new from key_of_row where id = impression.id)
where id in (select id from key_of_row);
create trigger impression_is_never_changed before update on impression begin
    select raise(abort, 'impressions are append-only');
end;
delete from key_of_row;

insert into key_of_row (id, new)
select id, new from (
    select id, recording_key,
        coalesce(
            rekeyed(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
            (select new from key_of_track where track_id = e.track_id and old = e.recording_key),
            (select new from key_gone where old = e.recording_key)
        ) as new
    from playlist_entry as e
) where new <> recording_key;
update playlist_entry set recording_key = (select new from key_of_row where id = playlist_entry.id)
where id in (select id from key_of_row);

update play_in_progress set recording_key = coalesce(
    rekeyed(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
    (select new from key_of_track where track_id = play_in_progress.track_id and old = play_in_progress.recording_key),
    (select new from key_gone where old = play_in_progress.recording_key),
    recording_key
);
update queue_entry set outside = coalesce(rekeyed_outside(cast(outside as blob)), outside) where outside is not null;

drop table key_of_row;
drop table key_gone;
drop table key_of_track;

-- Derived from the log and the tracks alone, as in 0005.
insert into listen_count (recording_key, track_id, listens)
select coalesce(track.recording_key, play.recording_key), coalesce(play.track_id, 0), 1
from play left join track on track.id = play.track_id
where played_ms >= case when play.duration_ms <= 0 then 240000 else min(play.duration_ms * 0.5, 240000) end
on conflict (recording_key, track_id) do update set listens = listens + 1;
