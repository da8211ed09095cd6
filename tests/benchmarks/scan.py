"""How fast a folder becomes a library, beside the plainest reader there can be: mutagen over the same files.

Both run as processes of their own, in turn, so that starting and importing count for both; both find their modules
compiled, as an installed program does. The folder is made here; ``SEGUE_BENCHMARK_LIBRARY`` names another one.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import Measurement
from tests.helpers.music import tag
from tests.library.sounds import sound

_KINDS = ("mp3", "flac", "ogg", "opus", "m4a")
_TIMES = 5
_LOOKS = 25
"""Of a look at every file, which takes a hundredth of a scan and so varies more."""
_CPU_PROMISE, _WALL_PROMISE, _RESCAN_PROMISE = 0.6, 0.45, 1.5


@dataclass(slots=True)
class _Spent:
    """What one run took."""

    cpu_s: float
    wall_s: float
    output: str = ""


Run = Callable[..., _Spent]


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Scans a library when everything is new, and again when nothing is; medians of five scans and 25 looks."""
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ.get("SEGUE_BENCHMARK_LIBRARY", "")
        music = Path(given) if given else Path(folder) / "music"
        if not given:
            _make(music, 500 if quick else 10_000)
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        run = partial(_run, environ | {"PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")})
        _make(Path(folder) / "few", len(_KINDS))
        _round(run, Path(folder) / "few", Path(folder) / "first")  # compiles
        _floor(run, music, "--stat")  # warms the cache of the disk
        runs = [_round(run, music, Path(folder) / str(number)) for number in range(1 if quick else _TIMES)]
        home = Path(folder) / "0"
        looks = [(_floor(run, music, "--stat"), _ours(run, music, home)) for _ in range(3 if quick else _LOOKS)]
    floor, cold = (_middle([run[which] for run in runs]) for which in range(2))
    stat, again = (_middle([run[which] for run in looks]) for which in range(2))
    read, _, memory_mb = map(float, cold.output.split())
    yield Measurement(f"first scan of {read:,.0f} files, rate", read / cold.wall_s, "files/s")
    yield _beside("first scan, CPU", cold.cpu_s, floor.cpu_s, "mutagen alone", _CPU_PROMISE)
    yield _beside("first scan, wall", cold.wall_s, floor.wall_s, "mutagen alone", _WALL_PROMISE)
    yield Measurement("first scan, memory of the scanning process", memory_mb, "MB", "promised: at most 200")
    yield _beside("rescan, nothing changed, CPU", again.cpu_s, stat.cpu_s, "looking at every file", _RESCAN_PROMISE)


def _round(run: Run, music: Path, home: Path) -> tuple[_Spent, _Spent]:
    home.mkdir()
    return _floor(run, music, str(home / "floor.db")), _ours(run, music, home)


def _floor(run: Run, music: Path, target: str) -> _Spent:
    return run("-m", "tests.benchmarks.scan_floor", str(music), target)


def _ours(run: Run, music: Path, home: Path) -> _Spent:
    return run("-m", "tests.benchmarks.scan_run", str(music), str(home / "segue.db"))


def _run(environ: Mapping[str, str], *arguments: str) -> _Spent:
    before, begun = _spent(), time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], env=environ, stdout=subprocess.PIPE, text=True, check=True)
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
