"""Looks for the lyrics of a track off the window's thread, when somebody wants to see them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import LeftAlone
from app.domain.track import Track
from app.qt.jobs import Cancelled, Job, Jobs
from app.qt.patience import Patience

if TYPE_CHECKING:
    from app.domain.lyrics import Lyrics

_Answer = tuple[int, "Lyrics | None"]


class LyricsService(QObject):
    """One search at a time; of several wishes the last is answered, and a search for another track is broken off."""

    found = Signal(int, object)
    """The track's id, and its ``Lyrics`` or ``None``."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._patience = jobs, Patience(jobs.drives)
        self._wanted: Track | None = None
        self._job: Job | None = None

    @Slot(object)
    def ask(self, track: Track) -> None:
        """``found`` answers."""
        self._wanted = track
        if self._job is None:
            self._next()
        else:
            self._job.cancel()

    def _next(self) -> None:
        track, self._wanted = self._wanted, None
        if track is not None:
            self._job = self._jobs.start(
                "lyrics",
                _look,
                self._patience,
                track,
                done=self._done,
                failed=lambda _: self._done((track.id, None)),
            )

    def _done(self, answer: _Answer | None) -> None:
        self._job = None
        if answer is not None:
            self.found.emit(*answer)
        self._next()


def _look(cancelled: Cancelled, patience: Patience, track: Track) -> _Answer | None:
    """``None`` where another track is wanted meanwhile."""
    if track.source_path is not None:  # one file of a whole album: its words are not this track's
        return track.id, None
    try:
        return track.id, patience.call(cancelled, track.path, lambda _: _words(track.path))
    except LeftAlone:
        return None


def _words(path: bytes) -> "Lyrics | None":
    from app.library.cage import TagCage  # in the job: the window does not wait for it
    from app.library.lyrics import find

    with TagCage() as cage:
        return find(path, cage)
