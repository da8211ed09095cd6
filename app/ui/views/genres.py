"""Every genre with its counts, and the page of one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.ids import TrackId
from app.domain.words import plural, say
from app.ui.controls import TextButton
from app.ui.item_models.cards import Value, genre_card
from app.ui.item_models.tracks import Column
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.browse import BrowsePage
from app.ui.views.page import Page
from app.ui.views.track_table import TrackTable


class GenresView(BrowsePage):
    """The grid of genres, the largest first."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Genres"), "genre", genre_card, title_lines=1, parent=parent)

    def values(self) -> Sequence[Value]:
        return self.services.library.genres()

    def why_empty(self) -> str:
        return say("none of them names a genre.")


class GenrePage(Page):
    """One genre: its tracks."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Genre"), parent=parent)
        self._name = ""
        self.table = TrackTable(services, theme, "genre", hidden=frozenset({Column.GENRE}))
        self.table.setAccessibleName(say("Tracks of the genre"))
        self.bodies([self.table])
        acts = self.table.actions_of_tracks
        acts.album_opened.connect(self.album_opened)
        acts.artist_opened.connect(self.artist_opened)
        for words, kind, do in ((say("Play"), "primary", self._play), (say("Shuffle"), "", self._shuffle)):
            button = TextButton(words, kind)
            button.clicked.connect(do)
            self.head.add(button)

    def show_genre(self, name: str) -> None:
        """Shows another genre."""
        if name != self._name:
            self.table.set_order(None)
            self.table.scrollToTop()
        self._name = name
        self.refresh()

    def refresh(self) -> None:
        name = self._name
        self.asking.ask(name, lambda: self.services.library.genre_ids(name) if name else [], self._show)

    def _show(self, ids: list[TrackId]) -> None:
        self.head.say(self._name, plural(len(ids), "track"))
        self.table.show_ids(ids)
        if ids:
            self.show_body(self.table)
        else:
            self.empty.say(say("Nothing here any more"), say("The tracks of this genre have left the library."))
            self.show_body(self.empty)

    def _play(self) -> None:
        self.table.play_list()

    def _shuffle(self) -> None:
        self.table.actions_of_tracks.shuffle_ids(self.table.natural_ids())
