"""The language changes while music plays: another window, the same place in it, and not a sample of the music lost."""

import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.config import settings as settings_file
from app.domain import words
from app.domain.queue import PlaybackState
from app.domain.words import say
from app.wiring import Wiring
from tests.helpers.music import a_music_folder, an_evening


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> Iterator[Wiring]:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", seconds=30), start=True) as wiring:
        yield wiring
        wiring.translations.use("en")
    words.use(None)


def speak(app: Wiring, qtbot: QtBot, language: str) -> None:
    before = app.window
    app.change_settings({"language": language})
    qtbot.waitUntil(lambda: app.window is not before)
    qtbot.waitExposed(app.window)


def test_the_place_the_tab_and_the_size_stay_and_the_music_goes_on(app: Wiring, qtbot: QtBot) -> None:
    app.playback.play_now(app.library.tracks(app.library.ids()))
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING and app.playback.position_ms > 0)
    app.window.show_view("albums")
    app.window.open_artist(app.library.artists()[0].name)
    app.window.panel.show_tab("queue")
    app.window.resize(1111, 700)
    playing, heard = app.playback.current, app.playback.position_ms
    speak(app, qtbot, "zh_CN")
    assert say("Play") == "播放"
    assert app.window.bar.next.accessibleName() == "下一首"
    assert (app.window.view, app.window.panel.tab, app.window.width()) == ("artist", "queue", 1111)
    app.window.go_back()
    assert app.window.view == "albums"
    assert app.playback.current == playing
    assert app.playback.state is PlaybackState.PLAYING
    qtbot.waitUntil(lambda: app.playback.position_ms > heard)
    assert app.history.count() == 0, "nothing ended"
    qtbot.waitUntil(lambda: app.window.bar.seek_bar.waveform is not None, timeout=60_000)  # it gives way to all else
    speak(app, qtbot, "en")
    assert app.window.bar.next.accessibleName() == "Next track"


def test_nothing_of_the_old_window_is_left_to_be_told(app: Wiring, qtbot: QtBot, qapp: QApplication) -> None:
    old, toast = weakref.ref(app.window), app.window.toast
    speak(app, qtbot, "zh_CN")
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    told: list[str] = []
    app.window.toast.say = lambda sentence, undo=None: told.append(sentence)  # type: ignore[method-assign]
    app.playlists.create("Evening")
    qtbot.waitUntil(lambda: any("Evening" in sentence for sentence in told))
    with pytest.raises(RuntimeError, match="already deleted"):
        toast.isVisible()
    assert old() is None or old() is not app.window


def test_a_window_more_makes_no_service_more(app: Wiring, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: app.others is not None)  # all have begun
    before = len(app.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly))
    for language in ("zh_CN", "en", "zh_CN"):
        speak(app, qtbot, language)
    assert len(app.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly)) == before


def test_the_sleep_timer_the_way_back_and_the_queue_go_on(app: Wiring, qtbot: QtBot) -> None:
    app.window.show_view("albums")
    app.window.show_view("tracks")
    app.window.panel.show_tab("queue")
    app.window.bar.sleep.pause_in(30)
    speak(app, qtbot, "zh_CN")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert app.window.bar.sleep.minutes_left == 30
    assert app.window.bar.sleep.isChecked()
    assert app.window.actions_by_name["back"].isEnabled()
    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(app.playback.autoplay_changed):
        app.playback.set_autoplay(not app.playback.autoplay)
    assert not raised
    app.quit()
    assert not app.window.isVisible()


@pytest.mark.slow
def test_the_settings_stay_open_in_the_new_language(app: Wiring, qtbot: QtBot) -> None:
    app.window.settings_asked.emit()
    speak(app, qtbot, "zh_CN")

    def titles() -> list[str]:
        return [dialog.windowTitle() for dialog in app.window.findChildren(QDialog) if dialog.isVisible()]

    qtbot.waitUntil(lambda: titles() == ["设置"])
    for dialog in app.window.findChildren(QDialog):
        dialog.close()


@pytest.mark.slow
def test_the_language_is_remembered_and_a_strange_one_is_the_systems(app: Wiring, qtbot: QtBot) -> None:
    speak(app, qtbot, "zh_CN")
    app._save()
    assert settings_file.load(app.paths.settings)[0].language == "zh_CN"
    assert settings_file.from_values({"language": "tlh"}).language == "system"
