"""A suggestion: a track with its reason, as it is shown."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import TrackId
from app.domain.track import Track


class Signal(StrEnum):
    """Which part of the recommender spoke loudest. Each has a colour, an icon and a word on screen."""

    YOUR_PLAYS = "your_plays"
    WHAT_FOLLOWS = "what_follows"
    SAME_ARTIST = "same_artist"
    TAGS = "tags"
    SOUND = "sound"
    MANY = "many"
    """What other listeners play."""
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One share of a score: where it comes from, in words, and how much of the score it is."""

    signal: Signal
    words: str
    amount: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A track, the score that ranked it, one line that says why, and the evidence that adds up to the score."""

    track: Track
    score: float
    reason: str
    signal: Signal
    evidence: tuple[Evidence, ...] = ()


class Dial(StrEnum):
    """How well known the suggestions are."""

    FAMILIAR = "familiar"
    """At least one play."""
    FORGOTTEN = "forgotten"
    """At least 3 plays, none in 90 days."""
    NEVER = "never"
    """No plays."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment that is asked about."""

    now_ms: int
    playing: TrackId | None = None
    seeds: tuple[TrackId, ...] = ()
    """Chosen tracks in place of what is playing."""
    artist: str = ""
    """By whom it is, where what is playing is not in the library: some tracks of theirs stand for it."""
    waiting: tuple[TrackId, ...] = ()
    """In the queue already: not suggested."""
    dial: Dial = Dial.FAMILIAR


@dataclass(frozen=True, slots=True)
class SuggestionList:
    """What the panel shows: the suggestions, whom they are for, and one honest line about where they come from."""

    suggestions: tuple[Suggestion, ...]
    heading: str
    """``For Letters Velvet`` or ``For you``."""
    state: str
    """Where these come from, or why there are none: ``From 30,412 plays``."""
    dial: Dial = Dial.FAMILIAR
    counts: tuple[int, int, int] = (0, 0, 0)
    """How many tracks are familiar, forgotten, never heard."""
