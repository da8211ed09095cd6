"""Of which tracks waveforms are made: what plays, and what comes next in the order that plays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.track import Track
from app.playback.output import ClockOutput
from app.qt.jobs import Jobs
from app.qt.playback_service import PlaybackService
from app.wiring.waveform import follow_playing, playing_and_next
from tests.helpers.play_log import FakePlayLog
from tests.playback.sounds import a_track, music, write


class FakeWaveforms:
    """Remembers what was wanted."""

    def __init__(self) -> None:
        self.wanted: list[int] = []

    def want(self, tracks: list[Track]) -> None:
        self.wanted = [track.id for track in tracks]


@pytest.fixture
def playback(qapp: object) -> Iterator[PlaybackService]:
    jobs = Jobs()
    service = PlaybackService(jobs, FakePlayLog(), ClockOutput)
    yield service
    service.close()
    jobs.shutdown()


def test_in_a_shuffle_it_is_what_the_shuffle_plays_next(
    playback: PlaybackService, qtbot: QtBot, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.flac", music(1.0))
    waveforms = FakeWaveforms()
    follow_playing(waveforms, playback)  # type: ignore[arg-type]
    assert playing_and_next(playback) == []
    playback.play_now([a_track(number, file, 60_000) for number in range(1, 40)])
    qtbot.waitUntil(lambda: waveforms.wanted == [1, 2])
    playback.set_shuffle(True)
    qtbot.waitUntil(lambda: playback.shuffle)
    played = []
    for _ in range(5):
        wanted = waveforms.wanted
        assert len(wanted) == 2
        before = playback.current
        playback.next()
        qtbot.waitUntil(lambda before=before: playback.current != before)  # type: ignore[misc]
        qtbot.waitUntil(lambda wanted=wanted: waveforms.wanted != wanted)  # type: ignore[misc]
        assert playback.current is not None
        played.append((wanted[1], playback.current.track.id))
    assert [wanted for wanted, _ in played] == [heard for _, heard in played]
    assert [heard for _, heard in played] != [2, 3, 4, 5, 6], "it was a shuffle"
