"""How long the first start after the keys of recordings changed takes, beside the copy that is made before it.

20,000 tracks and 200,000 plays, all with names whose keys change, half of them with names that no cache holds; and the
same number with plain names, of which nothing changes. Each is opened by a process of its own.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.domain.ids import RecordingKey
from app.domain.play import Play
from app.domain.text import fold
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.benchmarks.measure import Measurement
from tests.helpers.builders import NOW_MS, a_file, a_play
from tests.helpers.older import an_older_database

_OPEN = """
import json, re, shutil, sys, time
from pathlib import Path
from app.storage.backup import back_up
from app.storage.database import Database
path = Path(sys.argv[1])
begun = time.perf_counter()
Database(path).close()
spent, status = time.perf_counter() - begun, open("/proc/self/status").read()
begun = time.perf_counter()
back_up(path, path.parent / "again", 1_760_000_000_000)
print(json.dumps([spent, time.perf_counter() - begun, int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024]))
"""


def measure(*, quick: bool) -> Iterator[Measurement]:
    """A library whose keys all change, and one where none does."""
    tracks, plays = (500, 5_000) if quick else (20_000, 200_000)
    for name, artist, title in (("all change", "ミドリ", "ガラスの歌"), ("none changes", "Midori", "Glass Song")):
        with tempfile.TemporaryDirectory() as folder:
            path = _library(Path(folder), tracks, plays, artist, title)
            command = [sys.executable, "-c", _OPEN, str(path)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            spent_s, copy_s, memory_mb = json.loads(done.stdout)
        yield Measurement(f"{plays:,} plays, {tracks:,} tracks, {name}", spent_s, "s", f"a backup: {copy_s:.2f} s")
        yield Measurement("memory at its most", memory_mb, "MB")


def _library(folder: Path, tracks: int, plays: int, artist: str, title: str) -> Path:
    database = an_older_database(folder, "marks_in_keys")
    files = [a_file(f"/m/{n}.flac", artist=f"{artist} {n % 900}", title=f"{title} {n}") for n in range(tracks)]
    files = [file._replace(recording_key=_before(file.tags.artist, file.tags.title)) for file in files]
    TrackStore(database).save(files, NOW_MS)
    PlayStore(database).append_many([_play(n, tracks, artist, title) for n in range(plays)])
    database.close()
    return database.path


def _play(number: int, tracks: int, artist: str, title: str) -> Play:
    """Every second one was heard elsewhere, and is of a recording that nothing else is."""
    of = number * 7919 % tracks
    if number % 2:
        by, called = f"{artist} {of % 900}", f"{title} {of}"
    else:
        by, called = f"{artist} by {number}", f"{title} no {number}"
    play = a_play(of + 1, NOW_MS + number, artist=by, title=called, recording_key=_before(by, called))
    return play if number % 2 else replace(play, track_id=None, imported=True)


def _before(artist: str, title: str) -> RecordingKey:
    return RecordingKey(f"tags:{fold(artist)}\x1f{fold(title)}\x1f50")
