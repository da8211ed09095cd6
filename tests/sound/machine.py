"""How long the machine itself stood still: ``python -m tests.sound.machine`` watches until it is told to end.

A thread that comes before everything else sleeps for a few milliseconds at a time. Where it wakes late, no program
could have done anything: the machine is a guest, and its host did something else. Prints JSON at SIGTERM.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAP_S = 0.005
_LATE_S = 0.03
_FIRST = 50


def main() -> None:
    """Watches; says whether it came first, the longest delay, and each that a device could have heard of."""
    first = False
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(_FIRST))
        first = True
    ended = False

    def end(*_: object) -> None:
        nonlocal ended
        ended = True

    signal.signal(signal.SIGTERM, end)
    late: list[tuple[float, float]] = []
    longest, last = 0.0, time.monotonic()
    while not ended:
        time.sleep(_NAP_S)
        now = time.monotonic()
        gap, last = now - last - _NAP_S, now
        longest = max(longest, gap)
        if gap > _LATE_S:
            late.append((round(time.time(), 2), round(gap * 1000)))
    print(json.dumps({"first": first, "longest_ms": round(longest * 1000), "late": late}))


@contextmanager
def watched(said: dict[str, object]) -> Iterator[None]:
    """Watches meanwhile, and puts into ``said`` what was seen."""
    watch = subprocess.Popen([sys.executable, "-m", "tests.sound.machine"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield
    finally:
        watch.terminate()
        told, _ = watch.communicate(timeout=10)
        said |= json.loads(told)


if __name__ == "__main__":
    main()
