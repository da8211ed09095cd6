"""The other players of the desktop, for the widgets: who plays what, what is kept of it, and what is sent there."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from app.domain.following import Following
from app.domain.track import Track
from app.qt.jobs import Jobs
from app.qt.session_bus import SessionBus
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore


class CompanionService(QObject):
    """Follows every MPRIS player on the bus but Segue itself, and keeps one play a track.

    A guest of the session bus: make it before the bus is started. The bus's thread reads the players, one job keeps the
    plays, the window's thread never waits for either.
    """

    players_changed = Signal()
    """Anything that is shown of any player has changed."""
    track_changed = Signal(object)
    """``Track | None``: what plays in the player that leads is another."""
    play_recorded = Signal(object)
    """A ``Play``, after it was kept."""
    trouble = Signal(str)
    """One clear sentence."""

    def __init__(
        self,
        jobs: Jobs,
        bus: SessionBus,
        tracks: TrackStore,
        plays: PlayStore,
        *,
        now_ms: Callable[[], int],
        ignored: tuple[str, ...] = (),
        keep_ignored: Callable[[tuple[str, ...]], None] = lambda _: None,
        parent: QObject | None = None,
    ) -> None:
        """``ignored``: the players nothing is kept of, by their :attr:`Following.player`; ``keep_ignored`` is told when
        the listener chooses others. ``now_ms``: UTC, milliseconds since 1970."""
        super().__init__(parent)
        self._jobs, self._bus, self._tracks, self._plays, self._now_ms = jobs, bus, tracks, plays, now_ms
        self._ignored, self._keep_ignored = ignored, keep_ignored

    def start(self) -> None:
        """Follows from now on, whatever plays already. The bus is started by its owner, before or after."""

    def close(self) -> None:
        """Ends the plays that go on and waits until they are kept. Call it after the bus was closed."""

    def players(self) -> tuple[Following, ...]:
        """The players that are there, by name; ignored ones too. Several instances of one are one."""
        return ()

    def leading(self) -> Following | None:
        """The player that plays; of several the one that began last. ``None`` while none does. Never an ignored one."""
        return None

    def ignore(self, player: str, ignored: bool) -> None:
        """Whether nothing of this player is kept. The play that is going on there is forgotten, too."""

    def send(self, track: Track, player: str | None = None) -> None:
        """Has a player play a track's file: by default the one that leads, else the only one that takes files.

        What cannot be done is said by :attr:`trouble`. The play that then begins there counts as chosen from the panel.
        """

    def tell(self, player: str, name: str, state: Mapping[str, object]) -> None:
        """A player's plug-in tells what it does, in the words of MPRIS: any of ``PlaybackStatus``, ``Metadata``,
        ``Position`` (microseconds), ``Rate``, and ``ended`` with a word of :class:`app.domain.play.EndedBy` for the
        track before. Plain values, nothing of it trusted: tuples and lists are alike, what makes no sense is left out.
        What a player says over MPRIS itself counts before it.
        """

    def untell(self, player: str) -> None:
        """The plug-in of a player is gone: what it told of is over."""
