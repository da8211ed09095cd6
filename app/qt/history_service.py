"""The listener's plays, for the widgets."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.play import Play
from app.domain.statistics import Period, Statistics
from app.history.keep import History


class HistoryService(QObject):
    """Reads the log of plays and says when it has grown."""

    plays_changed = Signal()

    def __init__(
        self, history: History, statistics: Callable[[Period], Statistics], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._history, self._statistics = history, statistics

    def recent(self, limit: int) -> list[Play]:
        """The newest plays first."""
        return self._history.recent(limit)

    def count(self) -> int:
        """How many plays there are."""
        return self._history.count()

    def last_id(self) -> int:
        """The id of the play that was added last."""
        return self._history.last_id()

    def after(self, play_id: int, most: int) -> list[Play]:
        """The plays that were added after one, in that order, ``most`` at most."""
        return self._history.after(play_id, most)

    def statistics(self, period: Period) -> Statistics:
        """What was heard in a period, counted: long over a large log, so read off the window's thread."""
        return self._statistics(period)

    @Slot(object)
    def play_recorded(self, _play: Play) -> None:
        """A play has been added to the log."""
        self.plays_changed.emit()
