"""*How good is it?*, for the widgets: measured in a job when it is asked for, and kept until it is asked for again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.qt.jobs import Job, Jobs

if TYPE_CHECKING:
    from app.domain.grade import Grade

Measure = Callable[[Callable[[], bool]], "Grade | None"]
"""Grades the suggestions on the listener's past; ``None`` when it was cancelled."""


class GradeService(QObject):
    """One measurement at a time."""

    graded = Signal()
    """``grade`` is another one, or ``measuring`` has changed."""
    trouble = Signal(str)

    def __init__(self, jobs: Jobs, measure: Measure, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._measure = jobs, measure
        self._grade: Grade | None = None
        self._job: Job | None = None

    @property
    def grade(self) -> "Grade | None":
        """The last result; none before the first."""
        return self._grade

    @property
    def measuring(self) -> bool:
        """True while it measures."""
        return self._job is not None

    @Slot()
    def measure(self) -> None:
        """Begins, unless it has begun."""
        if self._job is None:
            self._job = self._jobs.start("grade", self._measure, done=self._done, failed=self._failed)
            self.graded.emit()

    @Slot()
    def cancel(self) -> None:
        """Stops measuring; the last result stays."""
        if self._job is not None:
            self._job.cancel()

    def forget(self) -> None:
        """The last result is measured again when it is next wanted."""
        self._grade = None
        self.graded.emit()

    def _done(self, grade: "Grade | None") -> None:
        self._job = None
        self._grade = grade or self._grade
        self.graded.emit()

    def _failed(self, sentence: str) -> None:
        self._job = None
        self.trouble.emit(sentence)
        self.graded.emit()
