"""Every playlist as a card, and the way to make one."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.playlist import Playlist
from app.domain.words import mark, say
from app.ui.controls import TextButton
from app.ui.dialogs.name import NameDialog
from app.ui.item_models.cards import Card, CardModel, playlist_card
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.cover_grid import CoverGrid
from app.ui.views.page import Page
from app.ui.views.playlist_actions import PlaylistActions

SMART_NOTE = mark(
    "It always holds what this search finds, for example  genre:jazz plays:0  or  added:<30d  or  rating:>=4"
)


class PlaylistsView(Page):
    """The grid of playlists, by name."""

    playlist_opened = Signal(str)

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Playlists"), "playlists", parent)
        self.acts = PlaylistActions(services, self)
        self.grid = CoverGrid(CardModel(playlist_card, self), services.covers, theme, title_lines=1)
        self.grid.setAccessibleName(say("Playlists"))
        self.grid.opened.connect(self._open)
        self.grid.play_wanted.connect(lambda card: self.acts.play(card.value))
        self.grid.menu_wanted.connect(self._menu)
        self.bodies([self.grid])
        for words, do in ((say("Import…"), self.acts.ask_import), (say("New smart playlist"), self.ask_smart)):
            button = TextButton(words)
            button.clicked.connect(do)
            self.head.add(button)
        self.new = TextButton(say("New playlist"), "primary")
        self.new.clicked.connect(self.ask_new)
        self.head.add(self.new)
        services.playlists.playlists_changed.connect(self.refresh_soon)

    def refresh(self) -> None:
        playlists = self.services.playlists.all()
        self.head.count(f"{len(playlists):,}" if playlists else "")
        self.grid.show_values(playlists)
        self.new.setVisible(bool(playlists))
        if playlists:
            self.show_body(self.grid)
        else:
            self.empty.say(
                say("No playlists yet"),
                say(
                    "A playlist keeps tracks in your order, a smart playlist keeps a search. Playlists of "
                    "other players can be imported."
                ),
                say("New playlist"),
            )
            self.show_body(self.empty)

    def empty_pressed(self) -> None:
        self.ask_new()

    def ask_new(self) -> None:
        """Asks for the name of a new list."""
        NameDialog(say("New playlist"), say("Make"), "", self.services.playlists.create, self).open()

    def ask_smart(self) -> None:
        """Asks for the words of a new smart list."""
        NameDialog(say("New smart playlist"), say("Make"), "", self.acts.make_smart, self, say(SMART_NOTE)).open()

    def _open(self, card: Card) -> None:
        if isinstance(card.value, Playlist):
            self.playlist_opened.emit(str(card.value.id))

    def _menu(self, card: Card, place: QPoint) -> None:
        if isinstance(card.value, Playlist):
            menu = QMenu(self)
            self.acts.fill(menu, card.value)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)
