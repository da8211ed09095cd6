"""The choice of the sound output in the player bar."""

from pytestqt.qtbot import QtBot

from app.domain.device import Device, Outputs
from app.ui.device_button import DeviceButton
from app.ui.theme import Theme
from tests.helpers.fake_services import FakePlaybackService


def test_the_menu_lists_the_devices_and_a_choice_is_ticked(qtbot: QtBot) -> None:
    playback = FakePlaybackService()
    playback.outputs = Outputs((Device("a", "Speakers"), Device("b", "Phones & <b>Co</b>" + "x" * 500)), "a")
    playback.output_id = "a"
    button = DeviceButton(Theme("light"), playback)
    qtbot.addWidget(button)
    assert button.accessibleName() == "Sound output: Speakers"
    acts = [action for action in button.menu_of_devices().actions() if not action.isSeparator()]
    assert [action.isChecked() for action in acts] == [True, False, False]
    assert acts[2].text().startswith("Phones && <b>Co</b>")
    assert len(acts[2].text()) < 80
    acts[2].trigger()
    assert playback.wanted_output == "b"
    acts = [action for action in button.menu_of_devices().actions() if not action.isSeparator()]
    assert [action.isChecked() for action in acts] == [False, False, True]


def test_without_devices_it_says_so(qtbot: QtBot) -> None:
    button = DeviceButton(Theme("light"), FakePlaybackService())
    qtbot.addWidget(button)
    assert button.accessibleName() == "Sound output: none"
    assert [action.text() for action in button.menu_of_devices().actions()][-1] == "There is no sound output"
