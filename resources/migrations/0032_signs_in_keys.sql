-- One form of a quote or dash stands for all of them in the keys of recordings: Don’t Stop and Don't Stop were two. Each
-- key is made from the one before: see one_sign in app/storage/rekey.py. Keys of albums follow with the other forms.

create table sign (any_key integer not null);
insert into sign (any_key)
select exists (select 1 from track where one_sign(cast(recording_key as blob)) is not null)
    or exists (select 1 from play where one_sign(cast(recording_key as blob)) is not null);
delete from listen_count where (select any_key from sign);

update track set recording_key = one_sign(cast(recording_key as blob))
where one_sign(cast(recording_key as blob)) is not null;

drop trigger play_is_never_changed;
update play set recording_key = one_sign(cast(recording_key as blob))
where one_sign(cast(recording_key as blob)) is not null;
create trigger play_is_never_changed before update on play begin
    select raise(abort, 'plays are append-only');
end;

drop trigger feedback_is_never_changed;
update feedback set recording_key = one_sign(cast(recording_key as blob))
where one_sign(cast(recording_key as blob)) is not null;
create trigger feedback_is_never_changed before update on feedback begin
    select raise(abort, 'feedback is append-only');
end;

drop trigger impression_is_never_changed;
update impression set recording_key = one_sign(cast(recording_key as blob))
where one_sign(cast(recording_key as blob)) is not null;
create trigger impression_is_never_changed before update on impression begin
    select raise(abort, 'impressions are append-only');
end;

update playlist_entry set recording_key = one_sign(cast(recording_key as blob))
where one_sign(cast(recording_key as blob)) is not null;

update play_in_progress set recording_key = one_sign(cast(recording_key as blob))
where one_sign(cast(recording_key as blob)) is not null;

update queue_entry set outside = coalesce(rekeyed_outside(cast(outside as blob)), outside) where outside is not null;

-- Whose of two that are one now these plays are is looked for again by the next scan.
insert or ignore into heard_before (recording_key, track_id)
select new, track_id
from (select one_sign(cast(recording_key as blob)) as new, track_id from heard_before) where new is not null;
delete from heard_before where one_sign(cast(recording_key as blob)) is not null;
update form set heard = 0 where (select any_key from sign);

-- Derived from the log and the tracks alone, as in 0025.
insert into listen_count (recording_key, track_id, listens)
select coalesce(track.recording_key, play.recording_key), coalesce(track.id, 0), 1
from play
left join heard_before on play.track_id is null and heard_before.recording_key = play.recording_key
left join track on track.id = coalesce(play.track_id, heard_before.track_id)
where (select any_key from sign)
and play.played_ms >= case when play.duration_ms <= 0 then 240000 else min(play.duration_ms * 0.5, 240000) end
on conflict (recording_key, track_id) do update set listens = listens + 1;
drop table sign;
