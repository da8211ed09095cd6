"""How fast a scan is, and how long it will take: the time it was paused does not count."""

import time
from typing import Final

_ETA_AFTER: Final = 50


class Pace:
    """A clock that stands while the scan waits."""

    def __init__(self) -> None:
        self._begun_s, self._paused_s = time.monotonic(), 0.0

    def waited(self, seconds: float) -> None:
        """So long nothing was to be done."""
        self._paused_s += seconds

    @property
    def seconds(self) -> float:
        """The time it worked."""
        return time.monotonic() - self._begun_s - self._paused_s

    def at(self, done: int, todo: int, since_s: float) -> tuple[float | None, float | None]:
        """Files a second since it had worked ``since_s``, and the seconds left; none before it is sure."""
        if done < _ETA_AFTER:
            return None, None
        rate = done / max(self.seconds - since_s, 1e-6)
        return rate, (todo - done) / rate
