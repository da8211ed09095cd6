"""A peak limiter: nothing leaves it above full scale, and what stays below goes through bit for bit.

It looks 5 ms ahead, so that the gain is down before the peak comes, and lets go slowly: music that goes over now and
then does not breathe. Frames wait in it for those 5 ms; ``finish`` gives the last of them, so none is lost or added.
"""

import numpy as np
import numpy.typing as npt

from app.playback.sound import Block, joined, silence

_AHEAD_S = 0.005
_RECOVERY_S = 1.0
"""From silence to full gain; 3 dB are recovered in 0.3 s."""
_ALMOST = 1 - 1e-12

Gains = npt.NDArray[np.float64]


class Limiter:
    """One gain for both channels: the picture does not move to a side."""

    def __init__(self, rate: int) -> None:
        self._ahead = max(round(rate * _AHEAD_S), 1)
        self._step = 1 / (rate * _RECOVERY_S)
        self.reset()

    def reset(self) -> None:
        """Forgets what waits and what was."""
        self._waiting = silence(0)
        self._gain = 1.0
        self._recent: Gains = np.ones(self._ahead)

    def push(self, block: Block) -> Block:
        """Takes a block; gives the frames whose next 5 ms are known."""
        sound = joined([self._waiting, block])
        ready = max(len(sound) - self._ahead, 0)
        self._waiting = sound[ready:]
        return self._limited(sound, ready)

    def finish(self) -> Block:
        """The frames that waited; after them comes nothing."""
        sound, self._waiting = self._waiting, silence(0)
        return self._limited(sound, len(sound))

    def _limited(self, sound: Block, ready: int) -> Block:
        """The first ``ready`` frames. Cost: O(frames log look-ahead) while it works, else one look at each sample."""
        if not ready:
            return silence(0)
        at_rest = self._gain == 1.0 and self._recent.min() == 1.0
        if at_rest and max(float(sound.max()), -float(sound.min())) <= 1.0:
            return sound[:ready]
        gains = np.concatenate([self._recent, self._allowed(sound, ready)])
        self._gain, self._recent = float(gains[-1]), gains[-self._ahead :]
        # The mean of values none of which is above what the frame allows is not above it either.
        sums = np.concatenate([[0.0], np.cumsum(gains)])
        smooth = (sums[self._ahead + 1 :] - sums[: -self._ahead - 1]) / (self._ahead + 1)
        limited = np.clip(sound[:ready] * smooth[:, None], -1.0, 1.0)
        return np.asarray(limited, dtype=np.float32)

    def _allowed(self, sound: Block, ready: int) -> Gains:
        """For each frame the gain that it and the next 5 ms bear, rising no faster than the recovery."""
        peaks = np.maximum(np.abs(sound).max(axis=1).astype(np.float64), 1.0)
        after = np.ones(ready + self._ahead - len(sound))
        lowest = _lowest_ahead(np.concatenate([1.0 / peaks, after]), self._ahead + 1)
        risen = self._step * np.arange(ready + 1)
        rising = np.minimum.accumulate(np.concatenate([[self._gain], lowest]) - risen) + risen
        gains = np.minimum(rising[1:], lowest)
        return np.where(gains > _ALMOST, 1.0, gains)


def _lowest_ahead(values: Gains, width: int) -> Gains:
    """The least of each value and the ``width - 1`` after it; shape (len - width + 1,)."""
    covered = 1
    while covered * 2 <= width:
        values = np.minimum(values[:-covered], values[covered:])
        covered *= 2
    rest = width - covered
    return np.minimum(values[:-rest], values[rest:]) if rest else values
