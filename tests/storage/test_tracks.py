"""Tracks are kept by path, moved by id, and never deleted."""

import sqlite3
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.loudness import NO_GAIN, Gain
from app.library.search import parse
from app.storage.database import Database
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    yield database
    database.close()


def test_reading_a_file_again_updates_its_row(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file(title="Old")], NOW_MS)
    store.save([a_file(title="New", size=2)], NOW_MS + 5)
    (track,) = store.all()
    assert (track.id, track.title, track.added_at) == (1, "New", NOW_MS)


def test_new_and_known_files_are_saved_together(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file("/b.mp3", title="Old")], NOW_MS)
    store.mark_missing([1], NOW_MS)
    store.save([a_file("/a.mp3", title="Before"), a_file("/b.mp3", title="New"), a_file("/c.mp3")], NOW_MS + 5)
    assert [(track.id, track.path, track.title, track.added_at) for track in store.all()] == [
        (1, b"/b.mp3", "New", NOW_MS),
        (2, b"/a.mp3", "Before", NOW_MS + 5),
        (3, b"/c.mp3", a_file().tags.title, NOW_MS + 5),
    ]
    for word, ids in (("before", [2]), ("new", [1]), ("old", [])):
        assert SearchStore(database).ids(parse(word)) == ids


def test_a_file_that_the_table_refuses_takes_the_others_back(database: Database) -> None:
    store = TrackStore(database)
    with pytest.raises(sqlite3.IntegrityError):
        store.save([a_file("/a.mp3"), a_file("/b.mp3", rating=101), a_file("/c.mp3")], NOW_MS)
    assert store.total() == 0


def test_a_rating_given_by_the_listener_outlives_a_rescan(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file(rating=40)], NOW_MS)
    assert store.all()[0].rating == 40
    store.rate(1, 90)
    store.save([a_file(rating=20)], NOW_MS)
    assert store.all()[0].rating == 90


def test_a_file_that_is_gone_is_marked_and_comes_back(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file()], NOW_MS)
    store.mark_missing([1], NOW_MS)
    assert store.all() == []
    assert store.count() == 0
    assert store.get([1])[0].missing
    assert [trace.id for trace in store.all_traces()] == [1]
    store.mark_present([1])
    assert store.count() == 1


def test_a_moved_track_keeps_its_id(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file("/a/x.mp3")], NOW_MS)
    store.mark_missing([1], NOW_MS)
    store.move([(1, a_file("/b/y.mp3"))])
    found = store.by_path(b"/b/y.mp3")
    assert found is not None
    assert (found.id, found.missing) == (1, False)
    assert store.by_path(b"/a/x.mp3") is None


def test_known_tells_only_what_is_below_the_folder(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file("/m/a.mp3"), a_file("/m2/a.mp3"), a_file(b"/m/\xff\xfe.mp3", size=7, mtime=8)], NOW_MS)
    assert store.known(b"/m") == {
        b"/m/a.mp3": (b"/m/a.mp3", 1, 1000, 1, 0, None, 1, None),
        b"/m/\xff\xfe.mp3": (b"/m/\xff\xfe.mp3", 3, 7, 8, 0, None, 1, None),
    }
    assert store.known(b"/m/") == store.known(b"/m")


def test_tracks_come_in_the_order_asked_for_and_unknown_ids_are_left_out(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file(f"/{n}.mp3", title=f"T{n}") for n in range(1200)], NOW_MS)
    assert [track.id for track in store.get([1200, 5, 99_999, 1])] == [1200, 5, 1]


def test_a_track_carries_what_its_file_says_of_its_loudness(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file(rg_track_gain=-7.5, rg_track_peak=0.9, norm_gain=-3.0), a_file("/music/b.flac")], NOW_MS)
    first, second = store.all()
    assert first.gain == Gain(track_db=-7.5, track_peak=0.9, norm_db=-3.0)
    assert second.gain == NO_GAIN


def test_stars_that_were_taken_away_do_not_come_back_from_the_file(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file("/a.mp3", rating=80), a_file("/b.mp3")], NOW_MS)
    before = store.rate_all({TrackId(1): 0, TrackId(2): 60, TrackId(99): 20})
    assert before == {1: None, 2: None}, "what the file says is not the listener's"
    store.save([a_file("/a.mp3", rating=80)], NOW_MS)
    assert [track.rating for track in store.all()] == [0, 60]
    store.rate_all(before)
    assert [track.rating for track in store.all()] == [80, None]
