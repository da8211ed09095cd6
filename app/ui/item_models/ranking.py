"""A ranking for Qt: names with how often they were heard."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.statistics import Ranked
from app.domain.words import plural, say
from app.ui.controls import plain_tip
from app.ui.delegates.text import span

_NOWHERE = QModelIndex()


class RankingModel(QAbstractListModel):
    """The lines, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Ranked, ...] = ()

    def set_lines(self, lines: tuple[Ranked, ...]) -> None:
        """Shows other lines."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def line(self, row: int) -> Ranked:
        """One line."""
        return self._lines[row]

    @property
    def most(self) -> int:
        """The listens of the first."""
        return self._lines[0].listens if self._lines else 0

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(spoken(line))
        return spoken(line) if role == Qt.ItemDataRole.AccessibleTextRole else None


def spoken(line: Ranked) -> str:
    """What a screen reader says, and the tooltip."""
    names = f"{line.name}, {line.second}" if line.second else line.name
    return say(
        "{names}, {listens}, {time}", names=names, listens=plural(line.listens, "listen"), time=span(line.heard_ms)
    )
