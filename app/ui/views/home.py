"""For you: shelves of covers that stay as they are while somebody looks at them."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.scan import ScanProgress
from app.domain.shelf import Shelf as ShelfValue
from app.domain.track import Album
from app.domain.words import mark, plural, say
from app.ui.controls import Link
from app.ui.item_models.cards import Card, CardModel, Value, album_card, suggestion_card
from app.ui.services import Services
from app.ui.theme import BODY, Theme
from app.ui.views.asking import Asking
from app.ui.views.cover_grid import CoverGrid
from app.ui.views.finds import Finds
from app.ui.views.page import IMPORT_HISTORY, Page
from app.ui.views.scroll import ScrollPage
from app.ui.views.shelf import Shelf
from app.ui.views.track_actions import TrackActions, mark_playing

LEAST_ITEMS = 4
"""A shelf with fewer stands aside."""
_AT_ONCE = 3
"""So many shelves are made in one turn: a window has room for few more."""
_NEWEST = 200
_TITLE = mark("For you")
_RENEW, _BACK = mark("Show new suggestions"), mark("Back to the shelves")


def any_card(value: Value) -> Card:
    """A card of an album or of a suggestion."""
    return album_card(value) if not hasattr(value, "score") else suggestion_card(value)  # type: ignore[arg-type]


class HomeView(Page):
    """The shelves; one shelf whole; or, while nothing is known yet, the newest albums as they arrive."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say(_TITLE), parent=parent)
        self._acts = TrackActions(services, "home", self)
        self._shelves: list[Shelf] = []
        self._values: list[ShelfValue] = []
        self._waiting: list[ShelfValue] | None = None
        self._whole = ""
        self.page = ScrollPage(theme)
        self.finds = Finds(theme)
        self.page.column.addWidget(self.finds)
        self.page.column.addStretch(1)
        self.grid = CoverGrid(CardModel(any_card, self), services.covers, theme, has_reason=True)
        self.grid.setAccessibleName(say(_TITLE))
        self.bodies([self.page, self.grid])
        words = (_RENEW, _BACK, IMPORT_HISTORY)
        self.renew, self.back, self.history = (Link(theme, BODY, "accent", say(one)) for one in words)
        self._plays: int | None = None
        self._asking_plays = Asking(services.library, self)
        for link, do in (
            (self.renew, self._take_waiting),
            (self.back, lambda: self._go_to("")),
            (self.history, self.history_wanted.emit),
        ):
            self.head.add(link)
            link.hide()
            link.clicked.connect(do)
        self._connect()

    def _connect(self) -> None:
        services, grid = self.services, self.grid
        grid.opened.connect(self._acts.open_card)
        grid.play_wanted.connect(self._acts.play_card)
        grid.menu_wanted.connect(self._acts.show_card_menu)
        self._join(self._acts)
        mark_playing(services.playback, grid)
        services.suggestions.shelves_changed.connect(self._shelves_came)
        services.library.scan_progressed.connect(self._scan_moved)
        services.library.scan_finished.connect(self._scan_ended)
        services.history.plays_changed.connect(self._ask_plays)

    def _join(self, acts: TrackActions) -> None:
        acts.album_opened.connect(self.album_opened)
        acts.artist_opened.connect(self.artist_opened)
        acts.genre_opened.connect(self.genre_opened)

    def list_of(self, body: QWidget) -> QWidget:
        return self._shelves[0].strip if body is self.page and self._shelves else super().list_of(body)

    def refresh(self) -> None:
        self._shelves_came(self.services.suggestions.shelves())
        self._ask_plays()

    def _ask_plays(self) -> None:
        """Where nothing was heard yet, what was heard elsewhere can be imported; plays never go."""
        if not self._plays:
            self._asking_plays.ask("", self.services.history.count, self._plays_counted)

    def _plays_counted(self, plays: int) -> None:
        self._plays = plays
        self._show_history()

    def show_body(self, widget: QWidget) -> None:
        super().show_body(widget)
        self._show_history()

    def _show_history(self) -> None:
        self.history.setVisible(self._plays == 0 and not self.is_empty())

    def shelves(self) -> list[Shelf]:
        """The shelves on the page, from the top."""
        return self._shelves[: len(self._values)]

    def open(self, name: str) -> None:
        """The shelves, or all of one of them."""
        if name and name != self._whole:
            self.show_whole(name)
        elif self._whole and not name:
            self._leave_whole()

    def show_whole(self, name: str) -> None:
        """One shelf with everything on it."""
        shelf = next((one for one in self._values if one.name == name), None)
        if shelf is None:
            return
        self._whole = name
        self.head.say(shelf.title, shelf.rule)
        self.grid.show_values(_items(shelf))
        self.back.show()
        self.show_body(self.grid)
        self.grid.setFocus()

    def _leave_whole(self) -> None:
        self._whole = ""
        self.back.hide()
        self.head.say(say(_TITLE))
        self._show(self._values)

    def _shelves_came(self, shelves: Sequence[ShelfValue]) -> None:
        """New shelves wait where somebody is looking at the old ones, and where those are of this day."""
        self._show_finds(shelves)
        shown = [shelf for shelf in shelves if len(_items(shelf)) >= LEAST_ITEMS]
        if shown == self._values and shown:
            return
        if self._values and shown and (self._is_looked_at() or self.services.suggestions.shelves_of_today):
            self._waiting = shown
            self.renew.show()
            return
        self._show(shown)

    def _show_finds(self, shelves: Sequence[ShelfValue]) -> None:
        """What is not in the library stands below the shelves; changing it moves nothing above it."""
        found = next((shelf for shelf in shelves if shelf.finds), ShelfValue("finds", "", ""))
        self.finds.show_finds(found.title, found.rule, found.finds)

    def _is_looked_at(self) -> bool:
        focused = self.focusWidget()
        return self.isVisible() and (
            self.underMouse() or bool(self._whole) or (focused is not None and focused.hasFocus())
        )

    def _take_waiting(self) -> None:
        shelves, self._waiting = self._waiting, None
        self._whole = ""
        self.head.say(say(_TITLE))
        self.back.hide()
        self._show(shelves or [])
        self.services.suggestions.take_shelves()

    def _show(self, shelves: list[ShelfValue]) -> None:
        self._values, self._waiting = shelves, None
        self.renew.hide()
        if self._whole:
            return
        if shelves:
            self.asking.forget()
            self._fill(_AT_ONCE)
            self.show_body(self.page)
        else:
            library = self.services.library
            self.asking.ask("", lambda: (library.newest_albums(_NEWEST), library.count()), self._show_newest)

    def _show_newest(self, found: tuple[list[Album], int]) -> None:
        albums, count = found
        if not count:
            self.say_empty_library()
            return
        if albums:
            self.grid.show_values(albums)
            self.show_body(self.grid)
            return
        found_words = say("{} found", plural(count, "track"))
        self.empty.say(
            say("No albums yet"), say("{}, none of which names an album. Tracks lists them all.", found_words)
        )
        self.show_body(self.empty)

    def _fill(self, most: int) -> None:
        """Fills the shelves that there are, and so many new ones; the others below them come one a turn."""
        values = self._values
        for number, shelf in enumerate(self._shelves):
            shelf.setVisible(number < len(values))
            if number < len(values):
                self._put(number)
        for _ in range(min(len(values) - len(self._shelves), most)):
            self._add_shelf()
        self._go_on_filling()

    def _go_on_filling(self) -> None:
        if len(self._shelves) < len(self._values):
            QTimer.singleShot(0, self, self._fill_next)

    def _fill_next(self) -> None:
        if len(self._shelves) < len(self._values):
            self._add_shelf()
            self._go_on_filling()

    def _put(self, number: int) -> None:
        value = self._values[number]
        self._shelves[number].show_values(value.title, value.rule, _items(value))

    def _add_shelf(self) -> None:
        shelf = Shelf(self.services, self.theme, any_card, "home", has_reason=True)
        self._join(shelf.actions_of_cards)
        shelf.all_wanted.connect(self._all_of_sender)
        self._shelves.append(shelf)
        self._put(len(self._shelves) - 1)
        self.page.column.insertWidget(len(self._shelves) - 1, shelf)
        shelf.show()

    def _all_of_sender(self) -> None:
        sender = self.sender()
        if isinstance(sender, Shelf):
            self._go_to(self._values[self._shelves.index(sender)].name)

    def _go_to(self, name: str) -> None:
        """A shelf on its own is a place like others: *Back* leaves it, and so does *For you*."""
        self.open(name)
        self.place_wanted.emit("home", name)

    def _scan_moved(self, progress: ScanProgress) -> None:
        if self.is_empty():
            done = (
                say("{done:,} of {total:,} files", done=progress.done, total=progress.total)
                if progress.total
                else say("Counting files")
            )
            self.empty.say(say("Looking for music"), say("{}. Tracks appear here as they are found.", done))

    def _scan_ended(self) -> None:
        if self.is_empty():
            self.refresh_soon()


def _items(shelf: ShelfValue) -> Sequence[Value]:
    return shelf.suggestions or shelf.albums
