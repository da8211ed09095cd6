"""What a benchmark gives back, and a stopwatch."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number, with what was promised of it where something was."""

    name: str
    value: float
    unit: str
    promised: str = ""

    def __str__(self) -> str:
        promised = f"   (promised: {self.promised})" if self.promised else ""
        return f"{self.name:<58} {self.value:>12,.1f} {self.unit}{promised}"


def typical_ms(work: Callable[[], object], times: int) -> float:
    """The median time of ``work`` in milliseconds, after one run that is not counted."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)
