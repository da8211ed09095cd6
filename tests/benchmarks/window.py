"""How long the window takes to its first paint, beside a bare window with a table, each in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.storage.database import Database
from tests.benchmarks.measure import Measurement
from tests.helpers.builders import a_library, some_plays

ROOT = Path(__file__).resolve().parents[2]
_CLOCK = """
import os, resource, sys, time
def spent():
    r = resource.getrusage(resource.RUSAGE_SELF)
    return r.ru_utime + r.ru_stime
"""
_BARE = (
    _CLOCK
    + """
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window, table, model = QMainWindow(), QTableView(), QStandardItemModel(0, 5)
for n in range(100):
    model.appendRow([QStandardItem(f"cell {n} {k}") for k in range(5)])
table.setModel(model); window.setCentralWidget(table); window.resize(1280, 800); window.show()
QTimer.singleShot(0, lambda: (print(spent()), app.quit()))
app.exec()
"""
)
_SEGUE = (
    _CLOCK
    + """
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.wiring import Wiring
app = QApplication([])
paths = default_paths(Path(sys.argv[1]))
wiring = Wiring(app, paths, Database(paths.database), ClockOutput)
wiring.window.show_view(sys.argv[2])
wiring.window.show()
QTimer.singleShot(0, lambda: (print(spent()), app.quit()))
app.exec()
wiring.close()
"""
)


def measure(*, quick: bool) -> Iterator[Measurement]:
    """CPU seconds from the start of Python to the end of the first paint, the least of some starts."""
    times, n_tracks = (2, 1_000) if quick else (5, 10_000)
    bare = min(_run(_BARE) for _ in range(times))
    yield Measurement("bare window with a table, to first paint, CPU", bare, "s")
    with tempfile.TemporaryDirectory() as home:
        database = Database(Path(home) / "data" / "segue.db")
        some_plays(database, a_library(database, n_tracks), n_tracks)
        database.close()
        for view in ("tracks", "home"):
            ours = min(_run(_SEGUE, home, view) for _ in range(times))
            name = f"Segue with {n_tracks:,} tracks on {view}, to first paint, CPU"
            yield Measurement(name, ours, "s", f"{ours / bare:.2f} of the bare window")


def _run(code: str, *arguments: str) -> float:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[0])
