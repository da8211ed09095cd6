"""The companion's window: the player's head, *You may like*, and a foot with where it comes from and the settings."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.domain.feedback import Said, Told
from app.domain.following import Following
from app.domain.suggestion import Suggestion
from app.domain.words import say
from app.ui.companion.head import Head, name_of
from app.ui.companion.sent_suggestions import SentSuggestions
from app.ui.companion.states import Nothing, nothing_to_show
from app.ui.controls import IconButton
from app.ui.forward import come_forward
from app.ui.in_sight import InSight
from app.ui.panels.empty_state import EmptyState
from app.ui.services import Covers, Suggestions
from app.ui.style import FocusRing
from app.ui.tab_order import move
from app.ui.theme import XS, L, S, Theme
from app.ui.toast import Toast

_LEAST: Final = QSize(300, 360)
_KEYS: Final = {
    "love": ("Ctrl+D",),
    "zoom_in": ("Ctrl++", "Ctrl+="),
    "zoom_out": ("Ctrl+-",),
    "zoom_reset": ("Ctrl+0",),
    "menu": ("F10", "Ctrl+,"),
    "quit": ("Ctrl+Q",),
}


class CompanionWindow(QMainWindow):
    """Small, and of use while it is small. Escape closes it into the tray, where there is one."""

    player_chosen = Signal(str)
    sent = Signal(object)
    """A ``Suggestion`` that the shown player is to play."""
    wished = Signal(str)
    """What the button of an empty state is for: ``segue``, ``bus`` or ``follow``."""
    menu_asked = Signal(object)
    """A ``QMenu`` that is about to be shown: the lines of the settings are to be added."""
    activated = Signal()
    """The window came to the front."""
    closed = Signal()

    def __init__(self, theme: Theme, suggestions: Suggestions, covers: Covers) -> None:
        super().__init__()
        self.setWindowTitle(say("Segue Companion"))
        self.setMinimumSize(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # it has the keyboard until Tab is pressed
        self.setProperty("ownRing", True)
        self._theme, self._suggestions, self._covers = theme, suggestions, covers
        self._shown: Following | None = None
        self._nothing: Nothing | None = None
        self.stays: Callable[[], bool] = lambda: False
        """Asked when the window is closed: whether the companion goes on without it."""
        self._quitting = False
        self.head = Head(theme, suggestions, covers)
        self.panel = SentSuggestions(theme, suggestions, covers, self._player_name)
        self.empty = EmptyState(theme, "players")
        self.settings = IconButton(theme, "settings", say("Settings"), size=28)
        self._lay_out()
        self.in_sight = InSight(self)
        self.focus_ring = FocusRing(self, theme)
        self._connect()
        self.show_players(None, (), has_bus=True, has_library=True)
        self.setFocus()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.panel)
        middle = QWidget()
        around = QHBoxLayout(middle)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.empty)
        self.stack.addWidget(middle)
        foot = QWidget()
        foot.setObjectName("companionFoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(L, XS, S, XS)
        row.setSpacing(S)
        row.addWidget(self.panel.state, 1)
        row.addStretch()
        row.addWidget(self.settings)
        self.foot = foot
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        column.addWidget(foot)
        self.setCentralWidget(whole)
        self.toast = Toast(self._theme, whole)

    def _connect(self) -> None:
        self.head.player_chosen.connect(self.player_chosen)
        self.panel.sent.connect(self.sent)
        self.panel.why_asked.connect(self._why)
        self.settings.clicked.connect(self.open_menu)
        self.empty.pressed.connect(lambda: self.wished.emit(self._nothing.wish if self._nothing else ""))
        self._suggestions.said.connect(self._said)
        jobs: dict[str, Callable[[], object]] = {
            "love": self._love,
            "zoom_in": lambda: self._theme.step_zoom(1),
            "zoom_out": lambda: self._theme.step_zoom(-1),
            "zoom_reset": lambda: self._theme.step_zoom(0),
            "menu": self.open_menu,
            "quit": self.quit,
        }
        for name, job in jobs.items():
            for keys in _KEYS[name]:
                QShortcut(QKeySequence(keys), self).activated.connect(job)

    def show_players(
        self, shown: Following | None, playing: tuple[Following, ...], *, has_bus: bool, has_library: bool
    ) -> None:
        """The player that the window is about, those one can turn to, and whether there is anything to see them by."""
        self._shown = shown
        self._nothing = nothing_to_show(shown, has_bus=has_bus, has_library=has_library)
        self.head.setVisible(has_bus and shown is not None and not shown.ignored)
        self.head.show_player(shown, playing)
        if self._nothing is not None:
            said = self._nothing
            self.empty.say(said.title, said.cause, said.button, said.glyph)
        page = 1 if self._nothing else 0
        if page != self.stack.currentIndex() and self.stack.isAncestorOf(self.focusWidget() or self):
            self.setFocus()  # Qt would give it to whatever comes next
        self.stack.setCurrentIndex(page)
        self.panel.state.setVisible(self._nothing is None)
        self._show_title()

    def _show_title(self) -> None:
        track = self._shown.track if self._shown is not None and not self._shown.ignored else None
        words = say("Segue Companion")
        if track is not None:
            words = f"{track.title[:80]} · {track.shown_artist[:80]} · {words}"
        self.setWindowTitle(words.replace("[*]", ""))

    def _player_name(self) -> str:
        return name_of(self._shown) if self._shown is not None else ""

    def _love(self) -> None:
        row = self.panel.rows.chosen() if self.panel.rows.hasFocus() else None
        track = row.track if row is not None else (self._shown.track if self._shown is not None else None)
        if track is not None and track.in_library:
            self._suggestions.toggle_love([track])

    def _why(self, suggestion: Suggestion) -> None:
        from app.ui.panels.why_popover import WhyPopover  # read when it is first asked for

        viewport, corner, height = self.panel.row_rect(suggestion)
        anchor = viewport.rect().translated(viewport.mapTo(self, corner))
        anchor.setHeight(height)
        popover = WhyPopover(self, self._theme, self._covers, suggestion.track, suggestion)
        popover.said.connect(self.panel.say)
        popover.open_beside(anchor)
        if popover.height() > self.height():  # what can be said stands in the row's menu, too
            popover.foot.hide()
            popover.open_beside(anchor)

    def _said(self, told: Told) -> None:
        if told.feedback.said is Said.UNDO:
            self.toast.say(told.sentence)
        else:
            self.toast.say(told.sentence, lambda: self.panel.take_back(told.feedback))

    def menu(self) -> QMenu:
        """The settings, as whoever keeps them adds them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_asked.emit(menu)
        return menu

    def open_menu(self) -> None:
        """Over the button at the foot."""
        menu, button = self.menu(), self.settings
        size = menu.sizeHint()
        corner = button.mapToGlobal(QPoint(button.width(), 0))
        menu.popup(corner - QPoint(size.width(), size.height() + XS))

    def come_forward(self) -> None:
        """In front of the other windows, and not minimised, as far as the desktop lets it."""
        come_forward(self)

    def quit(self) -> None:
        """The end, wherever the window is."""
        self._quitting = True
        self.close()
        QApplication.quit()

    # Events

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        if self.isActiveWindow():
            self.activated.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move(self, (self.head, self.stack, self.toast, self.foot), forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> None:
        """Escape ends nothing: without a tray the window is minimised."""
        if self.stays():
            self.closed.emit()
            self.hide()
        else:
            self.showMinimized()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toast.stand_over(QRect(0, 0, self.width(), self.height() - self.foot.sizeHint().height()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        if not self._quitting and self.stays():
            event.ignore()
            self.hide()
        else:
            super().closeEvent(event)
