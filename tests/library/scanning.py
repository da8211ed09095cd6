"""A library over a folder of music, and how to scan it."""

import itertools
import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from app.domain.scan import ScanProgress, ScanReport
from app.domain.track import Track
from app.library.look import Look
from app.library.scan import scan
from app.storage.database import Database
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS


@dataclass
class Library:
    """A library over a folder of music, and how to scan it."""

    database: Database
    music: Path
    progress: list[ScanProgress]

    def __post_init__(self) -> None:
        self.tracks, self.roots = TrackStore(self.database), RootStore(self.database)

    def scan(self, *roots: Path, stop_after: int | None = None, **options: Any) -> ScanReport:
        options = {"min_length_s": 0, "now_ms": NOW_MS, "deadline_s": 5.0} | options
        self.progress.clear()

        asked = itertools.count(1)

        def cancelled() -> bool:
            return stop_after is not None and next(asked) > stop_after

        folders = [os.fsencode(root) for root in roots or (self.music,)]
        steps = scan(folders, self.tracks, self.roots, cancelled, **options)
        # Nobody is asked more often than it is told how far it is: where it is to stop is counted, not timed.
        with mock.patch.object(Look, "due", lambda _look: True) if stop_after is not None else nullcontext():
            while True:
                try:
                    self.progress.append(next(steps))
                except StopIteration as end:
                    report: ScanReport = end.value
                    return report

    def at(self, name: str | bytes) -> Track:
        """The track at a path below the music folder."""
        found = self.tracks.by_path(os.path.join(os.fsencode(self.music), os.fsencode(name)))
        assert found is not None
        return found


_WORKER = """
import json, sys, time
wish = json.loads(sys.stdin.buffer.readline())
def say(**said):
    print(json.dumps(said), flush=True)
"""


def a_worker_that(does: str, *_words: str) -> "subprocess.Popen[bytes]":
    """A process in the place of the one that scans; ``does``: Python with ``say`` and ``wish``."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", _WORKER + does], stdin=pipe, stdout=pipe, bufsize=0)
