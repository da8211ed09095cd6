"""How fast a listening history is taken over, beside the least there is to it: lines parsed into a bare table.

Both run as processes of their own. 500,000 listens of 20 years go into a library of 10,000 tracks, and then once more.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.storage.database import Database
from app.storage.tracks import TrackStore
from tests.benchmarks.measure import Measurement
from tests.helpers.builders import a_library

_BEGUN_S = 1_100_000_000

_FLOOR = """
import json, re, sqlite3, sys, time
begun = time.perf_counter()
table = sqlite3.connect(sys.argv[2])
table.execute("create table listen (at integer, artist text, title text, album text)")
def rows():
    with open(sys.argv[1]) as file:
        for line in file:
            listen = json.loads(line)
            said = listen["track_metadata"]
            yield listen["listened_at"], said["artist_name"], said["track_name"], said["release_name"]
with table:
    table.executemany("insert into listen values (?, ?, ?, ?)", rows())
spent, status = time.perf_counter() - begun, open("/proc/self/status").read()
print(json.dumps([spent, int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024, 0, 0.0]))
"""

_OURS = """
import json, os, re, sys, time
from pathlib import Path
from app.companion.library import PlayedFrom
from app.companion.match import by_names
from app.history.import_.run import import_history
from app.storage.database import Database
from app.storage.imports import PlaysAround
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
database = Database(Path(sys.argv[2]))
begun = time.perf_counter()
steps = import_history(
    [os.fsencode(sys.argv[1])], PlayStore(database), PlaysAround(database), by_names(PlayedFrom(TrackStore(database))),
    lambda: False, dry=sys.argv[3] == "dry", now_ms=time.time_ns() // 1_000_000,
)
while True:
    try:
        next(steps)
    except StopIteration as end:
        report = end.value
        break
spent, status = time.perf_counter() - begun, open("/proc/self/status").read()
memory = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024
print(json.dumps([spent, memory, report.new, report.rate]))
"""


def measure(*, quick: bool) -> Iterator[Measurement]:
    """The floor, a dry run, the import, and the same again."""
    count, tracks = (5_000, 500) if quick else (500_000, 10_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export, library = folder / "listens.jsonl", folder / "segue.db"
        _make(export, library, count, tracks)
        floor_s, floor_mb, _, _ = _run(_FLOOR, export, folder / "floor.db", "")
        yield Measurement(
            f"{count:,} listens parsed into a bare table (floor)", count / floor_s, "rows/s", f"{floor_mb:.0f} MB"
        )
        for words, how in (("dry run", "dry"), ("imported", "wet"), ("imported again, nothing new", "wet")):
            spent_s, memory_mb, new, rate = _run(_OURS, export, library, how)
            beside = f"{spent_s / floor_s:.1f} of the floor's time; {memory_mb:.0f} MB; {new:,} new; {rate:.0%} matched"
            yield Measurement(f"{count:,} listens, {tracks:,} tracks: {words}", count / spent_s, "rows/s", beside)


def _run(program: str, export: Path, target: Path, how: str) -> tuple[float, float, int, float]:
    command = [sys.executable, "-c", program, str(export), str(target), how]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    spent_s, memory_mb, new, rate = json.loads(done.stdout)
    return spent_s, memory_mb, new, rate


def _make(export: Path, library: Path, count: int, tracks: int) -> None:
    """Sessions of neighbours; a fifth is of music that the library does not have."""
    database, rng = Database(library), random.Random(1)
    a_library(database, tracks)
    known, at_s, left = TrackStore(database).all(), _BEGUN_S, count
    database.close()
    with export.open("w") as file:
        while left > 0:
            at_s += rng.randrange(1_800, 2 * 900_000_000 * 12 // (3 * count) + 1_801)
            centre = int(rng.expovariate(8 / tracks)) % tracks
            for step in range(min(12, left)):
                track = known[(centre + step) % tracks]
                strange = rng.random() < 0.2
                names = {
                    "artist_name": f"Stranger {rng.randrange(3_000)}" if strange else track.artist,
                    "track_name": f"Elsewhere {rng.randrange(10)}" if strange else track.title,
                    "release_name": track.album,
                    "additional_info": {"submission_client": "x", "duration_ms": 0 if strange else track.duration_ms},
                }
                file.write(json.dumps({"inserted_at": at_s, "listened_at": at_s, "track_metadata": names}) + "\n")
                at_s += track.duration_ms // 1000
                left -= 1
