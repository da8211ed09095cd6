"""The way back, in the gutter left of a page's title: no title, cover or table moves for it."""

from typing import Final

from PySide6.QtWidgets import QStackedWidget

from app.domain.words import say
from app.ui.controls import IconButton
from app.ui.theme import PAGE_HEAD, XL, Theme, scaled

_HEIGHT: Final = 32
_GLYPH: Final = 16


class BackButton(IconButton):
    """Stands over every page of the centre while there is somewhere to go back to."""

    def __init__(self, theme: Theme, centre: QStackedWidget) -> None:
        super().__init__(theme, "back", say("Back"), glyph=_GLYPH)
        self.set_words(say("Back"), "Alt+Left")
        self.setFixedSize(XL, scaled(_HEIGHT))
        self.setParent(centre)
        self.move(0, (scaled(PAGE_HEAD) - scaled(_HEIGHT)) // 2)
        self.hide()
        centre.currentChanged.connect(self.raise_)
        centre.widgetAdded.connect(self.raise_)

    def stand(self, *, shown: bool) -> None:
        """Shows itself, or steps aside."""
        self.setVisible(shown)
        self.raise_()
