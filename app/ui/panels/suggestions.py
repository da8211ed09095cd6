"""*You may like* beside the player of this window: plays, queues, and goes to artist and album."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from app.domain.play import StartedBy
from app.domain.suggestion import Suggestion
from app.domain.track import Track
from app.domain.words import say
from app.ui import icons
from app.ui.panels.you_may_like import YouMayLike
from app.ui.services import Covers, Playback, Suggestions
from app.ui.theme import Theme

_CONTEXT: Final = "panel"
_REMEMBERED: Final = 500


class SuggestionsPanel(YouMayLike):
    """The panel. What was started from it is remembered for a while, with its evidence."""

    artist_clicked = Signal(str)
    album_clicked = Signal(object)
    """A sentence: what was added to the queue."""

    def __init__(self, theme: Theme, suggestions: Suggestions, playback: Playback, covers: Covers) -> None:
        super().__init__(theme, suggestions, covers)
        self._playback = playback
        self._started: OrderedDict[int, Suggestion] = OrderedDict()

    def suggestion_of(self, track_id: int) -> Suggestion | None:
        """Why a track that plays was suggested, if it came from here lately."""
        row = self.model.row_of(track_id)
        return self._started.get(track_id) or (self.model.rows[row] if row >= 0 else None)

    def play(self, suggestion: Suggestion) -> None:
        """Plays it now; the list may change for that."""
        self.will_change()
        self._remember(suggestion)
        self._playback.play_now([suggestion.track], 0, StartedBy.SUGGESTION, _CONTEXT)

    def play_all(self) -> None:
        """Plays what is shown, in its order: what a listener gets who asks for music and names none."""
        shown = tuple(self.model.rows)
        if shown:
            self.will_change()
            for suggestion in shown:
                self._remember(suggestion)
            self._playback.play_offered([suggestion.track for suggestion in shown], StartedBy.SUGGESTION, _CONTEXT)

    def play_next(self, suggestion: Suggestion) -> None:
        """Puts it after what is playing."""
        self._remember(suggestion)
        self._playback.play_next([suggestion.track], StartedBy.SUGGESTION, _CONTEXT)

    def enqueue(self, suggestion: Suggestion) -> None:
        """Puts it at the end of the queue."""
        self._remember(suggestion)
        self._playback.enqueue([suggestion.track], StartedBy.SUGGESTION, _CONTEXT)

    def _remember(self, suggestion: Suggestion) -> None:
        self._started[suggestion.track.id] = suggestion
        if len(self._started) > _REMEMBERED:
            self._started.popitem(last=False)

    def act(self, part: str, suggestion: Suggestion) -> None:
        """Does what a row's action stands for."""
        if part == "queue":
            self.enqueue(suggestion)
        else:
            super().act(part, suggestion)

    def add_ways(self, menu: QMenu, suggestion: Suggestion) -> None:
        """Now, next, or at the end of the queue."""
        palette = self._theme.palette
        menu.addAction(icons.icon("play", palette), say("Play now"), lambda: self.play(suggestion))
        menu.addAction(icons.icon("play-next", palette), say("Play next"), lambda: self.play_next(suggestion))
        menu.addAction(icons.icon("add", palette), say("Add to queue"), lambda: self.enqueue(suggestion))

    def add_places(self, menu: QMenu, suggestion: Suggestion) -> None:
        """Its artist and its album."""
        add_places(menu, self._theme, suggestion.track, self.artist_clicked, self.album_clicked)


def add_places(menu: QMenu, theme: Theme, track: Track, artist: object, album: object) -> None:
    """*Go to artist* and *Go to album*, as far as the track names them."""
    go_artist = menu.addAction(icons.icon("artists", theme.palette), say("Go to artist"))
    go_artist.triggered.connect(lambda: artist.emit(track.artist))  # type: ignore[attr-defined]
    go_artist.setEnabled(bool(track.artist))
    go_album = menu.addAction(icons.icon("albums", theme.palette), say("Go to album"))
    go_album.triggered.connect(lambda: album.emit(track.album_key))  # type: ignore[attr-defined]
    go_album.setEnabled(bool(track.album_key))
