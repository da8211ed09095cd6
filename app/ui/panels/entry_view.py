"""The list that queue and lane show: rows of entries, and the chip of a suggested one that asks why."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from app.domain.queue import QueueEntry
from app.ui.delegates import queue_row
from app.ui.panels.row_view import RowView
from app.ui.theme import Theme

ENTRY: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class EntryView(RowView):
    """A ``RowView`` of entries; a press on the chip, or I, asks why an entry was suggested."""

    why_asked = Signal(object, object)
    """The entry, and its row on the screen."""

    def __init__(self, theme: Theme, name: str, *, inset: int = 0) -> None:
        """``inset``: so far from the left edge its rows begin."""
        super().__init__(theme, name)
        self._inset = inset

    def part_at(self, index: Index, point: QPoint) -> str:
        entry: QueueEntry = index.data(ENTRY)
        rect = self.visualRect(index).adjusted(self._inset, 0, 0, 0)
        return "why" if entry.suggested and queue_row.chip_rect(rect, entry.track).contains(point) else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self.part_at(index, point):
            self._ask(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not (index.isValid() and self.part_at(index, event.position().toPoint())):
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_I and not event.modifiers() and index.isValid() and index.data(ENTRY).suggested:
            self._ask(index)
        else:
            super().keyPressEvent(event)

    def _ask(self, index: Index) -> None:
        rect = self.visualRect(index)
        self.why_asked.emit(index.data(ENTRY), QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size()))
