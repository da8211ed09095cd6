"""What other programs write into the same library: Segue beside its companion, or a terminal command beside either."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.domain.errors import SegueError
from app.domain.play import Play
from app.qt.jobs import Jobs
from app.storage.marks import Marks, MarkStore

log = logging.getLogger(__name__)

_LOOK_EVERY_MS = 30_000


class OtherWriters(QObject):
    """Looks when it is asked to, and now and then; SQLite itself tells in microseconds whether anybody wrote.

    Where somebody did, a job reads how far plays, feedback and tracks have come. What this program wrote itself it is
    told by :meth:`play_recorded`, and otherwise reports it too: who listens takes in what is new, and finds nothing.
    """

    plays_added = Signal()
    feedback_given = Signal()
    tracks_changed = Signal()

    def __init__(
        self, jobs: Jobs, store: MarkStore, at_rest: Callable[[], bool] = lambda: False, parent: QObject | None = None
    ) -> None:
        """``at_rest``: nobody looks at the window, so there is no hurry."""
        super().__init__(parent)
        self._jobs, self._store, self._at_rest = jobs, store, at_rest
        self._version: int | None = None
        self._known: Marks | None = None
        self._busy = self._again = self._closed = False
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look_in_time)

    def start(self) -> None:
        """What is there by now is known."""
        self._timer.start()
        self.look()

    @Slot(object)
    def play_recorded(self, play: Play) -> None:
        """A play of this very program was added: that is no news."""
        if self._known is not None and play.id is not None and play.id == self._known.play + 1:
            self._known = Marks(play.id, self._known.feedback, self._known.tracks)

    @Slot(object)
    def state_changed(self, state: Qt.ApplicationState) -> None:
        """The listener came to one of the windows, or left."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()

    def close(self) -> None:
        """Looks no more."""
        self._closed = True
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Has anybody written?"""
        if self._closed:
            return
        if self._busy:
            self._again = True
            return
        try:
            version = self._store.version()
        except SegueError:
            log.warning("Whether others wrote into the library could not be told", exc_info=True)
            return
        if version != self._version:
            self._version = version
            self._busy = True
            self._jobs.start("marks", lambda _cancelled: self._store.read(), done=self._read, failed=self._failed)

    def _look_in_time(self) -> None:
        if not self._at_rest():
            self.look()

    def _read(self, found: Marks) -> None:
        before, self._known = self._known, found
        if before is not None:
            if found.play > before.play:
                self.plays_added.emit()
            if found.feedback > before.feedback:
                self.feedback_given.emit()
            if found.tracks != before.tracks:
                self.tracks_changed.emit()
        self._over()

    def _failed(self, sentence: str) -> None:
        log.warning("How far the library has come could not be read: %s", sentence)
        self._version = None
        self._over()

    def _over(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.look()
