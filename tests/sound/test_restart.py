"""A sound server that ends and starts again, or starts after Segue: the music goes on with it by itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import Event, Trouble
from app.playback.loop import _guarded
from app.playback.player import Player
from app.playback.route import RoutedOutput
from app.playback.sound_process import SoundProcess
from tests.playback.sounds import RATE, FakeSource, fake_tracks
from tests.sound.pulse import a_server

pytestmark = pytest.mark.slow


class Room:
    """A player over the real child, and a sound server that can be switched on and off."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._server = folder, ExitStack()
        self.events: list[Event] = []

    def server_starts(self) -> None:
        self._server.enter_context(a_server(self._folder, RATE))

    def server_ends(self) -> None:
        self._server.close()

    def segue_starts(self) -> None:
        self.sound = SoundProcess()
        self.route = RoutedOutput("", self.sound.outputs, self.sound.open, at_end=self.sound.close)
        self.player = Player(
            self.route, self.events.append, lambda: time.time_ns() // 1_000_000, open_source=FakeSource
        )

    def until(self, what: Callable[[], bool], seconds: float) -> bool:
        """Lets the player do its work until something is so; false where it did not come."""
        end = time.monotonic() + seconds
        while not what() and time.monotonic() < end:
            time.sleep(min(_guarded(self.player, self.player.step, self.events.append), 0.1))
        return what()

    def advances(self) -> bool:
        """Music is heard."""
        before = self.player.position_ms
        return self.until(lambda: self.player.position_ms > before + 500, 5)

    def play(self) -> None:
        tracks = fake_tracks(f"{600 * RATE}:{RATE}")
        self.player.play_now(tracks, 0, StartedBy.HAND, "album")

    def close(self) -> None:
        self.player.quit()
        self.server_ends()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'pulse.sock'}")
    room = Room(tmp_path)
    yield room
    room.close()


@pytest.mark.parametrize("away_s", [0.0, 4.0])
def test_a_server_that_starts_again_is_heard_again(room: Room, away_s: float) -> None:
    room.server_starts()
    room.segue_starts()
    room.play()
    assert room.advances()
    child = room.sound.pid
    room.server_ends()
    room.until(lambda: False, away_s)
    room.server_starts()
    assert room.until(lambda: room.player.state is PlaybackState.PAUSED, 5)
    assert room.until(lambda: room.player.state is PlaybackState.PLAYING, 10)
    assert room.advances()
    assert (room.route.current, room.sound.pid) == ("segue", child)
    assert len([event for event in room.events if isinstance(event, Trouble)]) == 1


def test_a_server_that_starts_after_segue_is_used(room: Room) -> None:
    room.segue_starts()
    room.until(lambda: False, 1)
    assert "segue" not in {device.id for device in room.sound.outputs().devices}
    room.server_starts()
    assert room.until(lambda: room.route.current == "segue", 10)
    room.play()
    assert room.advances()
