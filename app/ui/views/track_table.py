"""A dense table of tracks: rows are painted whole, sorting is the library's, a million rows are as good as ten."""

import contextlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QToolTip, QWidget

from app.config.settings import TrackOrder
from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.play import StartedBy
from app.domain.rating import stars_of
from app.domain.words import say
from app.ui.delegates.text import line_height
from app.ui.delegates.track_row import GAP, LEAD, RowLook, paint_track_row, stars_at
from app.ui.item_models.tracks import ORDERS, Column, Fetch, TrackTableModel, cell_text
from app.ui.services import Services
from app.ui.theme import BODY, TABLE_ROW, XL, Theme
from app.ui.views.asking import Asking
from app.ui.views.column_table import ColumnTable
from app.ui.views.parts import KEYBOARD_REASONS, cut_tooltip
from app.ui.views.track_actions import MOST_QUEUED, TrackActions
from app.ui.views.type_ahead import row_beginning

_BEFORE: Final = 200
_MOST_KEPT: Final = 1_000
_COVER: Final = TABLE_ROW - 4
_FIRST: Final = 64
"""Rows that are read at once, for the first paint; the whole order comes from a job."""
_OTHERS_AFTER_MS: Final = 50
_STAR_KEYS: Final = frozenset("012345")


class TrackTable(ColumnTable):
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
        hidden: frozenset[Column] = frozenset(),
        started_by: StartedBy = StartedBy.HAND,
        fetch: Fetch | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``fetch``: where the tracks of the rows come from, if not the library."""
        super().__init__(theme, hidden, parent)
        self._services, self._numbered = services, numbered
        self._started_by, self._whole_library = started_by, whole_library
        self.actions_of_tracks = TrackActions(services, context, self)
        self.rows = TrackTableModel(fetch or services.library.tracks, self)
        self._order: TrackOrder | None = None
        self._descending = False
        self._natural: list[TrackId] = []
        self._asking = Asking(services.library)
        self._hover, self._keyboard, self._typed = -1, False, ""
        self._stars = -1
        self._set_up()
        services.playback.track_changed.connect(self._repaint)
        services.covers.cover_ready.connect(self._cover_arrived)
        services.library.ratings_changed.connect(self.rows.read_anew)
        theme.changed.connect(self._repaint)
        theme.played_changed.connect(self._repaint)
        theme.density_changed.connect(self._set_row_height)

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
        order, descending, natural = self._order, self._descending, self._natural
        if order is None and not self._whole_library:
            self._asking.forget()
            self.replace_ids(natural)
            return

        def read() -> "array[int]":
            ids = self._services.library.ids(order or "artist", descending)
            wanted = None if self._whole_library else set(natural)
            return array("q", ids if wanted is None else (one for one in ids if one in wanted))

        if self._whole_library and not self.rows.rowCount() and order != "rating":
            with contextlib.suppress(SegueError):  # the job tells of it
                self.replace_ids(self._services.library.ids(order or "artist", descending, _FIRST))
        if self.rows.rowCount() == _FIRST:  # these are to be painted before the others are read
            QTimer.singleShot(_OTHERS_AFTER_MS, self, lambda: self._ask(order, descending, read))
        else:
            self._ask(order, descending, read)

    def _ask(self, order: TrackOrder | None, descending: bool, read: "Callable[[], array[int]]") -> None:
        if (order, descending) == (self._order, self._descending):
            self._asking.ask((order, descending), read, self.replace_ids)

    def replace_ids(self, ids: Sequence[int]) -> None:
        """Other rows; what was chosen and what was in sight stay so."""
        current, chosen = self._current_id(), self._chosen_ids()
        top_row = self.rowAt(0)
        top, offset = (self.rows.track_id(top_row), self.rowViewportPosition(top_row)) if top_row >= 0 else (None, 0)
        if not self.rows.set_ids(ids):
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

    def selected_rows(self) -> list[int]:
        """The chosen rows, from the top."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})

    def _choose(self, ids: Sequence[TrackId], current: TrackId | None) -> None:
        model, selection = self.selectionModel(), QItemSelection()
        for row in (self.rows.row_of(one) for one in ids):
            if row >= 0:
                selection.select(self.rows.index(row, 0), self.rows.index(row, len(Column) - 1))
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
            return
        tracks = self.rows.tracks(range(first, min(first + MOST_QUEUED, count)))
        start = next((n for n, track in enumerate(tracks) if track.id == wanted.id), 0)
        self.actions_of_tracks.play(tracks, start, self._started_by)

    def play_selected(self) -> None:
        """One row plays the list from there; several play themselves."""
        rows = self.selected_rows()
        if len(rows) > 1:
            self.actions_of_tracks.play(self.rows.tracks(rows[:MOST_QUEUED]), 0, self._started_by)
        elif self.currentIndex().isValid():
            self.play_row(self.currentIndex().row())

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
        for row in range(first, last + 1):
            track = self.rows.track(row)
            wants_cover = track is not None and not self._numbered
            cover = self._services.covers.pixmap(track.id, pixels) if track is not None and wants_cover else None
            look = self._look(row, track is not None and track.id == playing)
            rect = self._row_rect(row)
            paint_track_row(painter, rect, self._spans, track, look, palette, cover=cover, numbered=self._numbered)

    def _row_rect(self, row: int) -> QRect:
        width = max(self.width() - 2 * XL, 0)
        return QRect(XL, self.rowViewportPosition(row), width, self.rowHeight(row))

    def _look(self, row: int, playing: bool) -> RowLook:
        return RowLook(
            selected=self.selectionModel().isSelected(self.rows.index(row, 0)),
            hovered=row == self._hover,
            focused=self._keyboard and self.hasFocus() and row == self.currentIndex().row(),
            playing=playing,
            stars=self._stars if row == self._hover else -1,
        )

    def _cover_pixels(self) -> int:
        return round(_COVER * self.devicePixelRatioF())

    def _repaint(self) -> None:
        self.viewport().update()

    def _cover_arrived(self, track_id: int, pixels: int) -> None:
        if self._numbered or not self.isVisible() or pixels != self._cover_pixels():
            return
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return
        for row in range(first, (last if last >= 0 else self.rows.rowCount() - 1) + 1):
            if self.rows.track_id(row) == track_id:
                self._update_row(row)

    def _update_row(self, row: int) -> None:
        if 0 <= row < self.rows.rowCount():
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    # Pointer and keyboard.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row, stars = self.rowAt(int(event.position().y())), self._stars_at(event.position().toPoint())
        if (row, stars) != (self._hover, self._stars):
            before, self._hover, self._stars = self._hover, row, stars
            self._update_row(before)
            self._update_row(row)
        super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A table that shows its first rows only leaves the wheel to the page around it."""
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _stars_at(self, point: QPoint) -> int:
        span = self.span_of(Column.RATING)
        return stars_at(point.x() - span[1]) if span is not None else -1

    def rate(self, rows: Sequence[int], stars: int) -> None:
        """Gives the tracks of rows stars; those they all have already are taken away."""
        few = self.rows.tracks(rows) if len(rows) <= MOST_QUEUED else []  # many would take a second to look at
        if few and all(stars_of(track.rating) == stars for track in few):
            stars = 0
        ids = [track_id for row in rows if (track_id := self.rows.track_id(row)) > 0]
        if ids:
            self._services.library.rate(ids, stars)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        row, stars = self.rowAt(int(event.position().y())), self._stars_at(event.position().toPoint())
        if row >= 0 and stars > 0 and event.button() == Qt.MouseButton.LeftButton:
            chosen = self.selected_rows()
            self.rate(chosen if row in chosen else [row], stars)
            return
        super().mousePressEvent(event)
        self._repaint()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            before, self._hover, self._stars = self._hover, -1, -1
            self._update_row(before)
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
            return say("The file is not where it was.")
        for column, x, width in self._spans:
            if x <= point.x() < x + width:
                room = width - GAP - (LEAD + GAP if column == Column.TITLE else 0)
                return cut_tooltip(BODY, cell_text(track, column), room)
        return ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        rows = self.selected_rows()
        if not rows:
            return
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self._row_rect(self.currentIndex().row()).bottomLeft())
        tracks = self.rows.tracks(rows[:MOST_QUEUED])
        self.actions_of_tracks.show_menu(tracks, self.play_selected, place, self.more_actions)

    def more_actions(self, menu: QMenu) -> None:
        """Lines of this list alone; a list that has some adds them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.play_selected()
            return
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape} and not event.modifiers():
            event.ignore()
            return
        if event.text() in _STAR_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.rate(self.selected_rows(), int(event.text()))
            return
        super().keyPressEvent(event)
        self._repaint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard = event.reason() in KEYBOARD_REASONS
        if self._keyboard and not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(max(self.rowAt(0), 0), 0))
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
