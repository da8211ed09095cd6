"""A grade with nothing measured behind it."""

from PySide6.QtCore import QObject, Signal

from app.domain.grade import Grade


class FakeGradeService(QObject):
    """A grade that is there when a test puts it there."""

    graded = Signal()

    def __init__(self, grade: Grade | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grade, self.measuring = grade, False
        self.calls: list[str] = []

    def measure(self) -> None:
        self.calls.append("measure")
        self.measuring = True
        self.graded.emit()

    def cancel(self) -> None:
        self.calls.append("cancel")
        self.give(self.grade)

    def give(self, grade: Grade | None) -> None:
        """The measurement ends."""
        self.grade, self.measuring = grade, False
        self.graded.emit()
