"""The whole app plays while everything else is busy: ``python -m tests.sound.under_load HOME MUSIC SECONDS FILE...``.

The window is repainted sixty times a second, the library scans the folder MUSIC again and again, and two processes of
low priority compute as training does, one for each core. SECONDS of 0: only the music, to compare. Prints JSON.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.config.paths import default_paths
from app.domain.play import Play
from app.domain.queue import PlaybackState
from app.storage.database import Database
from app.wiring import Wiring
from tests.benchmarks.turns import Turns
from tests.playback.sounds import a_track

_FIT = """
import os
os.nice(10)
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
rng = np.random.default_rng(0)
while os.getppid() == int(os.environ["SEGUE_PARENT"]):
    table = rng.random((1200, 1200))
    np.linalg.inv(table.T @ table + np.eye(1200))
"""


class Told(logging.Handler):
    """What goes to the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def last(self, begun: str) -> str:
        """The last line that begins so."""
        return next((line for line in reversed(self.lines) if line.startswith(begun)), "")


class Busy(QObject):
    """Keeps the window, the library and the cores at work while the files play."""

    def __init__(self, wiring: Wiring, music: bytes) -> None:
        super().__init__()
        self._wiring, self._music = wiring, music
        self.scans = self.repaints = 0
        self._fits = [self._fit() for _ in range(2)]
        self._paint = QTimer(self, interval=16)
        self._paint.timeout.connect(self._repaint)
        wiring.library.scan_finished.connect(self._scan_again)
        wiring.library.add_folder(music)
        self._paint.start()

    @staticmethod
    def _fit() -> "subprocess.Popen[bytes]":
        environment = os.environ | {"SEGUE_PARENT": str(os.getpid())}
        return subprocess.Popen([sys.executable, "-c", _FIT], env=environment)

    def _repaint(self) -> None:
        self.repaints += 1
        self._wiring.window.repaint()

    def _scan_again(self, _report: object) -> None:
        self.scans += 1
        self._wiring.library.remove_folder(self._music)
        QTimer.singleShot(500, self, lambda: self._wiring.library.add_folder(self._music))

    def end(self) -> None:
        """No more work."""
        self._paint.stop()
        self._wiring.library.scan_finished.disconnect(self._scan_again)
        for fit in self._fits:
            fit.kill()
            fit.wait()


def main(home: str, music: str, loaded: bool, files: list[str]) -> None:
    """Plays the files to their end."""
    app = QApplication([])
    paths = default_paths(Path(home))
    paths.make()
    wiring = Wiring(app, paths, Database(paths.database))
    wiring.start()
    plays: list[Play] = []
    wiring.playback.play_recorded.connect(plays.append)
    told = Told()
    logging.getLogger("app").addHandler(told)
    logging.getLogger("app").setLevel(logging.INFO)
    troubles: list[str] = []
    wiring.playback.trouble.connect(troubles.append)
    wiring.playback.output_missing.connect(troubles.append)
    turns = Turns(app)
    busy: Busy | None = None

    def begin() -> None:
        nonlocal busy
        busy = Busy(wiring, os.fsencode(music)) if loaded else None
        turns.start()
        wiring.playback.set_volume(100)
        wiring.playback.play_now([a_track(-n, os.fsencode(path)) for n, path in enumerate(files, 1)])

    def changed(state: PlaybackState) -> None:
        if state is PlaybackState.STOPPED:
            QTimer.singleShot(500, app.quit)

    wiring.playback.state_changed.connect(changed)
    QTimer.singleShot(3_000, begin)
    app.exec()
    said = {"scans": busy.scans, "repaints": busy.repaints} if busy else {}
    if busy:
        busy.end()
    wiring.close()
    said["device"] = told.last("The device had")
    said["urgent"] = told.last("The sound comes before everything else").endswith("yes")
    said |= {
        "stall_ms": round(turns.longest().clock_ms),
        "plays": [(play.ended_by.value, play.played_ms) for play in plays],
    }
    print(json.dumps(said | {"troubles": troubles}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], bool(float(sys.argv[3])), sys.argv[4:])
