"""The window of ``tests.benchmarks.sync``: ``python -m tests.benchmarks.sync_run HOME MODEL ADDRESS``; prints JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.config.paths import default_paths
from app.opening import open_database
from app.playback.output import ClockOutput
from app.sync.origin import origin_of
from app.wiring import Wiring

LONG_S = 4.0


class Stalls:
    """How long the window's loop was away at most."""

    def __init__(self) -> None:
        self._last, self.longest_ms = time.perf_counter(), 0.0
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000 - 1)
        self._last = now

    def start(self) -> None:
        """Counts anew."""
        self._last, self.longest_ms = time.perf_counter(), 0.0


def main() -> None:
    """Runs it all and prints what was measured."""
    home, model, address = sys.argv[1:]
    app = QApplication([])
    paths = default_paths(Path(home))
    wiring = Wiring(app, paths, open_database(paths), lambda: ClockOutput(buffer_s=0.2))
    wiring.start()
    stalls, said, process = Stalls(), dict[str, float](), psutil.Process()

    def until(done: Callable[[], bool], seconds: float) -> float:
        begun = time.perf_counter()
        while not done() and time.perf_counter() - begun < seconds:
            app.processEvents()
            time.sleep(0.0005)
        return time.perf_counter() - begun

    until(lambda: False, 6)
    stalls.start()
    until(lambda: False, LONG_S)
    said["rest"], said["before_mb"] = stalls.longest_ms, process.memory_info().rss / 1e6
    chosen = replace(wiring.settings, sync_from="service", sync_service=address)
    wiring.settings = replace(chosen, sync_agreed=origin_of(chosen).agreement)
    stalls.start()
    wiring.sync.sync()
    until(lambda: not wiring.sync.syncing, LONG_S)
    assert wiring.sync.syncing, "the silent server was given up"
    said["silent"] = stalls.longest_ms
    wiring.sync.cancel()
    said["stopped"] = until(lambda: not wiring.sync.syncing, 30) * 1000
    chosen = replace(wiring.settings, sync_from="folder", sync_folder=model)
    wiring.settings = replace(chosen, sync_agreed=origin_of(chosen).agreement)
    loaded: list[object] = []
    wiring.suggestions.shelves_changed.connect(loaded.append)
    changed: list[float] = []
    wiring.sync.model_changed.connect(lambda: changed.append(time.perf_counter()))
    stalls.start()
    wiring.sync.sync()
    peak_mb = 0.0

    def read() -> bool:
        nonlocal peak_mb
        peak_mb = max(peak_mb, process.memory_info().rss / 1e6)
        return bool(loaded)

    until(lambda: bool(changed), 60)
    said["sync"] = stalls.longest_ms
    stalls.start()
    said["read_s"] = until(read, 60)
    until(lambda: False, 1)
    said["read"], said["peak_mb"], said["with_mb"] = stalls.longest_ms, peak_mb, process.memory_info().rss / 1e6
    wiring.window.close()
    wiring.close()
    print(json.dumps(said), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
