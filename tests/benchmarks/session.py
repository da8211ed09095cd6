"""A session of many minutes with 100,000 tracks: how long the window ever stood still, for each kind of act.

A folder is scanned in turns all along. What counts is the time without the wait for a core; see
:mod:`tests.benchmarks.turns`.
"""

import os
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from app.storage.database import Database
from tests.benchmarks.measure import Measurement, with_qt
from tests.benchmarks.turns import Stall
from tests.helpers.builders import a_library, some_plays
from tests.helpers.music import a_music_folder

ROOT = Path(__file__).resolve().parents[2]
_PROMISED_MS = 50


def measure(*, quick: bool, minutes: float = 0) -> Iterator[Measurement]:
    """Scans, visits, searches, plays, drags and resizes; half a minute unless told otherwise."""
    n_tracks, minutes = (2_000 if quick else 100_000), minutes or (0.2 if quick else 0.5)
    with tempfile.TemporaryDirectory() as folder:
        home, music = Path(folder) / "home", Path(folder) / "Music"
        a_music_folder(music, 2 if quick else 150, seconds=3.0)
        database = Database(home / "data" / "segue.db")
        some_plays(database, a_library(database, n_tracks)[:50_000], n_tracks // 2)
        database.close()
        environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        run = with_qt("tests.benchmarks.session_run", str(home), str(music), str(minutes))
        done = subprocess.run(run, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    stalls: dict[str, list[Stall]] = defaultdict(list)
    for line in done.stdout.splitlines():
        kind, *ms = line.split("\t")
        stalls[kind].append(Stall(*map(float, ms)))
    name = f"{n_tracks:,} tracks, {minutes:g} min"
    for kind, found in sorted(stalls.items(), key=lambda pair: -max(one.own_ms for one in pair[1])):
        many = sum(one.own_ms > _PROMISED_MS for one in found)
        clock_ms, cpu_ms = max(one.clock_ms for one in found), max(one.cpu_ms for one in found)
        beside = f"{clock_ms:.0f} by the clock, {cpu_ms:.0f} computed; {many} of {len(found)} acts over {_PROMISED_MS}"
        yield Measurement(f"longest stall, {name}: {kind}", max(one.own_ms for one in found), "ms", beside)
