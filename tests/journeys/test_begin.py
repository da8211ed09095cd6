"""The first moments: settings of another Segue, and a file that is opened before the window was painted."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.paths import default_paths
from app.domain.queue import PlaybackState
from app.domain.tags import Tags
from app.library.outside import track_of
from app.wiring import Wiring, after_paint
from tests.helpers.music import a_music_folder, the_app


@pytest.fixture
def wirings(qapp: QApplication) -> Iterator[list[Wiring]]:
    made: list[Wiring] = []
    yield made
    for wiring in made:
        wiring.window.close()
        wiring.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def with_settings(home: Path, **chosen: object) -> None:
    paths = default_paths(home)
    paths.make()
    paths.settings.write_text(json.dumps(chosen))


@pytest.mark.slow
def test_a_place_that_this_segue_does_not_know_is_no_hindrance(
    qapp: QApplication, home: Path, wirings: list[Wiring]
) -> None:
    with_settings(home, view="radio", speed_percent=150)
    wirings.append(the_app(qapp, home, begin=False))
    assert wirings[0].window.view == "home"


def test_what_is_played_before_all_has_begun_plays_as_the_listener_chose(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, wirings: list[Wiring]
) -> None:
    with_settings(home, volume=20)
    wiring = the_app(qapp, home, begin=False)
    wirings.append(wiring)
    track = track_of(bytes(next(a_music_folder(tmp_path / "music", seconds=30).rglob("*.flac"))), Tags(title="One"))
    told = list[str]()
    wiring.playback.volume_changed.connect(lambda volume: told.append(f"volume {volume}"))
    wiring.playback.track_changed.connect(lambda entry: told.append(entry.track.title) if entry else None)
    wiring.playback.play_now([track])  # pressed in the window while the code of the rest is read
    qtbot.waitUntil(lambda: wiring.playback.state is PlaybackState.PLAYING)
    qtbot.waitUntil(lambda: {"volume 20", "One"} <= set(told))
    assert told.index("volume 20") < told.index("One")
    assert wiring.settings.volume == 20


def test_a_file_opened_before_the_first_paint_plays_as_the_listener_chose(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, wirings: list[Wiring]
) -> None:
    with_settings(home, volume=20, muted=True, shuffle_albums=True, shuffle=True)
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, seconds=30)
    wiring = the_app(qapp, home, begin=False)
    wirings.append(wiring)
    wiring.files.open([str(next(music.rglob("*.flac"))).encode()])  # nothing was shown, and nothing will be
    qtbot.waitUntil(lambda: wiring.playback.state is PlaybackState.PLAYING)
    qtbot.waitUntil(lambda: (wiring.playback.volume, wiring.playback.muted) == (20, True))
    qtbot.waitUntil(lambda: wiring.playback.by_albums and wiring.settings.shuffle_albums)


def test_what_fails_after_the_first_paint_keeps_nothing_else_back_and_nothing_comes_after_the_end(
    qapp: QApplication, qtbot: QtBot, home: Path, wirings: list[Wiring], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_wiring: Wiring) -> None:
        raise OSError("no such thing")

    monkeypatch.setattr(after_paint, "_follow_others", fail)
    welcomed: list[Wiring] = []
    monkeypatch.setattr(after_paint, "welcome", welcomed.append)
    read_in: list[str] = []
    monkeypatch.setattr(after_paint, "read_code", lambda _cancelled: read_in.append(threading.current_thread().name))
    wiring = the_app(qapp, home, begin=False)
    wirings.append(wiring)
    with qtbot.captureExceptions() as failed:
        wiring.start()
        qtbot.waitUntil(lambda: welcomed == [wiring] and read_in == ["views"], timeout=10_000)
    assert [str(error) for _, error, _ in failed] == ["no such thing"]
    assert any(timer.isActive() for timer in wiring.findChildren(QTimer))
    wiring.window.close()
    wiring.close()
    assert not any(timer.isActive() for timer in wiring.findChildren(QTimer))


def test_views_are_made_before_anybody_goes_there_and_none_is_shown_by_it(
    qapp: QApplication, qtbot: QtBot, home: Path, wirings: list[Wiring], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(after_paint, "_VIEW_EVERY_MS", 1)
    monkeypatch.setattr(after_paint, "welcome", lambda _wiring: None)
    wiring = the_app(qapp, home, begin=False)
    wirings.append(wiring)
    assert [name for name in wiring.views if wiring.views.is_made(name)] == ["home"]
    shown: list[str] = []
    wiring.views.when_made(lambda name, _page: shown.append(f"{name} in {wiring.window.view}"))
    wiring.start()
    qtbot.waitUntil(lambda: all(wiring.views.is_made(name) for name in after_paint._VIEWS), timeout=10_000)
    assert shown == [f"{name} in home" for name in ("home", *after_paint._VIEWS)]
    stack = wiring.window.stack
    assert stack.currentWidget() is wiring.views["home"]
    assert [name for name in after_paint._VIEWS if wiring.views[name].isVisible()] == []
    assert all(stack.indexOf(wiring.views[name]) >= 0 for name in after_paint._VIEWS)
    assert wiring.window.trail == []
