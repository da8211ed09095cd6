"""The cover grid and the strip of a shelf."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from app.domain.ids import AlbumKey, TrackId
from app.domain.track import Album
from app.ui.delegates.card import title_lines
from app.ui.delegates.text import fits
from app.ui.item_models.cards import CardModel, album_card
from app.ui.theme import BODY_STRONG, Theme
from app.ui.views.cover_grid import CoverGrid, CoverStrip, grid_cell, grid_columns
from tests.helpers.fake_services import FakeCoverService


def albums(count: int, start: int = 0) -> list[Album]:
    return [
        Album(AlbumKey(f"k{n}"), f"Album {n}", f"Artist {n % 7}", 2000, 10, TrackId(n + 1))
        for n in range(start, start + count)
    ]


class Asked(FakeCoverService):
    """Remembers which covers were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[int] = set()

    def pixmap(self, track_id: int, pixels: int) -> QPixmap | None:
        self.ids.add(track_id)
        return None


@pytest.fixture
def covers(qapp: object) -> Asked:
    return Asked()


@pytest.fixture
def grid(qtbot: QtBot, covers: Asked) -> CoverGrid:
    made = CoverGrid(CardModel(album_card), covers, Theme("light"))
    qtbot.addWidget(made)
    made.resize(736, 640)
    made.show_values(albums(300))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def strip(qtbot: QtBot, covers: Asked) -> CoverStrip:
    made = CoverStrip(CardModel(album_card), covers, Theme("light"))
    qtbot.addWidget(made)
    made.model().set_values(albums(10))  # type: ignore[attr-defined]
    made.resize(736, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize(("width", "columns", "cell"), [(688, 4, 160), (1024, 6, 157), (1328, 8, 152), (100, 1, 100)])
def test_the_grid_keeps_the_drawn_measures(width: int, columns: int, cell: int) -> None:
    assert (grid_columns(width), grid_cell(width)) == (columns, cell)


@pytest.mark.parametrize("width", range(692, 2400, 37))
def test_cells_stay_between_148_and_188_and_fill_the_width(width: int) -> None:
    columns, cell = grid_columns(width), grid_cell(width)
    assert 148 <= cell <= 188
    assert 0 <= width - (columns * cell + (columns - 1) * 16) < columns


def test_the_first_cover_stands_at_the_left_edge(grid: CoverGrid) -> None:
    assert grid.card_rect(0).topLeft() == QPoint(24, 4)
    assert grid.card_rect(3).right() + 1 == 736 - 24
    assert grid.card_rect(4).x() == 24


def test_only_visible_covers_are_asked_for(grid: CoverGrid, covers: Asked) -> None:
    grid.show_values(albums(100_000))
    covers.ids.clear()
    grid.grab()
    assert covers.ids == set(range(1, 13))
    covers.ids.clear()
    grid.verticalScrollBar().setValue(grid.pitch() * 10_000)
    grid.grab()
    assert min(covers.ids) > 39_900
    assert len(covers.ids) <= 16


def test_places_and_cards_agree(grid: CoverGrid) -> None:
    grid.verticalScrollBar().setValue(333)
    for row in grid.rows_in(grid.viewport().rect()):
        assert grid.row_at(grid.card_rect(row).center()) == row
    assert grid.row_at(QPoint(2, 50)) == -1
    gap = grid.card_rect(4).topRight() + QPoint(8, 10)
    assert grid.row_at(gap) == -1


def test_the_last_card_can_be_reached(grid: CoverGrid) -> None:
    grid.scrollTo(grid.model().index(299, 0))
    assert grid.viewport().rect().contains(grid.card_rect(299))


def test_arrows_walk_through_the_grid(grid: CoverGrid, qtbot: QtBot) -> None:
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    walked = []
    keys = (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_End)
    for key in keys:
        qtbot.keyClick(grid, key)
        walked.append(grid.currentIndex().row())
    assert walked == [0, 1, 5, 4, 0, 299]
    assert QRect(grid.viewport().rect()).contains(grid.card_rect(299))
    qtbot.keyClick(grid, Qt.Key.Key_PageUp)
    assert grid.currentIndex().row() < 299


def test_enter_opens_and_control_enter_plays(grid: CoverGrid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.model().index(2, 0))
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    with qtbot.waitSignal(grid.play_wanted) as played:
        qtbot.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened.args[0].key == played.args[0].key == "k2"


def test_a_click_opens_and_the_circle_plays(grid: CoverGrid, qtbot: QtBot) -> None:
    rect = grid.card_rect(1)
    with qtbot.waitSignal(grid.opened):
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(20, 20))
    with qtbot.waitSignal(grid.play_wanted) as played, qtbot.assertNotEmitted(grid.opened):
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.shape().play(rect).center())
    assert played.args[0].key == "k1"


def test_new_albums_above_do_not_move_what_is_in_sight(grid: CoverGrid) -> None:
    grid.verticalScrollBar().setValue(grid.pitch() * 20 + 30)
    grid.setCurrentIndex(grid.model().index(82, 0))
    grid.verticalScrollBar().setValue(grid.pitch() * 20 + 30)
    place = grid.card_rect(80)
    grid.show_values(albums(8, start=5000) + albums(300))
    assert grid.card_rect(88) == place
    assert grid.currentIndex().row() == 90


def test_a_shelf_ends_on_whole_cells_and_turns_by_a_page(strip: CoverStrip) -> None:
    assert list(strip.rows_in(strip.rect())) == [0, 1, 2, 3]
    strip.turn(1)
    assert strip.first() == 4
    strip.turn(1)
    assert strip.first() == 6
    strip.turn(-5)
    assert strip.first() == 0


def test_arrow_keys_turn_the_shelf_where_it_ends(strip: CoverStrip, qtbot: QtBot) -> None:
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(4):
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.currentIndex().row() == 4
    assert 4 in strip.rows_in(strip.rect())


def test_a_title_takes_two_lines_at_most(qapp: object) -> None:
    lines = title_lines("After Hours at the Orchard, Complete Sessions and everything else", 160, 2)
    assert len(lines) == 2
    assert all(fits(BODY_STRONG, line, 160) for line in lines)
    assert lines[1].endswith("…")
    assert title_lines("Nocturnes", 160, 2) == ("Nocturnes",)


def test_a_cut_card_tells_all_in_a_tooltip_that_is_no_html(grid: CoverGrid) -> None:
    long = Album(AlbumKey("long"), "<b>Bold</b> " * 40, "<img src=x>", 2000, 1, TrackId(1))
    grid.show_values([long, *albums(1)])
    tip = grid.tip_at(grid.card_rect(0).center())
    assert "&lt;b&gt;Bold" in tip
    assert "<img" not in tip
    assert grid.tip_at(grid.card_rect(1).center()) == ""
