"""Keeps the autoplay lane filled while it is wanted, and free of what the listener does not want to hear."""

from PySide6.QtCore import QObject, Slot

from app.domain.feedback import Said, Told
from app.domain.ids import TrackId
from app.domain.queue import QueueEntry
from app.domain.recording import key_form
from app.domain.suggestion import Suggestion
from app.domain.track import Track
from app.qt.library_service import LibraryService
from app.qt.playback_service import PlaybackService
from app.qt.suggestion_service import SuggestionService

LENGTH = 10
LEAST = 6
"""With fewer tracks than this, the lane is filled up to its length."""
NEAR = 2_000
"""So many entries ahead are looked at: as long as it takes to hear them, nothing from the lane is heard."""
_UNWANTED = frozenset({Said.NOT_NOW, Said.LESS, Said.NEVER_TRACK})


class LaneService(QObject):
    """Joins the player's lane to the suggestions."""

    def __init__(
        self,
        playback: PlaybackService,
        suggestions: SuggestionService,
        library: LibraryService,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._playback, self._suggestions, self._library = playback, suggestions, library
        self._asked = False
        for signal in (
            playback.queue_changed,
            playback.track_changed,
            playback.modes_changed,
            playback.autoplay_changed,
        ):
            signal.connect(self.keep_filled)
        suggestions.lane_found.connect(self._found)
        suggestions.trouble.connect(self._gave_up)
        suggestions.said.connect(self._said)
        library.tracks_changed.connect(self._library_changed)

    @Slot()
    def keep_filled(self) -> None:
        """Asks for more where there are too few."""
        playback = self._playback
        if self._drop_queued():
            return
        lane = playback.lane()
        if not playback.autoplay or playback.repeat != "off" or len(lane) >= LEAST or self._asked:
            return
        self._asked = True
        ahead = self._ahead()
        waiting = [entry.track.id for entry in (*ahead, *lane) if entry.track.in_library]
        last = next((entry.track.id for entry in reversed(ahead) if entry.track.in_library), None)
        self._suggestions.ask_lane(last, tuple(waiting), LENGTH - len(lane))

    def _drop_queued(self) -> bool:
        """What plays or is queued need not stand in the lane as well, unless it is all there is."""
        playback = self._playback
        lane, index = playback.lane(), playback.index
        if index < 0 or len(lane) < 2:
            return False
        ahead = {entry.track.recording_key for entry in self._ahead()}
        gone = [entry.entry_id for entry in lane if entry.track.recording_key in ahead]
        if gone:
            self._playback.drop_from_lane(gone)
            return True
        return False

    def _ahead(self) -> list[QueueEntry]:
        """What plays, and what is near in the queue behind it."""
        current, index = self._playback.current, self._playback.index
        playing = [current] if current is not None and index >= 0 else []
        return playing + self._playback.coming(NEAR)

    @Slot(object)
    def _found(self, suggestions: list[Suggestion]) -> None:
        self._asked = False
        tracks = [suggestion.track for suggestion in suggestions]
        waiting = {entry.track.recording_key for entry in self._ahead()}
        alone = len(tracks) == 1 and not self._playback.lane()
        new = tracks if alone else [track for track in tracks if track.recording_key not in waiting]
        if new:
            self._playback.fill_lane(new)

    @Slot(str)
    def _gave_up(self, _sentence: str) -> None:
        self._asked = False

    @Slot(object)
    def _said(self, told: Told) -> None:
        said, feedback = told.feedback.said, told.feedback
        if said in _UNWANTED:
            gone = [e.entry_id for e in self._playback.lane() if e.track.recording_key == feedback.recording_key]
        elif said is Said.NEVER_ARTIST:
            form = key_form(feedback.artist)
            gone = [e.entry_id for e in self._playback.lane() if key_form(e.track.artist) == form]
        else:
            return
        if gone:
            self._playback.drop_from_lane(gone)

    @Slot()
    def _library_changed(self) -> None:
        """Files that are gone leave the lane."""
        held = {entry.entry_id: entry.track.id for entry in self._playback.lane()}
        if held:
            ids = [TrackId(one) for one in held.values()]
            self._library.read(lambda: self._library.tracks(ids), lambda found: self._drop(held, found), lambda: None)

    def _drop(self, held: dict[int, TrackId], found: list[Track]) -> None:
        there = {track.id for track in found if not track.missing}
        gone = [entry_id for entry_id, track_id in held.items() if track_id not in there]
        if gone:
            self._playback.drop_from_lane(gone)
