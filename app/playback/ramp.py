"""A number that moves to another in a straight line, sample by sample, so that nothing clicks."""

import numpy as np
import numpy.typing as npt


class Ramp:
    """Takes the same time for every way; a new goal on the way begins a new line from where it is."""

    def __init__(self, frames: int, value: float = 1.0) -> None:
        self.value = self.goal = value
        self._frames, self._left, self._from = max(frames, 1), 0, value

    @property
    def moving(self) -> bool:
        """True while the goal is not reached."""
        return self._left > 0

    @property
    def left(self) -> int:
        """So many frames until then."""
        return self._left

    def jump(self, value: float) -> None:
        """Is at a value at once."""
        self.value = self.goal = value
        self._left = 0

    def go(self, goal: float) -> None:
        """Begins to move."""
        if goal != self.goal:
            self._from, self.goal, self._left = self.value, goal, self._frames

    def take(self, frames: int) -> npt.NDArray[np.float32]:
        """The next values, shape (frames,) float32; the goal is reached exactly."""
        done = self._frames - self._left
        way = np.minimum(np.arange(done + 1, done + frames + 1) / self._frames, 1.0)
        values = np.where(way < 1.0, self._from + (self.goal - self._from) * way, self.goal)
        self._left = max(self._left - frames, 0)
        if frames:
            self.value = float(values[-1])
        return values.astype(np.float32)
