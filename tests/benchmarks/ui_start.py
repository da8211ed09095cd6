"""How long the window takes to its first paint, beside bare windows with a table, each in a process of its own.

Ours goes through the real door, ``python -m app``; a bare window imports PySide6 and shows a table, nothing else.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Measurement

ROOT = Path(__file__).resolve().parents[2]
VIEWS = ("tracks", "home", "albums")
_CLOCK = """
import os, resource, sys, time
def say():
    r = resource.getrusage(resource.RUSAGE_SELF)
    begun = int(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    print(r.ru_utime + r.ru_stime, time.clock_gettime(time.CLOCK_BOOTTIME) - begun, flush=True)
    os._exit(0)
"""
_BARE = (
    _CLOCK
    + """
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Table(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, say)
app = QApplication([])
window, table, model = QMainWindow(), Table(), QStandardItemModel(0, 5)
for n in range(100):
    model.appendRow([QStandardItem(f"cell {n} {k}") for k in range(5)])
table.setModel(model); window.setCentralWidget(table); window.resize(1280, 800); window.show()
app.exec()
"""
)
_FILLED = (
    _CLOCK
    + """
import sqlite3
from PySide6.QtCore import QAbstractTableModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Table(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, say)
class Rows(QAbstractTableModel):
    def rowCount(self, parent=None):
        return len(rows)
    def columnCount(self, parent=None):
        return 5
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None
rows = sqlite3.connect(sys.argv[1]).execute(
    "select title, artist, album, year, genre from track order by sort_artist, sort_album, disc_no, track_no"
).fetchall()
app = QApplication([])
window, table, model = QMainWindow(), Table(), Rows()
table.setModel(model); window.setCentralWidget(table); window.resize(1280, 800); window.show()
app.exec()
"""
)
# What is patched is patched when its module is read, so that nothing is read sooner than in a start by hand.
_DOOR = (
    _CLOCK
    + """
import importlib.abc, importlib.machinery
class Watch(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "app.ui.main_window":
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path)
        load = found.loader.exec_module
        def loaded(module):
            load(module)
            begin = module.MainWindow.__init__
            def begun(self, *given):
                begin(self, *given)
                self.first_painted.connect(say)
            module.MainWindow.__init__ = begun
        found.loader.exec_module = loaded
        return found
sys.meta_path.insert(0, Watch())
from app.__main__ import main
sys.exit(main(["--home", sys.argv[1]]))
"""
)


def first_paint(home: Path, n_tracks: int, times: int) -> Iterator[Measurement]:
    """CPU and time from the start of the process to the end of the first paint, the least of some starts each."""
    bare_s, wall_s = _least(times, _BARE)
    yield Measurement("bare window, table of 100 rows, first paint, CPU", bare_s, "s", f"{wall_s:.2f} s by the clock")
    filled_s, wall_s = _least(times, _FILLED, str(home / "data" / "segue.db"))
    name = f"bare window, table of {n_tracks:,} rows of SQLite, CPU"
    yield Measurement(name, filled_s, "s", f"{wall_s:.2f} s by the clock")
    for view in VIEWS:
        _restore(home, view)
        ours_s, wall_s = _least(times, _DOOR, str(home))
        beside = f"{ours_s / bare_s:.2f} of the bare window, promised 1.5; {ours_s / filled_s:.2f} of the filled one"
        name = f"Segue restored on {view}, first paint, CPU"
        yield Measurement(name, ours_s, "s", f"{beside}; {wall_s:.2f} s by the clock")


def _restore(home: Path, view: str) -> None:
    """The window was closed on this view."""
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.json").write_text(f'{{"view": "{view}"}}')


def _least(times: int, code: str, *arguments: str) -> tuple[float, float]:
    """The first start, which compiles, is not counted."""
    runs = [_run(code, *arguments) for _ in range(times + 1)][1:]
    return min(cpu for cpu, _ in runs), min(wall for _, wall in runs)


def _run(code: str, *arguments: str) -> tuple[float, float]:
    """CPU and age of the process when it had painted. Python keeps what it compiled, as it does for any listener."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    cpu, wall = done.stdout.split()[-2:]
    return float(cpu), float(wall)
