"""In a made-up language every text of the window is marked: what is not marked was never given to the translators."""

import html
import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.config.settings import Settings
from app.domain import words
from app.domain.clean import shown_path
from app.ui.actions import SPECS
from app.ui.companion.players_dialog import PlayersDialog
from app.ui.companion.tray import CompanionTray
from app.ui.companion.window import CompanionWindow
from app.ui.controls import Line
from app.ui.dialogs.about import AboutDialog
from app.ui.dialogs.scan_report import ScanReportDialog
from app.ui.dialogs.settings import SettingsDialog
from app.ui.dialogs.shortcuts import ShortcutsDialog
from app.ui.dialogs.track_details import TrackDetailsDialog
from app.ui.dialogs.welcome import WelcomeDialog
from app.ui.main_window import MainWindow
from app.ui.theme import Theme
from app.ui.views import Services, Views
from tests.helpers.fake_companion import a_player, a_stranger
from tests.helpers.fake_grade import FakeGradeService
from tests.helpers.fake_playlists import FakePlaylistService, FakeTagService
from tests.helpers.fake_services import (
    FakeCoverService,
    FakeHistoryService,
    FakeLibraryService,
    FakePlaybackService,
    FakeSuggestionService,
    a_track,
    some_tracks,
)
from tests.ui.test_track_details import some_details

_DATA = re.compile(r"^[\d\W_]*$|^(Segue|English|简体中文|ISRC|\d+k)$")
"""Numbers, signs and names that are the same everywhere."""


@pytest.fixture(autouse=True)
def _marked() -> Iterator[None]:
    words.use(lambda text, count: f"⟦{text}⟧")
    yield
    words.use(None)


class Window:
    def __init__(self, qtbot: QtBot) -> None:
        self.library, self.playback = FakeLibraryService(some_tracks(40)), FakePlaybackService()
        self.suggestions, self.tags = FakeSuggestionService(), FakeTagService()
        self.theme = Theme("light")
        self.views = Views(
            Services(
                self.library,
                self.playback,
                self.suggestions,
                FakeCoverService(),
                FakeHistoryService(),
                FakePlaylistService(),
                self.tags,
                FakeGradeService(),
            ),
            self.theme,
        )
        self.window = MainWindow(
            self.theme,
            self.library,
            self.playback,
            self.suggestions,
            FakeCoverService(),
            self.views,
            self.views.openers,
        )
        qtbot.addWidget(self.window)
        self.window.show()
        shelves = self.suggestions.shelves()
        shelf_words = {words for shelf in shelves for words in (shelf.title, shelf.rule)}
        self.data = shelf_words | _names(self.library.tracks(self.library.ids("title", False)))


def _names(tracks: list) -> set[str]:  # type: ignore[type-arg]
    fields = ("title", "artist", "album", "album_artist", "genre", "shown_artist", "shown_album")
    return {str(getattr(track, field)) for track in tracks for field in fields}


def _texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Everything a widget and what is in it says, with where."""
    for widget in [root, *root.findChildren(QWidget)]:
        where = type(widget).__name__
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield where, widget.text()
        if isinstance(widget, Line):
            yield where, widget.text
        if isinstance(widget, QLineEdit):
            yield where, widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from ((where, widget.itemText(row)) for row in range(widget.count()))
        if isinstance(widget, (QMenu, QDialog)):
            yield where, widget.windowTitle()
        yield f"{where}, tooltip", widget.toolTip()
        yield f"{where}, name", widget.accessibleName()
    for action in root.findChildren(QAction):
        yield f"action {action.objectName()}", action.text()


def _unmarked(root: QWidget, data: set[str]) -> list[tuple[str, str]]:
    return sorted({(w, text) for w, text in _texts(root) if text and not _passes(text, data)})


def _passes(text: str, data: set[str]) -> bool:
    """Marked, or no words at all, or nothing but names out of the library."""
    left = re.sub(r"⟦.*⟧", "", html.unescape(text.removeprefix("<qt>").removesuffix("</qt>")))
    for name in sorted(data, key=len, reverse=True):
        left = left.replace(name, "")
    return bool(_DATA.match(left))


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return Window(qtbot)


@pytest.mark.parametrize(
    "view", ["home", "albums", "artists", "tracks", "genres", "playlists", "history", "statistics", "grade", "search"]
)
def test_a_view_says_nothing_that_is_not_translated(window: Window, qtbot: QtBot, view: str) -> None:
    window.window.show_view(view)
    qtbot.wait(50)
    page = window.views[view]
    assert not _unmarked(page, window.data)


def test_frame_and_panels_say_nothing_that_is_not_translated(window: Window, qtbot: QtBot) -> None:
    window.playback.play_now(window.library.tracks(window.library.ids("title", False))[:5])
    for tab in ("suggestions", "queue", "lyrics"):
        window.window.panel.show_tab(tab)
    menu = window.window.menu()
    for part in (window.window.rail, window.window.bar, window.window.panel, menu):
        assert not [found for found in _unmarked(part, window.data | _suggested(window)) if "Device" not in found[0]], (
            type(part).__name__
        )


# Offscreen there is no tray: what Qt says of that.
@pytest.mark.qt_log_ignore(r"^QObject::connect: No such signal QPlatformNativeInterface::systemTrayWindowChanged")
def test_the_companion_says_nothing_that_is_not_translated(window: Window, qtbot: QtBot) -> None:
    companion = CompanionWindow(window.theme, window.suggestions, FakeCoverService())
    dialog, tray = PlayersDialog((a_player("XY", a_track(1)),), ()), CompanionTray(window.theme, companion)
    for widget in (companion, dialog):
        qtbot.addWidget(widget)
    data = _suggested(window) | _names([a_track(1), a_stranger()]) | {"XY"}
    shown = [a_player("XY", a_track(1)), a_player("XY", a_stranger()), a_player("XY"), a_player("XY", ignored=True)]
    states = [(one, True, True) for one in shown] + [(None, True, True), (None, False, True)]
    for player, has_bus, has_library in states:
        companion.show_players(player, (), has_bus=has_bus, has_library=has_library)
        tray.show_player(player)
        tray.menu.aboutToShow.emit()
        for part in (companion, tray.menu):
            assert not _unmarked(part, data), (player, type(part).__name__)
    companion.show_players(shown[0], (), has_bus=True, has_library=False)
    assert not _unmarked(companion, data)
    assert not _unmarked(dialog, data)


def _suggested(window: Window) -> set[str]:
    made = window.suggestions.current()
    said = {one.reason for one in made.suggestions} | {made.heading, made.state}
    return _names([one.track for one in made.suggestions]) | said


def test_dialogs_say_nothing_that_is_not_translated(window: Window, qtbot: QtBot) -> None:
    one = some_details(1)
    native = QKeySequence.SequenceFormat.NativeText
    keys = {QKeySequence(key).toString(native) for spec in SPECS for key in spec.keys}
    shown = {shown_path(one.track.path), one.track.title, "FLAC", *_names([one.track]), *keys}
    dialogs = [
        SettingsDialog(window.theme, window.library, Settings()),
        AboutDialog("1"),
        ShortcutsDialog(),
        ScanReportDialog([]),
        WelcomeDialog(window.theme, folder=b""),
        TrackDetailsDialog([some_details(1, bpm=120.0)]),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        assert not _unmarked(dialog, window.data | shown), type(dialog).__name__
