"""Whose picture a track shows: one of the album's for all of it, else its own, or that of its folder.

It is looked up in a job, for all who ask in one turn of the window together: a paint that asked the library itself,
once a card, would wait each time for whoever computes meanwhile.
"""

import os
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.ids import TrackId
from app.domain.track import Track
from app.qt.jobs import Cancelled, Jobs
from app.storage.tracks import TrackStore

Owner = tuple[str, Track]
"""A name for the picture that all who show it share, and the track whose it is."""
_MAX_KNOWN = 50_000


class CoverOwners(QObject):
    """What is known of it. After a change of the library what was known holds until it is known anew."""

    came = Signal(list)
    """The tracks of those who asked, of which it is known now."""

    def __init__(self, jobs: Jobs, tracks: TrackStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._tracks = jobs, tracks
        self._known: dict[int, Owner | None] = {}
        self._before: dict[int, Owner] = {}
        self._asked: set[int] = set()
        self._changes = 0
        self._working = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # not in the midst of the paint that asks
        self._soon.timeout.connect(self._look_up)

    def of(self, track_id: int) -> tuple[Owner | None, bool]:
        """What is known, and whether that is so: else it is looked up."""
        if track_id in self._known:
            return self._known[track_id], True
        self._asked.add(track_id)
        self._soon.start()
        return self._before.get(track_id), False

    def library_changed(self) -> None:
        """Tracks may have other pictures now."""
        self._changes += 1
        if len(self._before) >= _MAX_KNOWN:
            self._before.clear()
        self._before.update((track_id, owner) for track_id, owner in self._known.items() if owner is not None)
        self._known.clear()

    @Slot()
    def _look_up(self) -> None:
        if self._working or not self._asked:
            return
        asked, changes, self._working, self._asked = sorted(self._asked), self._changes, True, set()

        def done(found: Mapping[int, Owner]) -> None:
            self._working = False
            if changes != self._changes:
                self._asked.update(asked)
            else:
                if len(self._known) >= _MAX_KNOWN:
                    self._known.clear()
                self._known.update(found)
                for track_id in asked:
                    self._known.setdefault(track_id, None)
                self.came.emit(asked)
            self._look_up()

        def failed(_sentence: str) -> None:  # whoever is painted again asks again
            self._working = False
            self._look_up()

        self._jobs.start("whose covers", _owners, self._tracks, asked, done=done, failed=failed)


def _owners(_cancelled: Cancelled, tracks: TrackStore, ids: list[TrackId]) -> dict[int, Owner]:
    return {
        track_id: (_name(track_id, track, of_album=of_album), track)
        for track_id, (track, of_album) in tracks.whose_covers(ids).items()
    }


def _name(track_id: int, track: Track, *, of_album: bool) -> str:
    if of_album:
        return f"album:{track.album_key}"
    return f"track:{track_id}" if track.has_cover else f"folder:{os.path.dirname(track.file).hex()}"
