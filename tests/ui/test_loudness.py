from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.config.settings import Settings
from app.domain.loudness import FLAT, PRESETS
from app.ui.dialogs.loudness import LoudnessSection
from app.ui.dialogs.settings import SettingsDialog
from app.ui.theme import Theme
from tests.helpers.fake_services import FakeLibraryService


def a_section(qtbot: QtBot, settings: Settings) -> tuple[LoudnessSection, dict[str, object]]:
    """The section on screen, and everything that was chosen in it."""
    section, chosen = LoudnessSection(settings), dict[str, object]()
    section.changed.connect(chosen.update)
    qtbot.addWidget(section)
    section.show()
    return section, chosen


def test_it_shows_what_was_chosen_and_asks_for_nothing(qtbot: QtBot) -> None:
    rock = PRESETS["Rock"]
    settings = Settings(replay_gain="album", preamp_db=-3, equaliser=True, equaliser_bands=rock)
    section, chosen = a_section(qtbot, settings)
    assert [button.isChecked() for button in section.level.buttons] == [False, False, False, True]
    assert section.preamp.value() == -3
    assert section.presets.currentText() == "Rock"
    assert tuple(slider.value() for slider in section.sliders) == rock
    assert section.bands.isVisible()
    assert chosen == {}


def test_the_level_and_the_preamp_are_chosen(qtbot: QtBot) -> None:
    section, chosen = a_section(qtbot, Settings())
    section.level.buttons[2].click()
    section.preamp.setValue(4)
    assert chosen == {"replay_gain": "track", "preamp_db": 4}
    section.level.buttons[0].click()
    assert chosen["replay_gain"] == "off"
    assert not section.preamp.isEnabled()


def test_a_preset_moves_the_bands_and_a_moved_band_is_ones_own(qtbot: QtBot) -> None:
    section, chosen = a_section(qtbot, Settings())
    assert not section.bands.isVisible()
    section.equaliser.buttons[1].click()
    assert section.bands.isVisible()
    section.presets.setFocus()
    qtbot.keyClicks(section.presets, "Jazz")
    section.presets.activated.emit(section.presets.currentIndex())
    assert chosen == {"equaliser": True, "equaliser_bands": PRESETS["Jazz"]}
    section.sliders[0].setFocus()
    qtbot.keyClick(section.sliders[0], Qt.Key.Key_Up)
    assert chosen["equaliser_bands"] == (3, *PRESETS["Jazz"][1:])
    assert section.presets.currentIndex() == -1
    for slider in section.sliders:
        slider.setValue(0)
    assert (chosen["equaliser_bands"], section.presets.currentText()) == (FLAT, "Flat")


def test_every_control_is_named_and_reached_by_the_keyboard(qtbot: QtBot) -> None:
    section, _ = a_section(qtbot, Settings(equaliser=True))
    controls = [section.preamp, section.presets, *section.sliders]
    assert all(control.accessibleName() for control in [*controls, section.level, section.equaliser])
    for control in [*controls, *section.level.buttons, *section.equaliser.buttons]:
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert section.sliders[0].accessibleName() == "31.25 hertz, in decibels"


def test_the_settings_pass_it_on(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Theme("light"), FakeLibraryService(), Settings())
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.changed) as changed:
        dialog.loudness.equaliser.buttons[1].click()
    assert changed.args == [{"equaliser": True}]
