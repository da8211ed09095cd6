"""Settings: what there is to choose, a page for each matter, named at the left."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QSystemTrayIcon, QWidget

from app.config.settings import Settings
from app.domain.words import mark, say
from app.ui.dialogs.appearance import AppearanceSection
from app.ui.dialogs.base import Dialog, scrolled
from app.ui.dialogs.desktop import DesktopSection
from app.ui.dialogs.folders import FoldersSection
from app.ui.dialogs.loudness import LoudnessSection
from app.ui.dialogs.pace import PaceSection
from app.ui.dialogs.welcome import ask_folder
from app.ui.services import Library
from app.ui.theme import XL, Theme, scaled

_PAGES: Final = (
    mark("Library"),
    mark("Appearance"),
    mark("Playback"),
    mark("Loudness"),
    mark("Desktop"),
)
_Section = FoldersSection | AppearanceSection | PaceSection | LoudnessSection | DesktopSection
_NAMES_PX: Final = 136
_HEIGHT_PX: Final = 520


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
        super().__init__(say("Settings"), parent, width=680)
        self.folders = FoldersSection(library, settings, ask)
        self.appearance = AppearanceSection(theme, settings)
        self.pace = PaceSection(settings)
        self.loudness = LoudnessSection(settings)
        self.desktop = DesktopSection(settings, QSystemTrayIcon.isSystemTrayAvailable())
        self.names, self.pages = _Names(), QStackedWidget()
        sections: tuple[_Section, ...] = (self.folders, self.appearance, self.pace, self.loudness, self.desktop)
        for words, section in zip(_PAGES, sections, strict=True):
            section.changed.connect(self.changed)
            self.names.addItem(say(words))
            self.pages.addWidget(scrolled(section))
        self.names.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.names.setCurrentRow(0)
        row = QHBoxLayout()
        row.setSpacing(XL)
        row.addWidget(self.names)
        row.addWidget(self.pages, 1)
        self.body.addLayout(row)
        self.close_button = self.add_button(say("Done"), primary=True)
        self.close_button.clicked.connect(self.accept)
        self.fit_height(_HEIGHT_PX)

    def add_section(self, name: str, section: QWidget) -> None:
        """One more page, behind the others."""
        self.names.addItem(name)
        self.pages.addWidget(scrolled(section))


class _Names(QListWidget):
    """The pages by name. Up and Down turn to them at once."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.setAccessibleName(say("Pages of the settings"))
        self.setFixedWidth(max(scaled(_NAMES_PX), self.sizeHintForColumn(0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentRow()
        super().keyPressEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(before)
