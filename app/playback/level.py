"""Each track at its own level: ReplayGain by track or album, the step between two exactly at their border."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.domain.loudness import NO_GAIN, Gain, Loudness
from app.domain.queue import QueueEntry
from app.playback.ramp import Ramp
from app.playback.sound import Block

_RAMP_S = 0.03
_MOST_DB = 24.0
"""A tag that asks for more is wrong."""

_AT_ONCE = 4
"""So many entries can sound in one stretch of the stream."""


def factor(gain: Gain, loudness: Loudness, in_album: bool) -> float:
    """What each sample is multiplied by; where the peak is known, never so much that it would clip.

    >>> factor(Gain(track_db=-6.0206), Loudness("track"), in_album=False)
    0.5
    """
    if loudness.replay_gain == "off" or gain == NO_GAIN:
        return 1.0
    by_album = loudness.replay_gain == "album" or (loudness.replay_gain == "auto" and in_album)
    track, album, norm = (
        (gain.track_db, gain.track_peak),
        (gain.album_db, gain.album_peak),
        (gain.norm_db, gain.track_peak),
    )
    order = (album, track, norm) if by_album else (track, album, norm)
    gain_db, peak = next(((db, peak) for db, peak in order if db is not None), (None, None))
    if gain_db is None:
        return 1.0
    wanted_db = min(max(gain_db + loudness.preamp_db, -_MOST_DB), _MOST_DB)
    most = 1.0 / peak if peak is not None and peak > 0 else float("inf")
    return round(min(10 ** (wanted_db / 20), max(most, 10 ** (-_MOST_DB / 20))), 6)


class Leveller:
    """Multiplies. An entry keeps its level to its end, unless the listener chooses otherwise."""

    def __init__(self, rate: int, in_album: Callable[[QueueEntry], bool]) -> None:
        """``in_album`` tells whether an entry plays as part of an album in order; asked once for each."""
        self._in_album, self._loudness = in_album, Loudness()
        self._frames = int(rate * _RAMP_S)
        self._ways: dict[int, _Way] = {}

    def set(self, loudness: Loudness) -> None:
        """Moves to another level in 30 ms, without a click."""
        self._loudness = loudness

    def reset(self, going_on: QueueEntry | None) -> None:
        """A new stream begins, with an entry that goes on in it; what was mixed ahead of any other was never heard."""
        kept = self._ways.get(going_on.entry_id) if going_on is not None else None
        self._ways = {going_on.entry_id: kept} if going_on is not None and kept is not None else {}

    def push(self, block: Block, entry: QueueEntry) -> Block:
        """Frames of an entry at its level; the very same block where nothing is changed."""
        way = self._ways.get(entry.entry_id) or self._begun(entry)
        way.ramp.go(factor(entry.track.gain, self._loudness, way.as_album))
        if way.ramp.moving:
            return np.asarray(block * way.ramp.take(len(block))[:, None], dtype=np.float32)
        return block if way.ramp.value == 1.0 else block * np.float32(way.ramp.value)

    def _begun(self, entry: QueueEntry) -> "_Way":
        while len(self._ways) >= _AT_ONCE:
            del self._ways[next(iter(self._ways))]
        as_album = self._in_album(entry)
        way = _Way(as_album, Ramp(self._frames, factor(entry.track.gain, self._loudness, as_album)))
        return self._ways.setdefault(entry.entry_id, way)


@dataclass(frozen=True, slots=True)
class _Way:
    """How one entry is levelled; where two fade into each other, each goes its own way."""

    as_album: bool
    ramp: Ramp
