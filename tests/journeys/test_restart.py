"""The queue, its place and its modes are there again after a restart, and a play that goes on is one play."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config import settings as settings_file
from app.config.paths import default_paths
from app.config.settings import Settings
from app.domain.play import EndedBy
from app.domain.queue import PlaybackState
from app.storage.plays import PlayStore
from app.storage.queue import QueueStore
from app.storage.tracks import TrackStore
from app.ui.dialogs.name import NameDialog
from app.wiring import Wiring
from tests.helpers.music import a_music_folder, the_app
from tests.helpers.params import first


@pytest.fixture
def music(tmp_path: Path) -> Path:
    return a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=4, seconds=30.0)


def left_in_the_second(qapp: QApplication, qtbot: QtBot, home: Path, music: Path) -> None:
    """Segue plays the second of four tracks, shuffled with repeat, and is closed."""
    app = the_app(qapp, home)
    with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
        app.library.add_folder(os.fsencode(music))
    app.playback.set_repeat("all")
    app.playback.play_now(app.library.tracks(app.library.ids()), start=1)
    qtbot.waitUntil(lambda: app.playback.position_ms > 4_000, timeout=10_000)
    end(app)


def end(app: Wiring) -> None:
    app.window.close()
    app.close()


def test_the_queue_comes_back_paused_where_it_was(qapp: QApplication, qtbot: QtBot, home: Path, music: Path) -> None:
    left_in_the_second(qapp, qtbot, home, music)
    app = the_app(qapp, home)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    qtbot.waitUntil(lambda: app.playback.position_ms > 4_000)
    assert [entry.track.title for entry in app.playback.entries()] == ["Song 111", "Song 112", "Song 113", "Song 114"]
    assert (app.playback.index, app.playback.repeat) == (1, "all")
    end(app)


@pytest.mark.parametrize("shuffled", first([True, False]))
def test_a_kept_queue_brings_its_modes_where_a_crash_came_before_the_settings_were_written(
    qapp: QApplication, qtbot: QtBot, home: Path, music: Path, shuffled: bool
) -> None:
    left_in_the_second(qapp, qtbot, home, music)
    app = the_app(qapp, home)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    app.playback.set_shuffle(True)
    qtbot.waitUntil(lambda: app.playback.shuffle)
    app.playback.set_shuffle(shuffled)
    qtbot.waitUntil(lambda: app.playback.shuffle == shuffled)
    app.playback.set_by_albums(shuffled)
    app.playback.set_autoplay(shuffled)
    qtbot.waitUntil(lambda: (app.playback.by_albums, app.playback.autoplay) == (shuffled, shuffled))
    end(app)
    unwritten = {"shuffle": not shuffled, "repeat": "off", "shuffle_albums": not shuffled, "autoplay": not shuffled}
    settings_file.save(app.paths.settings, replace(app.settings, **unwritten))  # type: ignore[arg-type]
    store = QueueStore(app.database)
    before = store.load()
    app = the_app(qapp, home)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    with qtbot.waitSignal(app.playback.speed_changed):  # all that is told at the beginning has been heard by then
        app.playback.set_speed(110)
    assert (app.playback.shuffle, app.playback.repeat, app.playback.undo_says) == (shuffled, "all", "")
    assert (app.playback.by_albums, app.playback.autoplay) == (shuffled, shuffled)
    assert (app.settings.shuffle, app.settings.repeat) == (shuffled, "all")
    assert (app.settings.shuffle_albums, app.settings.autoplay) == (shuffled, shuffled)
    after = QueueStore(app.database).load()
    assert before is not None
    assert after is not None
    assert after.order == before.order
    end(app)


def test_without_a_kept_queue_the_modes_are_those_of_the_settings(qapp: QApplication, qtbot: QtBot, home: Path) -> None:
    paths = default_paths(home)
    paths.make()
    settings_file.save(paths.settings, Settings(shuffle=True, repeat="one"))
    app = the_app(qapp, home)
    qtbot.waitUntil(lambda: (app.playback.shuffle, app.playback.repeat) == (True, "one"))
    end(app)


@pytest.mark.slow
def test_a_play_that_goes_on_after_a_restart_is_one_play(
    qapp: QApplication, qtbot: QtBot, home: Path, music: Path
) -> None:
    left_in_the_second(qapp, qtbot, home, music)
    app = the_app(qapp, home)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    with qtbot.waitSignal(app.playback.play_recorded, timeout=10_000):
        app.playback.play()
    (play, *_) = PlayStore(app.database).after(0)
    assert (play.title, play.ended_by) == ("Song 112", EndedBy.FINISHED)
    assert play.played_ms == pytest.approx(30_000, abs=100)
    end(app)


@pytest.mark.slow
def test_what_left_the_library_is_left_out_with_a_sentence_and_missing_files_stay(
    qapp: QApplication, qtbot: QtBot, home: Path, music: Path
) -> None:
    left_in_the_second(qapp, qtbot, home, music)
    app = the_app(qapp, home)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)  # it has the queue with all four
    ids = app.library.ids()
    TrackStore(app.database).remove([ids[0]], 1)
    TrackStore(app.database).mark_missing([ids[2]], 1)
    end(app)
    app = the_app(qapp, home)
    with qtbot.waitSignal(app.playback.trouble) as told:
        pass
    assert told.args == ["1 track left the library and so the queue."]
    assert [(each.track.title, each.track.missing) for each in app.playback.entries()] == [
        ("Song 112", False),
        ("Song 113", True),
        ("Song 114", False),
    ]
    end(app)


@pytest.mark.slow
def test_the_queue_becomes_a_playlist(qapp: QApplication, qtbot: QtBot, home: Path, music: Path) -> None:
    left_in_the_second(qapp, qtbot, home, music)
    app = the_app(qapp, home)
    qtbot.waitUntil(lambda: bool(app.playback.entries()))
    app.window.panel.queue.save.click()
    (dialog,) = app.window.findChildren(NameDialog)
    dialog.field.setText("Kept")
    with qtbot.waitSignal(app.playlists.made) as made:
        dialog.take.click()
    assert made.args[0].name == "Kept"
    assert [entry.title for entry in app.playlists.entries(made.args[0].id)] == [
        "Song 111",
        "Song 112",
        "Song 113",
        "Song 114",
    ]
    end(app)


def test_home_shows_the_shelves_of_the_last_session_before_anything_was_read(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    app = the_app(qapp, home)
    with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
        app.library.add_folder(os.fsencode(a_music_folder(tmp_path / "music", artists=3, albums=2, tracks=3)))
    qtbot.waitUntil(lambda: len(app.suggestions.shelves()) > 1, timeout=10_000)
    qtbot.waitUntil(app.paths.shelves.exists)
    before = app.suggestions.shelves()
    end(app)
    app = the_app(qapp, home, begin=False)
    app.window.show_view("home")
    view = app.views["home"]
    view.refresh()
    assert app.suggestions.shelves() == before
    assert [shelf.strip.accessibleName() for shelf in view.shelves()] == [shelf.title for shelf in before]  # type: ignore[attr-defined]
    assert app.suggestions.shelves_of_today
    end(app)
