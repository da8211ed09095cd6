"""Other players with no bus behind them: what the companion's window is developed and tested against."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.following import Following
from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.queue import PlaybackState
from app.domain.track import Track
from tests.helpers.fake_services import a_track


def a_stranger(**fields: object) -> Track:
    """A track as another player names it, which is not in the library."""
    track = a_track(
        1,
        id=TrackId(-1),
        path=b"",
        title="Tin Roof Rain",
        artist="Somebody Else",
        album="Weather",
        recording_key=RecordingKey("key:stranger"),
        album_key=AlbumKey(""),
        has_cover=False,
    )
    return replace(track, **fields)  # type: ignore[arg-type]


def a_player(name: str = "Strawberry", track: Track | None = None, **fields: object) -> Following:
    """A player that plays a track, or nothing."""
    state = PlaybackState.PLAYING if track is not None else PlaybackState.STOPPED
    made = Following(name.lower(), name, state, track, takes_tracks=True)
    return replace(made, **fields)  # type: ignore[arg-type]


class FakeCompanionService(QObject):
    """Players in a list; ``pretend`` puts others in their place. What is asked of it stands in ``calls``."""

    players_changed = Signal()
    track_changed = Signal(object)
    play_recorded = Signal(object)
    trouble = Signal(str)

    def __init__(self, *players: Following, keep_ignored: Callable[[tuple[str, ...]], None] = lambda _: None) -> None:
        super().__init__()
        self._players, self._keep_ignored = players, keep_ignored
        self.calls: list[tuple[object, ...]] = []
        self.asked = 0
        """How often the players were looked at."""
        self.refuses = ""
        """What is said of every track that is sent; empty: it is taken."""

    def pretend(self, *players: Following) -> None:
        """These are there now."""
        self._players = players
        self.players_changed.emit()
        leading = self.leading()
        self.track_changed.emit(leading.track if leading is not None else None)

    def players(self) -> tuple[Following, ...]:
        self.asked += 1
        return self._players

    def leading(self) -> Following | None:
        playing = (one for one in self._players if one.state is PlaybackState.PLAYING and not one.ignored)
        return next(playing, None)

    def ignore(self, player: str, ignored: bool) -> None:
        self.calls.append(("ignore", player, ignored))
        self._players = tuple(replace(one, ignored=ignored) if one.player == player else one for one in self._players)
        self._keep_ignored(tuple(one.player for one in self._players if one.ignored))
        self.players_changed.emit()

    def send(self, track: Track, player: str | None = None) -> None:
        self.calls.append(("send", track.id, player))
        if self.refuses:
            self.trouble.emit(self.refuses)

    def start(self) -> None:
        self.calls.append(("start",))

    def close(self, *, back_soon: bool = False) -> None:
        self.calls.append(("close",))
