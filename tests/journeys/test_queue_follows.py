"""What waits in the queue follows its file, and files from outside the library wait over a restart."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.running import Request
from app.domain.queue import PlaybackState
from app.storage.plays import PlayStore
from tests.helpers.music import a_music_folder, an_evening, tag, the_app
from tests.helpers.params import first
from tests.library.sounds import put


def test_a_track_whose_folder_is_renamed_while_it_waits_plays(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=3, seconds=10.0)
    with an_evening(qapp, qtbot, home, music) as app:
        tracks = app.library.tracks(app.library.ids())
        app.playback.play_now([tracks[0]])
        qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
        app.playback.enqueue(tracks[1:])
        folder = Path(os.fsdecode(tracks[1].path)).parent
        os.rename(folder, folder.with_name("renamed"))
        with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
            app.library.add_folder(os.fsencode(music))
        with qtbot.waitSignal(app.playback.play_recorded, timeout=10_000):
            app.playback.next()
        qtbot.waitUntil(lambda: app.playback.index == 1 and app.playback.position_ms > 300, timeout=10_000)
        assert app.playback.state is PlaybackState.PLAYING
        assert app.playback.current is not None
        assert app.playback.current.track.title == tracks[1].title


def test_a_title_that_is_put_right_stands_right_in_the_queue_in_the_bar_and_in_the_log(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=3, seconds=10.0)
    with an_evening(qapp, qtbot, home, music) as app:
        tracks = app.library.tracks(app.library.ids())
        app.playback.play_now(tracks)
        qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
        app.playback.pause()
        qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
        begun: list[object] = []
        app.playback.track_changed.connect(begun.append)
        for track, title in zip(tracks, ("One", "Two"), strict=False):
            tag(Path(os.fsdecode(track.path)), title=title)
        with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
            app.library.add_folder(os.fsencode(music))
        names = ["One", "Two", tracks[2].title]
        qtbot.waitUntil(lambda: [entry.track.title for entry in app.playback.entries()] == names, timeout=10_000)
        assert app.playback.current is not None
        assert app.playback.current.track.title == app.window.bar.now.title.text == "One"
        assert app.window.windowTitle().startswith("One · ")
        assert begun == [], "nothing began anew"
        recorded: list[str] = []
        app.playback.play_recorded.connect(lambda play: recorded.append(play.title))
        app.playback.next()
        qtbot.waitUntil(lambda: "Two" in recorded, timeout=10_000)


@pytest.mark.slow
def test_files_from_outside_wait_over_a_restart_and_the_play_goes_on(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [os.fsencode(put(tmp_path / "elsewhere" / f"{n}.flac", seconds=4.0)) for n in "ab"]
    for path, title in zip(paths, ("One", "Two"), strict=True):
        tag(Path(os.fsdecode(path)), title=title, artist="A Stranger")
    app = the_app(qapp, home)
    app.desktop.asked(Request("open", tuple(paths)))
    qtbot.waitUntil(lambda: len(app.playback.entries()) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: app.playback.position_ms > 800, timeout=20_000)
    ids = {entry.track.id for entry in app.playback.entries()}
    app.window.close()
    app.close()

    app = the_app(qapp, home)
    said: list[str] = []
    app.playback.trouble.connect(said.append)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    assert [entry.track.title for entry in app.playback.entries()] == ["One", "Two"]
    assert ids.isdisjoint(entry.track.id for entry in app.playback.entries()), "these may be given out again"
    assert said == []
    with qtbot.waitSignal(app.playback.play_recorded, timeout=20_000):
        app.playback.play()
    (play, *_) = PlayStore(app.database).after(0)
    assert (play.title, play.track_id) == ("One", None)
    assert play.played_ms == pytest.approx(4_000, abs=100)
    app.window.close()
    app.close()


@pytest.mark.parametrize(
    "harm", first(["update queue_state set shown_ids = x'0102'", "update queue_entry set context = x'ff00'"])
)
def test_whatever_is_wrong_with_the_kept_queue_there_is_music(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, harm: str
) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=2, seconds=30.0)
    with an_evening(qapp, qtbot, home, music) as app:
        app.playback.play_now(app.library.tracks(app.library.ids()))
        qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
    app = the_app(qapp, home)
    with app.database.write() as connection:
        connection.execute(harm)
    app.playback.play_now(app.library.tracks(app.library.ids()))
    qtbot.waitUntil(lambda: app.playback.position_ms > 200, timeout=10_000)
    app.window.close()
    app.close()


@pytest.mark.slow
def test_an_error_while_the_queue_is_brought_back_is_in_the_log_and_no_silence(
    qapp: QApplication,
    qtbot: QtBot,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=2, seconds=30.0)
    monkeypatch.setattr("app.storage.queue.QueueStore.load", lambda _self: 1 // 0)
    with an_evening(qapp, qtbot, home, music) as app:
        app.playback.play_now(app.library.tracks(app.library.ids()))
        qtbot.waitUntil(lambda: app.playback.position_ms > 200, timeout=10_000)
    assert "ZeroDivisionError" in caplog.text
    assert "The queue of last time could not be brought back" in caplog.text
