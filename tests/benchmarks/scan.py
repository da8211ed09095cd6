"""How fast a folder becomes a library, beside the plainest reader there can be: mutagen over the same files.

Both run as processes of their own, in turn, so that starting and importing count for both. The folder is made here;
``SEGUE_BENCHMARK_LIBRARY`` names another one.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import Measurement
from tests.helpers.music import tag
from tests.library.sounds import sound

_KINDS = ("mp3", "flac", "ogg", "opus", "m4a")
_TIMES = 3
_CPU_PROMISE, _WALL_PROMISE, _RESCAN_PROMISE = 0.6, 0.45, 1.5


@dataclass(slots=True)
class _Spent:
    """What one run took."""

    cpu_s: float
    wall_s: float
    output: str = ""


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Scans a library when everything is new, and again when nothing is; each number is the median of three runs."""
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ.get("SEGUE_BENCHMARK_LIBRARY", "")
        music = Path(given) if given else Path(folder) / "music"
        if not given:
            _make(music, 500 if quick else 10_000)
        _floor(music, "--stat")  # warms the cache of the disk
        runs = [_round(music, Path(folder) / str(number)) for number in range(1 if quick else _TIMES)]
    floor, cold, stat, again = (_middle([run[which] for run in runs]) for which in range(4))
    report = json.loads(cold.output)
    yield Measurement(f"first scan of {report['read']:,} files, rate", report["read"] / cold.wall_s, "files/s")
    yield _beside("first scan, CPU", cold.cpu_s, floor.cpu_s, "mutagen alone", _CPU_PROMISE)
    yield _beside("first scan, wall", cold.wall_s, floor.wall_s, "mutagen alone", _WALL_PROMISE)
    yield Measurement("first scan, memory of the scanning process", report["memory_mb"], "MB", "promised: at most 200")
    yield _beside("rescan, nothing changed, CPU", again.cpu_s, stat.cpu_s, "looking at every file", _RESCAN_PROMISE)


def _round(music: Path, home: Path) -> tuple[_Spent, _Spent, _Spent, _Spent]:
    home.mkdir()
    floor = _floor(music, str(home / "floor.db"))
    return floor, _ours(music, home), _floor(music, "--stat"), _ours(music, home)


def _floor(music: Path, target: str) -> _Spent:
    return _run("-m", "tests.benchmarks.scan_floor", str(music), target)


def _ours(music: Path, home: Path) -> _Spent:
    return _run("-m", "tests.benchmarks.scan_run", str(music), str(home / "segue.db"))


def _run(*arguments: str) -> _Spent:
    before, begun = _spent(), time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return _Spent(_spent() - before, time.perf_counter() - begun, done.stdout)


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _middle(runs: list[_Spent]) -> _Spent:
    return _Spent(median(run.cpu_s for run in runs), median(run.wall_s for run in runs), runs[0].output)


def _beside(name: str, ours_s: float, theirs_s: float, peer: str, promise: float) -> Measurement:
    ratio = f"{ours_s / theirs_s:.2f} of {peer} ({theirs_s:.2f} s); promised: at most {promise:g}"
    return Measurement(name, ours_s, "s", ratio)


def _make(music: Path, count: int) -> None:
    originals = {}
    for kind in _KINDS:
        path = music / f"original.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sound(kind, 1.0))
        tag(path, title="Nuit", artist="Ida Ravn", album="Ete", tracknumber="3", date="1995", genre="Jazz")
        originals[kind] = path.read_bytes()
        path.unlink()
    for n in range(count):
        kind = _KINDS[n % len(_KINDS)]
        path = music / f"Artist {n // 40}" / f"Album {n // 10}" / f"{n % 10 + 1:02d} Song {n}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(originals[kind])
