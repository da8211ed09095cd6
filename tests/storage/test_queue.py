"""The kept queue: whole, in small writes, without what has left the library."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.loudness import Gain
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.track import Track
from app.storage.database import Database
from app.storage.queue import QueueStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_library
from tests.helpers.fake_services import a_track


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    a_library(database, 5)
    yield database
    database.close()


def a_saved(database: Database, *track_ids: int) -> SavedQueue:
    tracks = TrackStore(database).get([TrackId(i) for i in track_ids])
    entries = tuple(QueueEntry(10 + n, track, StartedBy.QUEUE, "album") for n, track in enumerate(tracks))
    order = tuple(entry.entry_id for entry in reversed(entries))
    lane = tuple(QueueEntry(50 + n, track, StartedBy.AUTOPLAY, "lane") for n, track in enumerate(tracks[:2]))
    return SavedQueue(entries, order, order[0] if order else None, 4_500, True, "all", lane)


def test_before_anything_was_kept_there_is_no_queue(database: Database) -> None:
    assert QueueStore(database).load() is None


def test_a_queue_comes_back_as_it_was_kept(database: Database) -> None:
    store, saved = QueueStore(database), a_saved(database, 1, 3, 2)
    store.save(saved, None)
    assert store.load() == saved
    store.save_position(9_000)
    assert store.load() == replace(saved, position_ms=9_000)


def test_how_it_goes_on_is_kept_with_it_and_an_older_segue_did_not_say(database: Database) -> None:
    store, saved = QueueStore(database), a_saved(database, 1, 3, 2)
    store.save(saved, None)
    for by_albums, autoplay in ((True, False), (False, True)):
        before, saved = saved, replace(saved, by_albums=by_albums, autoplay=autoplay)
        store.save(saved, before)
        assert store.load() == saved
    with database.write() as connection:
        connection.execute("update queue_state set by_albums = null, autoplay = null")
    assert store.load() == replace(saved, by_albums=None, autoplay=None)


def test_only_what_changed_is_written_and_the_rest_stays(database: Database) -> None:
    store, first = QueueStore(database), a_saved(database, 1, 2, 3)
    store.save(first, None)
    (track,) = TrackStore(database).get([TrackId(5)])
    entries = (first.entries[2], QueueEntry(99, track, StartedBy.HAND), first.entries[0])
    second = replace(first, entries=entries, order=tuple(entry.entry_id for entry in entries))
    store.save(second, first)
    assert store.load() == second
    store.save(SavedQueue(), second)
    assert store.load() == SavedQueue()


def test_another_current_entry_is_kept_without_writing_the_long_rest_again(database: Database) -> None:
    store, first = QueueStore(database), a_saved(database, 1, 2, 3)
    store.save(first, None)
    second = replace(first, current_id=first.order[1], position_ms=7, shuffle=False, repeat="off")
    written: list[str] = []
    with database.write() as connection:
        connection.set_trace_callback(written.append)
    store.save(second, first)
    assert store.load() == second
    assert {sql.split()[0] for sql in written} >= {"update"}
    assert not [sql for sql in written if sql.startswith(("insert", "delete"))]


def test_tracks_that_left_the_library_are_left_out_and_the_next_one_is_current(database: Database) -> None:
    store, saved = QueueStore(database), a_saved(database, 1, 2, 3)
    store.save(saved, None)
    tracks = TrackStore(database)
    tracks.remove([TrackId(3)], NOW_MS)
    tracks.mark_missing([TrackId(1)], NOW_MS)
    found = store.load()
    assert found is not None
    assert [(each.track.id, each.track.missing) for each in found.entries] == [(1, True), (2, False)]
    assert [each.track.id for each in found.lane] == [2], "the file of the other is gone"
    assert (found.left_out, found.current_id, found.position_ms) == (1, saved.entries[1].entry_id, 0)


def a_file_from_outside(number: int) -> Track:
    return replace(
        a_track(-1_000_000_000 - number),
        path=b"/media/stick/caf\xe9 %d.flac" % number,
        source_path=b"/media/stick/whole.flac" if number == 2 else None,
        added_at=0,
        start_ms=1_500,
        end_ms=9_000,
        gain=Gain(-3.5, 0.9),
    )


def test_files_from_outside_the_library_are_kept(database: Database) -> None:
    store, saved = QueueStore(database), a_saved(database, 1)
    mine = tuple(QueueEntry(90 + n, a_file_from_outside(n), StartedBy.HAND, "opened") for n in (1, 2))
    saved = replace(saved, entries=(*saved.entries, *mine), order=(*saved.order, 90 + 1, 90 + 2), current_id=92)
    store.save(saved, None)
    assert store.load() == saved


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        json.dumps({"path": "/a.flac"}),
        lambda said: json.dumps(said | {"path": 3}),
        lambda said: json.dumps(said | {"path": "../a.flac"}),
        lambda said: json.dumps(said | {"path": "/a\0.flac"}),
        lambda said: json.dumps(said | {"path": "/\ud800.flac"}),
        lambda said: json.dumps(said | {"duration_ms": -1}),
        lambda said: json.dumps(said | {"duration_ms": 1e300}),
        lambda said: json.dumps(said | {"start_ms": 1 << 60}),
        lambda said: json.dumps(said | {"end_ms": 1 << 60}),
        lambda said: json.dumps(said | {"end_ms": "9"}),
        lambda said: json.dumps(said | {"gain": {}}),
        lambda said: json.dumps(said | {"gain": said["gain"] | {"track_db": float("nan")}}),
        lambda said: json.dumps(said | {"more": 1}),
        lambda said: "[" * 100_000,
        lambda said: json.dumps(said | {"title": "x" * (2 << 20)}),
    ],
)
def test_what_was_kept_of_a_file_and_is_no_file_leaves_the_queue(database: Database, bad: object) -> None:
    store, saved = QueueStore(database), a_saved(database, 1)
    mine = QueueEntry(90, a_file_from_outside(1), StartedBy.HAND, "opened")
    store.save(replace(saved, entries=(*saved.entries, mine), order=(*saved.order, 90)), None)
    with database.write() as connection:
        (said,) = connection.execute("select outside from queue_entry where id = 90").fetchone()
        text = bad(json.loads(said)) if callable(bad) else bad
        connection.execute("update queue_entry set outside = ? where id = 90", (text,))
    found = store.load()
    assert found is not None
    assert (found.entries, found.left_out) == (saved.entries, 1)


@pytest.mark.parametrize("blob", [b"\1\2", b"", "text", 7])
def test_places_that_are_no_places_leave_an_empty_queue(database: Database, blob: object) -> None:
    store = QueueStore(database)
    store.save(a_saved(database, 1, 2), None)
    with database.write() as connection:
        connection.execute("update queue_state set shown_ids = ?, order_ids = ?", (blob, blob))
        connection.execute("update queue_entry set started_by = 'a whim'")
    found = store.load()
    assert found is not None
    assert (found.entries, found.order, len(found.lane)) == ((), (), 2)
    assert {entry.started_by for entry in found.lane} == {StartedBy.QUEUE}
