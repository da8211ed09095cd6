"""The plays as rows under the headings of their days; however many there are, only those in sight are looked at."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from app.domain.play import Play
from app.domain.text import sort_form
from app.domain.track import Track
from app.domain.words import say
from app.ui.delegates.text import line_height, paint_line
from app.ui.delegates.track_row import RowLook, paint_ground
from app.ui.item_models.plays import Line, PlayModel, ended_words
from app.ui.services import Services
from app.ui.theme import BODY, BODY_STRONG, TABLE_ROW, XL, M, S, Theme
from app.ui.views.track_actions import TrackActions, add_action

_TIME, _ENDED = 56, 168
_SEARCHED: Final = 5_000
"""So many lines are looked through for what is typed."""
_Cursor = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint


class _PlayDelegate(QStyledItemDelegate):
    """Paints a day or a play."""

    def __init__(self, theme: Theme, view: QTableView, lines: PlayModel) -> None:
        super().__init__(view)
        self._theme, self._view, self._lines = theme, view, lines

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRect(option.rect)
        rect.setLeft(XL)
        rect.setWidth(self._view.width() - 2 * XL)
        self._paint(painter, rect, self._lines.line(index.row()), option)

    def _paint(self, painter: QPainter, rect: QRect, line: Line, option: QStyleOptionViewItem) -> None:
        palette = self._theme.palette
        if line.play is None:
            rect.setTop(rect.bottom() - line_height(BODY) - S)
            paint_line(painter, rect, BODY_STRONG, line.heading, palette.text)
            return
        state = option.state
        selected, hovered = (
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
        )
        paint_ground(painter, rect, RowLook(selected=selected, hovered=hovered), palette)
        names = rect.width() - _TIME - _ENDED
        x = rect.x()
        for words, width, colour in (
            (line.time, _TIME, palette.text2),
            (line.play.title, round(names * 0.55), palette.text if line.play.track_id else palette.text2),
            (line.play.artist, names - round(names * 0.55), palette.text2),
            (ended_words(line.play), _ENDED + M, palette.text2),
        ):
            paint_line(
                painter, QRect(x, rect.y(), width - M, rect.height()), BODY, words, colour, tabular=width == _TIME
            )
            x += width


class PlayList(QTableView):
    """A table of one column, whose rows Qt places by arithmetic; a grey heading cannot be chosen."""

    words_wanted = Signal(str)

    def __init__(self, theme: Theme, acts: TrackActions, services: Services) -> None:
        super().__init__()
        self._theme, self._acts, self._services = theme, acts, services
        self.lines = PlayModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_PlayDelegate(theme, self, self.lines))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(TABLE_ROW, line_height(BODY) + 6))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(say("Plays, newest first"))
        self.doubleClicked.connect(self._play)
        self._colour()
        theme.changed.connect(self._colour)

    def _colour(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Highlight):  # the chosen row has its own ground
            palette.setColor(role, QColor(self._theme.palette.surface))
        self.setPalette(palette)

    # Lines and their heights.

    def show_lines(self, lines: list[Line], days: Sequence[int], added: int) -> None:
        """Other lines, with headings of days in some rows. What was first stands ``added`` lines further down now.

        What is chosen stays so, and what is in sight stays where it is, but for the very top.
        """
        bar, header = self.verticalScrollBar(), self.verticalHeader()
        value, current = bar.value(), self.currentIndex().row()
        self.lines.set_lines(lines)
        self._make_room(days)
        if current >= 0 and 0 <= current + added < len(lines):
            self.setCurrentIndex(self.lines.index(current + added, 0))
        above = header.sectionPosition(1 + added) - header.sectionPosition(1) if added else 0
        bar.setValue(value + above if value > 0 else 0)  # not where the chosen one is

    def put_on_top(self, lines: list[Line]) -> None:
        """Lines of newer plays above those that are there; what is in sight stays where it is, but for the very top."""
        bar, header = self.verticalScrollBar(), self.verticalHeader()
        value, height = bar.value(), header.length()
        at = self.lines.put_on_top(lines)
        self._make_room([at + row for row, line in enumerate(lines) if line.play is None])
        bar.setValue(value + header.length() - height if value > 0 else 0)

    def _make_room(self, days: Sequence[int]) -> None:
        """Above the headings of days."""
        header = self.verticalHeader()
        height = header.defaultSectionSize() + M
        header.setUpdatesEnabled(False)  # else it reckons all of its rows anew for each
        for row in days:
            header.resizeSection(row, height)
        header.setUpdatesEnabled(True)
        self.updateGeometries()

    # Playing.

    def track_at(self, row: int) -> Track | None:
        """The track of a line, where it is still in the library."""
        line = self.lines.line(row) if row >= 0 else None
        if line is None or line.play is None or line.play.track_id is None:
            return None
        return next(iter(self._services.library.tracks([line.play.track_id])), None)

    def _play(self) -> None:
        index = self.currentIndex()
        track = self.track_at(index.row())
        if track is not None:
            self._acts.play([track])
        elif index.isValid():
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
            QToolTip.showText(place, say("This track is not in your library."), self)

    # Pointer and keyboard.

    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """To the next line that way, past headings."""
        current, last = self.currentIndex(), self.lines.rowCount() - 1
        row, back = current.row(), action in {_Cursor.MoveUp, _Cursor.MovePrevious, _Cursor.MovePageUp, _Cursor.MoveEnd}
        if action == _Cursor.MoveHome or row < 0:
            row, back = 0, False
        elif action == _Cursor.MoveEnd:
            row = last
        elif action in {_Cursor.MovePageUp, _Cursor.MovePageDown}:
            page = self.viewport().height()
            at = self.rowAt(self.visualRect(current).top() + (-page if back else page))
            row = at if at >= 0 else 0 if back else last
        elif action not in {_Cursor.MoveLeft, _Cursor.MoveRight}:
            row += -1 if back else 1
        row = self.lines.nearest_play(row, back=back)
        return self.lines.index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex, hint: _Hint = _Hint.EnsureVisible) -> None:
        """The first play of a day is shown with its heading."""
        above = index.row() - 1
        if above >= 0 and hint == _Hint.EnsureVisible and self.lines.line(above).play is None:
            super().scrollTo(self.lines.index(above, 0), hint)
        super().scrollTo(index, hint)

    def keyboardSearch(self, search: str) -> None:
        """Type-ahead: the next title that begins so."""
        row, wanted = self.currentIndex().row(), sort_form(search)
        for at in range(row + 1, min(row + _SEARCHED, self.lines.rowCount())):
            play = self.lines.line(at).play
            if play is not None and sort_form(play.title).startswith(wanted):
                self.setCurrentIndex(self.lines.index(at, 0))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._play()
            return
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row, place = self.currentIndex().row(), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        elif self.rowAt(event.pos().y()) != row:
            return  # a heading, or below all
        track = self.track_at(row)
        if track is not None:
            self._acts.show_menu([track], self._play, place)
        elif row >= 0 and (play := self.lines.line(row).play) is not None:
            self.menu_of_one_gone(play).popup(place)

    def menu_of_one_gone(self, play: Play) -> QMenu:
        """What can be done about a play whose track is not here: it may be, by another name."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_action(menu, say("This track is not in your library."), lambda: None, enabled=False)
        add_action(menu, say("Search for the title"), lambda: self.words_wanted.emit(f'title:"{play.title[:80]}"'))
        if play.artist:
            find = f'artist:"{play.artist[:80]}"'
            add_action(menu, say("Search for the artist"), lambda: self.words_wanted.emit(find))
        return menu
