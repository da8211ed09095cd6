"""Where the listener is in the window, and the way back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.ui.actions import Actions
from app.ui.rail import PLACES, Rail

_MOST_STEPS_BACK: Final = 100
Place = tuple[str, str]
"""A view and what it shows: ``("album", key)``; the second is empty for views that show one thing."""


class Navigation(QMainWindow):
    """The half of the window that knows its views; the other half lays them out."""

    view_changed = Signal(str)
    search_changed = Signal(str)

    stack: QStackedWidget
    rail: Rail
    actions_by_name: Actions
    _views: Mapping[str, QWidget]
    _openers: dict[str, Callable[[str], None]]
    _settings_changed: Callable[[dict[str, object]], None]

    def __init__(self) -> None:
        super().__init__()
        self._trail: list[Place] = []
        self._place: Place = ("", "")
        self._before_search: Place | None = None
        self._clearing = False

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
        self.actions_by_name["back"].setEnabled(bool(self._trail))

    def show_view(self, name: str, key: str = "") -> None:
        """Goes to a view; Back returns here."""
        if name not in self._views or (name, key) == self._place:
            return
        if self._place[0] and self._place[0] != "search":
            self._trail = [*self._trail, self._place][-_MOST_STEPS_BACK:]
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
            self._go(self._trail.pop())

    def _go(self, place: Place) -> None:
        name, key = self._place = place
        if name != "search":
            self._before_search = None
            self._clear_search()
        if key and name in self._openers:
            self._openers[name](key)
        view = self._views[name]
        if self.stack.indexOf(view) < 0:
            self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        self.rail.show_place(name)
        self.actions_by_name["back"].setEnabled(bool(self._trail))
        if name in {known for known, _ in PLACES}:
            self._settings_changed({"view": name})
        self.view_changed.emit(name)

    def _clear_search(self) -> None:
        self._clearing = True  # not by blocking its signals: its own button listens to them
        self.rail.search.clear()
        self._clearing = False

    def _search_changed(self, text: str) -> None:
        if self._clearing:
            return
        self.search_changed.emit(text)
        if "search" not in self._views:
            return
        if text.strip() and self.view != "search":
            self._before_search = self._place
            self.show_view("search")
        elif not text and self.view == "search":
            before = self._before_search or ("home", "")
            if self._trail and self._trail[-1] == before:
                self._trail.pop()
            if before[0] in self._views:
                self._go(before)
