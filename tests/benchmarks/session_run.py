"""``python -m tests.benchmarks.session_run HOME MUSIC MINUTES``: a line for each act, with the longest stall in it.

An act has a third of a second. A stall is the time between two turns of the event loop: by the clock, without the
wait for a core, and what the thread computed.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.ui.main_window import MainWindow
from app.ui.views.track_table import TrackTable
from app.wiring import Wiring
from tests.benchmarks.turns import Turns

_ACT_MS = 333
_SCAN_EVERY = 120
_PLACES = ("home", "albums", "artists", "tracks", "genres", "playlists", "history", "statistics")
_WORDS = ("m", "mi", "mir", "mirr", "mirror", "copper", "silent ri", "year:1990..1995", "zzyzx", "")
Act = tuple[str, Callable[[], object]]


class Session(QObject):
    """Acts one after another until the time is over."""

    def __init__(self, app: QApplication, wiring: Wiring, music: Path, minutes: float) -> None:
        super().__init__()
        self._app, self._wiring, self._music, self._rng = app, wiring, music, random.Random(5)
        self._until_s = time.perf_counter() + minutes * 60
        self._turns = Turns(self)
        self._acts, self._count = self._script(), 0
        self._album, self._heard = wiring.library.newest_albums(1)[0], wiring.library.tracks(wiring.library.ids()[:40])

    @property
    def window(self) -> MainWindow:
        """The window there is now."""
        return self._wiring.window

    @property
    def table(self) -> TrackTable:
        """Every track."""
        return self._wiring.views.tracks.table

    def start(self) -> None:
        """Opens the window and begins."""
        self._turns.start()
        QTimer.singleShot(0, self, self._next)

    def _next(self) -> None:
        if time.perf_counter() > self._until_s:
            self._app.quit()
            return
        kind, act = next(self._acts)
        self._turns.begin()
        act()
        QTimer.singleShot(3_000 if kind == "open" else _ACT_MS, self, lambda: self._end(kind))

    def _end(self, kind: str) -> None:
        print(kind, *(f"{ms:.1f}" for ms in self._turns.longest()), sep="\t", flush=True)
        self._count += 1
        if self._count % _SCAN_EVERY == 0 and not self._wiring.library.scanning:
            self._wiring.library.read(self._touch, lambda _: self._wiring.library.rescan(), lambda: None)
        self._next()

    def _touch(self) -> None:
        """In a job: every file is another one."""
        for file in self._music.rglob("*.flac"):
            os.utime(file)

    def _script(self) -> Iterator[Act]:
        yield "open", self._wiring.start
        yield "scan begins", lambda: self._wiring.library.add_folder(os.fsencode(self._music))
        while True:
            yield from self._visits()
            yield from self._of_the_table()
            yield from (("type", lambda text=text: self.window.rail.search.setText(text)) for text in _WORDS)
            yield from self._of_the_player()
            yield from self._of_the_window()

    def _visits(self) -> Iterator[Act]:
        for name in _PLACES:
            yield f"visit {name}", lambda name=name: self.window.show_view(name)  # type: ignore[misc]
        yield "visit an album", lambda: self.window.open_album(self._album.key)
        yield "visit an artist", lambda: self.window.open_artist(self._album.artist)

    def _of_the_table(self) -> Iterator[Act]:
        yield "visit tracks", lambda: self.window.show_view("tracks")
        for _ in range(10):
            yield "scroll", lambda: self.table.scrollTo(self.table.rows.index(self._row(), 0))
        for section in (0, 1, 3):
            yield "sort", lambda section=section: self.table.horizontalHeader().sectionClicked.emit(section)  # type: ignore[misc]
        for grouped in (True, False):
            yield "group", lambda grouped=grouped: self._wiring.theme.group(grouped)  # type: ignore[misc]
        yield "drag", self._drag
        yield "love", lambda: self.table.love([self._row()])
        yield "rate", lambda: self.table.rate([self._row()], 3)

    def _of_the_player(self) -> Iterator[Act]:
        playback = self._wiring.playback
        yield "play", lambda: playback.play_now(self._heard)
        yield from (
            ("next", playback.next),
            ("seek", lambda: playback.seek(1_500)),
            ("pause", playback.toggle),
            ("go on", playback.toggle),
            ("queue", lambda: self.window.panel.show_tab("queue")),
            ("lyrics", lambda: self.window.panel.show_tab("lyrics")),
            ("you may like", lambda: self.window.panel.show_tab("suggestions")),
        )

    def _of_the_window(self) -> Iterator[Act]:
        for _ in range(6):
            width, height = self._rng.randint(900, 2_000), self._rng.randint(600, 1_100)
            yield "resize", lambda width=width, height=height: self.window.resize(width, height)  # type: ignore[misc]

    def _row(self) -> int:
        row = self._rng.randrange(max(self.table.rows.rowCount(), 1))
        return max(self.table.next_track_row(row), 0)

    def _drag(self) -> None:
        """Twenty rows of the table fall onto the panel."""
        first = min(self._row(), max(self.table.rows.rowCount() - 20, 0))
        mime = self.table.rows.mimeData([self.table.rows.index(row, 0) for row in range(first, first + 20)])
        panel = self.window.panel
        place = QPointF(panel.mapTo(self.window, panel.rect().center()))
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self.window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys))


def main() -> None:
    """One session."""
    app = QApplication([])
    paths = default_paths(Path(sys.argv[1]))
    paths.make()
    wiring = Wiring(app, paths, Database(paths.database), ClockOutput)
    session = Session(app, wiring, Path(sys.argv[2]), float(sys.argv[3]))
    session.start()
    app.exec()
    wiring.window.close()
    wiring.close()


if __name__ == "__main__":
    main()
