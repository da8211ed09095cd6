"""How long an event loop stood still between two turns, and through whose doing.

By the clock a stall holds on a quiet machine alone: others may have had the core. What the thread computed leaves out
what it waited for: locks, the disk, the interpreter while another thread of the program had it. The time between, less
what the thread stood ready and was given no core, is the program's own doing, and holds on any machine.
"""

import os
import threading
import time
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer

_NS = 1e-9


class Stall(NamedTuple):
    """The longest of each, in ms, and not of the same turn."""

    clock_ms: float
    own_ms: float
    """Less the wait for a core."""
    cpu_ms: float
    """What the thread computed."""


class Turns(QObject):
    """Counts from its start. Of the thread that it is made in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waits = _waits_of_this_thread()
        self._longest = [0.0, 0.0, 0.0]
        self._last = self._now()
        self._beat = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._turn)

    def start(self) -> None:
        """Begins."""
        self._last = self._now()
        self._beat.start()

    def begin(self) -> None:
        """From here on, a new one."""
        self._longest = [0.0, 0.0, 0.0]

    def longest(self) -> Stall:
        """Since :meth:`begin`."""
        return Stall(*(seconds * 1000 for seconds in self._longest))

    def _turn(self) -> None:
        now = self._now()
        clock_s, waited_s, cpu_s = (at - before for at, before in zip(now, self._last, strict=True))
        self._last = now
        for number, seconds in enumerate((clock_s, clock_s - waited_s, cpu_s)):
            self._longest[number] = max(self._longest[number], seconds)

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), self._waited_s(), time.thread_time()

    def _waited_s(self) -> float:
        """So long the thread stood ready, as Linux counts it."""
        if self._waits < 0:
            return 0.0
        return int(os.pread(self._waits, 128, 0).split()[1]) * _NS


def _waits_of_this_thread() -> int:
    with suppress(OSError):
        return os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
    return -1
