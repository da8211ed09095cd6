"""The part of the settings about going on: from one track into the next, and how fast."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.config.settings import Settings
from app.domain.pace import FASTEST, MOST_CROSSFADE_S, SLOWEST
from app.domain.words import mark, say
from app.ui.controls import words_label
from app.ui.dialogs.fields import Number
from app.ui.theme import CAPTION, SHELF_TITLE, L

_NOTE: Final = mark(
    "A crossfade lets the end of a track sound on under the next one. An album that plays in order is never faded. "
    "The speed leaves the pitch as it is."
)
_SPEED_STEP: Final = 5


class PaceSection(QWidget):
    """Every change is heard within a second."""

    changed = Signal(dict)
    """The fields of ``Settings`` that changed, by name."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        form = QFormLayout()
        form.setHorizontalSpacing(L)
        form.setVerticalSpacing(L)
        self.crossfade = Number(say("Crossfade"), 0, MOST_CROSSFADE_S, say(" seconds"))
        self.crossfade.setSpecialValueText(say("Off"))
        self.crossfade.setValue(settings.crossfade_s)
        self.crossfade.valueChanged.connect(lambda seconds: self.changed.emit({"crossfade_s": seconds}))
        form.addRow(say("Crossfade"), self.crossfade)
        self.speed = Number(say("Speed"), SLOWEST, FASTEST, " %")
        self.speed.setSingleStep(_SPEED_STEP)
        self.speed.setValue(settings.speed_percent)
        self.speed.valueChanged.connect(lambda percent: self.changed.emit({"speed_percent": percent}))
        form.addRow(say("Speed"), self.speed)
        whole = QVBoxLayout(self)
        whole.setSpacing(L)
        whole.addWidget(words_label(say("Playback"), SHELF_TITLE))
        whole.addLayout(form)
        whole.addWidget(words_label(say(_NOTE), CAPTION, "text2"))
        whole.addStretch(1)
