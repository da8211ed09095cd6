"""Every album as a cover."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.words import say
from app.ui.item_models.cards import Value, album_card
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.browse import BrowsePage


class AlbumsView(BrowsePage):
    """The grid of albums, by artist."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Albums"), "album", album_card, parent=parent)

    def values(self) -> Sequence[Value]:
        return self.services.library.albums()

    def why_empty(self) -> str:
        return say("none of them names an album.")
