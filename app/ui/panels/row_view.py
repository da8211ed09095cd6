"""The list both panels show: rows painted by a delegate, one hovered part, the ring of the keyboard."""

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
        super().focusInEvent(event)
        model = self.model()
        if not self.currentIndex().isValid() and model is not None and model.rowCount():
            self.setCurrentIndex(model.index(0, 0))
        self.viewport().update()

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
