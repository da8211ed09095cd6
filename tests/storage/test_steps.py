"""What is done to a few tracks costs the same in a library of any size: counted in steps of SQLite."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.feedback import Feedback, Said
from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry, SavedQueue
from app.storage.albums import AlbumStore
from app.storage.feedback import FeedbackStore
from app.storage.playlist_links import PlaylistLinks
from app.storage.playlists import PlaylistStore
from app.storage.queue import QueueStore
from app.storage.tracks import TrackStore
from app.storage.twins import take_over
from tests.helpers.builders import NOW_MS, a_file
from tests.helpers.counted import Counted

_FEW, _TIMES = 500, 8
_TOUCHED = 20


def _a_used_library(folder: Path, tracks: int) -> Counted:
    """Albums of ten. The later half was queued and loved, and all are of one length."""
    database = Counted(folder / "segue.db")
    store = TrackStore(database)
    store.save(
        [
            a_file(f"/music/{n // 10}/{n}.flac", title=f"Nuit {n}", album=f"A {n // 10}", audio_hash=f"sound {n}")
            for n in range(1, tracks + 1)
        ],
        NOW_MS,
    )
    later = store.all()[tracks // 2 :]
    entries = tuple(QueueEntry(track.id, track, StartedBy.HAND, "") for track in later)
    order = tuple(entry.entry_id for entry in entries)
    QueueStore(database).save(SavedQueue(entries, order, None, 0, False, "off"), None)
    feedback = FeedbackStore(database)
    for track in later:
        feedback.append(Feedback(Said.LOVE, track.id, track.recording_key, track.title, track.artist, NOW_MS))
    return database


def _copied_then_gone(database: Counted) -> Callable[[], object]:
    store = TrackStore(database)
    ids = [TrackId(n) for n in range(1, _TOUCHED + 1)]
    store.save(
        [a_file(f"/new/{n}.flac", title=f"Nuit {n}", album=f"A {n // 10}", audio_hash=f"sound {n}") for n in ids],
        NOW_MS,
    )
    store.mark_missing(ids, NOW_MS)

    def work() -> None:
        assert len(take_over(store, ids)) == _TOUCHED

    return work


def _gone_without_a_copy(database: Counted) -> Callable[[], object]:
    store = TrackStore(database)
    ids = [TrackId(n) for n in range(1, _TOUCHED + 1)]
    store.mark_missing(ids, NOW_MS)

    def work() -> None:
        assert not take_over(store, ids)

    return work


def _files_that_are_new(database: Counted) -> Callable[[], object]:
    store = TrackStore(database)

    def work() -> None:
        for n in range(1, _TOUCHED + 1):
            assert store.traces_like(f"sound {n}", RecordingKey("tags:a\x1fb\x1f40"), "tags:a\x1fb\x1f")

    return work


def _albums_looked_at(database: Counted) -> Callable[[], object]:
    albums = AlbumStore(database)
    keys = [AlbumKey(key) for (key,) in database.here().execute("select distinct album_key from track limit 20")]

    def work() -> None:
        assert sum(len(albums.tracks(key)) for key in keys) > _TOUCHED

    return work


def _loose_entries(database: Counted) -> Callable[[], object]:
    """Entries whose files are gone, and whose sound is there under another name."""
    store, lists = TrackStore(database), PlaylistStore(database)
    ids = [TrackId(n) for n in range(1, _TOUCHED + 1)]
    lists.add(lists.create("Old", now_ms=NOW_MS).id, ids, now_ms=NOW_MS)
    store.save(
        [a_file(f"/new/{n}.flac", title=f"Nuit {n}", artist="Another", audio_hash=f"sound {n}") for n in ids], NOW_MS
    )
    store.mark_missing(ids, NOW_MS)

    def work() -> None:
        assert PlaylistLinks(database).reattach() == _TOUCHED

    return work


@pytest.mark.parametrize(
    "prepared",
    [_copied_then_gone, _gone_without_a_copy, _files_that_are_new, _albums_looked_at, _loose_entries],
    ids=lambda prepared: prepared.__name__.strip("_"),
)
def test_what_is_done_to_a_few_tracks_costs_the_same_in_a_larger_library(
    prepared: Callable[[Counted], Callable[[], object]], tmp_path: Path
) -> None:
    steps = []
    for tracks in (_FEW, _FEW * _TIMES):
        database = _a_used_library(tmp_path / str(tracks), tracks)
        steps.append(database.of(prepared(database)))
        database.close()
    assert steps[1] < steps[0] * 1.5 + 20, steps
