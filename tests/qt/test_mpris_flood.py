"""More wishes over the bus than can be done: the last of them counts, and nothing piles up."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.domain.queue import PlaybackState
from app.qt.mpris import Mpris
from tests.helpers.fake_services import FakeCoverService, FakePlaybackService, some_tracks


class NoBus:
    """Nobody is on it."""

    def invite(self, guest: object) -> None:
        pass

    def post(self, work: Callable[[], None]) -> None:
        pass


class Counted(FakePlaybackService):
    """Counts what it is asked to do."""

    goes_on = True

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def skip_on(self) -> None:
        self.asked.append("next")

    def skip_back(self) -> None:
        self.asked.append("previous")

    def seek_by(self, offset_ms: int) -> None:
        self.asked.append(f"seek {offset_ms}")


@pytest.fixture
def playback(qtbot: QtBot) -> Counted:
    playback = Counted()
    playback.play_now(some_tracks(3))
    return playback


@pytest.fixture
def mpris(playback: Counted) -> Mpris:
    return Mpris(NoBus(), playback, FakeCoverService())  # type: ignore[arg-type]


def test_while_much_is_still_to_be_done_the_last_wish_alone_is_kept_and_done(
    mpris: Mpris, playback: Counted, qtbot: QtBot
) -> None:
    playback.is_behind = True
    for number in range(10_000):
        mpris._wished.emit(("next", "previous", "seek-by")[number % 3], number)
        mpris._wished.emit("volume", number % 101)
    mpris._wished.emit("pause", None)
    qtbot.waitUntil(lambda: mpris._held.get("step") == ("pause", None), timeout=20_000)
    assert playback.asked == []
    assert (playback.volume, playback.state) == (80, PlaybackState.PLAYING)
    playback.is_behind = False
    qtbot.waitUntil(lambda: playback.state is PlaybackState.PAUSED)
    qtbot.waitUntil(lambda: playback.volume == 9_999 % 101)
    assert (playback.asked, mpris._held) == ([], {})


def test_what_is_asked_for_once_there_is_room_takes_the_place_of_what_was_kept(
    mpris: Mpris, playback: Counted, qtbot: QtBot
) -> None:
    playback.is_behind = True
    mpris._do("next", None)
    playback.is_behind = False
    mpris._do("seek-by", 5_000)
    mpris._do_held()
    assert playback.asked == ["seek 5000"]


@pytest.mark.parametrize(("verb", "value"), [("open", b"/m/a.flac"), ("playlist", None)])
def test_a_step_that_was_held_does_not_lead_away_from_what_is_opened_after_it(
    mpris: Mpris, playback: Counted, verb: str, value: object
) -> None:
    playback.is_behind = True
    mpris._do("next", None)
    mpris._do("volume", 7)
    mpris._do(verb, value)
    playback.is_behind = False
    mpris._do_held()
    assert (playback.asked, playback.volume) == ([], 7)


def test_files_and_windows_are_asked_for_however_busy_the_player_is(mpris: Mpris, playback: Counted) -> None:
    told: list[object] = []
    mpris.path_opened.connect(told.append)
    mpris.quit_asked.connect(lambda: told.append("quit"))
    playback.is_behind = True
    mpris._do("open", b"/m/a.flac")
    mpris._do("quit", None)
    assert told == [b"/m/a.flac", "quit"]
