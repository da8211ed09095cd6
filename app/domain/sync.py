"""Models from elsewhere: where from, what is asked of whom, what came, as the window and the terminal show it."""

from dataclasses import dataclass
from typing import Literal, NewType

from app.domain.words import say

Source = Literal["off", "folder", "service", "listenbrainz"]
"""Where a model comes from; the names of the providers."""
ModelId = NewType("ModelId", str)
"""The digest of a model's manifest, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where models come from, as the listener chose it."""

    source: Source = "off"
    place: str = ""
    """A folder, the address of a service, or a name at ListenBrainz."""
    address: str = ""
    """ListenBrainz: the address that is asked for a listener's recommendations."""
    labs: str = ""
    """ListenBrainz: the address that is asked what is similar."""
    algorithm: str = ""
    """ListenBrainz: what similar is, as it is called there."""
    artist_algorithm: str = ""
    """The same for artists; empty asks about recordings alone."""
    fingerprint: str = ""
    """A service: of the signers, where the listener was told it."""

    @property
    def on(self) -> bool:
        """Whether anything is asked of anybody."""
        return self.source != "off" and bool(self.place)

    @property
    def agreement(self) -> str:
        """What the listener agrees to: an agreement to one origin is none to another."""
        parts = [self.source, self.place, self.address, self.labs, self.algorithm, self.fingerprint]
        if self.artist_algorithm:
            parts.append(self.artist_algorithm)
        return "\n".join(parts) if self.on else ""


@dataclass(frozen=True, slots=True)
class Request:
    """One request over the network, before it is sent or after."""

    method: str
    host: str
    path: str
    why: str
    """In words: what it is for."""
    bytes_out: int = 0
    """What is sent, headers and all."""
    text: str = ""
    """The request as it stands on the wire, where it can be shown beforehand."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that was sent, as the log keeps it."""

    id: int
    at_ms: int
    """UTC, milliseconds."""
    request: Request
    bytes_in: int = 0
    outcome: str = ""
    """``200``, or what went wrong, in words; empty while nothing has come."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that is on this machine."""

    id: ModelId
    source: Source
    place: str
    installed_ms: int
    """UTC, milliseconds."""
    created_s: int
    n_recordings: int
    n_listeners: int
    words: str
    """What the model says of itself, such as that it is one collection's taste."""
    size_bytes: int
    signed_by: str = ""
    """The fingerprint of those who signed it; empty where nobody did."""


@dataclass(frozen=True, slots=True)
class Models:
    """What is on this machine: the model in use and the one before it."""

    current: InstalledModel | None = None
    previous: InstalledModel | None = None
    left: str = ""
    """The id of the model that the listener went back from: it does not come again by itself."""


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync is."""

    done_bytes: int
    total_bytes: int
    """0: not known yet."""

    @property
    def sentence(self) -> str:
        """``12.0 of 45.0 MB``."""
        if not self.total_bytes:
            return say("Asking for a model")
        done, total = (f"{size / 1_000_000:.1f}" for size in (self.done_bytes, self.total_bytes))
        return say("{done} of {total} MB", done=done, total=total)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How a sync ended."""

    sentence: str
    changed: bool = False
    """Another model is in use now."""
    failed: bool = False
    again_s: int = 0
    """The other side wants to be left alone for so long."""


@dataclass(frozen=True, slots=True)
class LastSync:
    """When the last sync ended, and how."""

    at_ms: int = 0
    """0: there was none."""
    sentence: str = ""
    failed: bool = False
    origin: str = ""
    """The agreement it was made under."""
    again_ms: int = 0
    """Not before this time, where the other side said so."""


@dataclass(frozen=True, slots=True)
class Find:
    """A recording that many listeners suggest and that is not in the library."""

    artist: str
    title: str
    mbid: str
    """Its MusicBrainz recording; empty where it is not known."""
    reason: str

    @property
    def link(self) -> str:
        """Its page at MusicBrainz; empty where it is not known."""
        return f"https://musicbrainz.org/recording/{self.mbid}" if self.mbid else ""
