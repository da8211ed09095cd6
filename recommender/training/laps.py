"""How long each step of a run took."""

import time


class Laps:
    """Seconds by step; a step begins where the one before ended."""

    def __init__(self, before: dict[str, float] | None = None) -> None:
        self.seconds = dict(before or {})
        self._begun = time.perf_counter()

    def done(self, what: str) -> None:
        """A step is over."""
        now = time.perf_counter()
        self.seconds[what], self._begun = now - self._begun, now
