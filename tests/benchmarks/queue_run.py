"""The real window beside a long queue: ``python -m tests.benchmarks.queue_run acts|start HOME ENTRIES``.

Prints for each act how long the window's thread computed in one go at most, the longest that its event loop did not
turn, which other programs make longer, and how long it took until the queue stood on the screen.
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.wiring import Wiring
from tests.benchmarks.ui_run import turn
from tests.playback.sounds import music, write

_LONGEST_S = 60.0
_SETTLE_MS = 1_500
Act = Callable[[], object]
Done = Callable[[], bool]


class Watch:
    """Knows the longest time between two turns of the event loop."""

    def __init__(self) -> None:
        self.gap_s, self._last_s = 0.0, time.perf_counter()
        self.own_s, self._own_last_s = 0.0, time.thread_time()
        self._beat = QTimer(interval=1)
        self._beat.timeout.connect(self._turn)
        self._beat.start()

    def _turn(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self.gap_s, self._last_s = max(self.gap_s, now - self._last_s), now
        self.own_s, self._own_last_s = max(self.own_s, own - self._own_last_s), own

    def time(self, name: str, act: Act, done: Done) -> None:
        """Does something, until it has come about, and lets it settle; prints what that took."""
        gc.collect()  # what the benchmark left behind is not the act's
        turn(50)
        self.gap_s = self.own_s = 0.0
        begun = time.perf_counter()
        act()
        while not done() and time.perf_counter() - begun < _LONGEST_S:
            turn(2)
        took_s = time.perf_counter() - begun
        turn(_SETTLE_MS)
        print(name, self.own_s * 1000, self.gap_s * 1000, took_s * 1000, sep="\t", flush=True)


def acts(wiring: Wiring, entries: int, sounds: Path) -> None:
    """What a listener does to a long queue."""
    wiring.window.panel.show_tab("queue")
    turn(3_000)
    watch, playback = Watch(), wiring.playback
    paths = [os.fsencode(sounds / f"{number}.flac") for number in range(8)]
    for number, path in enumerate(paths):
        write(Path(os.fsdecode(path)), music(60.0, seed=number))
    known = wiring.library.tracks(wiring.library.ids())[:entries]
    tracks = [replace(track, path=paths[number % 8]) for number, track in enumerate(known)]
    few = tracks[:1_000]

    def holds(count: int) -> Done:
        return lambda: len(playback.entries()) == count

    watch.time("play all", lambda: playback.play_now(tracks), holds(entries))
    watch.time("next", playback.next, lambda: playback.index == 1)
    watch.time("add 1,000 at the end", lambda: playback.enqueue(few), holds(entries + 1_000))
    watch.time("undo", playback.undo, holds(entries))
    watch.time("add one next", lambda: playback.play_next(few[:1]), holds(entries + 1))
    watch.time("shuffle on", lambda: playback.set_shuffle(True), lambda: playback.shuffle)
    watch.time("next in the shuffle", playback.next, lambda: playback.index not in {0, 1})
    watch.time("shuffle off", lambda: playback.set_shuffle(False), lambda: not playback.shuffle)
    watch.time("move one", lambda: playback.move(20, 40_000), lambda: bool(playback.undo_says == "Moved a track"))
    watch.time("remove 1,000", lambda: playback.remove(range(100, 1_100)), holds(entries - 999))
    watch.time("undo that", playback.undo, holds(entries + 1))
    watch.time("redo it", playback.redo, holds(entries - 999))
    kept = playback.index
    every_other = [row for row in range(entries - 999) if row % 2 and row != kept]
    watch.time("remove every other", lambda: playback.remove(every_other), holds(entries - 999 - len(every_other)))
    watch.time("undo this", playback.undo, holds(entries - 999))
    watch.time("choose all", wiring.window.panel.queue.rows.selectAll, lambda: True)
    watch.time("next with all chosen", playback.next, lambda: playback.index > kept)
    watch.time("clear", playback.clear, holds(0))
    watch.time("bring it back", playback.undo, holds(entries - 999))


def main() -> None:
    """One session."""
    what, home, entries = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    app = QApplication([])
    paths = default_paths(home)
    wiring = Wiring(app, paths, Database(paths.database), ClockOutput)
    if what == "start":
        watch = Watch()
        turn(200)
        wiring.window.panel.show_tab("queue")
        watch.time(f"start with {entries:,}", wiring.start, lambda: len(wiring.playback.entries()) == entries)
    else:
        wiring.start()
        acts(wiring, entries, home)
    wiring.close()


if __name__ == "__main__":
    main()
