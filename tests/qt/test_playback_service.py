import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import PlaybackFailed
from app.domain.play import EndedBy, StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track
from app.playback.output import AudioOutput, ClockOutput
from app.qt.jobs import Jobs
from app.qt.playback_service import PlaybackService
from tests.helpers.play_log import FakePlayLog
from tests.playback.sounds import a_track, music, write


def fast_output(speed: float = 20) -> AudioOutput:
    """Plays into nothing, faster than a clock."""
    return ClockOutput(clock=lambda: time.monotonic() * speed)


@pytest.fixture
def log() -> FakePlayLog:
    return FakePlayLog()


@pytest.fixture
def make(qapp: object, log: FakePlayLog) -> Iterator[Callable[..., PlaybackService]]:
    jobs, made = Jobs(), []

    def build(output_factory: Callable[[], AudioOutput] = fast_output) -> PlaybackService:
        made.append(PlaybackService(jobs, log, output_factory, client_version="test"))
        return made[-1]

    yield build
    for service in made:
        service.close()
    jobs.shutdown()


@pytest.fixture
def tracks(tmp_path: Path) -> list[Track]:
    """Three tracks of a second."""
    return [a_track(n, write(tmp_path / f"{n}.flac", music(1.0, seed=n)), duration_ms=1000) for n in (1, 2, 3)]


def test_an_entry_is_never_told_with_the_length_or_the_place_of_another(
    qtbot: QtBot, make: Callable[..., PlaybackService], tmp_path: Path
) -> None:
    tracks = [a_track(n, write(tmp_path / f"{n}.flac", music(n, seed=n)), duration_ms=n * 1000) for n in (1, 2, 3)]
    service, told = make(), set[tuple[int, int]]()

    def note(*_: object) -> None:
        if service.current is not None:
            told.add((service.current.track.duration_ms, service.duration_ms))
            if service.position_ms > service.duration_ms:
                told.add((-1, service.position_ms))

    for signal in (service.queue_changed, service.track_changed, service.state_changed, service.duration_changed):
        signal.connect(note)
    with qtbot.waitSignals([service.play_recorded] * 3, timeout=10_000):
        service.play_now(tracks[::-1], context="album")
    assert told == {(1000, 1000), (2000, 2000), (3000, 3000)}


def test_a_queue_is_played_and_every_track_is_recorded(
    qtbot: QtBot, make: Callable[..., PlaybackService], log: FakePlayLog, tracks: list[Track]
) -> None:
    service = make()
    heard: list[int] = []
    service.track_changed.connect(lambda entry: heard.append(entry.track.id if entry else 0))
    with qtbot.waitSignals([service.play_recorded] * 3, timeout=10_000):
        service.play_now(tracks, context="album")
    qtbot.waitUntil(lambda: service.state is PlaybackState.STOPPED)
    assert [(play.track_id, play.ended_by, play.played_ms) for play in log.plays] == [
        (1, EndedBy.FINISHED, 1000),
        (2, EndedBy.FINISHED, 1000),
        (3, EndedBy.FINISHED, 1000),
    ]
    assert [play.started_by for play in log.plays] == [StartedBy.HAND, StartedBy.QUEUE, StartedBy.QUEUE]
    assert (log.plays[0].context, log.plays[0].client_version, log.plays[0].id) == ("album", "test", 1)
    assert heard == [1, 2, 3, 0]


def test_reads_mirror_what_happened(qtbot: QtBot, make: Callable[..., PlaybackService], tracks: list[Track]) -> None:
    service = make(ClockOutput)
    assert (service.state, service.current, service.index, service.entries()) == (PlaybackState.STOPPED, None, -1, [])
    with qtbot.waitSignals([service.state_changed, service.track_changed, service.duration_changed]):
        service.play_now(tracks, start=1)
    assert service.current == service.entries()[1]
    assert (service.index, service.duration_ms, service.state) == (1, 1000, PlaybackState.PLAYING)
    with qtbot.waitSignal(service.modes_changed):
        service.set_shuffle(True)
    with qtbot.waitSignal(service.modes_changed):
        service.set_repeat("all")
    assert (service.shuffle, service.repeat) == (True, "all")
    with qtbot.waitSignals([service.volume_changed, service.muted_changed]):
        service.set_volume(30)
        service.set_muted(True)
    assert (service.volume, service.muted) == (30, True)
    with qtbot.waitSignal(service.state_changed):
        service.toggle()
    with qtbot.waitSignal(service.position_changed, check_params_cb=lambda ms: ms == 500):
        service.seek(500)
    assert (service.state, service.position_ms) == (PlaybackState.PAUSED, 500)


def test_the_queue_is_edited_by_places(qtbot: QtBot, make: Callable[..., PlaybackService], tracks: list[Track]) -> None:
    service = make(ClockOutput)
    with qtbot.waitSignal(service.queue_changed):
        service.play_now(tracks)
    service.pause()
    service.play_next([tracks[2]])
    with qtbot.waitSignal(service.queue_changed):
        service.enqueue([tracks[0]])
    qtbot.waitUntil(lambda: len(service.entries()) == 5)
    with qtbot.waitSignal(service.queue_changed):
        service.move(4, 0)
    with qtbot.waitSignal(service.queue_changed):
        service.remove([2, 99])
    assert [entry.track.id for entry in service.entries()] == [1, 1, 2, 3]
    assert service.index == 1
    with qtbot.waitSignals([service.track_changed, service.state_changed]):
        service.jump(3)
    assert (service.index, service.state) == (3, PlaybackState.PLAYING)
    service.jump(99)
    service.move(99, 0)
    with qtbot.waitSignal(service.queue_changed):
        service.clear()
    assert (service.entries(), service.current) == ([], None)


def test_closing_records_the_play_and_may_be_done_twice(
    qtbot: QtBot, make: Callable[..., PlaybackService], log: FakePlayLog, tracks: list[Track]
) -> None:
    service = make(ClockOutput)
    with qtbot.waitSignal(service.position_changed, check_params_cb=lambda ms: ms > 0):
        service.play_now(tracks)
    service.close()
    assert [(play.track_id, play.ended_by) for play in log.plays] == [(1, EndedBy.REPLACED)]
    service.close()
    service.play()


def test_the_play_that_goes_on_is_kept_for_a_crash(
    qtbot: QtBot, make: Callable[..., PlaybackService], log: FakePlayLog, tmp_path: Path
) -> None:
    service = make()
    service.play_now([a_track(1, write(tmp_path / "long.flac", music(9.0)))])
    qtbot.waitUntil(lambda: len(log.kept) >= 2, timeout=5000)
    assert 0 < log.kept[0].played_ms < 1000
    assert log.kept[1].played_ms >= 4000
    assert log.kept[0].ended_by is EndedBy.REPLACED


def test_a_log_that_cannot_be_written_is_told_and_the_music_goes_on(
    qtbot: QtBot, make: Callable[..., PlaybackService], log: FakePlayLog, tracks: list[Track]
) -> None:
    service, log.locked = make(), True
    with qtbot.waitSignal(service.trouble) as told:
        service.play_now(tracks)
    assert told.args == ["Another program holds the database."]
    log.locked = False
    qtbot.waitUntil(lambda: service.state is PlaybackState.STOPPED and bool(log.plays), timeout=5000)


def test_without_a_device_it_says_so_and_everything_else_works(
    qtbot: QtBot, make: Callable[..., PlaybackService], log: FakePlayLog, tracks: list[Track]
) -> None:
    def nothing() -> AudioOutput:
        raise PlaybackFailed("There is no sound output.")

    service = make(nothing)
    with qtbot.waitSignal(service.output_missing) as told:
        service.play_now(tracks[:1])
    assert told.args == ["There is no sound output."]
    qtbot.waitUntil(lambda: bool(log.plays), timeout=5000)
    assert log.plays[0].played_ms == 1000


def test_a_broken_file_is_one_sentence(
    qtbot: QtBot, make: Callable[..., PlaybackService], log: FakePlayLog, tracks: list[Track], tmp_path: Path
) -> None:
    (tmp_path / "bad.mp3").write_bytes(b"no music")
    service = make()
    with qtbot.waitSignals([service.trouble, service.play_recorded, service.play_recorded], timeout=5000):
        service.play_now([a_track(9, tmp_path / "bad.mp3"), tracks[0]])
    assert [(play.track_id, play.ended_by) for play in log.plays] == [(9, EndedBy.FAILED), (1, EndedBy.FINISHED)]


@pytest.mark.parametrize("command", ["next", "skip_on"])
def test_next_says_which_track_was_shown(
    qtbot: QtBot, make: Callable[..., PlaybackService], tracks: list[Track], command: str
) -> None:
    service = make(ClockOutput)
    with qtbot.waitSignal(service.track_changed):
        service.play_now(tracks, start=1)
    told: list[Callable[[Mock], None]] = []
    service._send = lambda wish, **_: told.append(wish)  # type: ignore[method-assign, assignment]
    getattr(service, command)()
    player = Mock()
    told[0](player)
    getattr(player, command).assert_called_once_with(service.entries()[1].entry_id)


def test_a_thousand_commands_at_once_leave_it_working(
    qtbot: QtBot, make: Callable[..., PlaybackService], log: FakePlayLog, tracks: list[Track]
) -> None:
    service = make()
    service.set_repeat("all")
    service.play_now(tracks)
    for n in range(250):
        service.next()
        service.seek(n)
        service.toggle()
        service.previous()
    service.set_repeat("off")
    log.plays.clear()
    service.play_now(tracks, start=2)
    qtbot.waitUntil(lambda: bool(log.plays) and log.plays[-1].ended_by is EndedBy.FINISHED, timeout=10_000)
    assert log.plays[-1].track_id == 3


def test_who_asks_for_more_than_can_be_done_can_see_so(
    qtbot: QtBot, make: Callable[..., PlaybackService], tracks: list[Track]
) -> None:
    service, go_on = make(), threading.Event()
    assert not service.is_behind
    service._send(lambda _player: bool(go_on.wait(10)))  # type: ignore[arg-type, return-value]
    for _ in range(100):
        service.seek(0)
    assert service.is_behind
    go_on.set()
    qtbot.waitUntil(lambda: not service.is_behind)
