"""What the listener can say about a suggestion, in its menu; pointing at a line tells what it would change."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.domain.feedback import Said, Told
from app.domain.track import Track
from app.domain.words import mark, say
from app.ui import icons
from app.ui.services import Suggestions
from app.ui.theme import Theme

_WORDS: Final = (
    (Said.LOVE, "love", mark("Love")),
    (Said.NOT_NOW, "not-now", mark("Not now")),
    (Said.LESS, "less", mark("Less like this")),
    (Said.NEVER_TRACK, "never", mark("Never this track")),
    (Said.NEVER_ARTIST, "never-artist", mark("Never this artist")),
)
_ASK: Final = mark("Each can be undone")


class FeedbackMenu(QObject):
    """Adds the lines to a menu, and one that answers; lives as long as the menu."""

    def __init__(
        self, menu: QMenu, theme: Theme, suggestions: Suggestions, track: Track, asked: Callable[[], None]
    ) -> None:
        """``asked`` is called when something was said."""
        super().__init__(menu)
        self._suggestions, self._track, self._asked = suggestions, track, asked
        self._wanted: Said | None = None
        self.actions: dict[Said, QAction] = {}
        for said, icon, words in _WORDS:
            action = menu.addAction(icons.icon(icon, theme.palette), say(words))
            action.triggered.connect(lambda _checked=False, said=said: self._say(said))
            action.hovered.connect(lambda said=said: self._think_of(said))
            self.actions[said] = action
        self.actions[Said.NEVER_ARTIST].setEnabled(bool(track.artist))
        self.answer = menu.addAction(say(_ASK))
        self.answer.setEnabled(False)
        suggestions.previewed.connect(self._answered)

    def _say(self, said: Said) -> None:
        self._asked()
        self._suggestions.say(said, self._track)

    def _think_of(self, said: Said) -> None:
        if said != self._wanted:
            self._wanted = said
            self._suggestions.preview(said, self._track)

    @Slot(object)
    def _answered(self, told: Told) -> None:
        if told.feedback.said == self._wanted and told.feedback.track_id == self._track.id:
            self.answer.setText(told.effect[:1].upper() + told.effect[1:])
