"""A drive that does not answer, as a share whose server has gone: nobody who wants something else waits for it.

The drive is a file system whose server never says a word: whoever looks into it sleeps until it is taken away.
"""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import UnreadableFile
from app.domain.play import EndedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track
from app.playback import decoder
from app.playback.output import ClockOutput
from app.qt.jobs import Jobs
from app.qt.playback_service import PlaybackService
from tests.faults.places import can_mount
from tests.helpers.play_log import FakePlayLog
from tests.playback.sounds import a_track, music, write

_FUSE = "/dev/fuse"


@pytest.fixture
def hung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which nothing can be opened until the end of the test."""
    folder = tmp_path / "share"
    folder.mkdir()
    if can_mount() and os.access(_FUSE, os.W_OK):
        server = os.open(_FUSE, os.O_RDWR)
        options = f"fd={server},rootmode=40000,user_id=0,group_id=0"
        subprocess.run(
            ["mount", "-i", "-t", "fuse", "-o", options, "share", str(folder)], pass_fds=[server], check=True
        )
        yield folder
        os.close(server)  # everybody who waits is told that it is over
        subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    gone, real = threading.Event(), decoder.open_regular

    def open_regular(path: bytes) -> int:
        if path.startswith(os.fsencode(folder)):
            gone.wait()
            raise UnreadableFile("The share has gone.")
        return real(path)

    monkeypatch.setattr(decoder, "open_regular", open_regular)
    yield folder
    gone.set()


@pytest.fixture
def service(qapp: object, hung: Path) -> Iterator[tuple[PlaybackService, FakePlayLog]]:
    jobs, log = Jobs(), FakePlayLog()
    service = PlaybackService(jobs, log, ClockOutput)
    yield service, log
    begun = time.monotonic()
    service.close()
    jobs.shutdown()
    assert time.monotonic() - begun < 8, "the end does not wait for the drive either"


@pytest.fixture
def tracks(tmp_path: Path, hung: Path) -> list[Track]:
    """One that plays, two that hang, one that plays."""
    fine = [write(tmp_path / f"{n}.flac", music(20.0, seed=n)) for n in (1, 4)]
    paths = [fine[0], hung / "2.flac", hung / "3.flac", fine[1]]
    return [a_track(n, os.fsencode(path), duration_ms=20_000) for n, path in enumerate(paths, 1)]


def plays(service: PlaybackService, number: int) -> Callable[[], bool]:
    """True while a track is heard."""
    return lambda: (
        service.state is PlaybackState.PLAYING
        and service.current is not None
        and service.current.track.id == number
        and service.position_ms > 100
    )


def test_next_and_next_again_lead_past_what_hangs(
    qtbot: QtBot, service: tuple[PlaybackService, FakePlayLog], tracks: list[Track]
) -> None:
    playback, log = service
    playback.play_now(tracks)
    qtbot.waitUntil(plays(playback, 1), timeout=10_000)
    playback.next()
    qtbot.wait(1_000)
    assert not plays(playback, 2)()
    for _ in range(2):
        playback.next()
    qtbot.waitUntil(plays(playback, 4), timeout=8_000)  # one that waited for both would take half a minute
    assert [(play.track_id, play.ended_by) for play in log.plays] == [(1, EndedBy.SKIPPED)]


def test_a_track_chosen_from_the_list_plays_though_the_one_before_hangs(
    qtbot: QtBot, service: tuple[PlaybackService, FakePlayLog], tracks: list[Track]
) -> None:
    playback, _ = service
    playback.play_now(tracks, start=1)
    qtbot.wait(500)
    playback.play_now(tracks, start=3)
    qtbot.waitUntil(plays(playback, 4), timeout=8_000)


def test_what_plays_can_be_paused_and_left_while_what_follows_hangs(
    qtbot: QtBot, service: tuple[PlaybackService, FakePlayLog], tracks: list[Track]
) -> None:
    playback, _ = service
    playback.play_now(tracks)
    qtbot.waitUntil(plays(playback, 1), timeout=10_000)
    playback.seek(19_500)  # what follows is asked for now
    qtbot.wait(300)
    with qtbot.waitSignal(playback.state_changed, timeout=5_000):
        playback.pause()
    assert playback.state is PlaybackState.PAUSED
    playback.jump(3)
    qtbot.waitUntil(plays(playback, 4), timeout=8_000)
