"""One place in the queue, and the whole queue as it is kept."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.domain.play import StartedBy
from app.domain.track import Track

LaneTaken = Literal["play", "next", "end", "at"]
"""What a listener wants with a track of the lane: hear it now, next, behind all that waits, or at a place."""


class PlaybackState(StrEnum):
    """What the player is doing."""

    STOPPED = "stopped"
    PLAYING = "playing"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A track waiting, playing or played in the queue. The same track may stand in several entries."""

    entry_id: int
    track: Track
    started_by: StartedBy
    context: str = ""
    """Where it was added from: ``album``, ``tracks``, ``search``, ``panel``, ``home``..."""

    @property
    def suggested(self) -> bool:
        """Segue had the idea, not the listener."""
        return self.started_by in {StartedBy.SUGGESTION, StartedBy.AUTOPLAY}


@dataclass(frozen=True, slots=True)
class SavedQueue:
    """The queue with everything that a restart must not lose."""

    entries: tuple[QueueEntry, ...] = ()
    order: tuple[int, ...] = ()
    """Entry ids as they play, one pass."""
    current_id: int | None = None
    position_ms: int = 0
    shuffle: bool = False
    repeat: str = "off"
    lane: tuple[QueueEntry, ...] = ()
    """What autoplay would go on with."""
    left_out: int = 0
    """So many entries were kept whose tracks have left the library since."""
    by_albums: bool | None = None
    """A shuffle keeps albums together; ``None``: an older Segue kept the queue, and did not say."""
    autoplay: bool | None = None
    """It goes on behind its end; ``None`` as above."""
