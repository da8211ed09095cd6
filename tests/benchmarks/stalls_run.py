"""The window over a library while a folder is scanned: for each view, the longest time the event loop did not turn.

``python -m tests.benchmarks.stalls_run HOME MUSIC [SECONDS A VIEW]`` prints a line a scene: its name, then in ms the
longest stall by the clock, the same without the wait for a core, and what the thread computed in one turn.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.wiring import Wiring
from tests.benchmarks.turns import Turns

_PLACES = ("home", "albums", "artists", "tracks", "genres", "playlists", "history")
_WORDS = ("m", "mi", "mir", "mirr", "mirrors")
_END = "the scan goes on, and ends"
_AFTER_MS = 3_000
Scene = tuple[str, Callable[[], None]]


class Session(QObject):
    """Visits every view in turn while the scan runs, and writes down how long the window stood still in each."""

    def __init__(self, app: QApplication, wiring: Wiring, music: bytes, seconds: float) -> None:
        super().__init__()
        self._app, self.wiring, self._seconds = app, wiring, seconds
        self._turns = Turns(self)
        album = wiring.library.newest_albums(1)[0].key
        self._scenes: list[Scene] = [("open the window", wiring.start)]
        for name in _PLACES:
            self._scenes.append((f"still {name}", lambda name=name: wiring.window.show_view(name)))  # type: ignore[misc]
        self._scenes.append(("scan begins", lambda: wiring.library.add_folder(music)))
        for name in _PLACES:
            self._scenes.append((f"scan {name}", lambda name=name: wiring.window.show_view(name)))  # type: ignore[misc]
        self._scenes += [
            ("scan album page", lambda: wiring.window.open_album(album)),
            ("scan artist page", lambda: wiring.window.open_artist("Copper Wolves")),
            ("scan genre page", lambda: wiring.window.open_genre("Rock")),
            ("scan playlist page", lambda: wiring.window.open_playlist("1")),
            ("scan smart playlist page", lambda: wiring.window.open_playlist("2")),
            ("scan search", self._type),
            ("scan sort", self._sort),
            (_END, lambda: wiring.window.show_view("tracks")),
            ("remove the folder", lambda: wiring.library.remove_folder(music)),
        ]

    def start(self) -> None:
        """Begins with the first scene in the next turn."""
        self._turns.start()
        QTimer.singleShot(0, self, lambda: self._play(0))

    def _play(self, number: int) -> None:
        if number == len(self._scenes):
            self._app.quit()
            return
        name, act = self._scenes[number]
        self._turns.begin()
        act()
        if name == _END:
            self._await_end(number)
            return
        quick = name.startswith("still")
        QTimer.singleShot(round(1000 * (0.8 if quick else self._seconds)), self, lambda: self._end(name, number))

    def _await_end(self, number: int) -> None:
        """The scene lasts until the scan is over and what follows it has been done."""
        if self.wiring.library.scanning:
            QTimer.singleShot(100, self, lambda: self._await_end(number))
        else:
            QTimer.singleShot(_AFTER_MS, self, lambda: self._end(_END, number))

    def _end(self, name: str, number: int) -> None:
        over = name.startswith("scan ") and not self.wiring.library.scanning
        scanning = " (the scan was over)" if over else ""
        print(name + scanning, *(f"{ms:.1f}" for ms in self._turns.longest()), sep="\t", flush=True)
        self._play(number + 1)

    def _type(self) -> None:
        for number, word in enumerate(_WORDS):
            QTimer.singleShot(150 * number, self, lambda word=word: self.wiring.window.rail.search.setText(word))

    def _sort(self) -> None:
        self.wiring.window.show_view("tracks")
        self.wiring.views.tracks.table.horizontalHeader().sectionClicked.emit(0)


def main() -> None:
    """One session."""
    app = QApplication([])
    paths = default_paths(Path(sys.argv[1]))
    wiring = Wiring(app, paths, Database(paths.database), ClockOutput)
    session = Session(app, wiring, os.fsencode(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.8)
    session.start()
    app.exec()
    wiring.close()


if __name__ == "__main__":
    main()
