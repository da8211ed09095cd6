-- An acute accent that was typed for an apostrophe is one in the keys of recordings: Don´t Stop and Don't Stop were two.
-- The functions are those of app/storage/rekey.py. Keys of albums follow with the other forms.

create table acute_track (track_id integer primary key, old text not null, new text not null);
insert into acute_track (track_id, old, new)
select id, recording_key, new from (
    select id, recording_key,
        coalesce(
            without_acute(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
            without_acute(cast(recording_key as blob), cast(album_artist as blob), cast(title as blob))
        ) as new
    from track where instr(artist, '´') or instr(title, '´') or instr(album_artist, '´')
) where new is not null;
update track set recording_key = (select new from acute_track where track_id = track.id)
where id in (select track_id from acute_track);

create table acute_row (id integer primary key, old text not null, new text not null);
create table acute_key (old text primary key, new text not null) without rowid;

drop trigger play_is_never_changed;
insert into acute_row (id, old, new)
select id, recording_key, new from (
    select id, recording_key,
        coalesce(
            without_acute(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
            (select new from acute_track where track_id = play.track_id and old = play.recording_key)
        ) as new
    from play where instr(artist, '´') or instr(title, '´') or track_id in (select track_id from acute_track)
) where new is not null;
update play set recording_key = (select new from acute_row where id = play.id) where id in (select id from acute_row);
create trigger play_is_never_changed before update on play begin
    select raise(abort, 'plays are append-only');
end;
insert or ignore into acute_key (old, new) select old, new from acute_row;
insert or ignore into acute_key (old, new) select old, new from acute_track;
delete from acute_row;

drop trigger feedback_is_never_changed;
insert into acute_row (id, old, new)
select id, recording_key, new from (
    select id, recording_key,
        coalesce(
            without_acute(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
            (select new from acute_track where track_id = feedback.track_id and old = feedback.recording_key)
        ) as new
    from feedback
) where new is not null;
update feedback set recording_key = (select new from acute_row where id = feedback.id)
where id in (select id from acute_row);
create trigger feedback_is_never_changed before update on feedback begin
    select raise(abort, 'feedback is append-only');
end;

-- What was shown has no words of its own.
drop trigger impression_is_never_changed;
update impression
set recording_key = (select new from acute_track where track_id = impression.track_id and old = impression.recording_key)
where exists (select 1 from acute_track where track_id = impression.track_id and old = impression.recording_key);
create trigger impression_is_never_changed before update on impression begin
    select raise(abort, 'impressions are append-only');
end;

update playlist_entry set recording_key = coalesce(
    without_acute(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
    (select new from acute_track where track_id = playlist_entry.track_id and old = playlist_entry.recording_key),
    recording_key
);
update play_in_progress set recording_key = coalesce(
    without_acute(cast(recording_key as blob), cast(artist as blob), cast(title as blob)),
    (select new from acute_track where track_id = play_in_progress.track_id and old = play_in_progress.recording_key),
    recording_key
);
update queue_entry set outside = coalesce(without_acute_outside(cast(outside as blob)), outside)
where outside is not null;

-- Whose of two that are one now these plays are is looked for again by the next scan.
insert or ignore into heard_before (recording_key, track_id)
select new, track_id from heard_before join acute_key on old = recording_key;
delete from heard_before where recording_key in (select old from acute_key) and not exists (
    select 1 from play where play.recording_key = heard_before.recording_key and play.track_id is null
);
update form set heard = 0 where exists (select 1 from acute_key);

-- Derived from the log and the tracks alone, as in 0032.
delete from listen_count where exists (select 1 from acute_key);
insert into listen_count (recording_key, track_id, listens)
select coalesce(track.recording_key, play.recording_key), coalesce(track.id, 0), 1
from play
left join heard_before on play.track_id is null and heard_before.recording_key = play.recording_key
left join track on track.id = coalesce(play.track_id, heard_before.track_id)
where exists (select 1 from acute_key)
and play.played_ms >= case when play.duration_ms <= 0 then 240000 else min(play.duration_ms * 0.5, 240000) end
on conflict (recording_key, track_id) do update set listens = listens + 1;
drop table acute_key;
drop table acute_row;
drop table acute_track;
