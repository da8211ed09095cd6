"""The kept queue: whole, in small writes, without what has left the library."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry, SavedQueue
from app.storage.database import Database
from app.storage.queue import QueueStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_library


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
