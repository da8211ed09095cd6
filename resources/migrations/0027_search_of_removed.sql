-- Tracks leave the library and come back by the thousand, and whoever takes them out or brings them back tells the search
-- index of all of them at once: a trigger made it write itself out after each. New names still go there by themselves.
drop trigger track_search_update;
create trigger track_search_update after update of search_text on track
when old.removed_at is null and old.search_text <> new.search_text begin
    insert into track_search (track_search, rowid, title, artist, album, composer, genre) values (
        'delete', old.id,
        json_extract(old.search_text, '$[0]'), json_extract(old.search_text, '$[1]'),
        json_extract(old.search_text, '$[2]'), json_extract(old.search_text, '$[3]'),
        json_extract(old.search_text, '$[4]')
    );
    insert into track_search (rowid, title, artist, album, composer, genre) values (
        new.id,
        json_extract(new.search_text, '$[0]'), json_extract(new.search_text, '$[1]'),
        json_extract(new.search_text, '$[2]'), json_extract(new.search_text, '$[3]'),
        json_extract(new.search_text, '$[4]')
    );
end;
