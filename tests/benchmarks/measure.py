"""What a benchmark gives back, a stopwatch, and how a program of its own is begun."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number, and what it is to be held against: a promise or a peer of the same run."""

    name: str
    value: float
    unit: str
    beside: str = ""

    def __str__(self) -> str:
        beside = f"   ({self.beside})" if self.beside else ""
        digits = 1 if self.value >= 10 else 3
        return f"{self.name:<60} {self.value:>12,.{digits}f} {self.unit}{beside}"


def typical_ms(work: Callable[[], object], times: int) -> float:
    """The median time of ``work`` in milliseconds, after one run that is not counted."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


_THROUGH_THE_DOOR = """
import runpy, sys
from app.__main__ import read_qt
read_qt()
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


def with_qt(module: str, *words: str) -> list[str]:
    """The command that runs a module with Qt read as the app reads it: else each module's source is read and kept."""
    return [sys.executable, "-c", _THROUGH_THE_DOOR, module, *words]
