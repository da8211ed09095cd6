"""What every provider of models offers, and what it is given."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.domain.sync import Origin, Request, SyncProgress
from app.storage.recordings import Artist, Called

Moved = Callable[[SyncProgress], None]
Cancelled = Callable[[], bool]
Told = Callable[[Request], Callable[[int, str], None]]
"""Told of a request before it is sent; gives what is to be called with what came: bytes, and the outcome in words."""


class Stopped(Exception):
    """The listener wants no sync any more."""


def untold(_request: Request) -> Callable[[int, str], None]:
    """For who keeps no log."""
    return lambda _bytes, _outcome: None


def nothing() -> Iterable[Called]:
    """For who knows no library."""
    return ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that could be had, before it is fetched."""

    id: str
    """The digest of its manifest."""
    size_bytes: int
    """What is to be downloaded at most."""
    signed_by: str = ""
    """The fingerprint of those who signed it; empty where nobody did."""
    in_pieces: bool = False
    """So large that the pieces of this library alone are fetched: what comes is a model with another digest."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a provider is made from."""

    origin: Origin
    trust: Path
    """A folder for what is remembered of who signs the models."""
    told: Told = untold
    library: Callable[[], Iterable[Called]] = nothing
    """The recordings of the library: for who asks for parts of a model only."""
    most_played: Callable[[int], list[Called]] = field(default=lambda _count: [])
    now_s: Callable[[], float] = field(default=lambda: 0.0)
    have: Callable[[], Path | None] = field(default=lambda: None)
    """The folder of the model in use: what a newer one shares with it is not fetched."""
    most_played_artists: Callable[[int], list[Artist]] = field(default=lambda _count: [])


class Provider(Protocol):
    """One way to a model.

    All but ``preview`` raise SyncFailed (one sentence), ``recommender``'s own errors for files and servers, or OSError.
    """

    def preview(self) -> list[Request]:
        """What :meth:`latest` and :meth:`fetch` would send, made by the code that sends it; nothing is sent."""

    def latest(self) -> Offer:
        """The newest model there is."""

    def fetch(self, offer: Offer, into: Path, moved: Moved, cancelled: Cancelled) -> Path:
        """Puts that model together in ``into``, going on where an earlier try ended; gives the folder it is in.

        The folder may be moved away by the caller. Raises Stopped when ``cancelled`` says so.
        """

    def close(self) -> None:
        """Lets go of what is open."""
