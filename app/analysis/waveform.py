"""The waveform of a track: the loudness of some thousand pieces, from all of its sound or, of a long one, from samples.

Whole: pieces begin at 10 ms and grow to twice their length whenever there are too many of them, so that neither the
length of the sound nor what the file says of it matters, and memory stays small.
"""

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from app.analysis.sound import Power, Sound
from app.domain.errors import UnreadableFile
from app.domain.waveform import MOST_LEVELS, Waveform, waveform_of

WHOLE_MS = 3_600_000
"""A track longer than that is not read whole."""

_FIRST_PIECE_S = 0.01
_SAMPLES = 1_024
_SAMPLE_MS = 1_000
_SETTLE_MS = 100
"""What a decoder gives right behind a jump is not yet right."""

Stopped = Callable[[], bool]


def waveform(path: bytes, start_ms: int, end_ms: int | None, stopped: Stopped = lambda: False) -> Waveform | None:
    """Of a file, or of a part of it; ``None`` where it was stopped, or there is no sound.

    Raises:
        UnreadableFile: it cannot be decoded.
    """
    sound = Sound(path)
    try:
        length_ms = (sound.length_ms if end_ms is None else end_ms) - start_ms
        if length_ms > WHOLE_MS:
            return _sampled(sound, start_ms, length_ms, stopped)
        return _whole(sound, start_ms, end_ms, stopped)
    finally:
        sound.close()


def _whole(sound: Sound, start_ms: int, end_ms: int | None, stopped: Stopped) -> Waveform | None:
    if start_ms:
        sound.go_to(start_ms)
    pieces: Pieces | None = None
    for at_ms, power in sound.read():
        if stopped():
            return None
        if pieces is None:
            pieces = Pieces(sound.rate)
        if end_ms is not None and at_ms >= end_ms:
            break
        pieces.add(_within(power, at_ms, start_ms, end_ms, sound.rate))
    return pieces.waveform() if pieces is not None else None


def _within(power: Power, at_ms: int, start_ms: int, end_ms: int | None, rate: int) -> Power:
    """The part of a block that lies in the track."""
    first = max((start_ms - at_ms) * rate // 1000, 0) if start_ms else 0
    last = len(power) if end_ms is None else (end_ms - at_ms) * rate // 1000
    return power[first:last]


class Pieces:
    """Takes power as it comes and keeps the sums of equally long pieces."""

    def __init__(self, rate: int, most: int = MOST_LEVELS) -> None:
        self._rate, self._most = rate, most
        self._size = max(round(rate * _FIRST_PIECE_S), 1)
        self._sums: npt.NDArray[np.float64] = np.zeros(0)
        self._rest: list[Power] = []
        self._waiting = 0

    def add(self, power: Power) -> None:
        """The next samples; they are worked on a second at a time."""
        self._rest.append(power)
        self._waiting += len(power)
        if self._waiting >= max(self._rate, self._size):
            self._take()

    def _take(self) -> None:
        waiting = np.concatenate(self._rest)
        whole = len(waiting) // self._size * self._size
        sums = waiting[:whole].reshape(-1, self._size).sum(1, dtype=np.float64)
        self._sums = np.concatenate((self._sums, np.nan_to_num(sums, nan=0.0, posinf=self._size)))
        self._rest, self._waiting = [waiting[whole:]], len(waiting) - whole
        while len(self._sums) > self._most:
            self._halve()

    def _halve(self) -> None:
        """Pieces of twice the length; an odd last one waits for its other half."""
        if len(self._sums) % 2:
            odd = np.full(self._size, self._sums[-1] / self._size, dtype=np.float32)
            self._rest.insert(0, odd)
            self._waiting += self._size
        pairs = len(self._sums) // 2
        self._sums = self._sums[: 2 * pairs].reshape(pairs, 2).sum(1)
        self._size *= 2

    def waveform(self) -> Waveform | None:
        """What has come; a last piece that is not full counts where it is most of one, or the only one."""
        self._take()
        rest = np.concatenate(self._rest)
        means = list(self._sums / self._size)
        if len(rest) and (2 * len(rest) > self._size or not means) and len(means) < self._most:
            means.append(_mean([rest]))
        length_ms = round(len(means) * self._size * 1000 / self._rate)
        return waveform_of(means, max(length_ms, 1)) if means else None


def _sampled(sound: Sound, start_ms: int, length_ms: int, stopped: Stopped) -> Waveform | None:
    """A second of sound in the middle of each piece of a long track."""
    means = []
    for number in range(_SAMPLES):
        if stopped():
            return None
        means.append(_sample(sound, start_ms + (2 * number + 1) * length_ms // (2 * _SAMPLES), stopped))
    return waveform_of(means, length_ms) if any(means) else None


def _sample(sound: Sound, at_ms: int, stopped: Stopped) -> float:
    """The mean square of the second from there on; silence where there is nothing."""
    try:
        sound.go_to(max(at_ms - _SETTLE_MS, 0))
    except UnreadableFile:
        return 0.0
    return _mean(_second(sound.read(), at_ms, stopped))


def _second(blocks: Iterable[tuple[int, Power]], at_ms: int, stopped: Stopped) -> list[Power]:
    found = []
    for block_ms, power in blocks:
        if block_ms >= at_ms + _SAMPLE_MS or stopped():
            break
        if block_ms >= at_ms:
            found.append(power)
    return found


def _mean(found: list[Power]) -> float:
    return float(np.nan_to_num(np.concatenate(found).mean(), nan=0.0, posinf=1.0)) if found else 0.0
