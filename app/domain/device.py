"""A place where sound can come out."""

from dataclasses import dataclass

ALSA = "alsa:"
"""So begin the ids of devices that are reached without a sound server."""


@dataclass(frozen=True, slots=True)
class Device:
    """A sound output; ``id`` stays the same from one start to the next."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs there are, and which of them is the system's default (empty where there is none)."""

    devices: tuple[Device, ...] = ()
    default_id: str = ""
