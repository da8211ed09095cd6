"""What the window costs: its first paint, a frame of scrolling, each act of the listener, and rest.

CPU is of the process, all its threads: what a laptop's battery sees. Each number stands beside its promise.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.storage.database import Database
from tests.benchmarks.measure import Measurement, with_qt
from tests.benchmarks.ui_start import ROOT, first_paint
from tests.helpers.builders import a_library, some_plays


def measure(*, quick: bool) -> Iterator[Measurement]:
    """First paint and acts over 100,000 tracks; frames of a table of 1,000,000 rows and a grid of 100,000 albums."""
    n_tracks, times = (1_000, 2) if quick else (100_000, 5)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = Database(home / "data" / "segue.db")
        some_plays(database, a_library(database, n_tracks)[:50_000], n_tracks // 10)
        database.close()
        yield from first_paint(home, n_tracks, times)
        yield from _told("acts", str(home))
    yield from _told("frames", str(10_000 if quick else 1_000_000), str(1_000 if quick else 100_000))


def _told(*words: str) -> Iterator[Measurement]:
    """What a process of its own prints: name, value, unit and promise, a line each."""
    run = with_qt("tests.benchmarks.ui_run", *words)
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(run, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        name, value, unit, beside = line.split("\t")
        yield Measurement(name, float(value), unit, beside)
