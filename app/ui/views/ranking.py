"""A ranking as a list: each name stands on a bar as long as its share of the first."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.statistics import Ranked
from app.ui.controls import words_label
from app.ui.delegates.text import line_height, metrics, paint_line
from app.ui.item_models.ranking import RankingModel
from app.ui.theme import BODY, HAIR, RADIUS_CONTROL, SHELF_TITLE, TABLE_ROW, M, S, Theme, scaled

_COUNT: Final = 56


class _RankedRow(QStyledItemDelegate):
    """Bar, name, whose it is, listens."""

    def __init__(self, theme: Theme, view: QListView, model: RankingModel) -> None:
        super().__init__(view)
        self._theme, self._view, self._lines = theme, view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette, rect, line = self._theme.palette, QRect(option.rect), self._lines.line(index.row())
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(rect).adjusted(0, HAIR / 2, -scaled(_COUNT), -HAIR / 2)
        over = bool(state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected))
        if over:
            painter.setBrush(QColor(palette.hover))
            painter.drawRoundedRect(QRectF(rect), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setBrush(QColor(palette.selected))
        bar = QRectF(room.x(), room.y(), max(room.width() * line.listens / max(self._lines.most, 1), S), room.height())
        painter.drawRoundedRect(bar, HAIR * 2, HAIR * 2)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.restore()
        self._paint_words(painter, rect, line)

    def _paint_words(self, painter: QPainter, rect: QRect, line: Ranked) -> None:
        palette = self._theme.palette
        names = rect.adjusted(S, 0, -scaled(_COUNT) - S, 0)
        paint_line(painter, names, BODY, line.name, palette.text)
        used = metrics(BODY).horizontalAdvance(line.name) + M
        if line.second and used < names.width():
            paint_line(painter, names.adjusted(used, 0, 0, 0), BODY, line.second, palette.text2)
        count = QRect(rect.right() - scaled(_COUNT) + 1, rect.y(), scaled(_COUNT) - S, rect.height())
        paint_line(painter, count, BODY, f"{line.listens:,}", palette.text2, Qt.AlignmentFlag.AlignRight, tabular=True)


class _RankedList(QListView):
    """As high as its lines; Enter opens one, and so does a click or a double click."""

    opened = Signal(object)
    menu_wanted = Signal(object, object)
    """The line and the place of its menu, in the screen's coordinates."""

    def __init__(self, theme: Theme, words: str, *, one_click: bool) -> None:
        super().__init__()
        self._theme, self.lines = theme, RankingModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_RankedRow(theme, self, self.lines))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        (self.clicked if one_click else self.doubleClicked).connect(self._open)
        self._colour()
        theme.changed.connect(self._colour)

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(self._theme.palette.surface))
        self.setPalette(palette)

    def sizeHint(self) -> QSize:
        return QSize(200, row_height() * max(self.lines.rowCount(), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]  # the page scrolls, not the list

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.lines.line(index.row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.menu_wanted.emit(self.lines.line(index.row()), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Ranking(QWidget):
    """A title over its list."""

    opened = Signal(object)
    """The ``Ranked`` line that was chosen."""

    def __init__(self, theme: Theme, title: str, *, one_click: bool = True) -> None:
        """``one_click``: a click opens a line, else a double click."""
        super().__init__()
        self.list = _RankedList(theme, title, one_click=one_click)
        self.list.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addWidget(words_label(title, SHELF_TITLE))
        column.addWidget(self.list)
        column.addStretch(1)

    def show_lines(self, lines: tuple[Ranked, ...]) -> None:
        """Shows other lines."""
        self.list.lines.set_lines(lines)
        self.list.updateGeometry()


def row_height() -> int:
    """One line of a ranking."""
    return max(TABLE_ROW, line_height(BODY) + 6)
