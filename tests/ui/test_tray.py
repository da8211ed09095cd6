"""The tray's icon: its menu follows the player, and a window that is closed into it can always be brought back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from app.config.settings import Settings
from app.ui.dialogs.desktop import DesktopSection
from app.ui.theme import Theme
from app.ui.tray import Tray
from app.wiring import Wiring
from tests.helpers.fake_playback import FakePlaybackService
from tests.helpers.fake_services import a_track
from tests.helpers.music import the_app

# Offscreen there is no tray: what Qt says of that.
pytestmark = pytest.mark.qt_log_ignore(
    r"^QObject::connect: No such signal QPlatformNativeInterface::systemTrayWindowChanged", extend=True
)
REASON = QSystemTrayIcon.ActivationReason


@pytest.fixture
def tray(qtbot: QtBot) -> Tray:
    window = QWidget()
    qtbot.addWidget(window)
    return Tray(Theme("light"), FakePlaybackService(), window)


def words(tray: Tray) -> list[str]:
    tray.menu.aboutToShow.emit()
    return [action.text() for action in tray.menu.actions() if not action.isSeparator()]


def test_the_menu_says_what_plays_and_offers_what_can_be_done(tray: Tray) -> None:
    controls = tray.menu.actions()[2:5]
    assert words(tray) == ["Segue", "Play", "Next track", "Previous track", "Show Segue", "Settings…", "Quit"]
    assert not any(action.isEnabled() for action in controls)
    tray._playback.play_now([replace(a_track(1), title="Salt & Iron", artist="A"), a_track(2)])
    assert words(tray)[:2] == ["Salt && Iron · A", "Pause"]
    assert all(action.isEnabled() for action in controls)
    controls[1].trigger()
    assert tray._playback.index == 1
    controls[0].trigger()
    assert words(tray)[1] == "Play"


def test_names_stay_text_in_the_tooltip_and_short(tray: Tray) -> None:
    tray._playback.play_now([replace(a_track(1), title="<img src=x>" + "y" * 1_000_000, artist="a\nb\u202e")])
    assert "<" not in tray.toolTip()
    assert len(tray.toolTip()) < 130
    assert tray.toolTip().endswith(" · a b")


def test_click_middle_button_and_wheel(tray: Tray, qtbot: QtBot) -> None:
    tray._playback.play_now([a_track(1)])
    with qtbot.waitSignal(tray.show_asked):
        tray.activated.emit(REASON.Trigger)
    tray._window.show()
    with qtbot.waitSignal(tray.hide_asked):
        tray.activated.emit(REASON.Trigger)
    tray.activated.emit(REASON.MiddleClick)
    assert words(tray)[1] == "Play"
    before = tray._playback.volume
    for angle in (60, 60, -120, -120, -30):
        turned = QWheelEvent(
            QPointF(),
            QPointF(),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(tray, turned)
    assert tray._playback.volume == before - 5


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Tray, "can_be", lambda: True)
    monkeypatch.setattr(Tray, "is_there", property(lambda self: self.isVisible()))
    wiring = the_app(qapp, home)
    with qtbot.waitExposed(wiring.window):
        wiring.window.show()
    wiring.desktop._started = True
    wiring.desktop.follow(wiring.settings)
    yield wiring
    wiring.window.quit()
    wiring.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert qapp.quitOnLastWindowClosed()


def test_closing_ends_segue_unless_the_listener_chose_the_tray(app: Wiring) -> None:
    app.window.close()
    assert not app.window.isVisible()
    assert QApplication.quitOnLastWindowClosed()
    assert not app.settings.tray_explained


def test_a_window_closed_into_the_tray_comes_back_and_is_explained_once(
    app: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, title, *rest: said.append(title))
    app.change_settings({"close_to_tray": True})
    for _ in range(2):
        app.window.close()
        assert not app.window.isVisible()
        assert not QApplication.quitOnLastWindowClosed()
        assert app.desktop.tray is not None
        app.desktop.tray.activated.emit(REASON.Trigger)
        assert app.window.isVisible()
        assert QApplication.quitOnLastWindowClosed()
    assert said == ["Segue plays on"]
    assert app.settings.tray_explained


def test_when_the_icon_is_turned_off_a_hidden_window_comes_back(app: Wiring) -> None:
    app.change_settings({"close_to_tray": True, "tray_explained": True})
    app.window.close()
    app.change_settings({"tray_icon": False})
    assert app.window.isVisible()
    app.window.close()
    assert QApplication.quitOnLastWindowClosed()


def test_without_a_tray_closing_is_closing(app: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    app.change_settings({"close_to_tray": True, "tray_explained": True})
    monkeypatch.setattr(Tray, "is_there", property(lambda self: False))
    assert not app.window.stays()


def test_quit_is_quit_from_anywhere(app: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    app.change_settings({"close_to_tray": True, "tray_explained": True})
    asked: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: asked.append(app.window.isVisible()))
    app.window.actions_by_name["quit"].trigger()
    assert asked == [False]


def test_the_settings_tell_each_choice_by_its_name(qtbot: QtBot) -> None:
    section = DesktopSection(Settings(), has_tray=False)
    qtbot.addWidget(section)
    told: list[dict[str, object]] = []
    section.changed.connect(told.append)
    section.notifications.buttons[0].click()
    section.closing.buttons[1].click()
    section.awake.buttons[1].click()
    section.tray.buttons[0].click()
    assert told == [{"notifications": False}, {"close_to_tray": True}, {"stay_awake": True}, {"tray_icon": False}]
    assert not section.closing.isEnabled()
    assert section.note.text().startswith("This desktop shows no tray")
