"""Keeps plays: each at once, the one going on every few seconds, and the one a crash cut off at the next start."""

import threading
from collections import deque
from collections.abc import Callable

from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.play import Play
from app.storage.database import BUSY_MS
from app.storage.plays import SEGUE, SOON_MS, PlayStore


class History:
    """The listener's plays. Its methods may be called from any thread."""

    def __init__(self, plays: PlayStore, owner: str = SEGUE) -> None:
        """``owner``: which player's plays these are; each has one that is going on."""
        self._plays, self._owner = plays, owner
        self._unwritten: deque[Play] = deque()
        self._going: Play | None = None
        self._hand = threading.Lock()
        """Held for a moment only."""
        self._lock = threading.Lock()
        """Held by the one who writes."""

    def ended(self, play: Play) -> None:
        """A play has ended. It is written with the next :meth:`write`, and is not lost meanwhile; never waits."""
        with self._hand:
            self._unwritten.append(play)
            self._going = None

    def going(self, play: Play) -> None:
        """A play goes on and has come so far; never waits either."""
        with self._hand:
            self._going = play

    def let_go(self) -> None:
        """Nothing of the play that goes on is written any more."""
        with self._hand:
            self._going = None

    def write(self, written: Callable[[Play], None] = lambda _: None, wait_ms: int = SOON_MS) -> None:
        """Writes what waits, in order, and tells ``written`` of each play that has ended, with its id.

        Raises:
            SegueError: it could not be written now; the next call tries again.
        """
        with self._lock:
            while (play := self._next_ended()) is not None:
                try:
                    kept = self._plays.append(play, wait_ms, self._owner)
                except SegueError:
                    self._unwritten.appendleft(play)
                    raise
                written(kept)
            self._checkpoint(wait_ms)

    def flush(self, written: Callable[[Play], None] = lambda _: None) -> None:
        """Writes what still waits, patiently: the last call before the end.

        Raises:
            SegueError: it cannot be written.
        """
        self.write(written, wait_ms=BUSY_MS)

    def recover(self) -> Play | None:
        """Keeps the play that was going on when Segue was last cut off, if there was one."""
        return self._plays.recover(self._owner)

    def resume(self, track_id: TrackId | None) -> Play | None:
        """The play that was going on at the end, to be gone on with, if it is of this track; another is over."""
        play = self._plays.in_progress(self._owner)
        if play is not None and play.track_id == track_id and track_id is not None:
            return play
        self._plays.recover(self._owner)
        return None

    def recent(self, limit: int) -> list[Play]:
        """The newest plays first."""
        return self._plays.recent(limit)

    def count(self) -> int:
        """How many plays there are."""
        return self._plays.count()

    def _next_ended(self) -> Play | None:
        with self._hand:
            return self._unwritten.popleft() if self._unwritten else None

    def _checkpoint(self, wait_ms: int) -> None:
        with self._hand:
            if self._unwritten:  # one that ended this moment; it will be written first
                return
            play, self._going = self._going, None
        if play is None:
            return
        try:
            self._plays.checkpoint(play, wait_ms, self._owner)
        except SegueError:
            with self._hand:
                if self._going is None and not self._unwritten:
                    self._going = play
            raise
