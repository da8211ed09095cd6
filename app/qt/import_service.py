"""A listening history from elsewhere, for the widgets: looked at in one job, taken over in another once wanted."""

from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.importing import ImportProgress, ImportReport
from app.domain.words import say
from app.qt.jobs import Cancelled, Job, Jobs

IMPORT = "import"
Steps = Generator[ImportProgress, None, ImportReport]
Run = Callable[[Cancelled, Sequence[bytes], bool], Steps]
"""Reads files; True: nothing is written."""


class ImportService(QObject):
    """One import at a time."""

    began = Signal(bool)
    """Files are being read; True: only to see what is in them."""
    progressed = Signal(object)
    """An ``ImportProgress``."""
    looked = Signal(object, tuple)
    """The ``ImportReport`` of what was only looked at, and the paths by which :meth:`take` would take it over."""
    taken = Signal(object)
    """The ``ImportReport`` of what was taken over, as far as it came."""
    trouble = Signal(str)
    ended = Signal()
    """However it ended."""

    def __init__(self, jobs: Jobs, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._run = jobs, run
        self._paths: tuple[bytes, ...] = ()
        self._job: Job | None = None
        self._stopped = False

    @property
    def busy(self) -> bool:
        """True while files are read."""
        return self._job is not None

    def look(self, paths: Sequence[bytes]) -> None:
        """Looks what is in the files."""
        self._start(paths, dry=True)

    def take(self, paths: Sequence[bytes]) -> None:
        """Takes over what was looked at."""
        self._start(paths, dry=False)

    @Slot()
    def cancel(self) -> None:
        """Stops at the next step; what was taken over by then stays."""
        if self._job is not None:
            self._stopped = True
            self._job.cancel()

    def _start(self, paths: Sequence[bytes], *, dry: bool) -> None:
        if self._job is not None:
            self.trouble.emit(say("A listening history is being read already. Try again when it is done."))
            return
        self._paths = tuple(paths)
        done, self._stopped = (self._looked if dry else self._taken), False
        self._job = self._jobs.start(
            IMPORT, self._run, self._paths, dry, done=done, progressed=self.progressed.emit, failed=self._failed
        )
        self.began.emit(dry)

    def _looked(self, report: ImportReport) -> None:
        self._job = None
        self.ended.emit()
        if not self._stopped:
            self.looked.emit(report, self._paths)

    def _taken(self, report: ImportReport) -> None:
        self._job = None
        self.taken.emit(report)
        self.ended.emit()

    def _failed(self, sentence: str) -> None:
        self._job = None
        self.trouble.emit(sentence)
        self.ended.emit()
