"""The list both panels show: rows painted by a delegate, one hovered part, the ring of the keyboard."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.ui.theme import Theme


class RowView(QListView):
    """A calm list: no frame, smooth scrolling, letters go to the search field."""

    pointer_left = Signal()
    focus_left = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered, self.over = -1, ""
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.changed.connect(self.viewport().update)
        theme.played_changed.connect(self.viewport().update)

    def part_at(self, index: QModelIndex, point: QPoint) -> str:
        """The part of a row under a point; lists without parts have none."""
        return ""

    def ring_on(self, row: int) -> bool:
        """True where the keyboard stands."""
        ring = getattr(self.window(), "focus_ring", None)
        return self.hasFocus() and self.currentIndex().row() == row and bool(ring and ring.by_keyboard)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())
        super().mouseMoveEvent(event)

    def _hover(self, point: QPoint) -> None:
        index = self.indexAt(point)
        over = self.part_at(index, point) if index.isValid() else ""
        if (index.row(), over) != (self.hovered, self.over):
            self.hovered, self.over = index.row(), over
            shape = Qt.CursorShape.PointingHandCursor if over in {"reason", "why"} else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hovered, self.over = -1, ""
            self.viewport().update()
            self.pointer_left.emit()
        return super().viewportEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """The keyboard begins at the first row in sight; a mouse chooses its own, and must find it where it was."""
        mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not mouse and not self.currentIndex().isValid() and self.model() is not None:
            self.setCurrentIndex(self._first_in_sight())
        super().focusInEvent(event)
        self.viewport().update()

    def _first_in_sight(self) -> QModelIndex:
        index = self.indexAt(self.viewport().rect().topLeft())
        if index.isValid() and self.visualRect(index).top() < 0:  # cut off above
            index = index.siblingAtRow(min(index.row() + 1, self.model().rowCount() - 1))
        return index if index.isValid() else self.model().index(0, 0)

    def paint_again(self, shows: Callable[[int], bool]) -> None:
        """Those rows in sight of which this is true: a picture that came is no reason to paint the others."""
        if not self.isVisible() or not (model := self.model()).rowCount():
            return
        first = self.indexAt(self.viewport().rect().topLeft()).row()  # cut off above or not
        for row in range(max(first, 0), model.rowCount()):
            place = self.visualRect(model.index(row, 0))
            if place.top() > self.viewport().height():
                return
            if shows(row):
                self.viewport().update(place)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
        self.focus_left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modified = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.text().isprintable() and event.text().strip() and not modified:
            event.ignore()
            return
        super().keyPressEvent(event)
