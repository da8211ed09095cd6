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
