"""Which of the other players the companion shows: the one that leads, unless the listener turned to another."""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from app.domain.following import Following
from app.domain.queue import PlaybackState
from app.domain.track import Track

_SETTLE_MS = 200
"""A player may change its track a hundred times a second: what is shown, and asked for, changes this often."""


class Players(Protocol):
    """What is asked of the companion's service."""

    players_changed: SignalInstance
    track_changed: SignalInstance

    def players(self) -> tuple[Following, ...]:
        """Those that are there, ignored ones too."""

    def leading(self) -> Following | None:
        """The one that plays; of several the one that began last."""


class ShownPlayer(QObject):
    """Looks at the players at most some times a second, and tells what is other than before."""

    changed = Signal()
    """Anything that is shown of it, or of the others."""
    track_changed = Signal(object)
    """``Track | None``: another track, or another player's."""

    def __init__(self, players: Players, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._players = players
        self._chosen = ""
        self._all: tuple[Following, ...] = ()
        self._shown: Following | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self.look)
        players.players_changed.connect(self._wait)
        players.track_changed.connect(self._wait)
        self.look()

    @property
    def shown(self) -> Following | None:
        """The player whose music the window is about; ``None`` where none is there."""
        return self._shown

    def all(self) -> tuple[Following, ...]:
        """Every player that was there at the last look."""
        return self._all

    def playing(self) -> tuple[Following, ...]:
        """Those that one can turn to: they have a track and are not ignored."""
        return tuple(one for one in self._all if one.track is not None and not one.ignored)

    def choose(self, player: str) -> None:
        """Turns to one of several players, for as long as it has a track."""
        self._chosen = player
        self.look()

    @Slot()
    @Slot(object)
    def _wait(self, _value: object = None) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def look(self) -> None:
        """Asks what is shown now."""
        before, before_all = self._shown, self._all
        self._all = self._players.players()
        self._shown = self._found()
        if self._shown != before or self._all != before_all:
            self.changed.emit()
        if _track_of(self._shown) != _track_of(before):
            self.track_changed.emit(_track_of(self._shown))

    def _found(self) -> Following | None:
        chosen = next((one for one in self.playing() if one.player == self._chosen), None)
        if chosen is None:
            self._chosen = ""
        return chosen or self._players.leading() or _most_alive(self._all)


def _track_of(player: Following | None) -> Track | None:
    return player.track if player is not None and not player.ignored else None


def _most_alive(players: tuple[Following, ...]) -> Following | None:
    """With none that plays: one that paused before one that stopped, and an ignored one where there is no other."""
    order = (PlaybackState.PLAYING, PlaybackState.PAUSED, PlaybackState.STOPPED)
    return min(players, key=lambda one: (one.ignored, order.index(one.state)), default=None)
