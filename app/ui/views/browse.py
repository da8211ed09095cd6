"""A page that is one cover grid: what albums, artists and genres share."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.words import mark, plural, say
from app.ui.item_models.cards import Card, CardModel, Value
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.cover_grid import CoverGrid
from app.ui.views.page import Page
from app.ui.views.track_actions import TrackActions, mark_playing

_NONE: Final = {"album": mark("No albums"), "artist": mark("No artists"), "genre": mark("No genres")}


class BrowsePage(Page):
    """A head with a count over a grid of cards."""

    def __init__(
        self,
        services: Services,
        theme: Theme,
        title: str,
        word: str,
        make: Callable[..., Card],
        *,
        title_lines: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(services, theme, title, parent=parent)
        self._word = word
        self._values: Sequence[Value] = []
        self.grid = CoverGrid(CardModel(make, self), services.covers, theme, title_lines=title_lines)
        self.grid.setAccessibleName(title)
        self.bodies([self.grid])
        self.acts = TrackActions(services, word, self)
        self.acts.album_opened.connect(self.album_opened)
        self.acts.artist_opened.connect(self.artist_opened)
        self.acts.genre_opened.connect(self.genre_opened)
        self.grid.opened.connect(self.acts.open_card)
        self.grid.play_wanted.connect(self.acts.play_card)
        self.grid.menu_wanted.connect(self.acts.show_card_menu)
        mark_playing(services.playback, self.grid)
        services.library.scan_started.connect(self.refresh_soon)

    def values(self) -> Sequence[Value]:
        """What the grid shows; each page has its own. It is asked in a job."""
        return ()

    def why_empty(self) -> str:
        """Why there are tracks and yet nothing here."""
        return ""

    def refresh(self) -> None:
        shown = self._values
        self.asking.ask("", lambda: self._read_anew(shown), self._show)

    def _read_anew(self, shown: Sequence[Value]) -> tuple[Sequence[Value], int]:
        """The values (those on screen where nothing changed), and how many tracks there are where there are none."""
        values = self.values()
        return (shown if values == shown else values), (0 if values else self.services.library.count())

    def _show(self, found: tuple[Sequence[Value], int]) -> None:
        values, count = found
        self._values = values
        self.head.count(f"{len(values):,}" if values else "")
        self.grid.show_values(values)
        if values:
            self.show_body(self.grid)
        elif not count:
            self.say_empty_library()
        else:
            self.empty.say(
                say(_NONE[self._word]), say("{tracks}: {why}", tracks=plural(count, "track"), why=self.why_empty())
            )
            self.show_body(self.empty)
