"""Every artist as a circle of a cover of theirs."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.words import say
from app.ui.item_models.cards import Value, artist_card
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.browse import BrowsePage


class ArtistsView(BrowsePage):
    """The grid of artists, by name."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Artists"), "artist", artist_card, title_lines=1, parent=parent)

    def values(self) -> Sequence[Value]:
        return self.services.library.artists()

    def why_empty(self) -> str:
        return say("none of them names an artist.")
