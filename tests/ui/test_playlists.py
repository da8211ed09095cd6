"""Playlists in the window: made, filled, ordered, thinned out, played; and what no track matches."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.ids import RecordingKey, TrackId
from app.domain.playlist import EntryId, PlaylistEntry, PlaylistId, SmartRule
from app.domain.track import Track
from app.ui.dialogs.name import NameDialog
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.playlist_actions import export_path
from app.ui.views.playlist_page import PlaylistPage
from app.ui.views.playlists import PlaylistsView
from app.ui.views.track_actions import TrackActions
from tests.helpers.fake_grade import FakeGradeService
from tests.helpers.fake_playlists import FakePlaylistService, FakeTagService
from tests.helpers.fake_services import (
    FakeCoverService,
    FakeHistoryService,
    FakeLibraryService,
    FakePlaybackService,
    FakeSuggestionService,
    a_track,
)

ONE = PlaylistId(1)


class Desk:
    """The views of playlists over fakes."""

    def __init__(self, qtbot: QtBot) -> None:
        self.library, self.playback = FakeLibraryService(), FakePlaybackService()
        self.playlists = FakePlaylistService()
        self.services = Services(
            self.library,
            self.playback,
            FakeSuggestionService(),
            FakeCoverService(),
            FakeHistoryService(),
            self.playlists,
            FakeTagService(),
            FakeGradeService(),
        )
        self.theme = Theme("light")
        self.grid, self.page = PlaylistsView(self.services, self.theme), PlaylistPage(self.services, self.theme)
        for view in (self.grid, self.page):
            qtbot.addWidget(view)
            view.resize(736, 600)
            view.show()
            qtbot.waitExposed(view)

    def titles(self) -> list[str]:
        rows = self.page.table.rows
        return [track.title for row in range(rows.rowCount()) if (track := rows.track(row)) is not None]

    def choose(self, *numbers: int) -> None:
        table = self.page.table
        table.clearSelection()
        for row in numbers:
            way = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            table.selectionModel().setCurrentIndex(table.rows.index(row, 0), way)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_without_playlists_it_says_what_they_are_and_offers_one(desk: Desk) -> None:
    assert "No playlists yet" in desk.grid.empty.words()
    desk.grid.ask_new()
    dialog = desk.grid.findChild(NameDialog)
    assert dialog is not None
    assert not dialog.take.isEnabled()
    dialog.field.setText("  Morning ")
    dialog.take.click()
    assert [playlist.name for playlist in desk.playlists.all()] == ["Morning"]
    assert desk.grid.head.words() == "Playlists 1"


def test_a_smart_playlist_is_a_search(desk: Desk) -> None:
    desk.grid.acts.make_smart("genre:jazz plays:0")
    desk.page.show_playlist("1")
    assert desk.page.head.words().startswith("genre:jazz plays:0 2 tracks")
    assert desk.titles() == ["Letters Velvet", "Hollow River Winter"]
    desk.playlists.set_rule(ONE, SmartRule("nothing"))
    assert "Nothing found" in desk.page.empty.words()


def test_the_page_shows_the_tracks_in_the_listeners_order(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(3), a_track(1), a_track(3)])
    desk.page.show_playlist("1")
    assert desk.titles() == ["Signal Mirror", "Letters Velvet", "Signal Mirror"]


def test_rows_move_with_alt_and_leave_with_delete(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(n) for n in (1, 2, 3)])
    desk.page.show_playlist("1")
    desk.choose(2)
    QTest.keyClick(desk.page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert desk.titles() == ["Letters Velvet", "Signal Mirror", "Hollow River Winter"]
    desk.choose(0)
    QTest.keyClick(desk.page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.titles() == ["Signal Mirror", "Letters Velvet", "Hollow River Winter"]
    desk.choose(0, 2)
    QTest.keyClick(desk.page.table, Qt.Key.Key_Delete)
    assert desk.titles() == ["Letters Velvet"]


def test_what_follows_a_row_that_was_taken_out_is_chosen_next(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(n) for n in (1, 2, 3)])
    desk.page.show_playlist("1")
    desk.choose(1)
    QTest.keyClick(desk.page.table, Qt.Key.Key_Delete)
    assert desk.page.table.selected_rows() == [1]
    QTest.keyClick(desk.page.table, Qt.Key.Key_Delete)
    assert desk.page.table.selected_rows() == [0]
    assert desk.titles() == ["Letters Velvet"]


def test_of_a_track_that_stands_twice_the_chosen_row_is_moved(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(n) for n in (1, 2, 3, 1)])
    desk.page.show_playlist("1")
    desk.choose(3)
    for _ in range(2):
        QTest.keyClick(desk.page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert desk.titles() == ["Letters Velvet", "Letters Velvet", "Hollow River Winter", "Signal Mirror"]
    assert desk.page.table.selected_rows() == [1]


def test_the_first_row_does_not_move_up_nor_the_last_down(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(n) for n in (1, 2)])
    desk.page.show_playlist("1")
    before = len(desk.playlists.calls)
    desk.choose(0)
    desk.page.table.move_chosen(-1)
    desk.choose(1)
    desk.page.table.move_chosen(1)
    assert len(desk.playlists.calls) == before


def test_while_a_column_sorts_the_list_its_order_cannot_be_changed(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(n) for n in (1, 2)])
    desk.page.show_playlist("1")
    desk.page.table.set_order("title")
    desk.page.table.resort()
    desk.choose(0)
    desk.page.table.remove_chosen()
    assert not desk.page.table.editable
    assert not any(call[0] == "remove" for call in desk.playlists.calls)


def test_an_entry_that_no_track_matches_keeps_its_place_in_grey(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(1)])
    lost = PlaylistEntry(EntryId(9), None, True, b"/old/Lost.mp3", "", "", "", 61_000, RecordingKey(""))
    desk.playlists.put(ONE, lost)
    desk.page.show_playlist("1")
    assert desk.titles() == ["Letters Velvet", "Lost.mp3"]
    assert "1 not in the library" in desk.page.head.words()
    stand_in = desk.page.table.rows.track(1)
    assert stand_in is not None and stand_in.missing
    desk.page.table.play_row(1)
    assert desk.playback.current is None


def test_playing_a_playlist_leaves_missing_files_out(desk: Desk) -> None:
    desk.library._tracks[1] = replace(desk.library._tracks[1], missing=True)
    desk.playlists.create("Evening", [a_track(n) for n in (1, 2, 3)])
    playlist = desk.playlists.all()[0]
    desk.grid.acts.play(playlist)
    assert [entry.track.id for entry in desk.playback.entries()] == [1, 3]
    assert {entry.context for entry in desk.playback.entries()} == {"playlist"}


def test_a_reading_goes_on_with_the_list_that_it_began_with(desk: Desk) -> None:
    table, lost = desk.page.table, a_track(-1)

    class Replaced(dict[int, Track]):
        def __contains__(self, number: object) -> bool:
            table._strange = {}
            return super().__contains__(number)

    table._strange = Replaced({-1: lost})
    assert table._tracks_of([TrackId(-1)]) == [lost]


def test_all_of_a_long_playlist_stays_chosen_as_one_range(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(1 + number % 4) for number in range(900)])
    desk.page.show_playlist("1")
    table = desk.page.table
    table.selectAll()
    for change in (desk.library.tracks_changed.emit, lambda: desk.playlists.add(ONE, [a_track(2)])):
        change()
        desk.page.refresh()
        assert len(table.selected_rows()) == 900
        assert len(table.selectionModel().selection().toList()) == 1


def test_of_a_track_that_stands_twice_the_chosen_row_plays(desk: Desk) -> None:
    desk.playlists.create("Evening", [a_track(n) for n in (1, 2, 1, 3, 1, 4)])
    desk.library._tracks[1] = replace(desk.library._tracks[1], missing=True)
    desk.page.show_playlist("1")
    for row, index in ((2, 1), (0, 0), (4, 3)):
        desk.page.table.play_row(row)
        assert [entry.track.id for entry in desk.playback.entries()] == [1, 1, 3, 1, 4]
        assert desk.playback.index == index


def test_the_menu_of_tracks_adds_them_to_a_playlist(desk: Desk) -> None:
    desk.playlists.create("Fish & chips")
    acts = TrackActions(desk.services, "tracks", desk.grid)
    menu = acts.menu([a_track(4), a_track(5)], lambda: None)
    added = next(action.menu() for action in menu.actions() if action.text() == "Add to playlist")
    assert isinstance(added, QMenu)
    line = next(action for action in added.actions() if action.text() == "Fish && chips")
    line.trigger()
    assert desk.playlists.calls[-1] == ("add", ONE, [4, 5])


def test_a_deleted_playlist_says_so(desk: Desk) -> None:
    desk.playlists.create("Evening")
    desk.page.show_playlist("1")
    assert "Nothing here yet" in desk.page.empty.words()
    desk.playlists.delete(ONE)
    assert "deleted" in desk.page.empty.words()


def test_what_is_kept_is_done_to_all_chosen_tracks_not_to_the_first_that_were_read(desk: Desk) -> None:
    desk.playlists.create("Evening")
    acts, ids = TrackActions(desk.services, "tracks", desk.grid), [TrackId(number) for number in range(1, 7)]
    menu = acts.menu([a_track(1), a_track(2)], lambda: None, ids=ids)
    lines = {action.text().partition("\t")[0]: action for action in menu.actions()}
    added, stars = lines["Add to playlist"].menu(), lines["Rating"].menu()
    assert isinstance(added, QMenu)
    assert isinstance(stars, QMenu)
    added.actions()[-1].trigger()
    assert desk.playlists.calls[-1] == ("add", ONE, ids)
    stars.actions()[0].trigger()
    assert desk.library.calls[-1] == ("rate", ids, 5)
    lines["Remove from library"].trigger()
    assert desk.library.calls[-1] == ("remove_tracks", ids)


def test_very_many_tracks_come_into_a_playlist_whatever_is_asked_before_they_are_read(desk: Desk) -> None:
    desk.playlists.create("Evening")
    acts, ids = TrackActions(desk.services, "tracks", desk.grid), [TrackId(number) for number in range(1, 7)]
    added = next(a.menu() for a in acts.menu([a_track(1)], lambda: None, ids=ids).actions() if a.menu())
    assert isinstance(added, QMenu)
    desk.library.hold_answers()
    added.actions()[-1].trigger()
    acts.of_rows([0], lambda _rows: [a_track(9)], lambda _tracks: None)
    desk.library.give_answer()
    assert desk.playlists.calls[-1] == ("add", ONE, ids)


@pytest.mark.parametrize(
    ("name", "kind", "written"),
    [
        ("Evening.m3u8", "M3U (*.m3u8)", "Evening.m3u8"),
        ("Evening.m3u8", "XSPF (*.xspf)", "Evening.xspf"),
        ("Evening.pls", "M3U (*.m3u8)", "Evening.pls"),
        ("Vol. 1", "PLS (*.pls)", "Vol. 1.pls"),
        ("R.E.M. best", "", "R.E.M. best.m3u8"),
        ("There.m3u8", "JSPF (*.jspf)", "There (2).jspf"),
    ],
)
def test_an_exported_list_is_of_the_kind_that_was_chosen(tmp_path: Path, name: str, kind: str, written: str) -> None:
    (tmp_path / "There.jspf").touch()
    assert export_path(str(tmp_path / name), kind) == str(tmp_path / written)
