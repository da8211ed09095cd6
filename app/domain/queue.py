"""One place in the queue."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.play import StartedBy
from app.domain.track import Track


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
