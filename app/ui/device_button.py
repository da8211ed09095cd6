"""The button that says where the sound comes out, and changes it."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from app.domain.words import say
from app.ui.controls import IconButton
from app.ui.services import Playback
from app.ui.theme import Theme

_LONGEST = 60


class DeviceButton(IconButton):
    """Its menu lists the devices, the one in use ticked; the first entry follows the system."""

    def __init__(self, theme: Theme, playback: Playback) -> None:
        super().__init__(theme, "device", say("Sound output"))
        self._playback = playback
        self.clicked.connect(self._open)
        playback.outputs_changed.connect(self._show)
        self._show()

    def menu_of_devices(self) -> QMenu:
        """The system's default, then every device."""
        menu, playback = QMenu(self), self._playback
        group = QActionGroup(menu)
        choices = [("", say("The system's default")), *((one.id, _plain(one.name)) for one in playback.outputs.devices)]
        known = {device_id for device_id, _ in choices}
        for device_id, words in choices:
            action = menu.addAction(words, partial(playback.choose_output, device_id))
            action.setCheckable(True)
            wanted = playback.wanted_output
            action.setChecked(device_id == (wanted if wanted in known else ""))
            group.addAction(action)
            if not device_id:
                menu.addSeparator()
        if not playback.outputs.devices:
            menu.addAction(say("There is no sound output")).setEnabled(False)
        return menu

    def _show(self) -> None:
        outputs, current = self._playback.outputs, self._playback.output_id
        name = next((one.name for one in outputs.devices if one.id == current), say("none"))
        self.set_words(say("Sound output: {}", name[:_LONGEST]))

    def _open(self) -> None:
        menu = self.menu_of_devices()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))


def _plain(name: str) -> str:
    """A name from outside: short, and its ampersands are no shortcuts."""
    return name[:_LONGEST].replace("&", "&&")
