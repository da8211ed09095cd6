"""The window: how its parts stand, where one goes from where, and what is remembered."""

import os

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.config.settings import Settings
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.domain.scan import RefusedFile
from app.ui.actions import SPECS
from app.ui.dialogs import welcome
from app.ui.dialogs.about import AboutDialog
from app.ui.dialogs.scan_report import ScanReportDialog
from app.ui.dialogs.settings import SettingsDialog
from app.ui.dialogs.shortcuts import ShortcutsDialog
from app.ui.dialogs.welcome import WelcomeDialog
from app.ui.drops import path_of
from app.ui.item_models.tracks import TRACKS_MIME
from app.ui.rail import Rail
from app.ui.theme import DARK, RAIL_WIDTH, Theme
from tests.helpers.fake_services import (
    FakeLibraryService,
    a_track,
    some_tracks,
)
from tests.helpers.frame import Given


@pytest.fixture
def given(qtbot: QtBot) -> Given:
    return Given(qtbot)


def test_at_1280_rail_centre_and_panel_stand_side_by_side(given: Given) -> None:
    window = given.window
    assert (window.width(), window.height()) == (1280, 800)
    assert window.rail.geometry().getRect() == (0, 0, 208, 728)
    assert window.panel.geometry().getRect() == (944, 0, 336, 728)
    assert window.stack.geometry().getRect() == (208, 0, 736, 728)
    assert window.bar.height() == 72


def test_under_1120_the_panel_lies_over_the_centre_when_asked(given: Given) -> None:
    window = given.window
    window.resize(1100, 700)
    assert not window.panel.isVisible()
    assert window.stack.width() == 1100 - 208
    window.bar.panel.click()
    assert window.panel.isVisible()
    assert window.stack.width() == 1100 - 208
    window.resize(1280, 700)
    assert window.panel.isVisible()
    assert window.stack.width() == 736


def test_under_1040_the_rail_shows_icons_and_widens_for_a_search(given: Given) -> None:
    window = given.window
    window.resize(1000, 640)
    assert window.rail.width() == 56
    assert window.stack.x() == 56
    window.actions_by_name["search"].trigger()
    assert window.rail.width() == 208
    assert window.rail.search.isVisible()
    window.rail.take_focus()
    assert window.rail.width() == 56


def test_the_window_is_never_smaller_than_900_by_600(given: Given) -> None:
    given.window.resize(300, 200)
    assert (given.window.width(), given.window.height()) == (900, 600)


def test_shortcuts_reach_the_player_and_no_two_are_alike(given: Given) -> None:
    given.playback.play_now(some_tracks(3))
    given.window.actions_by_name["next"].trigger()
    given.window.actions_by_name["toggle"].trigger()
    given.window.actions_by_name["louder"].trigger()
    assert (given.playback.index, given.playback.state, given.playback.volume) == (1, PlaybackState.PAUSED, 85)
    keys = [key for spec in SPECS for key in (*spec.keys, *spec.media)]
    assert len(keys) == len(set(keys))


def test_every_button_has_a_name_for_screen_readers(given: Given) -> None:
    given.playback.play_now(some_tracks(3))
    for widget in given.window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            text = getattr(widget, "text", "")
            assert widget.accessibleName() or text, widget


def test_what_changed_is_handed_out_at_the_end(given: Given) -> None:
    given.window.show_view("tracks")
    given.window.bar.panel.click()
    given.window.resize(1300, 820)
    given.window.close()
    assert given.changes == {
        "view": "tracks",
        "panel_shown": False,
        "panel_width": 336,
        "maximized": False,
        "window_width": 1300,
        "window_height": 820,
    }


def test_what_was_remembered_is_restored(qtbot: QtBot) -> None:
    settings = Settings(view="albums", panel_shown=False, panel_width=400, window_width=1400, window_height=900)
    window = Given(qtbot, settings).window
    assert (window.view, window.width(), window.panel.isVisible()) == ("albums", 1400, False)
    window.actions_by_name["panel"].trigger()
    assert window.panel.width() == 400


def test_trouble_becomes_one_line(given: Given) -> None:
    given.playback.trouble.emit("Letters Velvet could not be played: the file is cut short.")
    toast = given.window.toast
    assert toast.isVisible()
    assert toast.words.text.startswith("Letters Velvet")
    assert not toast.undo.isVisible()


def test_what_was_taken_out_of_the_queue_can_be_put_back(given: Given) -> None:
    given.playback.play_now(some_tracks(3))
    given.window.panel.queue.remove([2])
    given.window.toast.undo.click()
    assert [entry.track.id for entry in given.playback.entries()] == [1, 2, 3]


def test_folders_dropped_on_the_window_keep_their_bytes(given: Given, qtbot: QtBot) -> None:
    urls = [QUrl.fromEncoded(b"file:///music/caf%E9%0A"), QUrl("https://example.org/x"), QUrl("file://host/share")]
    data = QMimeData()
    data.setUrls(urls)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(given.window.folders_dropped) as dropped:
        given.window.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, buttons, keys))
    assert dropped.args == [[b"/music/caf\xe9\n"]]
    assert path_of(QUrl.fromLocalFile("/music/été")) == os.fsencode("/music/été")


def test_rows_of_a_table_join_the_queue_when_dropped_on_the_bar_and_nothing_elsewhere(given: Given) -> None:
    data, dropped = QMimeData(), []
    data.setData(TRACKS_MIME, b"3 4")
    given.window.tracks_dropped.connect(lambda ids, _row: dropped.append(ids))
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for part in (given.window.stack, given.window.bar):
        place = QPointF(part.mapTo(given.window, part.rect().center()))
        given.window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, buttons, keys))
    assert dropped == [[3, 4]]


def test_why_opens_beside_the_row_and_from_the_bar(given: Given) -> None:
    window = given.window
    window.panel.suggestions.why_asked.emit(window.panel.suggestions.model.rows[0])
    popover = window.findChild(QWidget, "popover")
    assert popover.isVisible()
    assert window.rect().contains(popover.geometry().center())
    popover.dismiss()
    given.playback.play_now([a_track(3)], 0, StartedBy.SUGGESTION, "panel")
    window.bar.now.why.click()
    assert any(child.isVisible() for child in window.findChildren(QWidget, "popover"))


def test_the_title_of_the_window_names_what_plays(given: Given) -> None:
    given.playback.play_now([a_track(1)])
    assert given.window.windowTitle() == "Letters Velvet · Copper Wolves · Segue"


def test_a_change_of_theme_reaches_every_part(qtbot: QtBot) -> None:
    theme = Theme("light")
    dialog = SettingsDialog(theme, FakeLibraryService(), Settings())
    qtbot.addWidget(dialog)
    with qtbot.waitSignals([theme.changed, dialog.changed]):
        dialog.appearance.look.buttons[2].click()
    assert theme.palette is DARK


def test_the_settings_have_a_page_for_each_matter(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Theme("light"), FakeLibraryService(), Settings())
    qtbot.addWidget(dialog)
    dialog.show()
    shown = []
    for row in range(dialog.names.count()):
        dialog.names.setCurrentRow(row)
        shown.append(next(part for part in dialog.pages.currentWidget().findChildren(QLabel) if part.text()).text())
    assert shown == ["Music folders", "Appearance", "Playback", "Loudness", "Desktop"]
    qtbot.keyClick(dialog.names, Qt.Key.Key_Up)
    assert dialog.loudness.isVisible()


def test_size_and_rows_are_chosen_in_the_settings(qtbot: QtBot) -> None:
    theme = Theme("light")
    dialog = SettingsDialog(theme, FakeLibraryService(), Settings())
    qtbot.addWidget(dialog)
    dialog.appearance.rows.buttons[2].click()
    dialog.appearance.zoom.activated.emit(4)
    assert (theme.density, theme.zoom) == ("roomy", 125)
    theme.choose_zoom(100)


def test_settings_add_and_remove_folders(qtbot: QtBot) -> None:
    library = FakeLibraryService()
    dialog = SettingsDialog(Theme("light"), library, Settings(), ask=lambda parent: b"/more\xff")
    qtbot.addWidget(dialog)
    dialog.folders.add.click()
    assert library.folders() == [b"/music", b"/more\xff"]
    dialog.folders.list.setCurrentRow(1)
    dialog.folders.remove.click()
    assert library.folders() == [b"/music"]


def test_the_welcome_starts_with_the_folder_that_was_found(qtbot: QtBot) -> None:
    dialog = WelcomeDialog(Theme("light"), None, b"/home/ida/Music")
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.started) as started:
        dialog.start.click()
    assert bytes(started.args[0]) == b"/home/ida/Music"


def test_the_welcome_without_a_folder_asks_for_one(qtbot: QtBot) -> None:
    dialog = WelcomeDialog(Theme("light"), None, b"")
    qtbot.addWidget(dialog)
    assert not dialog.start.isEnabled()
    dialog.use(b"/srv/music")
    assert dialog.start.isEnabled()
    assert dialog.found.text == "Your folder"
    assert dialog.focusWidget() is dialog.start


@pytest.mark.parametrize("starts", [True, False])
def test_the_welcome_gives_a_chosen_history_after_the_folder_or_alone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, starts: bool
) -> None:
    monkeypatch.setattr(welcome, "ask_files", lambda _parent: [b"/tmp/listens.zip", b"/tmp/1.json"])
    dialog = WelcomeDialog(Theme("light"), None, b"/home/ida/Music")
    qtbot.addWidget(dialog)
    dialog.show()
    given: list[object] = []
    dialog.started.connect(given.append)
    dialog.history_chosen.connect(given.append)
    dialog.choose_history.click()
    assert dialog.history.text == "2 files chosen"
    (dialog.start if starts else dialog.later).click()
    history = [b"/tmp/listens.zip", b"/tmp/1.json"]
    assert given == ([b"/home/ida/Music", history] if starts else [history])


def test_the_report_lists_every_file_with_its_reason(qtbot: QtBot) -> None:
    refused = [RefusedFile(b"/a\xff.mp3", 1, 1, "Cut short"), RefusedFile(b"/b.wav", 1, 1, "2 s", "short")]
    dialog = ScanReportDialog(refused)
    qtbot.addWidget(dialog)
    assert dialog.list.topLevelItemCount() == 2
    assert dialog.list.topLevelItem(0).text(1) == "Cut short"
    assert dialog.summary.text() == "1 file could not be read; 1 untagged sound left out as too short."


def test_about_and_shortcuts_open(qtbot: QtBot) -> None:
    for dialog in (AboutDialog("0.1.0"), ShortcutsDialog()):
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.isVisible()


def test_the_ring_follows_the_keyboard_and_not_the_mouse(given: Given, qtbot: QtBot) -> None:
    window = given.window
    window.activateWindow()
    given.playback.play_now(some_tracks(3))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and window.isActiveWindow())
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton)  # a double click of a test before leaves it pressed
    window.bar.next.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.focus_ring.isVisible()
    corner = window.bar.next.mapTo(window, QPoint(0, 0))
    assert window.focus_ring.geometry().topLeft() == corner - QPoint(4, 4)
    window.rail.search.setFocus()
    assert not window.focus_ring.isVisible()


def test_a_control_that_goes_while_the_keyboard_is_on_it_takes_the_ring_along(given: Given, qtbot: QtBot) -> None:
    window = given.window
    window.activateWindow()
    given.playback.play_now(some_tracks(3))
    qtbot.waitUntil(window.isActiveWindow)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton)
    button = QPushButton("Undo", window)
    button.show()
    window.rail.search.setFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.focus_ring.isVisible()
    button.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not window.focus_ring.isVisible()
    window.bar.next.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.focus_ring.isVisible()


def test_a_window_whose_screen_was_unplugged_comes_to_one_that_is_there(given: Given, qtbot: QtBot) -> None:
    window, screen = given.window, QGuiApplication.primaryScreen()
    window.move(9_000, 7_000)
    QGuiApplication.instance().screenRemoved.emit(screen)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: screen.availableGeometry().contains(window.geometry().topLeft()))
    assert window.size() == window.minimumSize().expandedTo(screen.availableGeometry().size())


def test_a_window_that_can_be_seen_is_left_where_it_is(given: Given) -> None:
    given.window.move(12, 8)
    before = given.window.geometry()
    given.window.in_sight.look()
    assert given.window.geometry() == before
    given.window.hide()
    given.window.move(9_000, 9_000)
    given.window.in_sight.look()
    assert given.window.x() == 9_000  # it lies in the tray: it is looked after when it is shown


def test_the_search_field_of_a_narrow_rail_covers_nothing_but_heads(qtbot: QtBot) -> None:
    window, rail = QWidget(), Rail(Theme("light"), ["home", "tracks"])
    qtbot.addWidget(window)
    rail.setParent(window)
    rail.resize(RAIL_WIDTH, 560)
    rail.searching = True
    rail.set_narrow(True)
    window.show()
    beside, head = QPoint(RAIL_WIDTH - 20, 200), QPoint(RAIL_WIDTH - 20, 20)
    assert rail.mask().contains(head)
    assert not rail.mask().contains(beside)
    qtbot.waitUntil(lambda: rail._list.width() < RAIL_WIDTH // 2)
    rail.set_narrow(False)
    assert rail.mask().isEmpty()


@pytest.mark.parametrize(
    ("key", "held", "typed"),
    [
        ("m", Qt.KeyboardModifier.NoModifier, "m"),
        ("M", Qt.KeyboardModifier.ShiftModifier, "M"),
        ("7", Qt.KeyboardModifier.KeypadModifier, "7"),
        ("m", Qt.KeyboardModifier.AltModifier, ""),
    ],
)
def test_what_is_typed_in_the_rail_begins_a_search_with_its_first_letter(
    qtbot: QtBot, key: str, held: Qt.KeyboardModifier, typed: str
) -> None:
    rail = Given(qtbot).window.rail
    QTest.keyClick(rail._list, key, held)
    assert rail.search.text() == typed
