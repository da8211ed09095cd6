"""Settings: music folders, appearance, and what counts as music."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QSystemTrayIcon,
    QWidget,
)

from app.config.settings import Settings
from app.domain.text import shown_path
from app.domain.words import mark, say
from app.qt.translations import LANGUAGES
from app.ui.controls import Segmented, TextButton, words_label
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.desktop import DesktopSection
from app.ui.dialogs.loudness import LoudnessSection
from app.ui.dialogs.pace import PaceSection
from app.ui.dialogs.welcome import ask_folder
from app.ui.services import Library
from app.ui.theme import CAPTION, SHELF_TITLE, L, S, Theme

_THEMES: Final = (("system", mark("System")), ("light", mark("Light")), ("dark", mark("Dark")))
_LANGUAGES: Final = ("system", *LANGUAGES)
_PATH: Final = Qt.ItemDataRole.UserRole


class SettingsDialog(Dialog):
    """Every change takes effect at once."""

    changed = Signal(dict)
    """The fields of ``Settings`` that changed, by name."""

    def __init__(
        self,
        theme: Theme,
        library: Library,
        settings: Settings,
        parent: QWidget | None = None,
        ask: Callable[[QWidget], bytes] = ask_folder,
    ) -> None:
        super().__init__(say("Settings"), parent, width=576, height=700)
        self._theme, self._library, self._ask = theme, library, ask
        self._add_folders()
        self._add_rest(settings)
        self.pace = PaceSection(settings)
        self.pace.changed.connect(self.changed)
        self.body.addWidget(self.pace)
        self.loudness = LoudnessSection(settings)
        self.loudness.changed.connect(self.changed)
        self.body.addWidget(self.loudness)
        self.desktop = DesktopSection(settings, QSystemTrayIcon.isSystemTrayAvailable())
        self.desktop.changed.connect(self.changed)
        self.body.addWidget(self.desktop)
        self.body.addStretch(1)
        self.close_button = self.add_button(say("Done"), primary=True)
        self.close_button.clicked.connect(self.accept)
        self._show_folders()

    def add_section(self, section: QWidget) -> None:
        """One more part, below the others."""
        self.body.insertWidget(self.body.count() - 1, section)

    def _add_folders(self) -> None:
        self.body.addWidget(words_label(say("Music folders"), SHELF_TITLE))
        self.folders = QListWidget()
        self.folders.setObjectName("boxed")
        self.folders.setAccessibleName(say("Music folders"))
        self.folders.setFixedHeight(120)
        self.folders.itemSelectionChanged.connect(self._selected)
        self.body.addWidget(self.folders)
        row = QHBoxLayout()
        row.setSpacing(S)
        self.add = TextButton(say("Add a folder…"))
        self.add.clicked.connect(self._add)
        self.remove = TextButton(say("Remove"))
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.body.addLayout(row)
        note = say("Removing a folder leaves its files where they are. What you played stays remembered.")
        self.body.addWidget(words_label(note, CAPTION, "text2"))

    def _add_rest(self, settings: Settings) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(L)
        form.setVerticalSpacing(L)
        self.appearance = Segmented(say("Appearance"), [say(words) for _, words in _THEMES])
        self.appearance.choose([choice for choice, _ in _THEMES].index(settings.theme))
        self.appearance.turned.connect(self._theme_chosen)
        form.addRow(say("Appearance"), self.appearance)
        self.language = QComboBox()
        self.language.setAccessibleName(say("Language"))
        self.language.addItem(say("The system's language"), "system")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(_LANGUAGES.index(settings.language))
        self.language.activated.connect(self._language_chosen)
        form.addRow(say("Language"), self.language)
        self.least = QSpinBox()
        self.least.setRange(0, 600)
        self.least.setAccessibleName(say("Leave out untagged sounds under"))
        self.least.setSuffix(say(" seconds"))
        self.least.lineEdit().setTextMargins(S, 0, S, 0)
        self.least.setValue(settings.min_length_s)
        self.least.valueChanged.connect(self._least_chosen)
        form.addRow(say("Leave out untagged sounds under"), self.least)
        self.body.addLayout(form)

    def _show_folders(self) -> None:
        self.folders.clear()
        for path in self._library.folders():
            item = QListWidgetItem(shown_path(path))
            item.setData(_PATH, path)
            self.folders.addItem(item)
        self._selected()

    def _selected(self) -> None:
        self.remove.setEnabled(bool(self.folders.selectedItems()))

    def _add(self) -> None:
        path = self._ask(self)
        if path:
            self._library.add_folder(path)
            self._show_folders()

    def _remove(self) -> None:
        for item in self.folders.selectedItems():
            self._library.remove_folder(bytes(item.data(_PATH)))
        self._show_folders()

    def _theme_chosen(self, at: int) -> None:
        choice = _THEMES[at][0]
        self._theme.choose(choice)  # type: ignore[arg-type]
        self.changed.emit({"theme": choice})

    def _language_chosen(self, at: int) -> None:
        self.changed.emit({"language": _LANGUAGES[at]})

    def _least_chosen(self, seconds: int) -> None:
        self.changed.emit({"min_length_s": seconds})
