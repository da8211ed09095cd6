"""What the waveform of a track costs: CPU of the process that makes it, for each minute of music."""

import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.domain.waveform import MOST_BYTES, unpack
from app.qt.jobs import run_apart
from tests.benchmarks.measure import Measurement
from tests.playback.sounds import FORMATS, music, write

_WORKER = "app.analysis.waveform_worker"
_KINDS = ("mp3", "flac", "ogg", "opus", "m4a")


def measure(*, quick: bool = False) -> Iterator[Measurement]:
    """Each format, beside what a process that only starts costs."""
    minutes = 0.25 if quick else 1
    with tempfile.TemporaryDirectory() as folder:
        start_s = _cost_s(Path(folder) / "nothing")
        yield Measurement("starting the process, with a file that is not there", start_s, "s of CPU")
        for kind in _KINDS:
            path = write(Path(folder) / f"a.{kind}", music(minutes * 60, FORMATS[kind][2]))
            cpu_s = (_cost_s(path) - start_s) / minutes
            beside = f"{cpu_s / 60:.2%} of a core while it plays"
            yield Measurement(f"waveform of a minute of {kind}", cpu_s, "s of CPU", beside)


def _cost_s(path: Path) -> float:
    """CPU of the process over one file."""
    begun_s = _children_s()
    said = run_apart(lambda: False, _WORKER, bytes(path), "0", longest_s=60, most_bytes=MOST_BYTES)
    if path.exists() and (said is None or unpack(said) is None):
        raise RuntimeError(f"no waveform of {path.name}")
    return _children_s() - begun_s


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
