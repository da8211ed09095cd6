"""The model of many listeners that is on this machine, read in a job once the first suggestions are shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.qt.jobs import Cancelled, Job, Jobs

if TYPE_CHECKING:
    from app.suggestions.crowd import Crowd

Load = Callable[[], "Crowd | None"]


class CrowdService(QObject):
    """Reads the model again when another one is in use and when the library was read again."""

    loaded = Signal(object)
    """A ``Crowd``, or ``None`` where there is no model."""

    def __init__(self, jobs: Jobs, load: Load, parent: QObject | None = None) -> None:
        """``load`` is called in a job."""
        super().__init__(parent)
        self._jobs, self._load = jobs, load
        self._job: Job | None = None
        self._again = False

    @Slot()
    def refresh(self) -> None:
        """Reads it; several wishes in a row become one."""
        if self._job is not None:
            self._again = True
            return
        self._job = self._jobs.start("crowd", self._work, done=self._done, failed=lambda _sentence: self._ended())

    def _work(self, _cancelled: Cancelled) -> "Crowd | None":
        return self._load()

    def _done(self, crowd: "Crowd | None") -> None:
        self.loaded.emit(crowd)
        self._ended()

    def _ended(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.refresh()
