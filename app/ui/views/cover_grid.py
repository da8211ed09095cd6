"""Covers in rows and columns, as wide as the view: places are computed, nothing is laid out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.ui.delegates.card import RING_ROOM, CardShape
from app.ui.item_models.cards import CardModel, Value
from app.ui.services import Covers
from app.ui.theme import CELL_LEAST, XL, L, Theme, scaled
from app.ui.views.card_view import CardView

GUTTER: Final = L
PADDING: Final = XL
_ROW_GAP: Final = XL
_STEP = 64


def grid_columns(width: int) -> int:
    """How many cells a content width holds: 4 at 688, 6 at 1024, 8 at 1328."""
    return max((width + GUTTER) // (scaled(CELL_LEAST) + GUTTER), 1)


def grid_cell(width: int) -> int:
    """The side of a cell: 160 at 688, 157 at 1024, 152 at 1328."""
    columns = grid_columns(width)
    return max((width - GUTTER * (columns - 1)) // columns, 1)


class CoverGrid(CardView):
    """A page of covers that scrolls up and down."""

    _columns = 1

    def __init__(
        self,
        model: CardModel,
        covers: Covers,
        theme: Theme,
        *,
        title_lines: int = 2,
        has_reason: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        shape = CardShape(scaled(CELL_LEAST), title_lines, has_reason)
        super().__init__(model, covers, theme, shape, parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def content_width(self) -> int:
        """Between the paddings; the scroll bar stands inside the right one, so it never moves a cover."""
        return max(self.width() - 2 * PADDING, scaled(CELL_LEAST))

    def columns(self) -> int:
        return self._columns

    def pitch(self) -> int:
        """From the top of one row of covers to the next."""
        return self._shape.height + _ROW_GAP

    def card_rect(self, row: int) -> QRect:
        line, column = divmod(row, self.columns())
        x = PADDING + column * (self._shape.cell + GUTTER)
        y = RING_ROOM + line * self.pitch() - self.verticalOffset()
        return QRect(x, y, self._shape.cell, self._shape.height)

    def row_at(self, point: QPoint) -> int:
        column, in_cell = divmod(point.x() - PADDING, self._shape.cell + GUTTER)
        line, in_row = divmod(point.y() - RING_ROOM + self.verticalOffset(), self.pitch())
        inside = 0 <= column < self.columns() and line >= 0 and in_cell < self._shape.cell
        row = line * self.columns() + column
        return row if inside and in_row < self._shape.height and row < self._cards.rowCount() else -1

    def rows_in(self, rect: QRect) -> range:
        top, columns = self.verticalOffset() - 2 * RING_ROOM, self.columns()
        first = max((top + rect.top()) // self.pitch(), 0) * columns
        last = ((top + rect.bottom() + 4 * RING_ROOM) // self.pitch() + 1) * columns
        return range(first, min(max(last, first), self._cards.rowCount()))

    def show_values(self, values: Sequence[Value]) -> None:
        """Shows other cards; the first card on screen and the current one stay where they are."""
        top = next(iter(self.rows_in(self.viewport().rect())), -1)
        anchor = self._cards.card(top).value if top >= 0 else None
        within = self.card_rect(top).y() if top >= 0 else 0
        chosen = self.currentIndex().row()
        current = self._cards.card(chosen).value if chosen >= 0 else None
        if not self._cards.set_values(values):
            return
        chosen = self._cards.row_of(current, chosen) if current is not None else -1
        if chosen >= 0:
            model = self.selectionModel()
            model.setCurrentIndex(self._cards.index(chosen), model.SelectionFlag.NoUpdate)
        row = self._cards.row_of(anchor, top) if anchor is not None else -1
        if row >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.card_rect(row).y() - within)

    def updateGeometries(self) -> None:
        width = self.content_width()
        self._columns = grid_columns(width)
        self._shape = replace(self._shape, cell=grid_cell(width))
        lines = -(-self._cards.rowCount() // self.columns())
        whole = RING_ROOM + lines * self.pitch() + PADDING - _ROW_GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(whole - self.viewport().height(), 0))
        bar.setPageStep(max(self.viewport().height() - self.pitch() // 2, 1))
        bar.setSingleStep(_STEP)
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the first card in sight where the number of columns changes."""
        top = next(iter(self.rows_in(self.viewport().rect())), 0)
        moved = self.verticalOffset() > 0
        super().resizeEvent(event)
        if moved and event.oldSize().width() != event.size().width():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.card_rect(top).y() - RING_ROOM)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        if rect.top() < RING_ROOM:
            bar.setValue(bar.value() + rect.top() - RING_ROOM)
        elif rect.bottom() > self.viewport().height() - RING_ROOM:
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + RING_ROOM)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)


class CoverStrip(CardView):
    """One line of covers that ends on whole cells and moves by a page."""

    _columns = 1
    _first = 0

    def __init__(
        self,
        model: CardModel,
        covers: Covers,
        theme: Theme,
        *,
        has_reason: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, covers, theme, CardShape(scaled(CELL_LEAST), 1, has_reason), parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def columns(self) -> int:
        return self._columns

    def first(self) -> int:
        """The first card on screen."""
        return self._first

    def turn(self, pages: int) -> None:
        """Goes forward or back by whole pages."""
        last_start = max(self._cards.rowCount() - self.columns(), 0)
        first = min(max(self._first + pages * self.columns(), 0), last_start)
        if first != self._first:
            self._first = first
            self.viewport().update()
            self.turned()

    def turned(self) -> None:
        """Called when another page is shown."""

    def card_rect(self, row: int) -> QRect:
        x = PADDING + (row - self._first) * (self._shape.cell + GUTTER)
        return QRect(x, RING_ROOM, self._shape.cell, self._shape.height)

    def row_at(self, point: QPoint) -> int:
        column, within = divmod(point.x() - PADDING, self._shape.cell + GUTTER)
        row = self._first + column
        inside = 0 <= column < self.columns() and within < self._shape.cell and point.y() >= RING_ROOM
        return row if inside and row < self._cards.rowCount() else -1

    def rows_in(self, rect: QRect) -> range:
        return range(self._first, min(self._first + self.columns(), self._cards.rowCount()))

    def updateGeometries(self) -> None:
        width = max(self.width() - 2 * PADDING, scaled(CELL_LEAST))
        self._columns = grid_columns(width)
        self._shape = replace(self._shape, cell=grid_cell(width))
        self.setFixedHeight(self._shape.height + 2 * RING_ROOM)
        if self.viewport().height() != self.height():  # Qt does not lay it out while it is being resized
            QTimer.singleShot(0, self, self._fill)
        self._first = min(self._first, max(self._cards.rowCount() - self.columns(), 0))
        self.turned()
        super().updateGeometries()

    def _fill(self) -> None:
        self.viewport().resize(self.size())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        row, columns = index.row(), self.columns()
        if row < self._first:
            self.turn(-(-(self._first - row) // columns) * -1)
        elif row >= self._first + columns:
            self.turn((row - self._first) // columns)

    def wheelEvent(self, event: object) -> None:
        """Up and down belongs to the page around."""
        event.ignore()  # type: ignore[attr-defined]
