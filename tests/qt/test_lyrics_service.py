"""Lyrics are looked for one track at a time; a file that hangs in its drive ends none of the later searches."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.lyrics import Lyrics
from app.qt.jobs import Jobs
from app.qt.lyrics_service import LyricsService
from tests.playback.sounds import a_track, music, write

DEAD = b"/share"


class Desk:
    """A service, and what it found."""

    def __init__(self) -> None:
        self.jobs = Jobs()
        self.service = LyricsService(self.jobs)
        self.found: list[tuple[int, list[str] | None]] = []
        self.service.found.connect(self._took)

    def _took(self, track_id: int, lyrics: Lyrics | None) -> None:
        self.found.append((track_id, [line.words for line in lyrics.lines] if lyrics else None))


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Whatever is asked of the dead share hangs until this is set."""
    answers, plain = threading.Event(), os.scandir

    def scandir(path: bytes) -> object:
        if path == DEAD:
            answers.wait()
        return plain(path)

    monkeypatch.setattr("app.library.lyrics.os.scandir", scandir)
    yield answers
    answers.set()


@pytest.fixture
def desk(qtbot: QtBot, drive: threading.Event) -> Iterator[Desk]:
    made = Desk()
    yield made
    drive.set()
    made.jobs.shutdown()


@pytest.fixture
def song(tmp_path: Path) -> Path:
    (tmp_path / "song.lrc").write_text("[00:00.10]hello\n[00:01.00]you\n")
    return write(tmp_path / "song.wav", music(1))


def test_the_words_beside_a_file_are_found(desk: Desk, qtbot: QtBot, song: Path) -> None:
    desk.service.ask(a_track(1, song))
    qtbot.waitUntil(lambda: desk.found == [(1, ["hello", "you"])], timeout=20_000)


def test_a_file_that_hangs_is_left_alone_when_another_is_wanted(desk: Desk, qtbot: QtBot, song: Path) -> None:
    desk.service.ask(a_track(1, DEAD + b"/x.mp3"))
    desk.service.ask(a_track(2, DEAD + b"/y.mp3"))
    desk.service.ask(a_track(3, song))
    qtbot.waitUntil(lambda: bool(desk.found), timeout=20_000)
    assert desk.found == [(3, ["hello", "you"])]


def test_the_end_of_segue_does_not_wait_for_a_drive(desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    desk.service.ask(a_track(1, DEAD + b"/x.mp3"))
    desk.jobs.shutdown()
    assert "did not stop" not in caplog.text
