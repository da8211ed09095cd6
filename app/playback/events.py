"""What the player tells: facts that have happened, as plain values."""

from dataclasses import dataclass

from app.domain.device import Outputs
from app.domain.play import Play
from app.domain.queue import PlaybackState, QueueEntry


@dataclass(frozen=True, slots=True)
class StateChanged:
    """Playing, paused or stopped."""

    state: PlaybackState


@dataclass(frozen=True, slots=True)
class TrackChanged:
    """What is heard is another entry now; ``None`` after the last."""

    entry: QueueEntry | None
    duration_ms: int


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """How far the listener has heard into the track."""

    position_ms: int


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The whole queue and its modes. ``index`` is -1 where nothing is current."""

    entries: tuple[QueueEntry, ...]
    index: int
    shuffle: bool
    repeat: str
    order: tuple[int, ...] = ()
    """Entry ids as they play, one pass."""
    undo_says: str = ""
    """The edit that would be taken back, and the one that would be made again; empty where there is none."""
    redo_says: str = ""
    stops_after: bool = False
    """Nothing follows the current entry: the listener wants silence then."""
    lane: tuple[QueueEntry, ...] = ()
    """What plays on by itself behind the last entry."""
    autoplay: bool = False
    by_albums: bool = False
    """A shuffle keeps albums together."""
    goes_on: bool = False
    """An entry follows, of the queue or of the lane, if the listener asks for the next."""
    following: QueueEntry | None = None
    """Which it is; ``None``, too, where a new shuffle is yet to say."""

    def coming(self, most: int | None = None) -> list[QueueEntry]:
        """What of the queue has its turn still to come in this pass, in the order of the turns; the first of it."""
        if not self.shuffle:
            return list(self.entries[self.index + 1 :][:most])
        begun = self.index >= 0
        after = self.order.index(self.entries[self.index].entry_id) + 1 if begun else 0
        places = {entry_id: place for place, entry_id in enumerate(self.order[after:][:most])}
        return sorted((one for one in self.entries if one.entry_id in places), key=lambda one: places[one.entry_id])

    @property
    def shown(self) -> tuple[object, ...]:
        """What stands in the lists."""
        return self.entries, self.index, self.undo_says, self.redo_says, self.lane, self.goes_on, self.following

    @property
    def modes(self) -> tuple[object, ...]:
        """How it goes on."""
        return self.shuffle, self.by_albums, self.repeat, self.stops_after


@dataclass(frozen=True, slots=True)
class NothingQueued:
    """Play was asked for, and nothing is there to be played."""


@dataclass(frozen=True, slots=True)
class QueueReplaced:
    """Another queue plays in the place of one that had so many entries to come."""

    coming: int


@dataclass(frozen=True, slots=True)
class VolumeChanged:
    """How loud, in percent, and whether it is muted."""

    volume: int
    muted: bool


@dataclass(frozen=True, slots=True)
class SpeedChanged:
    """How fast, in percent."""

    percent: int


@dataclass(frozen=True, slots=True)
class PlayEnded:
    """One play is over and belongs in the log."""

    play: Play


@dataclass(frozen=True, slots=True)
class PlayProgressed:
    """The play that is going on, as it would be logged if it ended now."""

    play: Play


@dataclass(frozen=True, slots=True)
class Trouble:
    """One sentence for the listener."""

    sentence: str


@dataclass(frozen=True, slots=True)
class OutputMissing:
    """There is nothing to hear sound with; one sentence."""

    sentence: str


@dataclass(frozen=True, slots=True)
class OutputsChanged:
    """The devices there are, and which of them is heard; empty where none is."""

    outputs: Outputs
    current: str


Event = (
    StateChanged
    | TrackChanged
    | PositionChanged
    | QueueChanged
    | QueueReplaced
    | NothingQueued
    | VolumeChanged
    | SpeedChanged
    | PlayEnded
    | PlayProgressed
    | Trouble
    | OutputMissing
    | OutputsChanged
)
