"""Where the listener is in the window, the way back, and on again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.ui.actions import Actions
from app.ui.back_button import BackButton
from app.ui.rail import PLACES, Rail
from app.ui.style import FocusRing

_MOST_STEPS_BACK: Final = 100
Place = tuple[str, str]
"""A view and what it shows: ``("album", key)``, ``("search", words)``; the second is empty for views of one thing."""


class Navigation(QMainWindow):
    """The half of the window that knows its views; the other half lays them out."""

    view_changed = Signal(str)
    search_changed = Signal(str)

    stack: QStackedWidget
    rail: Rail
    actions_by_name: Actions
    back: BackButton
    focus_ring: FocusRing
    _views: Mapping[str, QWidget]
    _openers: dict[str, Callable[[str], None]]
    _settings_changed: Callable[[dict[str, object]], None]

    def __init__(self) -> None:
        super().__init__()
        self._trail: list[Place] = []
        self._ahead: list[Place] = []
        self._place: Place = ("", "")
        self._showing = False

    @property
    def view(self) -> str:
        """The name of the view that is shown."""
        return self._place[0]

    @property
    def place(self) -> Place:
        """Where the listener is."""
        return self._place

    @property
    def trail(self) -> list[Place]:
        """Where the listener was before, the last at the end."""
        return list(self._trail)

    def return_to(self, place: Place, trail: Sequence[Place]) -> None:
        """Goes where the listener was in another window; a search there was is left."""
        self._trail = list(trail)
        if place[0] == "search":
            place = self._trail.pop() if self._trail else ("home", "")
        if place[0] in self._views and place != self._place:
            self._go(place)
        self._show_ways()

    def show_view(self, name: str, key: str = "") -> None:
        """Goes to a view; Back returns here."""
        if name not in self._views or (name, key) == self._place:
            return
        if self._place[0]:
            self._trail = [*self._trail, self._place][-_MOST_STEPS_BACK:]
        self._ahead = []
        self._go((name, key))

    def open_artist(self, name: str) -> None:
        """Goes to the page of an artist."""
        self.show_view("artist", name)

    def open_album(self, key: str) -> None:
        """Goes to the page of an album."""
        self.show_view("album", key)

    def open_genre(self, name: str) -> None:
        """Goes to the page of a genre."""
        self.show_view("genre", name)

    def open_playlist(self, key: str) -> None:
        """Goes to the page of a playlist."""
        self.show_view("playlist", key)

    def go_back(self) -> None:
        """Returns to where the listener was before."""
        if self._trail:
            self._ahead.append(self._place)
            self._go(self._trail.pop())

    def go_forward(self) -> None:
        """Returns to where the listener came back from."""
        if self._ahead:
            self._trail.append(self._place)
            self._go(self._ahead.pop())

    def _go(self, place: Place) -> None:
        name, key = self._place = place
        self._show_words(key if name == "search" else "")
        if name in self._openers:
            self._openers[name](key)
        view = self._views[name]
        if self.stack.indexOf(view) < 0:
            self.stack.addWidget(view)
        by_keyboard = self.focus_ring.by_keyboard
        self.stack.setCurrentWidget(view)
        if not by_keyboard:  # what was clicked has gone with its page, and Qt moved the keyboard on
            self.focus_ring.rest()
        self.rail.show_place(name)
        self._show_ways()
        if name in {known for known, _ in PLACES}:
            self._settings_changed({"view": name})
        self.view_changed.emit(name)

    def _show_ways(self) -> None:
        """Where there is a way back, it is shown; forward has a key only."""
        self.actions_by_name["back"].setEnabled(bool(self._trail))
        self.actions_by_name["onward"].setEnabled(bool(self._ahead))
        self.back.stand(shown=bool(self._trail))

    def _show_words(self, words: str) -> None:
        """The search field says what is searched for."""
        if self.rail.search.text() != words:
            self._showing = True  # not by blocking its signals: its own button listens to them
            self.rail.search.setText(words)
            self._showing = False

    def _search_changed(self, text: str) -> None:
        if self._showing:
            return
        self.search_changed.emit(text)
        if self.view == "search":
            self._place = ("search", text)
            if not text:
                self._leave_search()
        elif text.strip():
            self.show_view("search", text)

    def _leave_search(self) -> None:
        """Without words: to what was there before the search, and before those that led to it."""
        while self._trail and self._trail[-1][0] == "search":
            self._trail.pop()
        before = self._trail.pop() if self._trail else ("home", "")
        if before[0] in self._views:
            self._go(before)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        ways = {Qt.MouseButton.BackButton: self.go_back, Qt.MouseButton.ForwardButton: self.go_forward}
        if event.button() in ways:
            ways[event.button()]()
        else:
            super().mousePressEvent(event)
