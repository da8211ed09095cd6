"""From what a device has taken to what has been heard: the same number, a moment later."""

import time
from collections import deque
from collections.abc import Callable


class Delay:
    """What a growing number was some seconds ago: frames taken by the device to frames heard."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._past: deque[tuple[float, int]] = deque()
        self._value = 0

    def reset(self, value: int = 0) -> None:
        """Starts from a number that is heard already."""
        self._past.clear()
        self._value = value

    def at(self, taken: int) -> int:
        """Notes the number as it is now, and gives it as it was. It never falls."""
        now = self._clock()
        if not self._past or self._past[-1][1] != taken:
            self._past.append((now, taken))
        while self._past and now - self._past[0][0] >= self._seconds:
            self._value = max(self._value, self._past.popleft()[1])
        return self._value
