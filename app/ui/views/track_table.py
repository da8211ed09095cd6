"""A dense table of tracks: rows are painted whole, sorting is the library's, a million rows are as good as ten."""

import contextlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QToolTip, QWidget

from app.config.settings import TrackOrder
from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.play import StartedBy
from app.domain.track import Track
from app.domain.words import say
from app.ui.delegates.text import line_height
from app.ui.delegates.track_row import GAP, HEART, LEAD, RowLook, paint_track_row
from app.ui.drag_card import drag_rows
from app.ui.item_models.album_groups import Rows, by_albums
from app.ui.item_models.tracks import ORDERS, Column, Fetch, TrackTableModel, cell_text
from app.ui.services import Services
from app.ui.theme import BODY, TABLE_ROW, XL, Theme
from app.ui.views.asking import Asking
from app.ui.views.grouped_table import GONE
from app.ui.views.marked_table import STAR_KEYS, MarkedTable
from app.ui.views.parts import KEYBOARD_REASONS, cut_tooltip
from app.ui.views.track_actions import MOST_QUEUED, TrackActions
from app.ui.views.type_ahead import row_beginning

_BEFORE: Final = 200
_MOST_KEPT: Final = 1_000
_COVER: Final = TABLE_ROW - 4
_FIRST: Final = 64
"""Rows that are read at once, for the first paint; the whole order comes from a job."""
_OTHERS_AFTER_MS: Final = 50
_IN_HEADINGS: Final = frozenset({Column.ALBUM, Column.YEAR})
"""Columns that would say once more what the headings say."""


class TrackTable(MarkedTable):
    """Tracks in rows. Enter or a double click plays the visible list from that row."""

    sorted_by = Signal(str, bool)
    """The listener chose another order."""

    def __init__(
        self,
        services: Services,
        theme: Theme,
        context: str,
        *,
        numbered: bool = False,
        whole_library: bool = False,
        groupable: bool = False,
        hidden: frozenset[Column] = frozenset(),
        started_by: StartedBy = StartedBy.HAND,
        fetch: Fetch | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``fetch``: where the tracks of the rows come from, if not the library. ``groupable``: under headings."""
        super().__init__(theme, hidden, parent)
        self._services, self._numbered, self.groupable = services, numbered, groupable
        self._covers = services.covers
        self._started_by, self._whole_library = started_by, whole_library
        self.actions_of_tracks = TrackActions(services, context, self)
        self.rows = TrackTableModel(fetch or services.library.tracks, self)
        self._order: TrackOrder | None = None
        self._descending = False
        self._natural: list[TrackId] = []
        self._asking = Asking(services.library, self)
        self._keyboard = False
        self._set_up()
        services.playback.track_changed.connect(self._repaint)
        services.covers.cover_ready.connect(self._cover_arrived)
        services.library.ratings_changed.connect(self.rows.read_anew)
        services.suggestions.loves_changed.connect(self._repaint)
        theme.changed.connect(self._repaint)
        theme.played_changed.connect(self._repaint)
        theme.density_changed.connect(self._set_row_height)
        if groupable:
            theme.grouped_changed.connect(self.resort)

    def _set_up(self) -> None:
        self.setModel(self.rows)
        self.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self._set_row_height()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.doubleClicked.connect(self._play_index)

    def _set_row_height(self) -> None:
        lines = self._theme.table_row - TABLE_ROW + 6
        self.verticalHeader().setDefaultSectionSize(max(self._theme.table_row, line_height(BODY) + max(lines, 2)))

    # Rows and order.

    def show_ids(self, ids: Iterable[TrackId]) -> None:
        """A list with an order of its own, such as an album; a chosen column still sorts it."""
        self._natural = list(ids)
        self._fill()

    def set_order(self, order: TrackOrder | None, descending: bool = False) -> None:
        """Which order the next list is shown in; None is the list's own."""
        self._order, self._descending = order, descending
        column = next((column for column, name in ORDERS.items() if name == order), None)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(column is not None)
        self.horizontalHeader().setSortIndicator(-1 if column is None else int(column), way)

    def order(self) -> tuple[TrackOrder | None, bool]:
        """The order on screen."""
        return self._order, self._descending

    def natural_ids(self) -> list[TrackId]:
        """The list in its own order."""
        return self._natural

    def _fill(self) -> None:
        order, descending, natural, grouped = self._order, self._descending, self._natural, self._wants_groups()
        if self.groupable:
            self.hide_columns(self._hidden_always | (_IN_HEADINGS if grouped else frozenset()))
        if order is None and not self._whole_library and not grouped:
            self._asking.forget()
            self.replace_ids(natural)
            return
        library, whole = self._services.library, self._whole_library

        def read() -> Rows:
            ids = library.ids(order or "artist", descending) if whole or order is not None else natural
            wanted = None if whole or order is None else set(natural)
            found = array("q", ids if wanted is None else (one for one in ids if one in wanted))
            return self._under_headings(found, order, whole=whole) if grouped else Rows(found)

        first = whole and not self.rows.rowCount() and order != "rating"
        if first:
            with contextlib.suppress(SegueError):  # the job tells of it
                ids = array("q", library.ids(order or "artist", descending, _FIRST))
                self.replace_rows(self._under_headings(ids, order, whole=False) if grouped else Rows(ids))
                first = len(ids) == _FIRST
        if first:  # these are to be painted before the others are read
            QTimer.singleShot(_OTHERS_AFTER_MS, self, lambda: self._ask(order, descending, grouped, read))
        else:
            self._ask(order, descending, grouped, read)

    def _wants_groups(self) -> bool:
        return self.groupable and self._theme.grouped

    def _under_headings(self, ids: "array[int]", order: TrackOrder | None, *, whole: bool) -> Rows:
        albums = self._services.library.by_album(None if whole else [TrackId(one) for one in ids])
        return by_albums(ids, order, albums, whole=whole)

    def _ask(self, order: TrackOrder | None, descending: bool, grouped: bool, read: "Callable[[], Rows]") -> None:
        if (order, descending, grouped) == (self._order, self._descending, self._wants_groups()):
            self._asking.ask((order, descending, grouped), read, self.replace_rows)

    def replace_ids(self, ids: Sequence[int]) -> None:
        """Other rows, without headings; what was chosen and what was in sight stay so."""
        self.replace_rows(Rows(array("q", ids)))

    def replace_rows(self, rows: Rows) -> None:
        """Other rows; what was chosen and what was in sight stay so."""
        current, chosen = self._current_id(), self._chosen_ids()
        top_row = self.rowAt(0)
        top, offset = (self.rows.track_id(top_row), self.rowViewportPosition(top_row)) if top_row >= 0 else (None, 0)
        if not self.rows.set_rows(rows):
            return
        self._choose(chosen, current)
        row = -1 if top is None else self.rows.row_of(top)
        if row >= 0 and top_row > 0:
            self.verticalScrollBar().setValue(row * self.rowHeight(0) - offset)

    def _current_id(self) -> TrackId | None:
        index = self.currentIndex()
        return self.rows.track_id(index.row()) if index.isValid() else None

    def _chosen_ids(self) -> list[TrackId]:
        rows = self.selected_rows()
        return [self.rows.track_id(row) for row in rows] if len(rows) <= _MOST_KEPT else []

    def _choose(self, ids: Sequence[TrackId], current: TrackId | None) -> None:
        model, selection = self.selectionModel(), self.selection_of(self.rows.rows_of(ids))
        row = -1 if current is None else self.rows.row_of(current)
        if row >= 0:
            model.setCurrentIndex(self.rows.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _header_clicked(self, section: int) -> None:
        """Ascending, descending, and for a list with an order of its own back to that."""
        order = ORDERS[Column(section)]
        if self._order != order:
            self.set_order(order)
        elif not self._descending:
            self.set_order(order, True)
        else:
            self.set_order(order if self._whole_library else None)
        self.scrollToTop()
        self.sorted_by.emit(self._order or "", self._descending)
        self.resort()

    def resort(self) -> None:
        """Reads the rows anew in the chosen order."""
        self._fill()

    # Playing.

    def play_row(self, row: int) -> None:
        """Plays the list on screen from a row."""
        count = self.rows.rowCount()
        first = 0 if count <= MOST_QUEUED else max(min(row - _BEFORE, count - MOST_QUEUED), 0)
        wanted = self.rows.track(row)
        if wanted is None or wanted.missing:
            if wanted is not None:
                self.say_missing(row)
            return
        around = range(first, min(first + MOST_QUEUED, count))
        before = self.rows.ids_at(range(first, row)).count(wanted.id)
        self.actions_of_tracks.play_rows(around, self.rows.tracks, self._started_by, wanted.id, before)

    def play_selected(self) -> None:
        """One row plays the list from there; several play themselves."""
        rows = self.selected_rows()
        if len(rows) > 1:
            self.actions_of_tracks.play_rows(rows[:MOST_QUEUED], self.rows.tracks, self._started_by)
        elif self.currentIndex().isValid():
            self.play_row(self.currentIndex().row())

    def startDrag(self, actions: Qt.DropAction) -> None:
        if rows := self.selected_rows():
            title = "".join(track.title for track in self.rows.tracks(rows[:1]))
            drag_rows(self, self._theme.palette, title, len(rows), self.rows.mime_of(rows), actions)

    def _play_index(self) -> None:
        self.play_row(self.currentIndex().row())

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self.viewport()), self._theme.palette
        painter.fillRect(event.rect(), QColor(palette.surface))
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        if first < 0:
            return
        last = last if last >= 0 else self.rows.rowCount() - 1
        entry = self._services.playback.current
        playing = entry.track.id if entry is not None else None
        pixels = self._cover_pixels()
        numbered = self._numbered or self.grouped
        for row in range(first, last + 1):
            if (head := self.heading_at(row)) >= 0:
                if row in {head, first}:
                    self.paint_heading_of(painter, head)
                continue
            track = self.rows.track(row)
            wants_cover = track is not None and not numbered
            cover = self._services.covers.pixmap(track.id, pixels) if track is not None and wants_cover else None
            look = self._look(row, track, playing)
            rect = self._row_rect(row)
            paint_track_row(painter, rect, self._spans, track, look, palette, cover=cover, numbered=numbered)

    def _row_rect(self, row: int) -> QRect:
        width = max(self.width() - 2 * XL, 0)
        return QRect(XL, self.rowViewportPosition(row), width, self.rowHeight(row))

    def _look(self, row: int, track: Track | None, playing: TrackId | None) -> RowLook:
        return RowLook(
            selected=self.selectionModel().isSelected(self.rows.index(row, 0)),
            hovered=row == self._hover,
            focused=self._keyboard and self.hasFocus() and row == self.currentIndex().row(),
            playing=track is not None and track.id == playing,
            stars=self._stars if row == self._hover else -1,
            loved=track is not None and track.in_library and self._services.suggestions.loves(track),
            on_heart=self._on_heart and row == self._hover,
        )

    def _cover_pixels(self) -> int:
        return round(_COVER * self.devicePixelRatioF())

    def _repaint(self) -> None:
        self.viewport().update()

    def _cover_arrived(self, track_id: int, pixels: int) -> None:
        wanted = self.heading_pixels() if self.grouped else self._cover_pixels()
        if self._numbered or not self.isVisible() or pixels != wanted:
            return
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return
        for row in range(first, (last if last >= 0 else self.rows.rowCount() - 1) + 1):
            if abs(self.rows.track_id(row)) == track_id:
                self.update_row(row)

    # Pointer and keyboard.

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A table that shows its first rows only leaves the wheel to the page around it."""
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """The whole text of a cell that is cut, or why a row is grey."""
        track = self.rows.track(self.rowAt(point.y()))
        if track is None:
            return ""
        if track.missing:
            return say(GONE)
        for column, x, width in self._spans:
            if x <= point.x() < x + width:
                room = width - GAP - (LEAD + GAP + HEART if column == Column.TITLE else 0)
                return cut_tooltip(BODY, cell_text(track, column), room)
        return ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        rows = self.selected_rows()
        if not rows:
            return
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self._row_rect(self.currentIndex().row()).bottomLeft())
        first, ids = rows[:MOST_QUEUED], self.rows.ids_at(rows)
        show = partial(
            self.actions_of_tracks.show_menu, play=self.play_selected, place=place, more=self.more_actions, ids=ids
        )
        self.actions_of_tracks.of_rows(first, self.rows.tracks, show)

    def more_actions(self, menu: QMenu) -> None:
        """Lines of this list alone; a list that has some adds them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.show_details()
            else:
                self.play_selected()
            return
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape} and not event.modifiers():
            event.ignore()
            return
        if event.text() in STAR_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.rate(self.selected_rows(), int(event.text()))
            return
        super().keyPressEvent(event)
        self._repaint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard = event.reason() in KEYBOARD_REASONS
        if self._keyboard and not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(self.next_track_row(max(self.rowAt(0), 0)), 0))
        super().focusInEvent(event)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint()

    def keyboardSearch(self, search: str) -> None:
        """Type-ahead: by halving where the order is alphabetical, else the next title that begins so."""
        row = row_beginning(self.rows, search, self._order, max(self.currentIndex().row(), 0), self._descending)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, 0))
