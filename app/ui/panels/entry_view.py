"""The list that queue and lane show: entries, the chip of a suggested one that asks why, the line of a drop."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from app.domain.queue import QueueEntry
from app.ui.delegates import queue_row
from app.ui.drag_card import drag_rows
from app.ui.panels.row_view import RowView
from app.ui.theme import Theme

ENTRY: Final = Qt.ItemDataRole.UserRole
_HAND_MS: Final = 20_000
"""So long after it was touched is a list in somebody's hand; after that it moves by itself again."""
_TOUCHES: Final = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.DragMove,
    QEvent.Type.ContextMenu,
}
_LINE_PX: Final = 2
Index = QModelIndex | QPersistentModelIndex


class EntryView(RowView):
    """A ``RowView`` of entries; a press on the chip, or I, asks why an entry was suggested."""

    why_asked = Signal(object, object)
    """The entry, and its row on the screen."""

    def __init__(self, theme: Theme, name: str, *, inset: int = 0) -> None:
        """``inset``: so far from the left edge its rows begin."""
        super().__init__(theme, name)
        self._theme, self._inset = theme, inset
        self._touched = QElapsedTimer()
        self._drop_y = -1
        """Where the line of a drop is; -1: nothing is dragged over it."""

    def is_under_a_hand(self) -> bool:
        """Somebody reads or moves it right now: nothing may move it but them."""
        return self._touched.isValid() and self._touched.elapsed() < _HAND_MS

    def let_go(self) -> None:
        """It was out of sight: nobody holds it any more."""
        self._touched.invalidate()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched.start()
        return super().viewportEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        chosen = self.selectionModel().selectedRows()
        if chosen:
            title, mime = chosen[0].data(ENTRY).track.title, self.model().mimeData(chosen)
            drag_rows(self, self._theme.palette, title, len(chosen), mime, actions)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._show_drop(self._line_at(event.position().toPoint()) if event.isAccepted() else -1)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._show_drop(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_y >= 0:
            wide = QRect(self._inset, 0, self.viewport().width() - self._inset, _LINE_PX)
            top = min(max(self._drop_y - _LINE_PX // 2, 0), self.viewport().height() - _LINE_PX)
            painter = QPainter(self.viewport())
            painter.fillRect(wide.translated(0, top), QColor(self._theme.palette.accent))

    def _line_at(self, point: QPoint) -> int:
        """Between which rows a drop would fall: at the nearer edge of the one under the pointer, or behind the last."""
        index = self.indexAt(point)
        if not index.isValid():
            last = self.model().index(self.model().rowCount() - 1, 0)
            return self.visualRect(last).bottom() + 1 if last.isValid() else 0
        rect = self.visualRect(index)
        above = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.AboveItem
        return rect.top() if above else rect.bottom() + 1

    def _show_drop(self, y: int) -> None:
        if y != self._drop_y:
            self._drop_y = y
            self.viewport().update()

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
        self._touched.start()
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_I and not event.modifiers() and index.isValid() and index.data(ENTRY).suggested:
            self._ask(index)
        else:
            super().keyPressEvent(event)

    def _ask(self, index: Index) -> None:
        rect = self.visualRect(index)
        self.why_asked.emit(index.data(ENTRY), QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size()))
