"""What a listener says about a suggestion, as it happened."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from app.domain.ids import RecordingKey, TrackId
from app.domain.words import say

FeedbackId = NewType("FeedbackId", int)


class Said(StrEnum):
    """What was said; ``UNDO`` takes an earlier row back."""

    LOVE = "love"
    NOT_NOW = "not_now"
    LESS = "less"
    NEVER_TRACK = "never_track"
    NEVER_ARTIST = "never_artist"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing said about one track; the names are a snapshot, so that it outlives the file."""

    said: Said
    track_id: TrackId | None
    recording_key: RecordingKey
    title: str
    artist: str
    said_at: int
    """UTC, milliseconds."""
    undoes: FeedbackId | None = None
    id: FeedbackId | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Feedback that was taken in, or one that is only thought of, and what it does to the list, in words."""

    feedback: Feedback
    effect: str
    """``2 suggestions leave, 5 move``."""

    @property
    def sentence(self) -> str:
        """What happened, for a message."""
        title, artist = self.feedback.title[:60], self.feedback.artist[:60] or say("this artist")
        words = {
            Said.LOVE: say("You love {}", title),
            Said.NOT_NOW: say("{} is put off for now", title),
            Said.LESS: say("Less like {}", title),
            Said.NEVER_TRACK: say("{} is not suggested again", title),
            Said.NEVER_ARTIST: say("{} is not suggested again", artist),
            Said.UNDO: say("Taken back: {}", title),
        }[self.feedback.said]
        return say("{said}: {effect}", said=words, effect=self.effect)
