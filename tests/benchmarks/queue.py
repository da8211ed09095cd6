"""A queue of 50,000: how long the window stands still for each edit of it, and for its return after a restart."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.storage.database import Database
from tests.benchmarks.measure import Measurement, with_qt
from tests.helpers.builders import a_library

ROOT = Path(__file__).resolve().parents[2]


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Each act in the real window, and the start with what it left."""
    entries = 3_000 if quick else 50_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = Database(home / "data" / "segue.db")
        a_library(database, entries)
        database.close()
        yield from _told("start", str(home), "0")
        yield from _told("acts", str(home), str(entries))
        yield from _told("start", str(home), str(entries - 999))


def _told(*words: str) -> Iterator[Measurement]:
    run = with_qt("tests.benchmarks.queue_run", *words)
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(run, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        name, own_ms, gap_ms, took_ms = line.split("\t")
        beside = f"promised: at most 50; by the clock {float(gap_ms):.0f}, on the screen after {float(took_ms):.0f}"
        yield Measurement(f"queue: {name}, the window's thread at most", float(own_ms), "ms", beside)
