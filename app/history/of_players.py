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
        self._left: set[str] = set()
        """Players that are gone, of whom something may still wait to be written."""
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
            ExceptionGroup: the same, and it was not all known trouble.
        """
        errors: list[Exception] = []
        for owner, history in list(self._histories.items()):
            try:
                history.flush(written) if patient else history.write(written)
            except Exception as error:  # noqa: BLE001 - those of the others are written
                errors.append(error)
            else:
                if owner in self._left:
                    self._left.discard(owner)
                    del self._histories[owner]
        for owner in list(self._forgotten):
            try:
                self._plays.forget(owner)
            except SegueError as error:  # nor can the next be
                errors.append(error)
                break
            except Exception as error:  # noqa: BLE001 - all is tried, then all is raised
                errors.append(error)
            else:
                self._forgotten.discard(owner)
        self.behind = bool(errors)
        if errors:
            known = [error for error in errors if isinstance(error, SegueError)]
            raise known[0] if len(known) == len(errors) else ExceptionGroup("Not all could be written", errors)

    def left(self, owner: str) -> None:
        """The player is gone: once all of it is written, nothing more is held of it."""
        if owner in self._histories:
            self._left.add(owner)
            self.behind = True

    def _of(self, owner: str) -> History:
        self._left.discard(owner)
        return self._histories.setdefault(owner, History(self._plays, owner))
