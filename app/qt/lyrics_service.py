"""Looks for the lyrics of a track off the window's thread, when somebody wants to see them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.track import Track
from app.qt.jobs import Jobs

if TYPE_CHECKING:
    from app.domain.lyrics import Lyrics


class LyricsService(QObject):
    """One search at a time; of several wishes the last is answered."""

    found = Signal(int, object)
    """The track's id, and its ``Lyrics`` or ``None``."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wanted: Track | None = None
        self._busy = False

    @Slot(object)
    def ask(self, track: Track) -> None:
        """``found`` answers."""
        self._wanted = track
        if not self._busy:
            self._next()

    def _next(self) -> None:
        track, self._wanted = self._wanted, None
        if track is not None:
            self._busy = True
            self._jobs.start("lyrics", _look, track, done=self._done, failed=lambda _: self._done((track.id, None)))

    def _done(self, answer: "tuple[int, Lyrics | None]") -> None:
        self._busy = False
        self.found.emit(*answer)
        self._next()


def _look(_cancelled: Callable[[], bool], track: Track) -> "tuple[int, Lyrics | None]":
    if track.source_path is not None:  # one file of a whole album: its words are not this track's
        return track.id, None
    from app.library.cage import TagCage  # in the job: the window does not wait for it
    from app.library.lyrics import find

    with TagCage() as cage:
        return track.id, find(track.path, cage)
