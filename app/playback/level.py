"""Each track at its own level: ReplayGain by track or album, the step between two exactly at their border."""

from collections.abc import Callable, Sequence

import numpy as np

from app.domain.loudness import NO_GAIN, Gain, Loudness
from app.domain.queue import QueueEntry
from app.playback.ramp import Ramp
from app.playback.sound import Block, joined

_RAMP_S = 0.03
_MOST_DB = 24.0
"""A tag that asks for more is wrong."""

Stretch = tuple[QueueEntry, int]
"""So many frames of an entry."""


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
        self._ramp = Ramp(int(rate * _RAMP_S))
        self._entry_id, self._as_album = 0, False

    def set(self, loudness: Loudness) -> None:
        """Moves to another level in 30 ms, without a click."""
        self._loudness = loudness

    def push(self, block: Block, stretches: Sequence[Stretch]) -> Block:
        """The block at its levels; the very same block where nothing is changed. ``stretches`` add up to it."""
        pieces, at = [], 0
        for entry, frames in stretches:
            pieces.append(self._levelled(block[at : at + frames], entry))
            at += frames
        return joined(pieces)

    def _levelled(self, piece: Block, entry: QueueEntry) -> Block:
        if entry.entry_id != self._entry_id:
            self._entry_id, self._as_album = entry.entry_id, self._in_album(entry)
            self._ramp.jump(self._factor(entry))
        self._ramp.go(self._factor(entry))
        if self._ramp.moving:
            return np.asarray(piece * self._ramp.take(len(piece))[:, None], dtype=np.float32)
        return piece if self._ramp.value == 1.0 else piece * np.float32(self._ramp.value)

    def _factor(self, entry: QueueEntry) -> float:
        return factor(entry.track.gain, self._loudness, self._as_album)
