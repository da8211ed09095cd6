"""What a listener says about a suggestion, as it happened."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from app.domain.ids import RecordingKey, TrackId

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
        title, artist = self.feedback.title[:60], self.feedback.artist[:60] or "this artist"
        words = {
            Said.LOVE: f"You love {title}",
            Said.NOT_NOW: f"{title} is put off for now",
            Said.LESS: f"Less like {title}",
            Said.NEVER_TRACK: f"{title} is not suggested again",
            Said.NEVER_ARTIST: f"{artist} is not suggested again",
            Said.UNDO: f"Taken back: {title}",
        }[self.feedback.said]
        return f"{words}: {self.effect}"
