"""The statistics page over a fake log."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.domain.ids import AlbumKey, TrackId
from app.domain.statistics import Period, Ranked, Statistics
from app.ui.delegates.text import span
from app.ui.views.statistics import StatisticsView
from tests.ui.test_views import Desk

MONTH = Statistics(
    plays=365,
    listens=300,
    heard_ms=7_200_000,
    recordings=224,
    new=59,
    days=22,
    artists=(Ranked("<b>Ida</b>", "", 26, 9), Ranked("Bo", "", 13, 9)),
    albums=(Ranked("Été", "Ida", 19, 9, TrackId(1), AlbumKey("album:1")), Ranked("Gone", "Bo", 5, 9)),
    tracks=(Ranked("Nuit", "Ida", 17, 9, TrackId(3)), Ranked("Lost", "Bo", 2, 9)),
    by_hour_ms=(0,) * 18 + (5_000_000,) + (0,) * 5,
    by_weekday_ms=(0, 0, 0, 0, 0, 7_200_000, 0),
)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk(qtbot)
    desk.history.counted = {Period.MONTH: MONTH, Period.WEEK: Statistics(7, 5, 60_000, 5, 1, 2)}
    return desk


@pytest.fixture
def page(desk: Desk) -> StatisticsView:
    page = desk.open("statistics")
    assert isinstance(page, StatisticsView)
    desk.qtbot.waitUntil(lambda: page.head.words() == "Statistics 365 plays")
    return page


def test_a_month_is_shown_first_with_its_figures(page: StatisticsView) -> None:
    shown = {name: figure.accessibleName() for name, figure in page.figures.items()}
    assert shown == {
        "time": "2 h 0 min heard",
        "recordings": "224 different tracks",
        "new": "59 heard for the first time",
        "days": "22 days with music",
    }
    assert page.hours.column_words(18) == "18:00 to 19:00: 1 h 23 min"
    assert page.weekdays.accessibleDescription() == "Saturday 2 h 0 min"


def test_another_period_is_read_when_it_is_chosen(page: StatisticsView, qtbot: QtBot) -> None:
    page.periods.buttons[0].click()
    qtbot.waitUntil(lambda: page.head.words() == "Statistics 7 plays")
    assert page.artists.list.lines.rowCount() == 0


def test_a_line_leads_to_its_page_by_click_or_enter(page: StatisticsView, qtbot: QtBot) -> None:
    opened: list[str] = []
    page.artist_opened.connect(opened.append)
    page.album_opened.connect(opened.append)
    rect = page.artists.list.visualRect(page.artists.list.lines.index(0))
    qtbot.mouseClick(page.artists.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    for row in (0, 1):  # the second has left the library: it leads nowhere
        page.albums.list.setCurrentIndex(page.albums.list.lines.index(row))
        qtbot.keyClick(page.albums.list, Qt.Key.Key_Return)
    assert opened == ["<b>Ida</b>", "album:1"]


def test_a_track_plays_at_a_double_click_and_not_at_one(page: StatisticsView, desk: Desk, qtbot: QtBot) -> None:
    tracks = page.tracks.list
    point: QPoint = tracks.visualRect(tracks.lines.index(0)).center()
    qtbot.mouseClick(tracks.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert desk.playback.current is None
    qtbot.mouseDClick(tracks.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert desk.played() == [3]
    tracks.setCurrentIndex(tracks.lines.index(1))
    qtbot.keyClick(tracks, Qt.Key.Key_Return)
    assert desk.played() == [3]


def test_lines_are_read_out_and_never_taken_for_html(page: StatisticsView) -> None:
    index = page.artists.list.lines.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "<b>Ida</b>, 26 listens, 1 min"
    assert "&lt;b&gt;" in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_without_any_play_the_page_says_what_will_be_here(desk: Desk) -> None:
    desk.history.plays, desk.history.counted = [], {}
    page = desk.open("statistics")
    desk.qtbot.waitUntil(lambda: page.empty.words().startswith("No plays yet"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (41, "41 min"), (185, "3 h 5 min"), (99 * 60 + 59, "99 h 59 min"), (456 * 60 + 20, "456 h")],
)
def test_minutes_count_for_the_first_hundred_hours(minutes: int, words: str) -> None:
    assert span(minutes * 60_000) == words
