"""The columns and rows of the table of tracks as the listener wants them, and stars given in their place."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.ui.delegates.track_row import GAP, STAR, RowLook, paint_track_row
from app.ui.item_models.tracks import HEADINGS, Column
from app.ui.theme import LIGHT, XL
from app.ui.views.column_menu import column_menu
from app.ui.views.columns import column_widths, columns_of
from tests.helpers.fake_services import a_track
from tests.ui.test_track_table import Bench


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_digits_give_stars_to_what_is_chosen_and_the_same_again_takes_them_away(bench: Bench, qtbot: QtBot) -> None:
    bench.choose(1, 3)
    ids = [bench.table.rows.track_id(1), bench.table.rows.track_id(3)]
    qtbot.keyClick(bench.table, Qt.Key.Key_4)
    qtbot.keyClick(bench.table, Qt.Key.Key_4)
    qtbot.keyClick(bench.table, Qt.Key.Key_2)
    rated = [call for call in bench.library.calls if call[0] == "rate"]
    assert rated == [("rate", ids, 4), ("rate", ids, 0), ("rate", ids, 2)]
    track = bench.table.rows.track(3)
    assert track is not None
    assert track.rating == 40


def test_a_click_on_a_star_rates_its_row_alone_and_chooses_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.view.resize(1000, 500)
    qtbot.waitUntil(lambda: bench.table.span_of(Column.RATING) is not None)
    span = bench.table.span_of(Column.RATING)
    assert span is not None
    place = QPoint(span[1] + 2 * STAR + 3, bench.point(2).y())
    bench.choose(0)
    qtbot.mouseClick(bench.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ("rate", [bench.table.rows.track_id(2)], 3) in bench.library.calls
    assert bench.table.selected_rows() == [0]


def test_no_star_is_seen_in_a_row_at_rest() -> None:
    track, spans = a_track(1), [(int(Column.RATING), 0, 100)]
    rest, over = QImage(100, 28, QImage.Format.Format_RGB32), QImage(100, 28, QImage.Format.Format_RGB32)
    plain = QImage(100, 28, QImage.Format.Format_RGB32)
    for image, look in ((rest, RowLook()), (over, RowLook(hovered=True)), (plain, RowLook())):
        image.fill(0xFFFFFF)
        if image is not plain:
            painter = QPainter(image)
            paint_track_row(painter, image.rect(), spans, replace(track, rating=None), look, LIGHT)
            painter.end()
    assert rest == plain
    assert over != plain


def test_columns_are_chosen_moved_and_dragged_and_come_back_as_they_were(bench: Bench, qtbot: QtBot) -> None:
    told: list[str] = []
    bench.view.columns_changed.connect(told.append)
    bench.table._columns_chosen(bench.table.columns.toggled(Column.ADDED).toggled(Column.GENRE))
    header = bench.table.horizontalHeader()
    header.moveSection(header.visualIndex(Column.YEAR), 1)
    header.resizeSection(Column.ARTIST, 111)
    assert told[-1] == "title,year,artist:111,album,rating,duration,added"
    again = columns_of(told[-1])
    assert again == bench.table.columns
    assert bench.table.columnWidth(Column.ARTIST) == 111
    assert sum(span[2] for span in bench.table._spans) == bench.table.width() - 2 * XL + GAP


@pytest.mark.parametrize(
    "words",
    [
        "",
        ",,,",
        "artist",
        "nonsense:12",
        "title:5",
        "artist:99999999999",
        "duration:٣,duration,year:-4",
        "\0",
        "a" * 9999,
    ],
)
def test_columns_that_cannot_be_understood_leave_a_table_that_can(words: str) -> None:
    columns = columns_of(words)
    assert columns.shown[0] == Column.TITLE
    assert len(set(columns.shown)) == len(columns.shown)
    for width in (300, 700, 1600):
        assert sum(column_widths(width, columns=columns).values()) == width


def test_rows_stand_closer_or_further_apart(bench: Bench) -> None:
    heights = []
    for density in ("compact", "normal", "roomy"):
        bench.theme.choose_density(density)
        heights.append(bench.table.rowHeight(0))
    assert heights == [24, 28, 36]


def test_the_menu_of_the_headings_names_every_column_and_keeps_the_title(bench: Bench) -> None:
    menu = column_menu(bench.table, bench.theme, bench.table.columns, lambda _: None)
    named = {action.text(): action for action in menu.actions()}
    assert set(HEADINGS) < named.keys()
    assert not named["Title"].isEnabled()
    assert named["Album"].isChecked()
    assert not named["Added"].isChecked()
    menu.deleteLater()
