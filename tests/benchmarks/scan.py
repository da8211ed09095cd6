"""How fast a folder becomes a library, beside the plainest reader there can be: mutagen over the same files."""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import mutagen

from app.domain.scan import ScanReport
from app.library.scan import scan
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.benchmarks.measure import Measurement
from tests.helpers.builders import NOW_MS, a_database
from tests.helpers.music import tag
from tests.library.sounds import sound

_KINDS = ("mp3", "flac", "ogg", "opus", "m4a")


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Scans a made library twice: everything is new, then nothing is. CPU seconds of this process and its children."""
    count = 500 if quick else 10_000
    with tempfile.TemporaryDirectory() as folder:
        music = Path(folder) / "music"
        _make(music, count)
        floor = _cpu_s(lambda: _plain(music))
        database = a_database(Path(folder))
        tracks, roots = TrackStore(database), RootStore(database)
        reports: list[ScanReport] = []

        def run() -> None:
            reports.append(_drain(os.fsencode(music), tracks, roots))

        begun = time.perf_counter()
        cold = _cpu_s(run)
        wall = time.perf_counter() - begun
        again = _cpu_s(run)
        database.close()
    yield Measurement(f"first scan of {reports[0].read:,} files, rate", reports[0].read / wall, "files/s")
    yield Measurement("first scan, CPU", cold, "s", f"{cold / floor:.2f} of mutagen alone ({floor:.2f} s)")
    yield Measurement(f"rescan, nothing changed ({reports[1].unchanged:,} files), CPU", again, "s")


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


def _plain(music: Path) -> None:
    for folder, _, names in os.walk(music):
        for name in names:
            mutagen.File(os.path.join(folder, name), easy=True)


def _drain(root: bytes, tracks: TrackStore, roots: RootStore) -> ScanReport:
    steps = scan([root], tracks, roots, lambda: False, now_ms=NOW_MS)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            report: ScanReport = stop.value
            return report


def _cpu_s(work: Callable[[], None]) -> float:
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
