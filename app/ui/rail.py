"""The rail: search on top, the places to go, and at the foot what takes long and the menu."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QRegion
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.words import mark, say
from app.ui import icons
from app.ui.controls import IconButton
from app.ui.delegates.text import paint_line
from app.ui.theme import BODY, BODY_STRONG, RADIUS_CONTROL, RAIL_NARROW, RAIL_ROW, RAIL_WIDTH, XS, L, M, S, Theme
from app.ui.work_corner import WorkCorner

PLACES: Final = (
    ("home", mark("For you")),
    ("albums", mark("Albums")),
    ("artists", mark("Artists")),
    ("tracks", mark("Tracks")),
    ("genres", mark("Genres")),
    ("playlists", mark("Playlists")),
    ("history", mark("History")),
    ("statistics", mark("Statistics")),
)
_KEY: Final = Qt.KeyboardModifier
_NAME: Final = Qt.ItemDataRole.UserRole
_GLYPH: Final = 18
_MARKER: Final = 3


def is_typed(event: QKeyEvent) -> bool:
    """True for a letter, a capital one, too, or a digit wherever it stands on the keyboard."""
    held = event.modifiers() & (_KEY.ControlModifier | _KEY.AltModifier | _KEY.MetaModifier)
    return event.text().isprintable() and bool(event.text().strip()) and not held


class SearchField(QLineEdit):
    """Words to look for. Escape clears it and gives the keyboard back; Down goes to the results."""

    left = Signal()
    wants_results = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(say("Search"))
        self.setAccessibleName(say("Search the library"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.wants_results.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wants_results.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class _PlaceRow(QStyledItemDelegate):
    """Icon and label; the chosen one has a ground, a marker at its edge and strong letters."""

    def __init__(self, theme: Theme, rail: "Rail") -> None:
        super().__init__(rail)
        self._theme, self._rail = theme, rail

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._theme.scaled(RAIL_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, palette = QRect(option.rect), self._theme.palette
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(palette.selected if chosen else palette.hover))
            painter.drawRoundedRect(QRectF(rect), RADIUS_CONTROL, RADIUS_CONTROL)
        if chosen:
            painter.setBrush(QColor(palette.accent))
            painter.drawRoundedRect(QRectF(rect.x(), rect.y() + S, _MARKER, rect.height() - L), 1.5, 1.5)
        if self._rail.shows_focus(index.row()):
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        side = self._theme.scaled(_GLYPH)
        left = (rect.width() - side) / 2 if self._rail.narrow else M
        glyph = QRectF(rect.x() + left, rect.y() + (rect.height() - side) / 2, side, side)
        icons.paint(painter, glyph, str(index.data(_NAME)), palette.accent if chosen else palette.text2)
        if not self._rail.narrow:
            words = rect.adjusted(M + side + M, 0, -S, 0)
            role, ink = (BODY_STRONG, palette.text) if chosen else (BODY, palette.text2)
            paint_line(painter, words, role, str(index.data()), ink)
        painter.restore()


class _Places(QListWidget):
    """The list of places; Up and Down go there at once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_typed(event):
            event.ignore()  # letters go to the search field
        else:
            super().keyPressEvent(event)


class Rail(QWidget):
    """Search, places, long work, menu. ``narrow`` shows icons only."""

    place_chosen = Signal(str)
    search_changed = Signal(str)
    menu_asked = Signal()
    wants_room = Signal()
    """The search field needs the whole width, or no longer does."""

    def __init__(self, theme: Theme, places: list[str]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme, self.narrow, self.searching = theme, False, False
        self._keyboard = False
        self.search = SearchField()
        self.search.textChanged.connect(self.search_changed)
        self.search.left.connect(self._search_left)
        self._search_button = IconButton(theme, "search", say("Search (Ctrl+F)"), size=40)
        self._search_button.setFixedSize(theme.scaled(40), theme.scaled(32))
        self._search_button.clicked.connect(self.start_search)
        self._list = self._made_list(places)
        self.work = WorkCorner(theme)
        self._menu = IconButton(theme, "menu", say("Menu"), size=40)
        self._menu.clicked.connect(self.menu_asked)
        self._lay_out()
        theme.changed.connect(self._list.viewport().update)

    def _made_list(self, places: list[str]) -> _Places:
        made = _Places()
        made.setAccessibleName(say("Places"))
        made.setMouseTracking(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setItemDelegate(_PlaceRow(self._theme, self))
        for name, words in PLACES:
            if name in places:
                item = QListWidgetItem(say(words))
                item.setData(_NAME, name)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, say(words))
                made.addItem(item)
        made.currentItemChanged.connect(self._chosen)
        # Also the place that an album was opened from: it is the current one still.
        for chosen in (made.itemClicked, made.itemActivated):
            chosen.connect(self._chosen)
        return made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addSpacing(XS)
        top.addWidget(self.search)
        top.addSpacing(XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(S, M, S, S)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._search_button)
        column.addSpacing(L)
        below = self._below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._list, 1)
        below.addWidget(self.work)
        below.addWidget(self._menu)
        column.addLayout(below, 1)
        self._search_button.hide()

    @property
    def menu_button(self) -> QWidget:
        """Where the menu opens."""
        return self._menu

    def shows_focus(self, row: int) -> bool:
        """True where the keyboard, not the mouse, stands on a place."""
        ring = getattr(self.window(), "focus_ring", None)
        return self._list.hasFocus() and self._list.currentRow() == row and bool(ring and ring.by_keyboard)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, with tooltips."""
        if narrow == self.narrow:
            return
        self.narrow = narrow
        self._show_search()
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setToolTip(item.text() if narrow else "")
        self._list.viewport().update()

    def take_focus(self) -> None:
        """Puts the keyboard on the places, where letters start a search and Space plays."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_search(self) -> None:
        """Puts the keyboard into the search field."""
        self.searching = True
        self._show_search()
        self.wants_room.emit()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _search_left(self) -> None:
        if self.searching:
            self.searching = False
            self._show_search()
            self.wants_room.emit()

    def _show_search(self) -> None:
        wide = not self.narrow or self.searching
        self.search.setVisible(wide)
        self._search_button.setVisible(not wide)
        self.work.set_narrow(self.narrow)
        self._shape()

    def resizeEvent(self, event: object) -> None:
        self._shape()

    def _shape(self) -> None:
        """A narrow rail lends its head alone to the search field: what is found is seen beside the places."""
        lent = self._theme.scaled(RAIL_WIDTH - RAIL_NARROW) if self.narrow and self.searching else 0
        self._below.setContentsMargins(0, 0, lent, 0)
        if lent:
            head = QRect(0, 0, self.width(), self.search.sizeHint().height() + 2 * M)
            self.setMask(QRegion(head) | QRegion(self.rect().adjusted(0, 0, -lent, 0)))
        else:
            self.clearMask()

    def show_place(self, name: str) -> None:
        """Marks a place without going there; a page that is no place marks none."""
        self._list.blockSignals(True)
        self._list.clearSelection()
        for row in range(self._list.count()):
            if self._list.item(row).data(_NAME) == name:
                self._list.setCurrentRow(row)
        self._list.blockSignals(False)
        self._list.viewport().update()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.place_chosen.emit(item.data(_NAME))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scaled(RAIL_WIDTH), 0)
