"""*You may like* as a list: the dial, whom it is for, the rows, and where they come from.

How a suggestion is played is for those who derive from it: here, or in another player.
"""

from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.domain.feedback import Feedback, Said
from app.domain.impression import Chosen
from app.domain.suggestion import Dial, Suggestion, SuggestionList
from app.domain.track import Track
from app.domain.words import plural, say
from app.ui import icons
from app.ui.controls import Line, Link, TextButton
from app.ui.delegates import suggestion_row
from app.ui.panels.dial_bar import DialBar
from app.ui.panels.empty_state import EmptyState
from app.ui.panels.feedback_menu import FeedbackMenu
from app.ui.panels.suggestion_model import SUGGESTION, SuggestionModel
from app.ui.panels.suggestion_rows import SuggestionDelegate, SuggestionRows
from app.ui.services import Covers, Suggestions
from app.ui.theme import BODY, CAPTION, XS, L, M, S, Theme

_SEEN_AFTER_MS: Final = 1_500
"""A suggestion that stood on the screen for so long was seen."""
_ENOUGH_SEEN: Final = 20


class YouMayLike(QWidget):
    """It never reorders under the pointer or while the keyboard is in it: new suggestions wait as a pill."""

    why_asked = Signal(object)
    """A ``Suggestion`` whose evidence is wanted."""
    seen = Signal(object, object)
    """Pairs of place and ``Suggestion`` that stood on the screen for a while, and the dial they were shown by."""
    grade_asked = Signal()

    actions_of_rows: suggestion_row.Actions = suggestion_row.ALL_ACTIONS
    has_foot = True
    """False where the line about where these come from stands elsewhere, and leads nowhere."""

    def __init__(self, theme: Theme, suggestions: Suggestions, covers: Covers) -> None:
        super().__init__()
        self._theme, self._suggestions = theme, suggestions
        self._waiting: SuggestionList | None = None
        self._take_next = False
        self._dial = Dial.FAMILIAR
        self.dial = DialBar()
        self.heading = Line(theme, BODY, "text2")
        self.state = self._make_state()
        self._origin = self._chosen = ""
        self._look = QTimer(self, singleShot=True, interval=_SEEN_AFTER_MS)
        self._look.timeout.connect(self._tell_seen)
        self.model = SuggestionModel(self)
        self.rows = SuggestionRows(theme, say("You may like"), self.actions_of_rows)
        self.rows.setModel(self.model)
        self.rows.setItemDelegate(SuggestionDelegate(theme, covers, self.rows))
        self.pill = TextButton(say("New suggestions"), "pill")
        self.pill.setParent(self)
        self.pill.hide()
        self.empty = EmptyState(theme, "suggestions")
        self._lay_out()
        self._connect(covers)
        self._show(suggestions.current())

    def _make_state(self) -> Line:
        if not self.has_foot:
            return Line(self._theme, CAPTION, "text2")
        state = Link(self._theme, CAPTION, "text2")
        state.clicked.connect(self.grade_asked)
        return state

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
        column = QVBoxLayout(self)
        column.setContentsMargins(S, M, S, 0)
        column.addLayout(head)
        column.addWidget(lists, 1)
        column.setSpacing(XS)
        if self.has_foot:
            foot = QVBoxLayout()
            foot.setContentsMargins(S, XS, S, M)
            foot.addWidget(self.state)
            column.addLayout(foot)

    def _connect(self, covers: Covers) -> None:
        self._suggestions.suggestions_changed.connect(self._came)
        covers.cover_ready.connect(self._cover_came)
        self.dial.turned.connect(self._dial_turned)
        self.rows.play_asked.connect(self.play)
        self.rows.why_asked.connect(self.why_asked)
        self.rows.action_asked.connect(self.act)
        self.rows.customContextMenuRequested.connect(self._menu_at)
        self.rows.feedback_given.connect(lambda said, suggestion: self.say(said, suggestion.track))
        self.rows.pointer_left.connect(self._take_if_free)
        self.rows.verticalScrollBar().valueChanged.connect(lambda _value: self._look.start())
        self.rows.focus_left.connect(self._take_if_free)
        self.pill.clicked.connect(self._take)
        self.empty.pressed.connect(self._leave_empty)

    def _cover_came(self, track_id: int, pixels: int) -> None:
        self.rows.paint_again(lambda row: self.model.rows[row].track.id == track_id)

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
        kept, before = self.rows.chosen(), self.rows.currentIndex().row()
        offset = self.rows.verticalScrollBar().value()
        self.model.replace(suggestions.suggestions)
        row = self.model.row_of(kept.track.id) if kept is not None else -1
        if row < 0 and self.rows.hasFocus():  # it has gone: the keyboard stays at its place
            row = min(before, self.model.rowCount() - 1)
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
        self.state.set_text(". ".join(part for part in (self.about_choice(), self._origin) if part))

    def about_choice(self) -> str:
        """What stands before the words on where the list comes from."""
        return self._chosen

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

    def say(self, said: Said, track: Track) -> None:
        """The listener says what they think of a track; the list follows at once."""
        self.will_change()
        self._suggestions.say(said, track)

    def take_back(self, feedback: Feedback) -> None:
        """Undoes what the listener said; the list is at once as it was."""
        self.will_change()
        self._suggestions.take_back(feedback)

    def will_change(self) -> None:
        """The listener asked for the change: it does not wait for the pointer to leave."""
        self._take_next = True

    def play(self, suggestion: Suggestion) -> None:
        """Plays it now."""
        raise NotImplementedError

    def add_ways(self, menu: QMenu, suggestion: Suggestion) -> None:
        """The ways to hear it, at the head of its menu."""
        raise NotImplementedError

    def add_places(self, menu: QMenu, suggestion: Suggestion) -> None:
        """Where one can go from it, at the foot of its menu."""

    def act(self, part: str, suggestion: Suggestion) -> None:
        """Does what an action of a row stands for."""
        if part == "play":
            self.play(suggestion)
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
        menu, palette = QMenu(self), self._theme.palette
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_ways(menu, suggestion)
        menu.addSeparator()
        menu.addAction(icons.icon("why", palette), say("Why this?"), lambda: self.why_asked.emit(suggestion))
        menu.addSeparator()
        FeedbackMenu(menu, self._theme, self._suggestions, suggestion.track, self.will_change)
        menu.addSeparator()
        self.add_places(menu, suggestion)
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
