"""What was heard: day by day, the newest first, with how each play ended."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.domain.play import Play
from app.domain.track import Track
from app.domain.words import plural, say
from app.ui.delegates.text import line_height, paint_line
from app.ui.delegates.track_row import RowLook, paint_ground
from app.ui.item_models.plays import Line, PlayModel, ended_words, lines_of, on_top
from app.ui.services import Services
from app.ui.theme import BODY, BODY_STRONG, TABLE_ROW, XL, M, S, Theme
from app.ui.views.page import Page
from app.ui.views.track_actions import TrackActions, add_action

_FIRST_SHOWN: Final = 1_000
_MOST_ADDED: Final = 100
"""With more plays at once than these, as an import brings, all is read anew."""
_TIME, _ENDED = 56, 168


class _PlayDelegate(QStyledItemDelegate):
    """Paints a day or a play."""

    def __init__(self, theme: Theme, view: QListView, lines: PlayModel) -> None:
        super().__init__(view)
        self._theme, self._view, self._lines = theme, view, lines

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Asked of all lines, one after the other, whenever there are others."""
        row = max(TABLE_ROW, line_height(BODY) + 6)
        return QSize(200, row + M if self._lines.line(index.row()).play is None else row)

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


class _PlayList(QListView):
    """The list; a grey heading cannot be chosen."""

    words_wanted = Signal(str)

    def __init__(self, theme: Theme, acts: TrackActions, services: Services, model: PlayModel) -> None:
        super().__init__()
        self._theme, self._acts, self._services, self._lines = theme, acts, services, model
        self.setModel(model)
        self.setItemDelegate(_PlayDelegate(theme, self, model))
        self.setFrameShape(QFrame.Shape.NoFrame)
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
        palette.setColor(QPalette.ColorRole.Base, QColor(self._theme.palette.surface))
        self.setPalette(palette)

    def track_at(self, row: int) -> Track | None:
        """The track of a line, where it is still in the library."""
        line = self._lines.line(row) if row >= 0 else None
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._play()
            return
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.currentIndex().row()
        track = self.track_at(row)
        if track is not None:
            self._acts.show_menu([track], self._play, event.globalPos())
        elif row >= 0 and (play := self._lines.line(row).play) is not None:
            self.menu_of_one_gone(play).popup(event.globalPos())

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


class HistoryView(Page):
    """The newest thousand plays; whoever scrolls to their end sees twice as many, until all are there.

    A play that comes is put on top: the others are not read again for it.
    """

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("History"), "history", parent)
        self._acts = TrackActions(services, "history", self)
        self._acts.album_opened.connect(self.album_opened)
        self._acts.artist_opened.connect(self.artist_opened)
        self.lines = PlayModel(self)
        self.list = _PlayList(theme, self._acts, services, self.lines)
        self._shown, self._listed, self._count, self._last_id = _FIRST_SHOWN, 0, 0, 0
        self._reading_all = False
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.bodies([self.list])
        self.list.words_wanted.connect(lambda words: self.place_wanted.emit("search", words))
        services.history.plays_changed.connect(self._plays_came)

    def refresh(self) -> None:
        self._reading_all = True
        self.asking.ask("", self._read_plays, self._show)

    def _plays_came(self) -> None:
        if self.isVisible() and self.lines.rowCount() and not self._reading_all:
            self.asking.ask("", self._read_new, self._show_new)
        else:
            self.refresh_soon()

    def _read_new(self) -> tuple[int, list[Play]]:
        """How many plays there are, and those that were added since, the newest first."""
        history = self.services.history
        new = history.after(self._last_id, _MOST_ADDED + 1)
        return history.count(), sorted(new, key=lambda play: (play.started_at, play.id or 0), reverse=True)

    def _show_new(self, found: tuple[int, list[Play]]) -> None:
        """Puts them on top; reads all anew where they belong elsewhere, or are not all that has changed."""
        count, new = found
        top = self.lines.top()
        known = top[1].play if len(top) > 1 else None
        whole = len(new) == count - self._count and len(new) <= _MOST_ADDED
        if known is None or not whole or any(play.started_at < known.started_at for play in new):
            self.refresh()
        elif new:
            lines = on_top(new, top, datetime.now().date())
            if lines is None:
                self.refresh()
                return
            self._last_id = max(play.id or 0 for play in new)
            self._shown += len(new)
            self._tell_count(count, self._listed + len(new))
            self._put_on_top(lines)

    def _put_on_top(self, lines: list[Line]) -> None:
        """What is in sight stays where it is, but for the very top."""
        bar = self.list.verticalScrollBar()
        value, height = bar.value(), self.list.contentsSize().height()
        self.lines.put_on_top(lines)
        self.list.doItemsLayout()
        bar.setValue(value + self.list.contentsSize().height() - height if value > 0 else 0)

    def _read_plays(self) -> tuple[int, int, list[Line], int]:
        """The last play's id, how many there are, the lines of the newest, and how many tracks where there are none."""
        history = self.services.history
        last_id = history.last_id()
        lines = lines_of(history.recent(self._shown), datetime.now().date())
        return last_id, history.count(), lines, 0 if lines else self.services.library.count()

    def _tell_count(self, count: int, listed: int) -> None:
        self._count, self._listed = count, listed
        shown = (
            say("newest {SHOWN:,} of {plays}", SHOWN=listed, plays=plural(count, "play"))
            if count > listed
            else plural(count, "play")
        )
        self.head.count(shown if count else "")

    def _show(self, found: tuple[int, int, list[Line], int]) -> None:
        self._last_id, count, lines, tracks = found
        self._reading_all = False
        self._tell_count(count, sum(line.play is not None for line in lines))
        self._keep_place(lines)
        if lines:
            self.show_body(self.list)
        elif tracks:
            self.say_no_plays(say("Play something: what you hear is listed here, with how it ended."))
        else:
            self.say_empty_library()

    def _keep_place(self, lines: list[Line]) -> None:
        bar = self.list.verticalScrollBar()
        newest = self.lines.line(1).play if self.lines.rowCount() else None  # under the heading of its day
        value, current = bar.value(), self.list.currentIndex().row()
        if not self.lines.set_lines(lines):
            return
        added = next((at for at, line in enumerate(lines) if line.play == newest), 1) - 1 if newest else 0
        if current >= 0 and 0 <= current + added < len(lines):
            self.list.setCurrentIndex(self.lines.index(current + added))
        bar.setValue(value + added * TABLE_ROW if value > 0 else 0)  # not where the chosen one is

    def _scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        read = self._listed >= self._shown  # what was asked for last has come
        if read and self._shown < self._count and value > bar.maximum() - bar.pageStep():
            self._shown *= 2
            self.refresh()
