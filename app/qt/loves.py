"""Which tracks are loved: the part of the suggestions' service that a heart in a row asks and tells."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.feedback import Feedback, Said, Told
from app.domain.ids import RecordingKey
from app.domain.track import Track
from app.qt.jobs import Jobs
from app.storage.feedback import FeedbackStore

MOST_LOVED: Final = 100
"""Of a longer choice the first ones: each is one thing said, with its own way back."""


class Loves(QObject):
    """What the widgets ask about love. A heart turns at once; the list follows when it has been said."""

    loves_changed = Signal()
    said = Signal(object)
    """A ``Told``: feedback was taken in, and what came of it."""

    _jobs: Jobs
    _feedback: FeedbackStore | None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loved: dict[RecordingKey, list[Feedback]] | None = None
        self._wanted: dict[RecordingKey, bool] = {}
        self._asked = False
        self.said.connect(self._love_told)

    def say(self, said: Said, track: Track) -> None:
        """Takes feedback in; ``said`` tells what came of it."""
        raise NotImplementedError

    def take_back(self, feedback: Feedback) -> None:
        """The list becomes what it would be had this not been said."""
        raise NotImplementedError

    def loves(self, track: Track) -> bool:
        """True where the listener loves it. The first question has them all read, and is answered then."""
        if not self._asked:
            self._asked = True
            self._ask()
        known = track.recording_key in (self._loved or {})
        return self._wanted.get(track.recording_key, known)

    def toggle_love(self, tracks: Sequence[Track]) -> None:
        """Loves those that are not loved; where all are, takes that back."""
        few = list(tracks[:MOST_LOVED])
        if self._loved is None or not few:
            return
        wanted = not all(self.loves(track) for track in few)
        for track in few:
            if self.loves(track) == wanted:
                continue
            self._wanted[track.recording_key] = wanted
            if wanted:
                self.say(Said.LOVE, track)
            else:
                for feedback in self._loved.get(track.recording_key, []):
                    self.take_back(feedback)
        self.loves_changed.emit()

    def read_loves(self) -> None:
        """Another program may have said something: what was read once is read again."""
        if self._asked:
            self._ask()

    def _ask(self) -> None:
        store = self._feedback
        if store is not None:
            self._jobs.start("loves", lambda _cancelled: store.standing(Said.LOVE), done=self._read)

    def _read(self, found: Sequence[Feedback]) -> None:
        self._loved = {}
        for feedback in found:
            self._loved.setdefault(feedback.recording_key, []).append(feedback)
        self.loves_changed.emit()

    def _love_told(self, told: Told) -> None:
        feedback = told.feedback
        if self._loved is None or feedback.said not in {Said.LOVE, Said.UNDO}:
            return
        key = feedback.recording_key
        self._wanted.pop(key, None)
        if feedback.said is Said.LOVE:
            self._loved.setdefault(key, []).append(feedback)
        else:
            before = self._loved.pop(key, [])
            left = [one for one in before if one.id != feedback.undoes]
            if left:
                self._loved[key] = left
            if left == before:  # what was taken back may be a taking back
                self._ask()
        self.loves_changed.emit()

    def _forget_wishes(self) -> None:
        """What was to be said could not be: hearts are as they were."""
        if self._wanted:
            self._wanted.clear()
            self.loves_changed.emit()
