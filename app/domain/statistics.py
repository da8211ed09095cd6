"""What was heard in a stretch of time, counted."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import AlbumKey, TrackId


class Period(StrEnum):
    """The stretches that can be chosen."""

    WEEK = "week"
    """The last 7 days."""
    MONTH = "month"
    """The last 30 days."""
    YEAR = "year"
    """The last 365 days."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking: an artist, an album or a track, with its listens."""

    name: str
    second: str
    """Whose it is; empty for an artist."""
    listens: int
    heard_ms: int
    track_id: TrackId | None = None
    album_key: AlbumKey | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over the plays of a period that did not fail; rankings by listens, then by time heard."""

    plays: int
    listens: int
    heard_ms: int
    recordings: int
    """Different recordings."""
    new: int
    """Recordings that were heard for the first time ever."""
    days: int
    """Days with at least one play."""
    artists: tuple[Ranked, ...] = ()
    albums: tuple[Ranked, ...] = ()
    tracks: tuple[Ranked, ...] = ()
    by_hour_ms: tuple[int, ...] = (0,) * 24
    """Milliseconds heard by the hour of the day a play began in, the listener's time."""
    by_weekday_ms: tuple[int, ...] = (0,) * 7
    """The same by the day of the week, Monday first."""
