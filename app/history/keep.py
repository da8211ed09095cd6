"""Keeps plays: each at once, the one going on every few seconds, and the one a crash cut off at the next start."""

import logging
import threading
from collections import deque
from collections.abc import Callable

from app.domain.errors import SegueError
from app.domain.play import Play
from app.domain.track import Track
from app.storage.database import BUSY_MS
from app.storage.plays import SEGUE, SOON_MS, PlayStore

log = logging.getLogger(__name__)

_TRIES = 3
"""So often a play is written that breaks what writes it; then it is let go, and stands in the program's log."""


class History:
    """The listener's plays. Its methods may be called from any thread."""

    def __init__(self, plays: PlayStore, owner: str = SEGUE) -> None:
        """``owner``: which player's plays these are; each has one that is going on."""
        self._plays, self._owner = plays, owner
        self._unwritten: deque[Play] = deque()
        self._going: Play | None = None
        self._broke: dict[Play, int] = {}
        """How often what could not be written was tried, though nothing was in the way."""
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
            Exception: one play could not be written for another reason; the others were, and it is tried again, too.
        """
        with self._lock:
            broken: list[tuple[Play, Exception]] = []
            try:
                while (play := self._next_ended()) is not None:
                    try:
                        kept = self._plays.append(play, wait_ms, self._owner)
                    except SegueError:
                        self._put_back([play])
                        raise
                    except Exception as error:  # noqa: BLE001 - those after it are written
                        broken.append((play, error))
                        continue
                    self._broke.pop(play, None)
                    written(kept)
                self._checkpoint(wait_ms)
            finally:
                self._put_back([play for play, _ in broken if self._may_be_tried(play)])
            if broken:
                raise broken[0][1] if len(broken) == 1 else ExceptionGroup("Plays", [error for _, error in broken])

    def flush(self, written: Callable[[Play], None] = lambda _: None) -> None:
        """Writes what still waits, patiently: the last call before the end.

        Raises:
            SegueError: it cannot be written.
        """
        self.write(written, wait_ms=BUSY_MS)

    def recover(self) -> Play | None:
        """Keeps the play that was going on when Segue was last cut off, if there was one."""
        return self._plays.recover(self._owner)

    def resume(self, track: Track | None) -> Play | None:
        """The play that was going on at the end, to be gone on with, if it is of this track; another is over."""
        play = self._plays.in_progress(self._owner)
        if play is not None and track is not None and _is_of(play, track):
            return play
        self._plays.recover(self._owner)
        return None

    def recent(self, limit: int) -> list[Play]:
        """The newest plays first."""
        return self._plays.recent(limit)

    def count(self) -> int:
        """How many plays there are."""
        return self._plays.count()

    def last_id(self) -> int:
        """The id of the play that was added last."""
        return self._plays.last_id()

    def after(self, play_id: int, most: int) -> list[Play]:
        """The plays that were added after one, in that order, ``most`` at most."""
        return self._plays.after(play_id, most)

    def _next_ended(self) -> Play | None:
        with self._hand:
            return self._unwritten.popleft() if self._unwritten else None

    def _put_back(self, plays: list[Play]) -> None:
        with self._hand:
            self._unwritten.extendleft(reversed(plays))

    def _may_be_tried(self, play: Play) -> bool:
        """Once more; each time in vain counts."""
        tried = self._broke.pop(play, 0) + 1
        if tried >= _TRIES:
            log.error("This play can never be written and is let go: %r", play)
            return False
        self._broke[play] = tried
        return True

    def _checkpoint(self, wait_ms: int) -> None:
        with self._hand:
            if self._unwritten:  # one that ended this moment; it will be written first
                return
            play, self._going = self._going, None
        if play is None:
            return
        try:
            self._plays.checkpoint(play, wait_ms, self._owner)
        except Exception:
            with self._hand:
                if self._going is None and not self._unwritten:
                    self._going = play
            raise


def _is_of(play: Play, track: Track) -> bool:
    """A file from outside the library is known by what it holds alone."""
    if track.in_library:
        return play.track_id == track.id
    return play.track_id is None and play.recording_key == track.recording_key
