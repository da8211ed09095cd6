"""Keeps plays: each at once, the one going on every few seconds, and the one a crash cut off at the next start."""

from app.domain.play import Play
from app.storage.plays import PlayStore


class History:
    """The listener's plays. Its methods may be called from any thread."""

    def __init__(self, plays: PlayStore) -> None:
        self._plays = plays

    def record(self, play: Play) -> Play:
        """Keeps a play that has ended, and gives it back with its id."""
        return self._plays.append(play)

    def checkpoint(self, play: Play) -> None:
        """Keeps the play that is going on, as far as it has come."""
        self._plays.checkpoint(play)

    def recover(self) -> Play | None:
        """Keeps the play that was going on when Segue was last cut off, if there was one."""
        return self._plays.recover()

    def recent(self, limit: int) -> list[Play]:
        """The newest plays first."""
        return self._plays.recent(limit)

    def count(self) -> int:
        """How many plays there are."""
        return self._plays.count()
