"""Playlists keep their order, take back every edit exactly, and hold on to tracks that are away."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.playlist import NewEntry, Playlist, SmartRule
from app.storage.database import Database
from app.storage.playlist_links import PlaylistLinks
from app.storage.playlists import PlaylistStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file, a_library


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> PlaylistStore:
    a_library(database, 50)
    return PlaylistStore(database)


def a_playlist(store: PlaylistStore, *tracks: int, name: str = "Calm") -> Playlist:
    playlist = store.create(name, now_ms=NOW_MS)
    store.add(playlist.id, [TrackId(i) for i in tracks], now_ms=NOW_MS)
    return playlist


def tracks_of(store: PlaylistStore, playlist: Playlist) -> list[int | None]:
    return [entry.track_id for entry in store.entries(playlist.id)]


def test_a_list_keeps_its_tracks_in_order_and_the_same_one_twice(store: PlaylistStore) -> None:
    playlist = a_playlist(store, 3, 1, 3)
    assert tracks_of(store, playlist) == [3, 1, 3]
    store.add(playlist.id, [TrackId(7), TrackId(8)], at=1, now_ms=NOW_MS)
    assert tracks_of(store, playlist) == [3, 7, 8, 1, 3]
    assert [(one.name, one.entry_count) for one in store.all()] == [("Calm", 5)]


def test_entries_are_moved_together_in_the_order_they_have(store: PlaylistStore) -> None:
    playlist = a_playlist(store, 1, 2, 3, 4, 5)
    ids = [entry.id for entry in store.entries(playlist.id)]
    store.move(playlist.id, [ids[4], ids[1]], 1, now_ms=NOW_MS)
    assert tracks_of(store, playlist) == [1, 2, 5, 3, 4]
    store.move(playlist.id, [ids[0]], 99, now_ms=NOW_MS)
    assert tracks_of(store, playlist) == [2, 5, 3, 4, 1]


def test_every_kind_of_edit_is_taken_back_exactly(store: PlaylistStore) -> None:
    playlist = a_playlist(store, 1, 2, 3)
    before = store.get(playlist.id), store.entries(playlist.id)
    ids = [entry.id for entry in before[1]]
    for edit in (
        lambda: store.add(playlist.id, [TrackId(9)], at=0, now_ms=NOW_MS + 1),
        lambda: store.remove(playlist.id, ids[1:], now_ms=NOW_MS + 2),
        lambda: store.move(playlist.id, ids[:1], 3, now_ms=NOW_MS + 3),
        lambda: store.replace(playlist.id, [NewEntry(title="Only this")], now_ms=NOW_MS + 4),
        lambda: store.rename(playlist.id, "Loud", now_ms=NOW_MS + 5),
        lambda: store.delete(playlist.id, now_ms=NOW_MS + 6),
    ):
        made = edit()
        assert (store.get(playlist.id), store.entries(playlist.id)) != before, made.says
        assert store.last_edit(playlist.id) == made
        store.undo(made.id)
        assert (store.get(playlist.id), store.entries(playlist.id)) == before, made.says


@given(st.randoms(use_true_random=False))
def test_any_run_of_edits_can_be_walked_back(rng: random.Random) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        database = a_database(Path(folder))
        a_library(database, 20)
        store = PlaylistStore(database)
        playlist = a_playlist(store, *range(1, 11))
        states = []
        for _ in range(8):
            entries = store.entries(playlist.id)
            states.append(entries)
            some = [entry.id for entry in rng.sample(entries, rng.randrange(len(entries) + 1))]
            kind = rng.randrange(3)
            if kind == 0:
                store.add(playlist.id, [TrackId(rng.randrange(1, 21))], at=rng.randrange(12), now_ms=NOW_MS)
            elif kind == 1:
                store.remove(playlist.id, some[:3], now_ms=NOW_MS)
            else:
                store.move(playlist.id, some, rng.randrange(12), now_ms=NOW_MS)
        for state in reversed(states):
            last = store.last_edit(playlist.id)
            assert last is not None
            store.undo(last.id)
            assert store.entries(playlist.id) == state
        database.close()


def test_only_the_newest_edit_can_be_taken_back_and_once(store: PlaylistStore) -> None:
    playlist = a_playlist(store, 1, 2)
    first = store.add(playlist.id, [TrackId(3)], now_ms=NOW_MS)
    second = store.add(playlist.id, [TrackId(4)], now_ms=NOW_MS)
    with pytest.raises(SegueError, match="changed since"):
        store.undo(first.id)
    store.undo(second.id)
    with pytest.raises(SegueError, match="changed since"):
        store.undo(second.id)
    store.undo(first.id)
    assert tracks_of(store, playlist) == [1, 2]


def test_making_a_list_can_be_taken_back_too(store: PlaylistStore) -> None:
    playlist = store.create("Calm", now_ms=NOW_MS)
    made = store.last_edit(playlist.id)
    assert made is not None
    store.undo(made.id)
    assert store.all() == []


def test_a_name_that_is_taken_gets_a_number_and_an_empty_one_is_refused(store: PlaylistStore) -> None:
    assert store.create(" Calm\n ", now_ms=NOW_MS).name == "Calm"
    assert store.create("CALM", now_ms=NOW_MS).name == "CALM (2)"
    loud = store.create("Loud", now_ms=NOW_MS)
    store.rename(loud.id, "calm", now_ms=NOW_MS)
    store.rename(loud.id, "Calm (3)", now_ms=NOW_MS)
    assert [one.name for one in store.all()] == ["Calm", "CALM (2)", "Calm (3)"]
    assert len(store.named("CaLm")) == 1
    for empty in ("", " \0\x1b ", "\ud800"):
        with pytest.raises(SegueError, match="needs a name"):
            store.create(empty, now_ms=NOW_MS)


def test_a_smart_list_that_is_called_as_its_search_goes_on_being_so(store: PlaylistStore) -> None:
    playlist = store.create("genre:rock", SmartRule("genre:rock"), now_ms=NOW_MS)
    edit = store.set_rule(playlist.id, SmartRule("genre:jazz"), now_ms=NOW_MS)
    assert store.all()[0].name == "genre:jazz"
    store.undo(edit.id)
    assert store.all()[0] == playlist
    store.rename(playlist.id, "Loud", now_ms=NOW_MS)
    store.set_rule(playlist.id, SmartRule("genre:metal"), now_ms=NOW_MS)
    assert store.all()[0].name == "Loud"


def test_a_smart_list_keeps_its_rule_and_holds_no_entries_of_its_own(store: PlaylistStore) -> None:
    rule = SmartRule('year:1990..1999 -"live" \ud800\0', "added", descending=True, limit=50)
    playlist = store.create("Nineties", rule, now_ms=NOW_MS)
    assert playlist.rule == replace(rule, query='year:1990..1999 -"live"  ')
    edit = store.set_rule(playlist.id, SmartRule("genre:jazz"), now_ms=NOW_MS)
    assert store.all()[0].rule == SmartRule("genre:jazz")
    store.undo(edit.id)
    assert store.all()[0] == playlist
    with pytest.raises(SegueError, match="rule"):
        store.add(playlist.id, [TrackId(1)], now_ms=NOW_MS)
    with pytest.raises(SegueError, match="between 1 and"):
        store.create("None", SmartRule("x", limit=0), now_ms=NOW_MS)
    plain = store.create("Plain", now_ms=NOW_MS)
    with pytest.raises(SegueError, match="Only a smart"):
        store.set_rule(plain.id, rule, now_ms=NOW_MS)


def test_what_is_said_of_a_deleted_list_names_it(store: PlaylistStore) -> None:
    playlist = store.create("Evening " * 20, now_ms=NOW_MS)
    says = store.delete(playlist.id, now_ms=NOW_MS).says
    assert says == f"Deleted the playlist “{('Evening ' * 20)[:60]}”"


def test_a_deleted_list_takes_no_edits(store: PlaylistStore) -> None:
    playlist = a_playlist(store, 1)
    store.delete(playlist.id, now_ms=NOW_MS)
    assert store.get(playlist.id) is None
    for edit in (
        lambda: store.add(playlist.id, [TrackId(1)], now_ms=NOW_MS),
        lambda: store.rename(playlist.id, "X", now_ms=NOW_MS),
    ):
        with pytest.raises(SegueError, match="not there any more"):
            edit()


def test_a_failed_edit_leaves_everything_as_it_was(store: PlaylistStore) -> None:
    playlist = a_playlist(store, 1, 2)
    before = store.entries(playlist.id), store.last_edit(playlist.id)
    with pytest.raises(UnicodeEncodeError):
        store.add(playlist.id, [NewEntry(title="\ud800")], now_ms=NOW_MS)
    assert (store.entries(playlist.id), store.last_edit(playlist.id)) == before


def test_a_hundred_and_more_edits_forget_only_the_oldest(store: PlaylistStore, database: Database) -> None:
    playlist = a_playlist(store, 1)
    for n in range(400):
        store.replace(playlist.id, [NewEntry(title=str(n)), NewEntry(title="kept")], now_ms=NOW_MS + n)
    with database.read() as connection:
        edits, entries = connection.execute(
            "select (select count(*) from playlist_edit), (select count(*) from playlist_entry)"
        ).fetchone()
    assert edits <= 150
    assert entries <= 310
    for n in reversed(range(300, 400)):
        assert [entry.title for entry in store.entries(playlist.id)] == [str(n), "kept"]
        last = store.last_edit(playlist.id)
        assert last is not None
        store.undo(last.id)


def test_a_missing_track_keeps_its_place_and_names(store: PlaylistStore, database: Database) -> None:
    playlist = a_playlist(store, 1, 2)
    TrackStore(database).mark_missing([TrackId(1)], NOW_MS)
    first, second = store.entries(playlist.id)
    assert (first.track_id, first.missing, second.missing) == (1, True, False)
    TrackStore(database).remove([TrackId(2)], NOW_MS)
    removed = store.entries(playlist.id)[1]
    assert (removed.track_id, removed.missing, removed.title) == (None, True, second.title)


def test_names_follow_the_track_and_stay_when_it_is_gone(store: PlaylistStore, database: Database) -> None:
    playlist = a_playlist(store, 1)
    (track,) = TrackStore(database).get([TrackId(1)])
    TrackStore(database).save([a_file(track.path, title="Renamed")], NOW_MS)
    assert store.entries(playlist.id)[0].title == "Renamed"


def test_loose_entries_find_their_track_by_path_by_sound_and_by_recording(database: Database) -> None:
    store, links, tracks = PlaylistStore(database), PlaylistLinks(database), TrackStore(database)
    playlist = store.create("Later", now_ms=NOW_MS)
    by_path = NewEntry(location=b"/m/a.mp3")
    sound = NewEntry(location=b"/gone/b.mp3", title="B", duration_ms=5_000, audio_hash="ab" * 16)
    same = NewEntry(location=b"/gone/c.mp3", recording_key=a_file(title="C").recording_key)
    never = NewEntry(location=b"http://radio.example/stream", title="Radio")
    store.add(playlist.id, [by_path, sound, same, never], now_ms=NOW_MS)
    assert links.reattach() == 0
    tracks.save(
        [
            a_file("/m/a.mp3", title="A"),
            a_file("/m/b.mp3", title="B", duration_ms=5_000, audio_hash="ab" * 16),
            a_file("/m/b2.mp3", title="B", duration_ms=9_000, audio_hash="ab" * 16),
            a_file("/m/c.mp3", title="C"),
        ],
        NOW_MS,
    )
    assert links.reattach() == 3
    assert tracks_of(store, playlist) == [1, 2, 4, None]
    assert links.reattach() == 0


def test_a_copy_stands_in_for_a_missing_track(database: Database) -> None:
    store, tracks = PlaylistStore(database), TrackStore(database)
    tracks.save([a_file("/old/x.mp3"), a_file("/live/x.mp3", title="Nuit (live)")], NOW_MS)
    playlist, links = a_playlist(store, 1), PlaylistLinks(database)
    assert not links.any_loose()
    tracks.mark_missing([TrackId(1)], NOW_MS)
    assert links.any_loose()
    assert links.reattach() == 0
    tracks.save([a_file("/new/x.mp3")], NOW_MS)
    assert links.reattach() == 1
    assert not links.any_loose()
    assert tracks_of(store, playlist) == [3]


def test_an_edit_of_a_hundred_thousand_entries_writes_little_to_take_it_back(database: Database) -> None:
    store = PlaylistStore(database)
    playlist = store.create("All", now_ms=NOW_MS)
    store.add(playlist.id, [NewEntry(title=str(n)) for n in range(100_000)], now_ms=NOW_MS)
    ids = [entry.id for entry in store.entries(playlist.id)]
    store.remove(playlist.id, [ids[50_000]], now_ms=NOW_MS)
    store.add(playlist.id, [NewEntry(title="first")], at=0, now_ms=NOW_MS)
    with database.read() as connection:
        kept = [row[0] for row in connection.execute("select length(taken) from playlist_edit order by id")]
    assert kept == [0, 0, 8, 0]
    entries = store.entries(playlist.id)
    assert len(entries) == 100_000
    assert [entries[0].title, entries[1].title, entries[50_001].title] == ["first", "0", "50001"]


def test_another_recording_in_the_place_of_one_does_not_come_into_the_list(database: Database) -> None:
    store, tracks = PlaylistStore(database), TrackStore(database)
    tracks.save([a_file("/usb/1.mp3", title="Nuit"), a_file("/usb/2.mp3", title="Jour")], NOW_MS)
    playlist = a_playlist(store, 1, 2)
    tracks.set_aside([TrackId(1), TrackId(2)], NOW_MS)
    tracks.save([a_file("/usb/1.mp3", title="Another", artist="One"), a_file("/usb/2.mp3", title="Jour")], NOW_MS)
    PlaylistLinks(database).reattach()
    assert tracks_of(store, playlist) == [1, 4]
