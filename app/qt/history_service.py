"""The listener's plays, for the widgets."""

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.play import Play
from app.history.keep import History


class HistoryService(QObject):
    """Reads the log of plays and says when it has grown."""

    plays_changed = Signal()

    def __init__(self, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history

    def recent(self, limit: int) -> list[Play]:
        """The newest plays first."""
        return self._history.recent(limit)

    def count(self) -> int:
        """How many plays there are."""
        return self._history.count()

    @Slot(object)
    def play_recorded(self, _play: Play) -> None:
        """A play has been added to the log."""
        self.plays_changed.emit()
