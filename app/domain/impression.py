"""Suggestions that were really seen, and how many of them were chosen."""

from dataclasses import dataclass

from app.domain.ids import RecordingKey, TrackId
from app.domain.suggestion import Dial


@dataclass(frozen=True, slots=True)
class Impression:
    """One suggestion that stood on the screen long enough to be seen."""

    track_id: TrackId | None
    recording_key: RecordingKey
    seen_at: int
    """UTC, milliseconds."""
    dial: Dial
    place: int
    """From 0, the first of the list."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Of the suggestions seen last, how many the listener then chose."""

    chosen: int
    seen: int
