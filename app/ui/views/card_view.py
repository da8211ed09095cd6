"""What the cover grid and the shelf share: cards painted by place, hover, keyboard, focus ring, play circle, menu."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QToolTip, QWidget

from app.ui.controls import plain_tip
from app.ui.delegates.card import RING_ROOM, CardLook, CardShape, paint_card, title_lines
from app.ui.delegates.text import fits
from app.ui.item_models.cards import Card, CardModel
from app.ui.services import Covers
from app.ui.theme import BODY, BODY_STRONG, CAPTION, Theme
from app.ui.views.parts import KEYBOARD_REASONS

Index = QModelIndex | QPersistentModelIndex
_SETTLE_MS = 150
_NONE = -1


class CardView(QAbstractItemView):
    """Cards at computed places: nothing is laid out, so a hundred thousand cost what twenty do."""

    opened = Signal(object)
    """A card was chosen."""
    play_wanted = Signal(object)
    """A card's play circle was pressed."""
    menu_wanted = Signal(object, QPoint)
    """A card's menu, at a place on the screen."""

    def __init__(
        self,
        model: CardModel,
        covers: Covers,
        theme: Theme,
        shape: CardShape,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards, self._covers, self._theme, self._shape = model, covers, theme, shape
        self._hover, self._on_play, self._pressed, self._keyboard = _NONE, False, _NONE, False
        self._playing: frozenset[str] = frozenset()
        self._pixels = 0
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settled.timeout.connect(self._sharpen)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        covers.cover_ready.connect(self._cover_arrived)
        theme.changed.connect(self.viewport().update)
        theme.played_changed.connect(self.viewport().update)

    # Where cards are: each kind of view has its own.

    @abstractmethod
    def card_rect(self, row: int) -> QRect:
        """A card's place in the viewport."""

    @abstractmethod
    def row_at(self, point: QPoint) -> int:
        """The card at a place in the viewport, or -1."""

    @abstractmethod
    def rows_in(self, rect: QRect) -> range:
        """The cards that may touch a rectangle of the viewport."""

    @abstractmethod
    def columns(self) -> int:
        """How many cards stand beside each other."""

    def shape(self) -> CardShape:
        """The measure of a card now."""
        return self._shape

    def set_playing(self, keys: frozenset[str]) -> None:
        """Marks the cards of what is playing: its album, its track."""
        if keys != self._playing:
            self._playing = keys
            self.viewport().update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        palette = self._theme.palette
        painter.fillRect(event.rect(), QColor(palette.surface))
        for row in self.rows_in(event.rect()):
            card, rect = self._cards.card(row), self.card_rect(row)
            cover = self._covers.pixmap(card.cover_id, self._cover_pixels())
            paint_card(painter, rect, self._shape, card, self._look(row, card), cover, palette)

    def _look(self, row: int, card: Card) -> CardLook:
        hovered = row == self._hover
        focused = self._keyboard and self.hasFocus() and row == self.currentIndex().row()
        return CardLook(hovered, hovered and self._on_play, focused, card.key in self._playing)

    def _cover_pixels(self) -> int:
        if not self._pixels:
            self._sharpen()
        return self._pixels

    def _sharpen(self) -> None:
        """Asks for covers of the size on screen, once the size has come to rest."""
        wanted = round(self._shape.cell * self.devicePixelRatioF())
        if wanted != self._pixels:
            self._pixels = wanted
            self.viewport().update()

    def _cover_arrived(self, track_id: int, pixels: int) -> None:
        if not self.isVisible() or pixels != self._pixels:
            return
        for row in self.rows_in(self.viewport().rect()):
            if self._cards.card(row).cover_id == track_id:
                self._update_row(row)

    def _update_row(self, row: int) -> None:
        if 0 <= row < self._cards.rowCount():
            room = RING_ROOM
            self.viewport().update(self.card_rect(row).adjusted(-room, -room, room, room))

    # Pointer.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row = self.row_at(point)
        on_play = row >= 0 and self._shape.play(self.card_rect(row)).contains(point)
        if (row, on_play) != (self._hover, self._on_play):
            before, self._hover, self._on_play = self._hover, row, on_play
            self._update_row(before)
            self._update_row(row)
            cursor = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(cursor)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            before, self._hover, self._on_play = self._hover, _NONE, False
            self._update_row(before)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """All a card says, where some of it is cut."""
        row = self.row_at(point)
        return plain_tip(self._cards.card(row).spoken) if self._is_cut(row) else ""

    def _is_cut(self, row: int) -> bool:
        if row < 0:
            return False
        card, width = self._cards.card(row), self._shape.cell
        lines = title_lines(card.title, width, self._shape.title_lines)
        return not (
            all(fits(BODY_STRONG, line, width) for line in lines)
            and not any(line.endswith("…") for line in lines)
            and fits(BODY, card.second, width)
            and fits(CAPTION, card.reason, width)
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        row = self.row_at(event.position().toPoint())
        self._pressed = row if event.button() is Qt.MouseButton.LeftButton else _NONE
        if row >= 0:
            self.setCurrentIndex(self._cards.index(row))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row, pressed = self.row_at(point), self._pressed
        self._pressed = _NONE
        if row < 0 or row != pressed or event.button() is not Qt.MouseButton.LeftButton:
            return
        on_play = self._shape.play(self.card_rect(row)).contains(point)
        (self.play_wanted if on_play else self.opened).emit(self._cards.card(row))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click has opened the card already."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.row_at(event.pos())
        if row < 0:
            return
        place = self.viewport().mapToGlobal(self.card_rect(row).center()) if by_key else event.globalPos()
        self.menu_wanted.emit(self._cards.card(row), place)

    # Keyboard.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            card = self._cards.card(index.row())
            by_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.play_wanted if by_control else self.opened).emit(card)
            return
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            event.ignore()
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard = event.reason() in KEYBOARD_REASONS
        if self._keyboard and not self.currentIndex().isValid() and self._cards.rowCount():
            first = next(iter(self.rows_in(self.viewport().rect())), 0)
            self.setCurrentIndex(self._cards.index(first))
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, row, columns = self._cards.rowCount(), self.currentIndex().row(), self.columns()
        if not count:
            return QModelIndex()
        if row < 0:
            return self._cards.index(0)
        way = QAbstractItemView.CursorAction
        page = max(self.viewport().height() // (self._shape.height or 1), 1) * columns
        steps = {
            way.MoveLeft: -1,
            way.MovePrevious: -1,
            way.MoveRight: 1,
            way.MoveNext: 1,
            way.MoveUp: -columns,
            way.MoveDown: columns,
            way.MovePageUp: -page,
            way.MovePageDown: page,
            way.MoveHome: -row,
            way.MoveEnd: count - 1 - row,
        }
        wanted = row + steps[action]
        if action in {way.MoveUp, way.MoveDown} and not 0 <= wanted < count:
            last_line = (count - 1) // columns == row // columns
            wanted = row if action == way.MoveUp or last_line else count - 1
        return self._cards.index(min(max(wanted, 0), count - 1))

    # What an item view must answer.

    def visualRect(self, index: Index) -> QRect:
        return self.card_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.row_at(point)
        return self._cards.index(row) if row >= 0 else QModelIndex()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: object) -> None:
        """There is no rubber band."""

    def visualRegionForSelection(self, selection: object) -> QRegion:
        index = self.currentIndex()
        return QRegion(self.visualRect(index)) if index.isValid() else QRegion()

    def reset(self) -> None:
        self._hover = _NONE
        super().reset()
        self.updateGeometries()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()
        self._settled.start()
