"""What is asked of drives, and which of them do not answer: one that hangs is left alone and holds up nothing else.

Whoever asks a drive does it in a thread that can be left alone: it is stuck until the drive answers, if ever. So many
may be stuck in one drive, and in all drives together; then nothing more is asked of it until one of them is free.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from app.config.mounts import mount_of

LONGEST_S: Final = 15.0
"""A drive that sleeps wakes up within this."""

_MOST_IN_ONE: Final = 4
_MOST_IN_ALL: Final = 16
_LONGEST_STEP_S: Final = 1.0
"""Whoever waits looks more often than this."""

Begin = Callable[[Callable[[], None]], object]
"""Runs work in a thread of its own that nobody waits for."""


class Awake:
    """A clock that stands still while nobody looks: a drive is not to blame for the hours of a suspended machine."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._lock = clock, Lock()
        self._seen, self._seconds = clock(), 0.0

    def __call__(self) -> float:
        """Seconds that passed in small steps."""
        with self._lock:
            now = self._clock()
            passed, self._seen = now - self._seen, now
            self._seconds += min(max(passed, 0.0), _LONGEST_STEP_S)
            return self._seconds


@dataclass(frozen=True, slots=True)
class _Stuck:
    """A thread that was left alone."""

    drive: bytes
    since: float
    is_over: Callable[[], bool]


class Drives:
    """All drives, for all who ask them. May be used from several threads."""

    def __init__(
        self,
        begin: Begin,
        clock: Callable[[], float] = time.monotonic,
        drive_of: Callable[[bytes], bytes] = mount_of,
    ) -> None:
        self.begin, self.clock, self._drive_of = begin, Awake(clock), drive_of
        self._lock = Lock()
        self._stuck: list[_Stuck] = []

    def may_ask(self, path: bytes) -> bool:
        """False while so many threads are stuck in the drive of a path, or in all drives, that it is left alone."""
        return self.silent_s(path) is None

    def silent_s(self, path: bytes) -> float | None:
        """For how long whoever stands in the way has waited; ``None`` where the drive may be asked."""
        with self._lock:
            self._stuck = [each for each in self._stuck if not each.is_over()]
            if not self._stuck:
                return None
            drive = self._drive_of(path)
            in_it = [each.since for each in self._stuck if each.drive == drive]
            if len(in_it) >= _MOST_IN_ONE:
                return self.clock() - min(in_it)
            if len(self._stuck) >= _MOST_IN_ALL:
                return self.clock() - min(each.since for each in self._stuck)
            return None

    def leave(self, path: bytes, since: float, is_over: Callable[[], bool]) -> None:
        """Nobody waits any more for a thread that asked the drive of a path at ``since``, on this clock."""
        with self._lock:
            self._stuck.append(_Stuck(self._drive_of(path), since, is_over))

    @property
    def stuck(self) -> int:
        """So many threads have been left alone and have not come back."""
        with self._lock:
            return sum(not each.is_over() for each in self._stuck)
