"""A window over fakes, for tests of the frame."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.config.settings import Settings
from app.ui.main_window import MainWindow
from app.ui.theme import Theme
from tests.helpers.fake_services import (
    FakeCoverService,
    FakeLibraryService,
    FakePlaybackService,
    FakeSuggestionService,
)

VIEWS = ("home", "albums", "artists", "tracks", "genres", "history", "search", "album", "artist")


class Given:
    """A window over fakes, with empty views."""

    def __init__(self, qtbot: QtBot, settings: Settings | None = None) -> None:
        self.library, self.playback = FakeLibraryService(), FakePlaybackService()
        self.suggestions = FakeSuggestionService()
        self.opened: list[str] = []
        self.shelves: list[str] = []
        self.changes: dict[str, object] = {}
        self.window = MainWindow(
            Theme("light"),
            self.library,
            self.playback,
            self.suggestions,
            FakeCoverService(),
            {name: QWidget() for name in VIEWS},
            {"album": self.opened.append, "artist": self.opened.append, "home": self.shelves.append},
            settings,
            self.changes.update,
        )
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifiers)
