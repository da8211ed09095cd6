"""The part of the settings about how the window looks and speaks: light or dark, language, size, rows."""

from typing import Final, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.config.settings import Density, Settings
from app.domain.words import mark, say
from app.qt.translations import LANGUAGES
from app.ui.controls import Segmented, words_label
from app.ui.dialogs.fields import Choice
from app.ui.theme import CAPTION, SHELF_TITLE, ZOOMS, L, Theme

_THEMES: Final = (("system", mark("System")), ("light", mark("Light")), ("dark", mark("Dark")))
_LANGUAGES: Final = ("system", *LANGUAGES)
_DENSITIES: Final[tuple[Density, ...]] = get_args(Density)


class AppearanceSection(QWidget):
    """Another language or size makes the window anew; this dialog comes back with it."""

    changed = Signal(dict)
    """The fields of ``Settings`` that changed, by name."""

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(L)
        self._form.setVerticalSpacing(L)
        self.look = Segmented(say("Appearance"), [say(words) for _, words in _THEMES])
        self.look.choose([choice for choice, _ in _THEMES].index(settings.theme))
        self.look.turned.connect(self._look_chosen)
        self._form.addRow(say("Appearance"), self.look)
        self.language = self._choice(say("Language"), [say("The system's language"), *LANGUAGES.values()])
        self.language.setCurrentIndex(_LANGUAGES.index(settings.language))
        self.language.activated.connect(lambda at: self.changed.emit({"language": _LANGUAGES[at]}))
        self.zoom = self._choice(say("Text and rows"), [f"{percent} %" for percent in ZOOMS])
        self.zoom.setCurrentIndex(min(range(len(ZOOMS)), key=lambda at: abs(ZOOMS[at] - theme.zoom)))
        self.zoom.activated.connect(lambda at: theme.choose_zoom(ZOOMS[at]))
        self.rows = Segmented(say("Rows of tables"), [say("Compact"), say("Normal"), say("Roomy")])
        self.rows.choose(_DENSITIES.index(theme.density))
        self.rows.turned.connect(lambda at: theme.choose_density(_DENSITIES[at]))
        self._form.addRow(say("Rows of tables"), self.rows)
        whole = QVBoxLayout(self)
        whole.setSpacing(L)
        whole.addWidget(words_label(say("Appearance"), SHELF_TITLE))
        whole.addLayout(self._form)
        note = say("Ctrl with + and − makes text larger and smaller at any time; Ctrl+0 is the system's size.")
        whole.addWidget(words_label(note, CAPTION, "text2"))
        whole.addStretch(1)

    def _choice(self, name: str, words: list[str]) -> Choice:
        made = Choice(name)
        made.addItems(words)
        self._form.addRow(name, made)
        return made

    def _look_chosen(self, at: int) -> None:
        choice = _THEMES[at][0]
        self._theme.choose(choice)  # type: ignore[arg-type]
        self.changed.emit({"theme": choice})
