-- One index for every kind of search: runs of three characters of the names and of their readings, a column a field.
-- `search_text` is JSON of the columns; spaces around each word make its first letters, and each Chinese character and
-- pair of them, such a run too. The index holds no text of its own, and no track that was taken out of the library.

drop trigger track_search_insert;
drop trigger track_search_update;
drop trigger track_search_delete;
drop table track_search;

-- Until the next scan reads the files again: the names of before, without readings.
update track set search_text = json_array(
    '  ' || replace(replace(search_text, char(10), ' '), ' ', '  ') || '  ',
    '  ' || replace(lower(artist || ' ' || album_artist), ' ', '  ') || '  ',
    '  ' || replace(lower(album), ' ', '  ') || '  ',
    '  ' || replace(lower(composer), ' ', '  ') || '  ',
    '  ' || replace(lower(genre), ' ', '  ') || '  '
);

create virtual table track_search using fts5 (
    title, artist, album, composer, genre, content='', columnsize=0, tokenize='trigram', detail='full'
);
insert into track_search (rowid, title, artist, album, composer, genre)
select id,
    json_extract(search_text, '$[0]'), json_extract(search_text, '$[1]'), json_extract(search_text, '$[2]'),
    json_extract(search_text, '$[3]'), json_extract(search_text, '$[4]')
from track where removed_at is null;

-- New tracks are put in by whoever adds them, many at once: a trigger would make the index write itself out for each.
create trigger track_search_update after update of search_text, removed_at on track
when old.search_text <> new.search_text or (old.removed_at is null) <> (new.removed_at is null) begin
    insert into track_search (track_search, rowid, title, artist, album, composer, genre)
    select 'delete', old.id,
        json_extract(old.search_text, '$[0]'), json_extract(old.search_text, '$[1]'),
        json_extract(old.search_text, '$[2]'), json_extract(old.search_text, '$[3]'),
        json_extract(old.search_text, '$[4]')
    where old.removed_at is null;
    insert into track_search (rowid, title, artist, album, composer, genre)
    select new.id,
        json_extract(new.search_text, '$[0]'), json_extract(new.search_text, '$[1]'),
        json_extract(new.search_text, '$[2]'), json_extract(new.search_text, '$[3]'),
        json_extract(new.search_text, '$[4]')
    where new.removed_at is null;
end;
create trigger track_search_delete after delete on track when old.removed_at is null begin
    insert into track_search (track_search, rowid, title, artist, album, composer, genre) values (
        'delete', old.id,
        json_extract(old.search_text, '$[0]'), json_extract(old.search_text, '$[1]'),
        json_extract(old.search_text, '$[2]'), json_extract(old.search_text, '$[3]'),
        json_extract(old.search_text, '$[4]')
    );
end;

-- How often a recording was listened to, by the track it was heard from. A play counts for what its track is now, else
-- for what it was then. Derived from the log and the tracks alone. A listen is half the track or four minutes, whichever
-- is first.
create table listen_count (
    recording_key text not null,
    track_id integer not null,            -- 0: no track of this library
    listens integer not null,
    primary key (recording_key, track_id)
) without rowid;
create index listen_count_of_track on listen_count (track_id);
insert into listen_count (recording_key, track_id, listens)
select coalesce(track.recording_key, play.recording_key), coalesce(play.track_id, 0), count(*)
from play left join track on track.id = play.track_id
where played_ms >= case when play.duration_ms <= 0 then 240000 else min(play.duration_ms * 0.5, 240000) end
group by 1, 2;
create trigger play_is_counted after insert on play
when new.played_ms >= case when new.duration_ms <= 0 then 240000 else min(new.duration_ms * 0.5, 240000) end begin
    insert into listen_count (recording_key, track_id, listens)
    values (
        coalesce((select recording_key from track where id = new.track_id), new.recording_key),
        coalesce(new.track_id, 0), 1
    )
    on conflict (recording_key, track_id) do update set listens = listens + 1;
end;
create trigger listens_follow_the_track after update of recording_key on track
when old.recording_key <> new.recording_key begin
    update listen_count set recording_key = new.recording_key where track_id = new.id;
end;

create index track_by_rating on track (rating) where rating is not null;
create index track_missing on track (missing_since) where missing_since is not null;
