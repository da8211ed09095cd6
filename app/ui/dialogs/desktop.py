"""The part of the settings about the desktop around the window: notifications, tray, sleep."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.config.settings import Settings
from app.domain.words import mark, say
from app.ui.controls import Segmented, words_label
from app.ui.theme import CAPTION, SHELF_TITLE, L

_OFF_ON: Final = (mark("Off"), mark("On"))
_CLOSED: Final = (mark("Ends Segue"), mark("Plays on"))
_NOTE: Final = mark(
    "Notifications come while you use another window. When Segue plays on, the icon in the tray brings the window "
    "back, and Quit is in its menu. Staying awake holds off the sleep that comes by itself, not the one you ask for."
)
_NO_TRAY: Final = mark("This desktop shows no tray at the moment, so closing the window ends Segue.")


class DesktopSection(QWidget):
    """Every change takes effect at once."""

    changed = Signal(dict)
    """The fields of ``Settings`` that changed, by name."""

    def __init__(self, settings: Settings, has_tray: bool) -> None:
        super().__init__()
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(L)
        self._form.setVerticalSpacing(L)
        self.notifications = self._add(say("Tell when a track begins"), _OFF_ON, "notifications", settings)
        self.tray = self._add(say("Icon in the tray"), _OFF_ON, "tray_icon", settings)
        self.closing = self._add(say("Closing the window"), _CLOSED, "close_to_tray", settings)
        self.awake = self._add(say("Stay awake while music plays"), _OFF_ON, "stay_awake", settings)
        self.tray.turned.connect(lambda on: self.closing.setEnabled(bool(on)))
        self.closing.setEnabled(settings.tray_icon)
        whole = QVBoxLayout(self)
        whole.setSpacing(L)
        whole.addWidget(words_label(say("Desktop"), SHELF_TITLE))
        whole.addLayout(self._form)
        self.note = words_label(say(_NOTE) if has_tray else f"{say(_NO_TRAY)} {say(_NOTE)}", CAPTION, "text2")
        whole.addWidget(self.note)
        whole.addStretch(1)

    def _add(self, words: str, choices: tuple[str, str], field: str, settings: Settings) -> Segmented:
        made = Segmented(words, [say(choice) for choice in choices])
        made.choose(int(getattr(settings, field)))
        made.turned.connect(lambda at: self.changed.emit({field: bool(at)}))
        self._form.addRow(words, made)
        return made
