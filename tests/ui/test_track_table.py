"""The table of tracks, used by mouse and keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.domain.ids import TrackId
from app.domain.play import StartedBy
from app.domain.track import Track
from app.ui.delegates.track_row import GAP, HEART
from app.ui.item_models.tracks import Column, TrackTableModel
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.columns import column_widths
from app.ui.views.track_actions import MOST_QUEUED
from app.ui.views.track_table import TrackTable
from app.ui.views.tracks import TracksView
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


class Bench:
    """A table on screen and the services behind it."""

    def __init__(self, qtbot: QtBot, tracks: list[Track] | None = None) -> None:
        self.library = FakeLibraryService(tracks if tracks is not None else some_tracks(60))
        self.playback, self.suggestions = FakePlaybackService(), FakeSuggestionService()
        services = Services(
            self.library,
            self.playback,
            self.suggestions,
            FakeCoverService(),
            FakeHistoryService(),
            FakePlaylistService(),
            FakeTagService(),
            FakeGradeService(),
        )
        self.theme = Theme("light")
        self.others: list[QWidget] = []
        self.view = TracksView(services, self.theme, "title")
        self.table = self.view.table
        qtbot.addWidget(self.view)
        self.view.resize(736, 500)
        self.view.show()
        qtbot.waitExposed(self.view)

    def titles(self) -> list[str]:
        found = (self.table.rows.track(row) for row in range(self.table.rows.rowCount()))
        return [track.title for track in found if track is not None]

    def choose(self, *rows: int) -> None:
        model = self.table.selectionModel()
        for row in rows:
            way = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            model.setCurrentIndex(self.table.rows.index(row, 0), way)

    def point(self, row: int, column: int = Column.ARTIST) -> QPoint:
        return self.table.visualRect(self.table.rows.index(row, column)).center()

    def menu_action(self, words: str) -> QAction:
        acts = self.table.actions_of_tracks
        menu = acts.menu(self.table.rows.tracks(self.table.selected_rows()), self.table.play_selected)
        return next(action for action in menu.actions() if action.text() == words)


MakeBench = Callable[[list[Track] | None], Bench]


@pytest.fixture
def make_bench(qtbot: QtBot) -> MakeBench:
    """Makes benches and keeps them alive until their widgets have been closed."""
    kept: list[Bench] = []

    def make(tracks: list[Track] | None) -> Bench:
        kept.append(Bench(qtbot, tracks))
        return kept[-1]

    return make


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    return make_bench(None)


def test_rows_are_found_in_one_pass() -> None:
    model = TrackTableModel(lambda _ids: [])
    model.set_ids([7, 8, 9, 8, 7, 3])
    assert model.rows_of([3, 8, 7, 5]) == [0, 1, 5]  # each where it stands first, in the order of the rows
    assert model.rows_of([]) == []


def test_a_double_click_plays_the_list_from_that_row(bench: Bench, qtbot: QtBot) -> None:
    viewport = bench.table.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=bench.point(3))
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=bench.point(3))
    assert [entry.track.title for entry in bench.playback.entries()] == bench.titles()
    assert bench.playback.index == 3
    entry = bench.playback.current
    assert entry is not None
    assert (entry.started_by, entry.context) == (StartedBy.HAND, "tracks")


def test_enter_plays_from_the_current_row(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(5)
    qtbot.keyClick(bench.table, Qt.Key.Key_Return)
    assert bench.playback.index == 5


def test_enter_with_several_rows_plays_just_these(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(2, 4)
    qtbot.keyClick(bench.table, Qt.Key.Key_Return)
    titles = bench.titles()
    assert [entry.track.title for entry in bench.playback.entries()] == [titles[2], titles[4]]


def test_a_missing_file_is_left_out_and_does_not_shift_the_start(make_bench: MakeBench) -> None:
    bench = make_bench([a_track(n, title=f"T{n}", missing=n == 1) for n in range(1, 5)])
    bench.table.play_row(2)
    assert [entry.track.id for entry in bench.playback.entries()] == [2, 3, 4]
    assert bench.playback.index == 1
    bench.playback.clear()
    bench.table.play_row(0)
    assert bench.playback.entries() == []


def test_a_list_whose_first_file_is_gone_is_played_from_the_next_one(make_bench: MakeBench) -> None:
    bench = make_bench([a_track(n, title=f"T{n}", missing=n < 3) for n in range(1, 5)])
    bench.table.play_list()
    assert [entry.track.id for entry in bench.playback.entries()] == [3, 4]
    assert bench.playback.index == 0


def test_a_file_that_is_gone_says_so_when_it_is_to_be_played(
    make_bench: MakeBench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, said, counts = make_bench([a_track(1, missing=True)]), list[str](), list[int]()
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, *_: said.append(words))
    bench.table.play_row(0)
    bench.table.play_list()
    assert said == ["The file is not where it was."] * 2
    for event in (qtbot.mouseClick, qtbot.mouseDClick, qtbot.mouseRelease):  # what a double click is
        event(bench.table.viewport(), Qt.MouseButton.LeftButton, pos=bench.point(0, Column.TITLE))
        counts.append(len(said))
    assert counts == [2, 2, 3]


def test_a_header_click_sorts_and_a_second_one_turns_the_order_round(bench: Bench, qtbot: QtBot) -> None:
    header = bench.table.horizontalHeader()

    def click(column: Column) -> None:
        at = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)

    with qtbot.waitSignal(bench.table.sorted_by) as sorted_by:
        click(Column.LENGTH)
    assert sorted_by.args == ["duration", False]
    assert list(bench.table.rows.ids()) == bench.library.ids("duration", False)
    click(Column.LENGTH)
    assert list(bench.table.rows.ids()) == bench.library.ids("duration", True)
    click(Column.YEAR)
    assert bench.table.order() == ("year", False)


def test_selection_current_row_and_place_survive_new_tracks(bench: Bench) -> None:
    bench.choose(20, 30)
    bench.table.verticalScrollBar().setValue(28 * 15)
    chosen = [bench.table.rows.track_id(row) for row in bench.table.selected_rows()]
    top = bench.table.rows.track_id(bench.table.rowAt(0))
    bench.library._tracks += [a_track(500 + n, title=f"AAA {n}") for n in range(7)]
    bench.library.tracks_changed.emit()
    assert bench.table.rows.rowCount() == 67
    assert [bench.table.rows.track_id(row) for row in bench.table.selected_rows()] == chosen
    assert bench.table.rows.track_id(bench.table.currentIndex().row()) == chosen[-1]
    assert bench.table.rows.track_id(bench.table.rowAt(0)) == top


def test_new_tags_appear_without_a_reset(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(2)
    gone = bench.table.rows.track_id(2)
    position = next(n for n, track in enumerate(bench.library._tracks) if track.id == gone)
    bench.library._tracks[position] = a_track(gone, genre="Polka")
    with qtbot.assertNotEmitted(bench.table.rows.modelReset):
        bench.library.tracks_changed.emit()
    track = bench.table.rows.track(2)
    assert track is not None
    assert track.genre == "Polka"
    assert bench.table.selected_rows() == [2]


@pytest.mark.parametrize(("words", "entries"), [("Play next", 1), ("Add to queue", 1), ("Play now", 60)])
def test_the_menu_plays_and_queues(bench: Bench, words: str, entries: int) -> None:
    bench.choose(4)
    bench.menu_action(words).trigger()
    assert len(bench.playback.entries()) == entries


def test_the_menu_goes_to_album_and_artist(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(4)
    track = bench.table.rows.track(4)
    assert track is not None
    with qtbot.waitSignal(bench.view.album_opened) as album:
        bench.menu_action("Go to album").trigger()
    with qtbot.waitSignal(bench.view.artist_opened) as artist:
        bench.menu_action("Go to artist").trigger()
    assert (album.args, artist.args) == ([track.album_key], [track.artist])


def test_typing_goes_to_the_first_title_that_begins_so(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench([a_track(n, title=f"{'ABCDE'[n % 5]} title {n}") for n in range(1, 400)])
    qtbot.waitUntil(lambda: bench.table.rows.rowCount() == 399)
    bench.table.keyboardSearch("zz")
    assert bench.table.selected_rows() == []
    bench.table.keyboardSearch("c T")
    row = bench.table.currentIndex().row()
    assert bench.titles()[row].startswith("C")
    assert bench.titles()[row - 1].startswith("B")


def test_typing_finds_titles_where_the_order_is_not_alphabetical(bench: Bench) -> None:
    bench.table.set_order("year")
    bench.table.resort()
    bench.table.keyboardSearch("gold")
    track = bench.table.rows.track(bench.table.currentIndex().row())
    assert track is not None
    assert track.title.startswith("Gold Teeth")


def test_cut_text_and_missing_files_have_tooltips_that_are_no_html(make_bench: MakeBench) -> None:
    bench = make_bench([a_track(12), a_track(3, missing=True)])
    tips = [bench.table.tip_at(bench.point(row, Column.TITLE)) for row in (0, 1)]
    assert "&lt;img src=x&gt;" in tips[0]
    assert "<img" not in tips[0]
    assert tips[1] == "The file is not where it was."
    assert bench.table.tip_at(bench.point(0, Column.LENGTH)) == ""


def test_the_playing_row_is_repainted_with_its_mark(bench: Bench, qtbot: QtBot) -> None:
    before = bench.table.viewport().grab().toImage()
    bench.table.play_row(1)
    bench.table.clearSelection()
    assert bench.table.viewport().grab().toImage() != before


def test_another_theme_repaints(bench: Bench) -> None:
    before = bench.table.viewport().grab().toImage()
    bench.theme.choose("dark")
    after = bench.table.viewport().grab().toImage()
    assert before.pixelColor(2, 2) != after.pixelColor(2, 2)


def test_space_is_left_to_the_player(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(1)
    qtbot.keyClick(bench.table, Qt.Key.Key_Space)
    assert bench.playback.entries() == []


def test_all_rows_can_be_chosen(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(bench.table.selected_rows()) == 60


def test_a_million_rows_open_and_play_around_the_chosen_one(make_bench: MakeBench, qtbot: QtBot) -> None:
    class Million(FakeLibraryService):
        asked = 0

        def ids(self, order: str = "artist", descending: bool = False, limit: int = -1) -> list[TrackId]:
            return [TrackId(n) for n in range(1, 1_000_001)]

        def tracks(self, ids: object) -> list[Track]:
            made = [a_track(n) for n in ids]  # type: ignore[attr-defined]
            self.asked += len(made)
            return made

    bench = make_bench([])
    million = Million([])
    services = Services(
        million,
        bench.playback,
        FakeSuggestionService(),
        FakeCoverService(),
        FakeHistoryService(),
        FakePlaylistService(),
        FakeTagService(),
        FakeGradeService(),
    )
    table = TrackTable(services, bench.theme, "tracks", whole_library=True)
    qtbot.addWidget(table)
    bench.others.append(table)
    table.resize(736, 500)
    table.resort()
    table.show()
    table.grab()
    assert million.asked <= 2 * 128
    table.play_row(500_000)
    assert len(bench.playback.entries()) == MOST_QUEUED
    entry = bench.playback.current
    assert entry is not None
    assert entry.track.id == 500_001


@pytest.mark.parametrize("width", [300, 472, 600, 688, 1024, 1600])
def test_columns_fill_the_width_exactly(width: int) -> None:
    widths = column_widths(width)
    assert sum(widths.values()) == width
    assert widths[Column.TITLE] >= widths[Column.ARTIST] > 0


def test_a_hidden_column_gives_its_room_away(bench: Bench) -> None:
    bench.table.hide_columns(frozenset({Column.ARTIST}))
    assert bench.table.isColumnHidden(Column.ARTIST)
    assert bench.table.span_of(Column.ARTIST) is None


def test_the_header_shares_the_edges_of_the_cells(bench: Bench) -> None:
    QGuiApplication.processEvents()
    span = bench.table.span_of(Column.ALBUM)
    assert span is not None
    assert bench.table.horizontalHeader().sectionViewportPosition(Column.ALBUM) == span[1]


def test_the_first_rows_are_there_at_once_and_the_others_when_they_have_been_read(qtbot: QtBot) -> None:
    bench = Bench(qtbot, some_tracks(200))
    bench.library.hold_answers()
    bench.table.replace_ids([])
    bench.table.resort()
    assert bench.table.rows.rowCount() == 64
    first = bench.titles()
    qtbot.waitUntil(lambda: bool(bench.library.held))
    bench.library.give_answer()
    assert bench.table.rows.rowCount() == 200
    assert bench.titles()[:64] == first


def test_the_heart_of_a_row_is_clicked_and_clicked_again(bench: Bench, qtbot: QtBot) -> None:
    span = bench.table.span_of(Column.TITLE)
    assert span is not None
    heart = QPoint(span[1] + span[2] - GAP - HEART // 2, bench.point(3).y())
    bench.choose(9)
    qtbot.mouseClick(bench.table.viewport(), Qt.MouseButton.LeftButton, pos=heart)
    track = bench.table.rows.track(3)
    assert track is not None
    assert bench.suggestions.loved == {track.recording_key}
    assert bench.table.selected_rows() == [9]  # the choice stays
    qtbot.mouseClick(bench.table.viewport(), Qt.MouseButton.LeftButton, pos=heart)
    assert not bench.suggestions.loved


def test_the_heart_of_a_chosen_row_is_for_all_that_are_chosen(bench: Bench, qtbot: QtBot) -> None:
    span = bench.table.span_of(Column.TITLE)
    assert span is not None
    bench.choose(2, 3, 5)
    heart = QPoint(span[1] + span[2] - GAP - HEART // 2, bench.point(3).y())
    qtbot.mouseClick(bench.table.viewport(), Qt.MouseButton.LeftButton, pos=heart)
    assert len(bench.suggestions.loved) == 3


def test_a_loved_row_shows_it_at_rest(bench: Bench) -> None:
    before = bench.table.viewport().grab().toImage()
    bench.suggestions.toggle_love(bench.table.rows.tracks([1]))
    assert bench.table.viewport().grab().toImage() != before


def test_the_menu_loves_and_says_so(bench: Bench) -> None:
    bench.choose(4, 5)
    love = bench.menu_action("Love\tCtrl+D")
    assert not love.isChecked()
    love.trigger()
    assert len(bench.suggestions.loved) == 2
    assert bench.menu_action("Love\tCtrl+D").isChecked()
