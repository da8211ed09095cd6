"""A listening history from elsewhere, for the widgets: looked at in one job, taken over in another once wanted."""

from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.importing import ImportProgress, ImportReport
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
    looked = Signal(object)
    """The ``ImportReport`` of what was only looked at; :meth:`take` would take it over."""
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
        if self._job is None:
            self._paths = tuple(paths)
            self._start(True)

    @Slot()
    def take(self) -> None:
        """Takes over what was looked at last."""
        if self._job is None and self._paths:
            self._start(False)

    @Slot()
    def cancel(self) -> None:
        """Stops at the next step; what was taken over by then stays."""
        if self._job is not None:
            self._stopped = True
            self._job.cancel()

    def _start(self, dry: bool) -> None:
        done, self._stopped = (self._looked if dry else self._taken), False
        self._job = self._jobs.start(
            IMPORT, self._run, self._paths, dry, done=done, progressed=self.progressed.emit, failed=self._failed
        )
        self.began.emit(dry)

    def _looked(self, report: ImportReport) -> None:
        self._job = None
        self.ended.emit()
        if not self._stopped:
            self.looked.emit(report)

    def _taken(self, report: ImportReport) -> None:
        self._job = None
        self.taken.emit(report)
        self.ended.emit()

    def _failed(self, sentence: str) -> None:
        self._job = None
        self.trouble.emit(sentence)
        self.ended.emit()
