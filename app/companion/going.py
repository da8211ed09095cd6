"""What is learnt of a player at one moment, and a play that goes on."""

from dataclasses import dataclass

from app.companion.said import Said
from app.domain.play import EndedBy
from app.domain.queue import PlaybackState


@dataclass(frozen=True, slots=True)
class Moment:
    """A time twice: by a clock that only goes on, for lengths, and UTC, for the log; both in milliseconds."""

    clock_ms: float
    utc_ms: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the player, or a signal of it, says; ``None``: nothing about that."""

    said: Said | None = None
    status: PlaybackState | None = None
    rate: float | None = None
    position_ms: int | None = None
    jumped: bool = False
    """The player itself says that the position is another now."""
    ended_by: EndedBy | None = None
    """How the track before ended, where somebody knows."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A play, before it is known which track of the library it was."""

    said: Said
    started_at: int
    heard_ms: int
    ended_by: EndedBy = EndedBy.REPLACED
    number: int = 0
    """Which of the player's plays."""


def near_end(position_ms: float, length_ms: int) -> bool:
    """Whether a track that was left here had come to its end."""
    return length_ms > 0 and position_ms >= length_ms - min(3_000, max(1_000, length_ms // 20))


@dataclass(slots=True)
class Going:
    """A play that goes on."""

    said: Said
    number: int
    known_length: int = 0
    """What the library says."""
    started_at: int | None = None
    heard: float = 0.0
    position: float | None = None
    """Where the last look, or the start, had it."""
    since: float = 0.0
    """What the clock has counted since; and the same without what was too long to believe."""
    believed: float = 0.0
    drift: float = 0.0
    """By how much the positions went on further than the clock, since the last jump."""
    steady: bool = False
    """The last look agreed with the clock."""

    @property
    def length(self) -> int:
        """How long it is, where anybody says so."""
        return self.said.length_ms or self.known_length

    @property
    def ends(self) -> bool:
        """It is at its end, as far as the clock is believed."""
        return near_end((self.position or 0.0) + self.believed, self.length)

    @property
    def at(self) -> float:
        """Where it is now, by the clock."""
        return (self.position or 0.0) + self.since

    @property
    def been(self) -> float:
        """How long it has been there. Where a stream is says nothing of a name that has just gone."""
        return self.heard + self.since if self.said.empty else self.at

    def count(self, most: float | None = None) -> None:
        """Takes over what the clock counted since the last look, or less."""
        self.heard += self.believed if most is None else min(self.since, most)
        self.since = self.believed = 0.0
