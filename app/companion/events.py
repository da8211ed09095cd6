"""What happens to the players that are followed, in the order it was learnt."""

from dataclasses import dataclass

from app.companion.going import Moment, Seen


@dataclass(frozen=True, slots=True)
class Came:
    """A player is there now, or says anew what it is."""

    key: str
    """Which process of which player: two reports with one key mean one player."""
    player: str
    name: str
    takes_tracks: bool = False
    told: bool = False
    """Its plug-in tells of it; what it says on the bus itself counts before that."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Something was learnt of a player."""

    key: str
    now: Moment
    seen: Seen


@dataclass(frozen=True, slots=True)
class Went:
    """A player has gone."""

    key: str
    now: Moment
    lost: bool = False
    """Not it, but the bus: if it is there again, what plays goes on."""


@dataclass(frozen=True, slots=True)
class Listed:
    """All players that were there at the start have been told of."""


@dataclass(frozen=True, slots=True)
class Ignoring:
    """Of these players nothing is kept."""

    players: frozenset[str]
    now: Moment


@dataclass(frozen=True, slots=True)
class SentTo:
    """A track was sent to a player, and is to begin there soon."""

    player: str
    now: Moment
    file: bytes


Event = Came | Looked | Went | Listed | Ignoring | SentTo
