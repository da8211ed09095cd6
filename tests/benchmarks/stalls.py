"""How long the window ever keeps a person waiting: the longest gap between two turns of the event loop in a session."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.domain.playlist import SmartRule
from app.storage.database import Database
from app.storage.playlists import PlaylistStore
from tests.benchmarks.measure import Measurement, with_qt
from tests.helpers.builders import NOW_MS, a_library, some_plays
from tests.helpers.music import a_music_folder

ROOT = Path(__file__).resolve().parents[2]
# Opens the real window over a library, then visits, searches, scrolls, sorts and plays; after each act it prints its
# name and, in ms, the longest time the event loop did not turn: by the clock, and without the wait for a core.
_SESSION = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication
from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.wiring import Wiring
from tests.benchmarks.turns import Turns
app = QApplication([])
paths = default_paths(Path(sys.argv[1]))
wiring = Wiring(app, paths, Database(paths.database), ClockOutput)
window, table = wiring.window, wiring.views.tracks.table
turns = Turns(app)
QDrag.exec = lambda *_: None  # nobody lets go of it
def tracks(start, count):
    return wiring.library.tracks(wiring.library.ids()[start:start + count])
def scroll(part):
    table.scrollTo(table.model().index(part * table.model().rowCount() // 20, 0))
acts = [("open", wiring.start), ("suggestions", lambda: None)]
for name in ("albums", "artists", "tracks", "genres", "history"):
    acts.append(("view " + name, lambda name=name: window.show_view(name)))
acts.append(("tracks", lambda: window.show_view("tracks")))
acts.append(("sort", lambda: table.horizontalHeader().sectionClicked.emit(1)))
acts += [("scroll", lambda part=part: scroll(part)) for part in range(20)]
for text in ("m", "mi", "mir", "mirr", "mirrors", ""):
    acts.append(("type " + text, lambda text=text: window.rail.search.setText(text)))
acts += [("tracks", lambda: window.show_view("tracks")), ("choose all", table.selectAll)]
acts.append(("drag all", lambda: table.startDrag(Qt.DropAction.CopyAction)))
acts.append(("many played", table.play_selected))
acts.append(("play", lambda: wiring.playback.play_now(tracks(0, 500))))
acts.append(("next", wiring.playback.next))
acts.append(("home", lambda: window.show_view("home")))
acts.append(("dark", lambda: wiring.change_settings({"theme": "dark"})))
acts.append(("resize", lambda: window.resize(1000, 700)))
def step(number=0):
    if number:
        clock, own, _cpu = turns.longest()
        print(f"{acts[number - 1][0]}\\t{clock:.1f}\\t{own:.1f}", flush=True)
    if number == len(acts):
        app.quit()
        return
    turns.begin()
    acts[number][1]()
    QTimer.singleShot(1200 if number < 2 else 250, lambda: step(number + 1))
turns.start()
QTimer.singleShot(0, step)
app.exec()
wiring.close()
"""


def measure(*, quick: bool) -> Iterator[Measurement]:
    """The worst of each kind of act; then of each view while a folder is scanned into libraries of three sizes."""
    _compile()
    yield from _at_rest(1_000 if quick else 10_000)
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ.get("SEGUE_BENCHMARK_LIBRARY", "")
        music = Path(given) if given else a_music_folder(Path(folder), 2 if quick else 200, seconds=0.2)
        for n_tracks in (1_000,) if quick else (10_000, 50_000, 100_000):
            yield from _while_scanning(n_tracks, music)


def _compile() -> None:
    """As an installed program's modules are: else what is measured at the start is Python's compiler."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "app", "recommender", "tests"], cwd=ROOT, check=True)


def _while_scanning(n_tracks: int, music: Path) -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as home:
        database = Database(Path(home) / "data" / "segue.db")
        ids = a_library(database, n_tracks)
        some_plays(database, ids[:20_000], 20_000)
        playlists = PlaylistStore(database)
        playlists.add(playlists.create("All", now_ms=NOW_MS).id, ids, now_ms=NOW_MS)
        playlists.create("Smart", SmartRule("year:1900..2100"), now_ms=NOW_MS)
        database.close()
        environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        run = with_qt("tests.benchmarks.stalls_run", home, str(music))
        done = subprocess.run(run, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        name, clock, own, cpu = line.split("\t")
        beside = f"promised: at most 50; by the clock {clock}, of that computed {cpu}"
        yield Measurement(f"longest stall, {n_tracks:,} tracks: {name}", float(own), "ms", beside)


def _at_rest(n_tracks: int) -> Iterator[Measurement]:
    """The worst of each kind of act. Files do not exist, so playing them is answered with a sentence."""
    with tempfile.TemporaryDirectory() as home:
        database = Database(Path(home) / "data" / "segue.db")
        some_plays(database, a_library(database, n_tracks), 5 * n_tracks)
        database.close()
        environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, "-c", _SESSION, home], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
        )
    worst: dict[str, tuple[float, float]] = {}
    for line in done.stdout.splitlines():
        name, clock, own = line.split("\t")
        kind = name.split()[0]
        before = worst.get(kind, (0.0, 0.0))
        worst[kind] = max(before[0], float(clock)), max(before[1], float(own))
    for kind, (clock_ms, own_ms) in worst.items():
        yield Measurement(f"longest stall, {n_tracks:,} tracks: {kind}", own_ms, "ms", f"by the clock {clock_ms:.1f}")
