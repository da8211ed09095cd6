"""The journey of a file that is opened with Segue: in the library or not, it plays at once and the queue is kept."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import __main__ as door
from app.config.running import Request
from app.domain.queue import PlaybackState
from app.storage.plays import PlayStore
from app.wiring import Wiring
from tests.helpers.music import a_music_folder, an_evening, tag
from tests.library.sounds import put


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path):
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, seconds=30)
    with an_evening(qapp, qtbot, home, music) as wiring:
        yield wiring


def a_stranger(folder: Path, title: str, seconds: float = 30.0) -> bytes:
    path = put(folder / "elsewhere" / f"{title}.flac", seconds=seconds)
    tag(path, title=title, artist="A Stranger", album="From Afar")
    return os.fsencode(path)


def titles(app: Wiring) -> list[str]:
    return [entry.track.title for entry in app.playback.entries()]


def test_files_from_outside_play_at_once_and_the_queue_is_kept(app: Wiring, qtbot: QtBot, tmp_path: Path) -> None:
    tracks = app.library.tracks(app.library.ids())
    app.playback.play_now(tracks[:3])
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
    count = app.library.count()
    paths = a_stranger(tmp_path, "One"), tracks[3].path, a_stranger(tmp_path, "Two")
    app.desktop.asked(Request("open", paths))
    qtbot.waitUntil(lambda: len(app.playback.entries()) == 6, timeout=10_000)
    first, *rest = [track.title for track in tracks[:3]]
    assert titles(app) == [first, "One", tracks[3].title, "Two", *rest]
    qtbot.waitUntil(lambda: app.playback.index == 1)
    assert app.playback.current is not None
    assert app.playback.current.track.shown_artist == "A Stranger"
    assert app.library.count() == count


@pytest.mark.slow
def test_the_play_of_a_stranger_is_kept_under_its_names(app: Wiring, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(app.playback.play_recorded, timeout=20_000):
        app.desktop.asked(Request("open", (a_stranger(tmp_path, "Short", 2.0),)))
    (play,) = PlayStore(app.database).after(0)
    assert (play.title, play.track_id, play.context) == ("Short", None, "opened")
    assert play.recording_key.startswith("tags:")
    assert abs(play.played_ms - 2_000) < 100


def test_a_folder_joins_the_library_and_what_is_no_music_is_counted(app: Wiring, qtbot: QtBot, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no music")
    os.mkfifo(tmp_path / "pipe.mp3")
    more = a_music_folder(tmp_path / "more", artists=1, albums=1)
    said: list[str] = []
    app.files.trouble.connect(said.append)
    with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
        app.desktop.asked(
            Request("open", tuple(map(os.fsencode, (text, tmp_path / "pipe.mp3", tmp_path / "gone.mp3", more))))
        )
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    (sentence,) = said
    assert sentence.startswith("“notes.txt” was not opened. ")
    assert sentence.endswith(" 2 other files could not be opened either.")
    assert os.fsencode(more) in app.library.folders()
    assert app.playback.entries() == []


@pytest.mark.slow
def test_a_window_that_is_asked_for_comes_forward(app: Wiring, qtbot: QtBot) -> None:
    app.window.showMinimized()
    app.desktop.asked(Request("raise"))
    assert app.window.isVisible()
    assert not app.window.isMinimized()


def test_the_words_of_a_start_are_files_or_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a b.flac", "scan", "--odd.mp3"):
        (tmp_path / name).touch()
    here = os.fsencode(tmp_path) + b"/"
    assert door.request_of([]) == (Request("raise"), "")
    assert door.request_of(["--next"]) == (Request("next"), "")
    assert door.request_of(["a b.flac"]) == (Request("open", (here + b"a b.flac",)), "")
    assert door.request_of([(tmp_path / "a b.flac").as_uri(), "gone"]) == (Request("open", (here + b"a b.flac",)), "")
    assert door.request_of(["gone.mp3", "a b.flac"]) == (Request("open", (here + b"a b.flac",)), "")
    assert door.request_of(["gone.mp3"]) == (None, "gone.mp3")
    assert door.request_of(["./scan"]) == (Request("open", (here + b"scan",)), "")
    assert door.request_of(["--", "--odd.mp3"]) == (Request("open", (here + b"--odd.mp3",)), "")
    assert door.request_of(["scan", "/music"]) == (None, "")
    assert door.request_of(["--help"]) == (None, "")
    assert door.request_of(["/nowhere/a.mp3"]) == (None, "/nowhere/a.mp3")
    assert door.request_of(["http://example.org/a.mp3"])[0] is None
