"""How soon music is heard after a double-click in the file manager.

From the start of the program that the desktop entry names to the first sample that is not silent, as a server recorded.

With a window open, over libraries of some sizes, and with none. The delay of the server and the recorder is in the
numbers; it is measured in the same run with a player that does nothing but write samples.
"""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from app.config.paths import default_paths
from app.storage.database import Database
from tests.benchmarks.measure import Measurement
from tests.desktop.real_window import RATE, Place, a_place, until
from tests.helpers.builders import a_library, some_plays
from tests.playback.sounds import music, write

_HEARD = 1e-4
_QUIET_S = 1.2
"""So long nothing must have been heard before a measurement."""


@dataclass(slots=True)
class Ear:
    """A recording that goes on, and when its bytes came."""

    recorder: subprocess.Popen[bytes]
    heard: list[tuple[float, float]]
    """When a piece came, and its loudest sample."""

    def first_sound_after(self, begun: float, seconds: float = 30.0) -> float:
        """Seconds to the first piece that is not silent."""
        until(lambda: self._sound_after(begun) is not None, seconds)
        found = self._sound_after(begun)
        assert found is not None
        return found - begun

    def until_quiet(self) -> None:
        """Waits for silence."""
        begun = time.monotonic()
        until(lambda: time.monotonic() - max(begun, self._last_sound()) > _QUIET_S, 30)

    def _sound_after(self, begun: float) -> float | None:
        return next((came for came, peak in self.heard if came > begun and peak > _HEARD), None)

    def _last_sound(self) -> float:
        return next((came for came, peak in reversed(self.heard) if peak > _HEARD), 0.0)


@contextmanager
def an_ear(place: Place) -> Iterator[Ear]:
    """Records what the sound server plays, piece by piece."""
    command = ["parec", "-d", "segue.monitor", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=2"]
    recorder = subprocess.Popen([*command, "--latency-msec=10"], env=place.environment, stdout=subprocess.PIPE)
    ear = Ear(recorder, [])
    thread = threading.Thread(target=_listen, args=(recorder, ear.heard))
    thread.start()
    try:
        until(lambda: bool(ear.heard), 10)
        yield ear
    finally:
        recorder.terminate()
        thread.join()
        recorder.wait(10)


def _listen(recorder: subprocess.Popen[bytes], heard: list[tuple[float, float]]) -> None:
    assert recorder.stdout is not None
    while piece := os.read(recorder.stdout.fileno(), 1 << 16):
        samples = np.frombuffer(piece[: len(piece) // 4 * 4], dtype="<f4")
        heard.append((time.monotonic(), float(np.abs(samples).max(initial=0.0))))


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Medians and the slowest of some double-clicks."""
    times = 2 if quick else 7
    with tempfile.TemporaryDirectory(prefix="s") as folder, a_place(Path(folder)) as place:
        one, other = (a_file(Path(folder) / "music" / f"{name}.flac") for name in ("one", "other"))
        with an_ear(place) as ear:
            yield from _told("a bare player, to the first sample recorded", _bare(place, ear, times), "the floor")
            for n_tracks in (1_000,) if quick else (0, 10_000, 100_000):
                home = a_home(Path(folder), n_tracks)
                at = Place(place.environment | {"SEGUE_HOME": str(home)}, home)
                yield from _double_clicks(at, ear, one, other, n_tracks, times)


def _double_clicks(place: Place, ear: Ear, one: Path, other: Path, n_tracks: int, times: int) -> Iterator[Measurement]:
    with place.window():
        time.sleep(5)  # what the window does after its first paint is done
        taken = [one_click(place, ear, one, "--stop") for _ in range(times)]
        yield from _told(f"double-click, window open, {n_tracks:,} tracks", taken, "promised: at most 1")
        one_click(place, ear, other, "--pause")
        taken = [one_click(place, ear, one, "--pause") for _ in range(times)]
        yield from _told(f"double-click, queue of files paused, {n_tracks:,} tracks", taken, "promised: at most 1")
    cold = []
    for _ in range(max(times // 2, 1)):
        begun = time.monotonic()
        with place.window(one):
            cold.append(ear.first_sound_after(begun))
        ear.until_quiet()
    yield from _told(f"double-click, no window, {n_tracks:,} tracks", cold)


def one_click(place: Place, ear: Ear, file: Path, then: str) -> float:
    """Seconds from a start with a file to its first sound; then it is stopped or paused."""
    begun = time.monotonic()
    started = place.begin(file)
    taken = ear.first_sound_after(begun)
    started.wait(30)
    place.segue(then)
    ear.until_quiet()
    return taken


def _bare(place: Place, ear: Ear, times: int) -> list[float]:
    tone = (0.3 * np.sin(np.arange(RATE) / 20)).astype("<f4").tobytes()
    command = ["pacat", "-d", "segue", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=2"]
    taken = []
    for _ in range(times):
        begun = time.monotonic()
        subprocess.run([*command, "--latency-msec=100"], env=place.environment, input=tone, check=True)
        taken.append(ear.first_sound_after(begun))
        ear.until_quiet()
    return taken


def a_file(path: Path) -> Path:
    """Music from its first sample on."""
    path.parent.mkdir(exist_ok=True)
    return write(path, music(30.0))


def a_home(folder: Path, n_tracks: int) -> Path:
    """A folder for the program, with a library of so many tracks."""
    home = folder / f"home-{n_tracks}"
    database = Database(default_paths(home).database)
    if n_tracks:
        some_plays(database, a_library(database, n_tracks), n_tracks)
    database.close()
    return home


def _told(name: str, taken: list[float], beside: str = "") -> Iterator[Measurement]:
    worst = f"slowest of {len(taken)}: {max(taken):.2f} s"
    yield Measurement(name, median(taken), "s", f"{worst}; {beside}" if beside else worst)
