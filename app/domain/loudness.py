"""How loud: what a file says of its own loudness, and what the listener wants done about it."""

from dataclasses import dataclass
from typing import Literal

from app.domain.words import mark

ReplayGain = Literal["off", "track", "album", "auto"]

BANDS_HZ = (31.25, 62.5, 125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0)
"""The middles of the equaliser's bands, an octave apart."""

FLAT = (0,) * len(BANDS_HZ)
MOST_BAND_DB = 12
MOST_PREAMP_DB = 12

PRESETS: dict[str, tuple[int, ...]] = {
    mark("Flat"): FLAT,
    mark("More bass"): (5, 5, 4, 2, 0, 0, 0, 0, 0, 0),
    mark("Less bass"): (-6, -5, -4, -2, 0, 0, 0, 0, 0, 0),
    mark("More treble"): (0, 0, 0, 0, 0, 0, 1, 3, 4, 5),
    mark("Less treble"): (0, 0, 0, 0, 0, 0, -1, -3, -5, -6),
    mark("Low volume"): (5, 4, 2, 0, -1, -1, 0, 1, 3, 4),
    mark("Voice"): (-4, -3, -1, 1, 3, 3, 3, 2, 0, -2),
    mark("Rock"): (4, 3, 2, 0, -1, -1, 0, 2, 3, 4),
    mark("Pop"): (-1, 0, 1, 2, 3, 3, 2, 1, 0, -1),
    mark("Jazz"): (2, 2, 1, 1, -1, -1, 0, 1, 2, 3),
    mark("Classical"): (3, 2, 1, 0, 0, 0, -1, 0, 2, 3),
    mark("Electronic"): (5, 4, 1, 0, -2, 1, 0, 1, 3, 4),
}
"""Decibels a band, by the name that the listener reads."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What brings a track to the reference loudness, in dB, and its loudest sample; ``None``: the file does not say."""

    track_db: float | None = None
    track_peak: float | None = None
    album_db: float | None = None
    album_peak: float | None = None
    norm_db: float | None = None
    """From iTunes' Sound Check: coarser, for where there is nothing better."""


NO_GAIN = Gain()


@dataclass(frozen=True, slots=True)
class Loudness:
    """What the listener chose. The default leaves every sample within full scale as it is in the file."""

    replay_gain: ReplayGain = "off"
    preamp_db: float = 0.0
    """On top of what the file says; files that say nothing play as they are."""
    equaliser: bool = False
    bands_db: tuple[float, ...] = FLAT
