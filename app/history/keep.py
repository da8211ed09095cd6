"""Keeps plays: each at once, the one going on every few seconds, and the one a crash cut off at the next start."""

import threading
from collections import deque

from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.play import Play
from app.storage.database import BUSY_MS
from app.storage.plays import SOON_MS, PlayStore


class History:
    """The listener's plays. Its methods may be called from any thread."""

    def __init__(self, plays: PlayStore) -> None:
        self._plays = plays
        self._unwritten: deque[Play] = deque()
        self._lock = threading.Lock()

    def record(self, play: Play) -> Play:
        """Keeps a play that has ended, and gives it back with its id.

        Raises:
            SegueError: it could not be written now; it is written before the next one.
        """
        with self._lock:
            self._unwritten.append(play)
            return self._write(SOON_MS) or play

    def checkpoint(self, play: Play) -> None:
        """Keeps the play that is going on, as far as it has come."""
        with self._lock:
            self._write(SOON_MS)
        self._plays.checkpoint(play)

    def flush(self) -> None:
        """Writes what still waits, patiently: the last call before the end.

        Raises:
            SegueError: it cannot be written.
        """
        with self._lock:
            self._write(BUSY_MS)

    def recover(self) -> Play | None:
        """Keeps the play that was going on when Segue was last cut off, if there was one."""
        return self._plays.recover()

    def resume(self, track_id: TrackId | None) -> Play | None:
        """The play that was going on at the end, to be gone on with, if it is of this track; another is over."""
        play = self._plays.in_progress()
        if play is not None and play.track_id == track_id and track_id is not None:
            return play
        self._plays.recover()
        return None

    def recent(self, limit: int) -> list[Play]:
        """The newest plays first."""
        return self._plays.recent(limit)

    def count(self) -> int:
        """How many plays there are."""
        return self._plays.count()

    def _write(self, wait_ms: int) -> Play | None:
        """Writes what waits, in order; gives the last. What cannot be written goes on waiting."""
        kept = None
        while self._unwritten:
            play = self._unwritten.popleft()
            try:
                kept = self._plays.append(play, wait_ms)
            except SegueError:
                self._unwritten.appendleft(play)
                raise
        return kept
