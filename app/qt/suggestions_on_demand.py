"""*You may like* where nobody looks at a list: library and plays are not read before something is asked or said."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot

from app.domain.errors import SegueError
from app.domain.feedback import Feedback, Said
from app.domain.track import Track
from app.qt.questions import Work
from app.qt.suggestion_service import SuggestionService


class SuggestionsOnDemand(SuggestionService):
    """Like any other from the first question on."""

    is_wanted = False
    """Something was asked or said."""

    @Slot()
    def refresh(self) -> None:
        """Asks again, if anybody ever asked."""
        if self.is_wanted:
            super().refresh()

    def ask(self, work: Work, done: Callable[[Any], None], failed: Callable[[SegueError], None]) -> None:
        """Has the suggester asked something of one's own."""
        self.is_wanted = True
        super().ask(work, done, failed)

    def say(self, said: Said, track: Track) -> None:
        """Takes feedback in."""
        self.is_wanted = True
        super().say(said, track)

    def take_back(self, feedback: Feedback) -> None:
        """The list becomes what it would be had this not been said."""
        self.is_wanted = True
        super().take_back(feedback)
