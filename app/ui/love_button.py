"""The heart of what plays, and what the key for love is meant for."""

from PySide6.QtWidgets import QWidget

from app.domain.queue import QueueEntry
from app.domain.words import say
from app.ui.controls import IconButton
from app.ui.services import Suggestions
from app.ui.theme import Theme


class LoveButton(IconButton):
    """Full where the track is loved; nothing where nothing plays, or a file that is not in the library."""

    def __init__(self, theme: Theme, suggestions: Suggestions) -> None:
        super().__init__(theme, "love", say("Love"), size=28)
        self._suggestions = suggestions
        self._entry: QueueEntry | None = None
        self.show_entry(None)
        self.clicked.connect(self._turn)
        suggestions.loves_changed.connect(self._show_love)

    def show_entry(self, entry: QueueEntry | None) -> None:
        """What plays now."""
        self._entry = entry
        self.setVisible(entry is not None and entry.track.in_library)
        self._show_love()

    def _show_love(self) -> None:
        if self._entry is not None and self._entry.track.in_library:
            loved = self._suggestions.loves(self._entry.track)
            self.set_icon("loved" if loved else "love")
            self.set_words(say("Loved; press to take it back (Ctrl+D)") if loved else say("Love (Ctrl+D)"))

    def _turn(self) -> None:
        if self._entry is not None:
            self._suggestions.toggle_love([self._entry.track])


def love_chosen(focused: QWidget | None, playing: QueueEntry | None, suggestions: Suggestions) -> None:
    """The rows that are chosen where the keyboard is; else what plays."""
    love = getattr(focused, "love_selected", None)
    if (love is None or not love()) and playing is not None and playing.track.in_library:
        suggestions.toggle_love([playing.track])
