import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.config.settings import Settings
from app.ui.dialogs.pace import PaceSection
from app.ui.dialogs.settings import SettingsDialog
from app.ui.speed_menu import STEP, speed_menu, step_speed
from app.ui.theme import Theme
from tests.helpers.fake_playback import FakePlaybackService
from tests.helpers.fake_services import FakeLibraryService


def a_section(qtbot: QtBot, settings: Settings) -> tuple[PaceSection, dict[str, object]]:
    section, chosen = PaceSection(settings), dict[str, object]()
    section.changed.connect(chosen.update)
    qtbot.addWidget(section)
    section.show()
    return section, chosen


def test_it_shows_what_was_chosen_and_asks_for_nothing(qtbot: QtBot) -> None:
    section, chosen = a_section(qtbot, Settings(crossfade_s=4, speed_percent=125))
    assert (section.crossfade.text(), section.speed.text()) == ("4 seconds", "125 %")
    assert chosen == {}
    off, _ = a_section(qtbot, Settings())
    assert (off.crossfade.text(), off.speed.text()) == ("Off", "100 %")


def test_both_are_chosen_with_the_keyboard_and_stay_within_their_limits(qtbot: QtBot) -> None:
    section, chosen = a_section(qtbot, Settings())
    qtbot.keyClick(section.crossfade, Qt.Key.Key_Up)
    qtbot.keyClick(section.speed, Qt.Key.Key_Up)
    assert chosen == {"crossfade_s": 1, "speed_percent": 105}
    section.crossfade.setValue(99)
    section.speed.setValue(999)
    assert chosen == {"crossfade_s": 12, "speed_percent": 200}
    assert section.crossfade.accessibleName() == "Crossfade"
    assert section.speed.accessibleName() == "Speed"


def test_a_number_that_is_being_typed_is_not_heard_digit_by_digit(qtbot: QtBot) -> None:
    section, chosen = a_section(qtbot, Settings())
    section.crossfade.selectAll()
    qtbot.keyClicks(section.crossfade, "12")
    assert chosen == {}
    qtbot.keyClick(section.crossfade, Qt.Key.Key_Return)
    assert chosen == {"crossfade_s": 12}


def test_the_settings_pass_it_on(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Theme("light"), FakeLibraryService(), Settings())
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.changed) as changed:
        dialog.pace.crossfade.setValue(3)
    assert changed.args == [{"crossfade_s": 3}]


@pytest.mark.parametrize(("speed", "ticked"), [(100, "Normal"), (150, "1.5 ×"), (135, "1.35 ×")])
def test_the_menu_ticks_the_speed_in_use(qtbot: QtBot, speed: int, ticked: str) -> None:
    playback, dialog = FakePlaybackService(), PaceSection(Settings())
    qtbot.addWidget(dialog)
    playback.speed = speed
    menu = speed_menu(playback, dialog)
    assert [action.text() for action in menu.actions() if action.isChecked()] == [ticked]
    assert menu.title() == f"Speed: {ticked}"
    menu.actions()[0].trigger()
    assert playback.speed == 50


def test_steps_stop_at_the_limits_and_say_where_they_are() -> None:
    playback, said = FakePlaybackService(), list[str]()
    for step in [STEP] * 11 + [0] + [-STEP] * 6:
        step_speed(playback, step, said.append)
        assert 50 <= playback.speed <= 200
    assert (said[0], said[10], said[11], said[-1]) == ("Speed: 1.1 ×", "Speed: 2 ×", "Speed: Normal", "Speed: 0.5 ×")


def turn_over(widget: QWidget) -> None:
    at, turn = QPointF(5, 5), QPoint(0, 120)
    none, phase, button = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    QApplication.sendEvent(widget, QWheelEvent(at, widget.mapToGlobal(at), QPoint(), turn, button, none, phase, False))


def test_the_wheel_over_a_field_that_was_not_chosen_turns_the_page(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Theme("light"), FakeLibraryService(), Settings(crossfade_s=4))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.names.setCurrentRow(2)
    qtbot.waitExposed(dialog)
    turn_over(dialog.pace.crossfade)
    assert dialog.pace.crossfade.value() == 4
    dialog.activateWindow()
    dialog.pace.crossfade.setFocus()
    qtbot.waitUntil(dialog.pace.crossfade.hasFocus)
    turn_over(dialog.pace.crossfade)
    assert dialog.pace.crossfade.value() == 5


def test_the_wheel_over_a_long_list_turns_the_list(qtbot: QtBot) -> None:
    library = FakeLibraryService()
    dialog = SettingsDialog(Theme("light"), library, Settings())
    qtbot.addWidget(dialog)
    dialog.folders.list.addItems([f"/music/{number}" for number in range(200)])
    dialog.show()
    qtbot.waitExposed(dialog)
    bar = dialog.folders.list.verticalScrollBar()
    bar.setValue(5)
    turn_over(dialog.folders.list.viewport())
    assert bar.value() < 5
