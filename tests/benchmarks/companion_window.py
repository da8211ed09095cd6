"""What the companion's window costs beside a player: memory and CPU at rest, CPU while the player changes its track.

The real door, ``python -m app companion``, over a made-up library and a bus of its own, where a player of a few lines
plays a track, or another one many times a second.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from app.config.paths import default_paths
from app.storage.database import Database
from app.storage.tracks import TrackStore
from tests.benchmarks.measure import Measurement
from tests.desktop.bus import a_bus
from tests.helpers.builders import a_library, some_plays

_ROOT = Path(__file__).resolve().parents[2]
_SETTLED_S = 12.0
_PLAYER = """
import asyncio, sys
from dbus_fast import PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_property
names, every_s = sys.argv[2:], float(sys.argv[1])
class Root(ServiceInterface):
    @dbus_property(access=PropertyAccess.READ)
    def Identity(self) -> "s":
        return "Made up"
class Player(ServiceInterface):
    at = 0
    @dbus_property(access=PropertyAccess.READ)
    def PlaybackStatus(self) -> "s":
        return "Playing"
    @dbus_property(access=PropertyAccess.READ)
    def Metadata(self) -> "a{sv}":
        title, artist, album = names[self.at % len(names)].split("\\t")
        return {
            "mpris:trackid": Variant("o", f"/t/{self.at}"), "mpris:length": Variant("x", 200_000_000),
            "xesam:title": Variant("s", title), "xesam:artist": Variant("as", [artist]),
            "xesam:album": Variant("s", album),
        }
    @dbus_property(access=PropertyAccess.READ)
    def Position(self) -> "x":
        return 1_000_000
async def run():
    bus = await MessageBus().connect()
    player = Player("org.mpris.MediaPlayer2.Player")
    bus.export("/org/mpris/MediaPlayer2", Root("org.mpris.MediaPlayer2"))
    bus.export("/org/mpris/MediaPlayer2", player)
    await bus.request_name("org.mpris.MediaPlayer2.madeup")
    while True:
        await asyncio.sleep(every_s or 3600)
        player.at += 1
        player.emit_properties_changed({"Metadata": player.Metadata})
asyncio.run(run())
"""


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Each number in a process of its own."""
    seconds = 4.0 if quick else 30.0
    for n_tracks in (1_000,) if quick else (1_000, 10_000, 100_000):
        with tempfile.TemporaryDirectory(prefix="s") as folder, a_bus(Path(folder)):
            home = Path(folder) / "home"
            names = _library(home, n_tracks)
            around = os.environ | {
                "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus", "QT_QPA_PLATFORM": "offscreen",
            }  # fmt: skip
            with _running([sys.executable, "-m", "app", "--home", str(home), "companion"], around) as companion:
                time.sleep(_SETTLED_S)
                yield from _at_rest(companion, f"{n_tracks:,} tracks, no player", seconds)
                with _running([sys.executable, "-c", _PLAYER, "0", *names[:1]], around):
                    time.sleep(_SETTLED_S / 2)
                    yield from _at_rest(companion, f"{n_tracks:,} tracks, one plays", seconds)
                with _running([sys.executable, "-c", _PLAYER, "0.01", *names], around):
                    time.sleep(_SETTLED_S / 4)
                    share = _cpu_share(companion, seconds / 3)
                    what = f"{n_tracks:,} tracks, 100 other tracks a second"
                    yield Measurement(f"{what}, CPU", share, "% of a core")
                    yield _memory(companion, what)


def _library(home: Path, n_tracks: int) -> list[str]:
    """Names of a hundred tracks as a player gives them."""
    database = Database(default_paths(home).database)
    ids = a_library(database, n_tracks)
    some_plays(database, ids, n_tracks)
    names = [f"{track.title}\t{track.artist}\t{track.album}" for track in TrackStore(database).get(ids[:100])]
    database.close()
    return names


@contextmanager
def _running(words: list[str], around: dict[str, str]) -> Iterator[psutil.Process]:
    with subprocess.Popen(words, cwd=_ROOT, env=around, stderr=subprocess.DEVNULL) as started:
        try:
            yield psutil.Process(started.pid)
        finally:
            started.terminate()
            started.wait(20)


def _at_rest(process: psutil.Process, what: str, seconds: float) -> Iterator[Measurement]:
    share = _cpu_share(process, seconds)
    yield _memory(process, what)
    yield Measurement(f"{what}, CPU at rest", share, "% of a core", "promised: at most 0.5")


def _memory(process: psutil.Process, what: str) -> Measurement:
    memory = process.memory_full_info()
    beside = f"promised: at most 120; {memory.pss / 2**20:.0f} of it as its share (PSS)"
    return Measurement(f"{what}, memory with all that is shared (RSS)", memory.rss / 2**20, "MB", beside)


def _cpu_share(process: psutil.Process, seconds: float) -> float:
    begun, used = time.monotonic(), sum(process.cpu_times()[:2])
    time.sleep(seconds)
    return 100 * (sum(process.cpu_times()[:2]) - used) / (time.monotonic() - begun)
