"""*You may like*: the dial, whom the list is for, the rows, and where they come from."""

from collections import OrderedDict
from typing import Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QMenu,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.feedback import Said
from app.domain.impression import Chosen
from app.domain.play import StartedBy
from app.domain.suggestion import Dial, Suggestion, SuggestionList
from app.domain.track import Track
from app.domain.words import plural, say
from app.ui import icons
from app.ui.controls import Line, Link, TextButton
from app.ui.delegates import suggestion_row
from app.ui.panels.dial_bar import DialBar
from app.ui.panels.empty_state import EmptyState
from app.ui.panels.feedback_menu import FeedbackMenu
from app.ui.panels.row_view import RowView
from app.ui.panels.suggestion_model import SUGGESTION, SuggestionModel
from app.ui.services import Covers, Playback, Suggestions
from app.ui.theme import BODY, CAPTION, COVER_ROW, XS, L, M, S, Theme

_CONTEXT: Final = "panel"
_REMEMBERED: Final = 500
_SEEN_AFTER_MS: Final = 1_500
"""A suggestion that stood on the screen for so long was seen."""
_ENOUGH_SEEN: Final = 20
_KEYS: Final = {
    int(Qt.Key.Key_L): Said.LOVE,
    int(Qt.Key.Key_N): Said.NOT_NOW,
    int(Qt.Key.Key_Minus): Said.LESS,
    int(Qt.Key.Key_Delete): Said.NEVER_TRACK,
}


class _Rows(RowView):
    """The rows; Enter plays, I asks why."""

    play_asked = Signal(object)
    why_asked = Signal(object)
    action_asked = Signal(str, object)
    feedback_given = Signal(object, object)
    """A ``Said``, and the suggestion."""

    def part_at(self, index: QModelIndex, point: QPoint) -> str:
        return suggestion_row.part_at(self.visualRect(index), index.data(SUGGESTION), point)

    def chosen(self) -> Suggestion | None:
        """The suggestion the keyboard stands on."""
        return cast("Suggestion | None", self.currentIndex().data(SUGGESTION))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            part = self.part_at(index, event.position().toPoint())
            if part == "reason":
                self.why_asked.emit(index.data(SUGGESTION))
            elif part:
                self.action_asked.emit(part, index.data(SUGGESTION))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.part_at(index, event.position().toPoint()):
            self.play_asked.emit(index.data(SUGGESTION))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen()
        if chosen is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.play_asked.emit(chosen)
        elif chosen is not None and event.key() == Qt.Key.Key_I and not event.modifiers():
            self.why_asked.emit(chosen)
        elif chosen is not None and not event.modifiers() and (said := _KEYS.get(event.key())) is not None:
            self.feedback_given.emit(said, chosen)
        else:
            super().keyPressEvent(event)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, covers: Covers, view: _Rows) -> None:
        super().__init__(view)
        self._theme, self._covers, self._view = theme, covers, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, suggestion_row.row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, view = index.row(), self._view
        hovered = row == view.hovered
        look = suggestion_row.Look(
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            hovered=hovered,
            ring=view.ring_on(row),
            over=cast("suggestion_row.Part", view.over) if hovered else "",
        )
        made: Suggestion = index.data(SUGGESTION)
        cover = self._covers.pixmap(made.track.id, round(COVER_ROW * view.devicePixelRatioF()))
        rect = option.rect
        suggestion_row.paint_suggestion(painter, rect, made, look, cover, self._theme.palette)


class SuggestionsPanel(QWidget):
    """The panel. It never reorders under the pointer or while the keyboard is in it: new suggestions wait as a pill."""

    why_asked = Signal(object)
    """A ``Suggestion`` whose evidence is wanted."""
    artist_clicked = Signal(str)
    album_clicked = Signal(object)
    queued = Signal(str)
    """A sentence: what was added to the queue."""
    seen = Signal(object, object)
    """Pairs of place and ``Suggestion`` that stood on the screen for a while, and the dial they were shown by."""
    grade_asked = Signal()

    def __init__(self, theme: Theme, suggestions: Suggestions, playback: Playback, covers: Covers) -> None:
        super().__init__()
        self._theme, self._suggestions, self._playback = theme, suggestions, playback
        self._waiting: SuggestionList | None = None
        self._take_next = False
        self._started: OrderedDict[int, Suggestion] = OrderedDict()
        self._dial = Dial.FAMILIAR
        self.dial = DialBar()
        self.heading = Line(theme, BODY, "text2")
        self.state = Link(theme, CAPTION, "text2")
        self.state.clicked.connect(self.grade_asked)
        self._origin = self._chosen = ""
        self._look = QTimer(self, singleShot=True, interval=_SEEN_AFTER_MS)
        self._look.timeout.connect(self._tell_seen)
        self.model = SuggestionModel(self)
        self.rows = _Rows(theme, say("You may like"))
        self.rows.setModel(self.model)
        self.rows.setItemDelegate(_RowDelegate(theme, covers, self.rows))
        self.pill = TextButton(say("New suggestions"), "pill")
        self.pill.setParent(self)
        self.pill.hide()
        self.empty = EmptyState(theme, "suggestions")
        self._lay_out()
        self._connect(covers)
        self._show(suggestions.current())

    def _lay_out(self) -> None:
        lists = QWidget()
        self._stack = QStackedLayout(lists)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        head = QVBoxLayout()
        head.setContentsMargins(S, 0, S, 0)
        head.setSpacing(S)
        head.addWidget(self.dial)
        head.addWidget(self.heading)
        foot = QVBoxLayout()
        foot.setContentsMargins(S, XS, S, M)
        foot.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(S, M, S, 0)
        column.addLayout(head)
        column.addWidget(lists, 1)
        column.addLayout(foot)
        column.setSpacing(XS)

    def _connect(self, covers: Covers) -> None:
        self._suggestions.suggestions_changed.connect(self._came)
        covers.cover_ready.connect(self._cover_came)
        self.dial.turned.connect(self._dial_turned)
        self.rows.play_asked.connect(self.play)
        self.rows.why_asked.connect(self.why_asked)
        self.rows.action_asked.connect(self._act)
        self.rows.customContextMenuRequested.connect(self._menu_at)
        self.rows.feedback_given.connect(self._say)
        self.rows.pointer_left.connect(self._take_if_free)
        self.rows.verticalScrollBar().valueChanged.connect(lambda _value: self._look.start())
        self.rows.focus_left.connect(self._take_if_free)
        self.pill.clicked.connect(self._take)
        self.empty.pressed.connect(self._leave_empty)

    def suggestion_of(self, track_id: int) -> Suggestion | None:
        """Why a track that plays was suggested, if it came from here lately."""
        row = self.model.row_of(track_id)
        return self._started.get(track_id) or (self.model.rows[row] if row >= 0 else None)

    def _cover_came(self, track_id: int, pixels: int) -> None:
        self.rows.viewport().update()

    def _busy(self) -> bool:
        inside = self.rows.isVisible() and self.rows.rect().contains(self.rows.mapFromGlobal(QCursor.pos()))
        return self.rows.hasFocus() or (inside and self.rows.hovered >= 0)

    def _came(self, suggestions: SuggestionList) -> None:
        ids = [made.track.id for made in suggestions.suggestions]
        same = ids == [made.track.id for made in self.model.rows]
        if self.model.rows and self._busy() and not self._take_next and not same:
            self._waiting = suggestions
            new = len(set(ids) - {made.track.id for made in self.model.rows})
            self.pill.setText(plural(new, "new suggestion") if new else say("New order"))
            self._place_pill()
            return
        self._show(suggestions)

    def _take(self) -> None:
        if self._waiting is not None:
            had_focus = self.pill.hasFocus()
            self._show(self._waiting)
            self.rows.scrollToTop()
            if had_focus:
                self.rows.setFocus()

    def _take_if_free(self) -> None:
        if self._waiting is not None and not self._busy() and not self.pill.hasFocus():
            self._take()

    def _show(self, suggestions: SuggestionList) -> None:
        self._waiting, self._take_next = None, False
        self.pill.hide()
        kept = self.rows.chosen()
        offset = self.rows.verticalScrollBar().value()
        self.model.replace(suggestions.suggestions)
        row = self.model.row_of(kept.track.id) if kept is not None else -1
        if row >= 0:
            self.rows.setCurrentIndex(self.model.index(row))
        self.rows.verticalScrollBar().setValue(offset)
        self.dial.show_dial(suggestions.dial, suggestions.counts)
        self.heading.set_text(suggestions.heading)
        self._origin = suggestions.state if suggestions.suggestions else ""
        self._write_foot()
        self._dial = suggestions.dial
        self._look.start()
        self._stack.setCurrentWidget(self.rows if suggestions.suggestions else self.empty)
        if not suggestions.suggestions:
            self._show_empty(suggestions)

    def _show_empty(self, suggestions: SuggestionList) -> None:
        familiar, forgotten, never = suggestions.counts
        if not familiar + never:
            self.empty.say(say("Nothing to suggest yet"), suggestions.state)
        elif suggestions.dial is Dial.NEVER and not never:
            self.empty.say(
                say("You have played everything here"),
                say("Forgotten has what you loved and left."),
                say("Try Forgotten"),
            )
        elif suggestions.dial is Dial.FORGOTTEN and not forgotten:
            cause = say("Nothing was played 3 times or more and then left alone for 90 days.")
            self.empty.say(say("Nothing is forgotten yet"), cause, say("Try Never heard"))
        elif suggestions.dial is Dial.FAMILIAR and not familiar:
            self.empty.say(
                say("No plays yet"), say("Play something; until then these come from tags."), say("Try Never heard")
            )
        else:
            self.empty.say(say("Nothing to suggest"), suggestions.state)

    def show_chosen(self, chosen: Chosen) -> None:
        """Says at the foot how many of the last suggestions were taken, once there were enough of them."""
        text = say("You chose {chosen} of the last {seen}", chosen=chosen.chosen, seen=chosen.seen)
        self._chosen = text if chosen.seen >= _ENOUGH_SEEN else ""
        self._write_foot()

    def _write_foot(self) -> None:
        self.state.set_text(". ".join(part for part in (self._chosen, self._origin) if part))

    def showEvent(self, event: object) -> None:
        self._look.start()

    def _tell_seen(self) -> None:
        """The rows that have stood in sight since the list last changed or was moved."""
        if not self.rows.isVisible() or not self.window().isActiveWindow():
            return
        top, foot = self.rows.viewport().rect().top(), self.rows.viewport().rect().bottom()
        seen = [
            (row, suggestion)
            for row, suggestion in enumerate(self.model.rows)
            if top <= self.rows.visualRect(self.model.index(row)).center().y() <= foot
        ]
        if seen:
            self.seen.emit(seen, self._dial)

    def _leave_empty(self) -> None:
        self._turn(Dial.FORGOTTEN if self._dial is Dial.NEVER else Dial.NEVER)

    def _dial_turned(self, number: int) -> None:
        self._turn(list(Dial)[number])

    def _turn(self, dial: Dial) -> None:
        self._take_next = True
        self._suggestions.set_dial(dial)

    def play(self, suggestion: Suggestion) -> None:
        """Plays it now; the list may change for that."""
        self._take_next = True
        self._remember(suggestion)
        self._playback.play_now([suggestion.track], 0, StartedBy.SUGGESTION, _CONTEXT)

    def play_next(self, suggestion: Suggestion) -> None:
        """Puts it after what is playing."""
        self._remember(suggestion)
        self._playback.play_next([suggestion.track], StartedBy.SUGGESTION, _CONTEXT)
        self.queued.emit(say("{} plays next", suggestion.track.title[:60]))

    def enqueue(self, suggestion: Suggestion) -> None:
        """Puts it at the end of the queue."""
        self._remember(suggestion)
        self._playback.enqueue([suggestion.track], StartedBy.SUGGESTION, _CONTEXT)
        self.queued.emit(say("{} was added to the queue", suggestion.track.title[:60]))

    def _say(self, said: Said, suggestion: Suggestion) -> None:
        self._will_change()
        self._suggestions.say(said, suggestion.track)

    def _will_change(self) -> None:
        """The listener asked for the change: it does not wait for the pointer to leave."""
        self._take_next = True

    def _remember(self, suggestion: Suggestion) -> None:
        self._started[suggestion.track.id] = suggestion
        if len(self._started) > _REMEMBERED:
            self._started.popitem(last=False)

    def _act(self, part: str, suggestion: Suggestion) -> None:
        if part == "play":
            self.play(suggestion)
        elif part == "queue":
            self.enqueue(suggestion)
        elif part == "more":
            self.menu(suggestion).popup(QCursor.pos())

    def _menu_at(self, point: QPoint) -> None:
        index = self.rows.indexAt(point)
        if not index.isValid():
            index = self.rows.currentIndex()
            point = self.rows.visualRect(index).center()
        if index.isValid():
            self.menu(index.data(SUGGESTION)).popup(self.rows.viewport().mapToGlobal(point))

    def menu(self, suggestion: Suggestion) -> QMenu:
        """Everything that can be done with a suggestion."""
        menu, palette, track = QMenu(self), self._theme.palette, suggestion.track
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("play", palette), say("Play now"), lambda: self.play(suggestion))
        menu.addAction(icons.icon("play-next", palette), say("Play next"), lambda: self.play_next(suggestion))
        menu.addAction(icons.icon("add", palette), say("Add to queue"), lambda: self.enqueue(suggestion))
        menu.addSeparator()
        menu.addAction(icons.icon("why", palette), say("Why this?"), lambda: self.why_asked.emit(suggestion))
        menu.addSeparator()
        FeedbackMenu(menu, self._theme, self._suggestions, suggestion.track, self._will_change)
        menu.addSeparator()
        add_places(menu, self._theme, track, self.artist_clicked, self.album_clicked)
        return menu

    def row_rect(self, suggestion: Suggestion) -> tuple[QWidget, QPoint, int]:
        """The viewport, and top left and height of a row in it: what a popover is anchored to."""
        index = self.model.index(max(self.model.row_of(suggestion.track.id), 0))
        self.rows.scrollTo(index)
        rect = self.rows.visualRect(index)
        return self.rows.viewport(), rect.topLeft(), rect.height()

    def resizeEvent(self, event: object) -> None:
        if self._waiting is not None:
            self._place_pill()

    def _place_pill(self) -> None:
        self.pill.adjustSize()
        top = self.rows.mapTo(self, QPoint(0, 0)).y()
        self.pill.move((self.width() - self.pill.width()) // 2, top + L)
        self.pill.show()
        self.pill.raise_()


def add_places(menu: QMenu, theme: Theme, track: Track, artist: object, album: object) -> None:
    """*Go to artist* and *Go to album*, as far as the track names them."""
    go_artist = menu.addAction(icons.icon("artists", theme.palette), say("Go to artist"))
    go_artist.triggered.connect(lambda: artist.emit(track.artist))  # type: ignore[attr-defined]
    go_artist.setEnabled(bool(track.artist))
    go_album = menu.addAction(icons.icon("albums", theme.palette), say("Go to album"))
    go_album.triggered.connect(lambda: album.emit(track.album_key))  # type: ignore[attr-defined]
    go_album.setEnabled(bool(track.album_key))
