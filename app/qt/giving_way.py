"""Jobs that compute for long step aside while the window's thread computes.

Python runs one thread at a time and shares its time out evenly: each job that computes would make a turn of the window
as long again. So between two steps they look how much of its time the window's thread has used, and wait while it is
at work. It never waits for them long, nor they for it: a window that never rests leaves them half of the time.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

_LOOK_S: Final = 0.002
"""Looked at no more often than this, and so long is waited before the next look."""
_AT_WORK: Final = 0.25
"""This part of the time, and the window's thread is at work; others that compute leave it a half or a third."""
_LONGEST_S: Final = 0.06


class _Looked(threading.local):
    """When a thread looked last, and what it saw."""

    at_s = spent_s = next_s = 0.0


class Ended(Exception):
    """Raised in a job that computes: Segue ends, and nobody waits for the answer any more."""


class GivingWay:
    """Called by a job between two of its steps. Made in the window's thread."""

    def __init__(
        self,
        spent_s: Callable[[], float] | None = None,
        now_s: Callable[[], float] = time.perf_counter,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``spent_s``: the computing of the window's thread so far."""
        self._spent_s, self._now_s, self._sleep = spent_s or _clock_of_this_thread(), now_s, sleep
        self._looked = _Looked()
        self._over = False

    def end(self) -> None:
        """From now on, jobs end between two steps."""
        self._over = True

    def __call__(self) -> None:
        """Waits, if need be.

        Raises:
            Ended: the job is to end.
        """
        if self._over:
            raise Ended
        looked, now_s = self._looked, self._now_s()
        if now_s < looked.next_s or not self._at_work(now_s):
            return
        begun_s = now_s
        while now_s - begun_s < _LONGEST_S:
            self._sleep(_LOOK_S)
            now_s = self._now_s()
            if not self._at_work(now_s):
                break
        looked.next_s = now_s + max(now_s - begun_s, _LOOK_S)

    def _at_work(self, now_s: float) -> bool:
        """Whether it has computed much since the last look."""
        looked, spent_s = self._looked, self._spent_s()
        at_work = spent_s - looked.spent_s > _AT_WORK * (now_s - looked.at_s)
        looked.at_s, looked.spent_s, looked.next_s = now_s, spent_s, now_s + _LOOK_S
        return at_work


def _clock_of_this_thread() -> Callable[[], float]:
    if not hasattr(time, "pthread_getcpuclockid"):  # not on every system: there, nobody steps aside
        return lambda: 0.0
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)
