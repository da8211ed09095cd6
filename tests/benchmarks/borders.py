"""What the borders of an album cost in each format: frames that came out too many or too few, and the worst place."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Measurement
from tests.playback.borders import borders
from tests.playback.sounds import FORMATS


def measure(*, quick: bool = False) -> Iterator[Measurement]:
    """An album cut into four at odd samples, through the engine at its own rate; short enough to be always whole."""
    for kind in sorted(FORMATS):
        with tempfile.TemporaryDirectory() as folder:
            found = borders(Path(folder), kind)
        promise = f"promised: {FORMATS[kind][2] // 1000} a border at most" if kind == "m4a" else "promised: 0"
        yield Measurement(f"samples too many or too few, {kind}", found.surplus, "samples", promise)
        worst = max(found.shifts, key=abs)
        yield Measurement(f"farthest from its place, {kind}", worst, "samples", promise)
