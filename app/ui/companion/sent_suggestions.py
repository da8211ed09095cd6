"""*You may like* beside another player: what is chosen is sent there."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from app.domain.suggestion import Suggestion
from app.domain.words import plural, say
from app.ui import icons
from app.ui.controls import plain_tip
from app.ui.delegates import suggestion_row
from app.ui.panels.you_may_like import YouMayLike
from app.ui.services import Covers, Suggestions
from app.ui.theme import Theme


class SentSuggestions(YouMayLike):
    """A double-click, Enter or *Play* sends the suggestion to the player that is shown."""

    sent = Signal(object)
    """The ``Suggestion`` that is to be heard there."""

    actions_of_rows: suggestion_row.Actions = ("play", "more")
    has_foot = False

    def __init__(self, theme: Theme, suggestions: Suggestions, covers: Covers, player: Callable[[], str]) -> None:
        """``player``: what the player is called, as it is shown."""
        self._player, self._today = player, ""
        super().__init__(theme, suggestions, covers)

    def play(self, suggestion: Suggestion) -> None:
        """Has it played there; the list may change for that."""
        self.will_change()
        self.sent.emit(suggestion)

    def add_ways(self, menu: QMenu, suggestion: Suggestion) -> None:
        """There is one."""
        words = say("Play in {}", self._player()).replace("&", "&&")
        menu.addAction(icons.icon("play", self._theme.palette), words, lambda: self.play(suggestion))

    def show_today(self, plays: int) -> None:
        """How many plays were kept since midnight."""
        self._today = say("{plays} today", plays=plural(plays, "play"))
        self._write_foot()
        self.state.setToolTip(plain_tip(self.state.text))

    def about_choice(self) -> str:
        """The plays of today."""
        return self._today
