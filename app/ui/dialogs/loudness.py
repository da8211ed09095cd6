"""The part of the settings that changes the sound: ReplayGain, preamp, equaliser."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QSlider, QVBoxLayout, QWidget

from app.config.settings import Settings
from app.domain.loudness import BANDS_HZ, MOST_BAND_DB, MOST_PREAMP_DB, PRESETS
from app.domain.words import mark, say
from app.ui.controls import Segmented, words_label
from app.ui.dialogs.fields import Choice, Number
from app.ui.theme import CAPTION, SHELF_TITLE, L

_LEVELS: Final = (
    ("off", mark("Off")),
    ("auto", mark("Automatic")),
    ("track", mark("By track")),
    ("album", mark("By album")),
)
_NOTE: Final = mark(
    "Plays quiet and loud recordings equally loud, by the ReplayGain in their tags. Automatic "
    "keeps the differences within an album that plays in order."
)
_SLIDER_PX: Final = 96


class LoudnessSection(QWidget):
    """Every change is heard within a second, without a gap."""

    changed = Signal(dict)
    """The fields of ``Settings`` that changed, by name."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(L)
        self._form.setVerticalSpacing(L)
        self._add_level(settings)
        self._add_equaliser(settings)
        whole = QVBoxLayout(self)
        whole.setSpacing(L)
        whole.addWidget(words_label(say("Loudness"), SHELF_TITLE))
        whole.addLayout(self._form)
        whole.addWidget(self.bands)
        whole.addWidget(words_label(say(_NOTE), CAPTION, "text2"))
        whole.addStretch(1)
        self._show_bands(settings.equaliser)

    def _add_level(self, settings: Settings) -> None:
        self.level = Segmented(say("Equal loudness"), [say(words) for _, words in _LEVELS])
        self.level.choose([choice for choice, _ in _LEVELS].index(settings.replay_gain))
        self.level.turned.connect(self._level_chosen)
        self.level.setToolTip(say(_NOTE))
        self._form.addRow(say("Equal loudness"), self.level)
        most = MOST_PREAMP_DB
        self.preamp = Number(say("Louder or quieter than ReplayGain asks"), -most, most, " dB")
        self.preamp.setValue(settings.preamp_db)
        self.preamp.setEnabled(settings.replay_gain != "off")
        self.preamp.valueChanged.connect(lambda value: self.changed.emit({"preamp_db": value}))
        self._form.addRow(say("Preamp"), self.preamp)

    def _add_equaliser(self, settings: Settings) -> None:
        self.equaliser = Segmented(say("Equaliser"), [say("Off"), say("On")])
        self.equaliser.choose(int(settings.equaliser))
        self.equaliser.turned.connect(self._turned)
        self._form.addRow(say("Equaliser"), self.equaliser)
        self.presets = Choice(say("Equaliser preset"))
        self.presets.setPlaceholderText(say("Your own"))
        self.presets.addItems([say(name) for name in PRESETS])
        self.presets.activated.connect(self._preset_chosen)
        self._form.addRow(say("Preset"), self.presets)
        self._add_bands(settings)
        self._name_preset()

    def _add_bands(self, settings: Settings) -> None:
        self.bands, self.sliders, self._values = QWidget(), list[QSlider](), list[QLabel]()
        grid = QGridLayout(self.bands)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (hz, gain_db) in enumerate(zip(BANDS_HZ, settings.equaliser_bands, strict=True)):
            slider = QSlider(Qt.Orientation.Vertical)
            slider.setRange(-MOST_BAND_DB, MOST_BAND_DB)
            slider.setPageStep(3)
            slider.setFixedHeight(_SLIDER_PX)
            slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            slider.setAccessibleName(say("{:g} hertz, in decibels", hz))
            slider.setValue(gain_db)
            slider.valueChanged.connect(self._band_moved)
            value, name = words_label("", CAPTION, "text2"), words_label(_short(hz), CAPTION, "text2")
            for label in (value, name):
                label.setWordWrap(False)
            for row, widget in enumerate((value, slider, name)):
                grid.addWidget(widget, row, place, Qt.AlignmentFlag.AlignHCenter)
            self.sliders.append(slider)
            self._values.append(value)
        self._say_values()

    def _show_bands(self, shown: bool) -> None:
        self.bands.setVisible(shown)
        self._form.setRowVisible(self.presets, shown)

    def _level_chosen(self, at: int) -> None:
        choice = _LEVELS[at][0]
        self.preamp.setEnabled(choice != "off")
        self.changed.emit({"replay_gain": choice})

    def _turned(self, at: int) -> None:
        self._show_bands(bool(at))
        self.changed.emit({"equaliser": bool(at)})

    def _preset_chosen(self, at: int) -> None:
        for slider, gain_db in zip(self.sliders, list(PRESETS.values())[at], strict=True):
            slider.blockSignals(True)
            slider.setValue(gain_db)
            slider.blockSignals(False)
        self._band_moved()

    def _band_moved(self) -> None:
        self._say_values()
        self._name_preset()
        self.changed.emit({"equaliser_bands": self._chosen()})

    def _chosen(self) -> tuple[int, ...]:
        return tuple(slider.value() for slider in self.sliders)

    def _say_values(self) -> None:
        for label, slider in zip(self._values, self.sliders, strict=True):
            label.setText(f"{slider.value():+d}" if slider.value() else "0")

    def _name_preset(self) -> None:
        """The preset that the bands are, or none."""
        names = [name for name, bands in PRESETS.items() if bands == self._chosen()]
        self.presets.setCurrentIndex(list(PRESETS).index(names[0]) if names else -1)


def _short(hz: float) -> str:
    """A band as its slider is labelled.

    >>> _short(31.25), _short(16_000.0)
    ('31', '16k')
    """
    return f"{hz / 1000:g}k" if hz >= 1000 else f"{int(hz)}"
