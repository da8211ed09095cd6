"""What another player of this desktop is doing, as Segue sees it."""

from dataclasses import dataclass

from app.domain.queue import PlaybackState
from app.domain.track import Track


@dataclass(frozen=True, slots=True)
class Following:
    """One player that is followed, or is there and ignored."""

    player: str
    """What names the player for good, whichever instance runs: ``strawberry``, ``rhythmbox``, ``quodlibet``."""
    name: str
    """What it calls itself: ``Strawberry``."""
    state: PlaybackState = PlaybackState.STOPPED
    track: Track | None = None
    """What it plays: of the library where it was found there, else with the names that the player gave."""
    ignored: bool = False
    """The listener wants nothing of it kept."""
    takes_tracks: bool = False
    """It can be sent a file to play."""
