"""The installed program: how large it is, and how soon it is there beside the same code run from its source.

Both start on the same screen, by turns, with warm files, over the same library; what counts is when the picture of the
screen has a window's colours in it.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.desktop import a_file, a_home, an_ear, one_click
from tests.benchmarks.measure import Measurement
from tests.desktop.real_window import Place, until
from tests.package.desktop import Desktop, a_desktop
from tests.package.root import a_package

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/package/program/segue"
_SOURCE = (sys.executable, "-m", "app")
_PAINTED = 24
"""So many colours has no empty screen."""
_EVERY = 4
_TICK_S = 0.004


def measure(*, quick: bool) -> Iterator[Measurement]:
    """The sizes, then the starts, then double-clicks that an open window gets."""
    with tempfile.TemporaryDirectory(prefix="s") as folder:
        yield from _sizes(Path(folder), quick=quick)
        n_tracks, times = (1_000, 2) if quick else (10_000, 9)
        home = a_home(Path(folder), n_tracks)
        with a_desktop(Path(folder)) as desktop:
            variables = desktop.outside | {"SEGUE_HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
            built = Place(variables, home, (str(PROGRAM / "segue"),))
            yield from _starts(desktop, Place(variables, home, _SOURCE), built, times)
            with an_ear(built) as ear, built.window():
                time.sleep(5)  # what the window does after its first paint is done
                file = a_file(Path(folder) / "music" / "one.flac")
                taken = [one_click(built, ear, file, "--stop") for _ in range(times)]
        beside = f"slowest of {times}: {max(taken):.2f} s; promised: at most 1"
        yield Measurement("double-click to sound, window open, installed", median(taken), "s", beside)


def _sizes(folder: Path, *, quick: bool) -> Iterator[Measurement]:
    """Of the package, packed as it is handed out, or lightly where it must be quick."""
    built = ("--program", PROGRAM) if quick and PROGRAM.is_dir() else ()
    package = a_package(folder, *built, *(("--level", "1") if quick else ()))
    beside = "packed lightly, to be quick" if quick else "promised: at most 90"
    yield Measurement("the .deb", package.stat().st_size / 1e6, "MB", beside)
    files = [path for path in PROGRAM.rglob("*") if path.is_file() and not path.is_symlink()]
    yield Measurement("the program, unpacked", sum(path.stat().st_size for path in files) / 1e6, "MB")


def _starts(desktop: Desktop, source: Place, built: Place, times: int) -> Iterator[Measurement]:
    taken: dict[tuple[str, ...], list[float]] = {source.program_words: [], built.program_words: []}
    for turn in range(times + 1):
        for place in (source, built):
            seconds = _start(desktop, place)
            if turn:  # the first one reads the files from the disk
                taken[place.program_words].append(seconds)
    of_source, of_built = (median(taken[place.program_words]) for place in (source, built))
    yield Measurement("start to painted window, from source", of_source * 1000, "ms", f"median of {times}")
    yield Measurement("start to painted window, installed", of_built * 1000, "ms", f"median of {times}")
    yield Measurement("installed over source", of_built / of_source, "times", "promised: at most 1.3")


def _start(desktop: Desktop, place: Place) -> float:
    until(lambda: desktop.n_colours(_EVERY) == 1, 20)
    begun = time.monotonic()
    started = place.begin()
    try:
        while desktop.n_colours(_EVERY) < _PAINTED:
            if started.poll() is not None or time.monotonic() - begun > 60:
                raise RuntimeError(f"no window of {place.program_words[0]}")
            time.sleep(_TICK_S)
        return time.monotonic() - begun
    finally:
        started.terminate()
        started.wait(30)
