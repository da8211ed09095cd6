"""The plays of other players: each player has one that is going on, beside Segue's own."""

from collections.abc import Callable

from app.domain.errors import SegueError
from app.domain.play import Play
from app.history.keep import History
from app.storage.plays import PlayStore


class PlayersHistory:
    """A :class:`History` a player. Used by one thread."""

    def __init__(self, plays: PlayStore) -> None:
        self._plays = plays
        self._histories: dict[str, History] = {}
        self._forgotten: set[str] = set()
        self.behind = False
        """Something still waits to be written."""

    def cut_off(self) -> dict[str, Play]:
        """The plays that were going on when the companion was last cut off, by owner; they stay kept.

        Raises:
            SegueError: the log cannot be read.
        """
        found = {owner: self._plays.in_progress(owner) for owner in self._plays.others_in_progress()}
        return {owner: play for owner, play in found.items() if play is not None}

    def forget(self, owner: str) -> None:
        """Nothing of the play that is going on is kept."""
        self._of(owner).let_go()
        self._forgotten.add(owner)
        self.behind = True

    def ended(self, owner: str, play: Play) -> None:
        """A play is over; it is written with the next :meth:`write`."""
        self._of(owner).ended(play)
        self.behind = True

    def going(self, owner: str, play: Play) -> None:
        """A play goes on and has come so far."""
        self._forgotten.discard(owner)
        self._of(owner).going(play)
        self.behind = True

    def write(self, written: Callable[[Play], None], *, patient: bool = False) -> None:
        """Writes what waits, of every player, and tells ``written`` of each play that has ended, with its id.

        Raises:
            SegueError: something could not be written now; the next call tries again.
        """
        trouble: SegueError | None = None
        for history in self._histories.values():
            try:
                history.flush(written) if patient else history.write(written)
            except SegueError as error:
                trouble = error
        try:
            for owner in list(self._forgotten):
                self._plays.forget(owner)
                self._forgotten.discard(owner)
        except SegueError as error:
            trouble = error
        self.behind = trouble is not None
        if trouble is not None:
            raise trouble

    def left(self, owner: str) -> None:
        """The player is gone: once all of it is written, nothing more is held of it."""
        if not self.behind:
            self._histories.pop(owner, None)

    def _of(self, owner: str) -> History:
        return self._histories.setdefault(owner, History(self._plays, owner))
