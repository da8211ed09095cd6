"""The list of plays: all of them can be reached, and one whose track is gone says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from app.domain.ids import PlayId
from app.domain.play import Play
from app.ui.item_models.plays import PlayModel, lines_of, on_top
from app.ui.theme import TABLE_ROW, M
from app.ui.views.history import HistoryView
from tests.helpers.builders import NOW_MS, a_play
from tests.ui.test_views import Desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def opened(desk: Desk) -> HistoryView:
    return cast("HistoryView", desk.open("history"))


def test_older_plays_come_as_one_scrolls_to_them(desk: Desk, qtbot: QtBot) -> None:
    desk.history.plays = [a_play(1 + n % 40, NOW_MS - n * 1_000) for n in range(2_405)]
    page = opened(desk)
    qtbot.waitUntil(lambda: page.head.words() == "History newest 1,000 of 2,405 plays")
    bar = page.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 900 * TABLE_ROW)
    end = bar.maximum()
    bar.setValue(end)
    qtbot.waitUntil(lambda: page.head.words() == "History newest 2,000 of 2,405 plays")
    qtbot.waitUntil(lambda: bar.maximum() > 1_900 * TABLE_ROW)
    assert bar.value() == end  # it stays where it was
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: page.head.words() == "History 2,405 plays")
    place = bar.value()
    desk.history.plays.insert(0, a_play(7, NOW_MS + 1_000))
    desk.history.plays_changed.emit()
    qtbot.waitUntil(lambda: page.head.words() == "History 2,406 plays")
    assert bar.value() == place + TABLE_ROW


def test_a_play_of_what_is_not_here_says_so_and_leads_to_a_search(desk: Desk, qtbot: QtBot) -> None:
    desk.history.plays = [replace(a_play(title="Lost", artist="Gone"), track_id=None)]
    page, wanted = opened(desk), list[str]()
    page.place_wanted.connect(lambda _view, words: wanted.append(words))
    page.list.setCurrentIndex(page.lines.index(1, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert desk.played() == []
    assert QToolTip.text() == "This track is not in your library."
    gone = page.lines.line(1).play
    assert gone is not None
    _, title, artist = page.list.menu_of_one_gone(gone).actions()
    title.trigger()
    artist.trigger()
    assert wanted == ['title:"Lost"', 'artist:"Gone"']


def test_a_menu_is_of_the_play_that_it_is_opened_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.history.plays = [a_play(1, NOW_MS), a_play(2, NOW_MS - 5 * 86_400_000)]
    page, shown = opened(desk), list[QPoint]()
    table = page.list
    monkeypatch.setattr(table._acts, "show_menu", lambda _tracks, _play, place: shown.append(place))
    table.setCurrentIndex(page.lines.index(3, 0))
    rects, menu = [table.visualRect(page.lines.index(row, 0)) for row in range(4)], QContextMenuEvent.Reason
    for reason, row in ((menu.Mouse, 2), (menu.Mouse, 3), (menu.Keyboard, 0)):
        at = rects[row].center()
        table.contextMenuEvent(QContextMenuEvent(reason, at, table.viewport().mapToGlobal(at)))
    assert [table.viewport().mapFromGlobal(place) for place in shown] == [rects[3].center(), rects[3].bottomLeft()]


def test_the_top_stays_in_sight_when_a_play_comes_wherever_the_chosen_one_is(desk: Desk, qtbot: QtBot) -> None:
    desk.history.plays = [a_play(1 + n % 40, NOW_MS - n * 1_000) for n in range(200)]
    page = opened(desk)
    bar = page.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100 * TABLE_ROW)
    page.list.setCurrentIndex(page.lines.index(150, 0))
    assert bar.value() > 0
    bar.setValue(0)
    desk.history.plays.insert(0, a_play(7, NOW_MS + 1_000))
    desk.history.plays_changed.emit()
    qtbot.waitUntil(lambda: page.head.words() == "History 201 plays")
    assert (bar.value(), page.list.currentIndex().row()) == (0, 151)


def test_a_day_has_room_above_it(desk: Desk) -> None:
    desk.history.plays = [a_play(1, NOW_MS), a_play(2, NOW_MS - 5 * 86_400_000)]
    page = opened(desk)
    heights = [page.list.visualRect(page.lines.index(row, 0)).height() for row in range(page.lines.rowCount())]
    day, play = heights[:2]
    assert heights == [day, play, day, play]
    assert day == play + M


def _long_ago(count: int) -> list[Play]:
    return [a_play(1 + n % 40, NOW_MS - n * 1_000, id=PlayId(count - n)) for n in range(count)]


def _comes(desk: Desk, play: Play) -> None:
    desk.history.plays.insert(0, replace(play, id=PlayId(desk.history.last_id() + 1)))
    desk.history.plays_changed.emit()


@pytest.mark.parametrize("days", [0, 3])
def test_a_play_that_comes_is_put_on_top_and_no_other_is_read_again(desk: Desk, qtbot: QtBot, days: int) -> None:
    desk.history.plays = _long_ago(500)
    page = opened(desk)
    bar = page.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 400 * TABLE_ROW)
    bar.setValue(200 * TABLE_ROW)
    page.list.setCurrentIndex(page.lines.index(250, 0))
    chosen, at = page.lines.line(250).play, page.list.visualRect(page.lines.index(250, 0)).top()
    desk.history.read.clear()
    _comes(desk, a_play(7, NOW_MS + 1_000 + days * 86_400_000, title="New"))
    qtbot.waitUntil(lambda: page.head.words() == "History 501 plays")
    assert desk.history.read == [101]
    row = page.list.currentIndex().row()
    assert (page.lines.line(row).play, page.list.visualRect(page.lines.index(row, 0)).top()) == (chosen, at)
    first = page.lines.line(1).play
    assert first is not None and first.title == "New"
    page.refresh()
    qtbot.waitUntil(lambda: len(desk.history.read) == 2)
    whole = lines_of(desk.history.plays, datetime.now().date())
    assert [page.lines.line(number) for number in range(page.lines.rowCount())] == whole


def test_a_play_that_comes_needs_no_look_at_the_thousands_below_it(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.history.plays = _long_ago(1_000)
    page = opened(desk)
    qtbot.waitUntil(lambda: page.head.words() == "History 1,000 plays")
    asked = 0

    def counted(of: Callable[..., object]) -> Callable[..., object]:
        def count(*words: object, **named: object) -> object:
            nonlocal asked
            asked += 1
            return of(*words, **named)

        return count

    for name in ("rowCount", "data", "flags", "line"):
        monkeypatch.setattr(PlayModel, name, counted(getattr(PlayModel, name)))
    for days in range(2):
        _comes(desk, a_play(7, NOW_MS + 1_000 + days * 86_400_000))
        qtbot.waitUntil(lambda: page.head.words() == f"History {1_001 + days:,} plays")  # noqa: B023
    page.grab()
    assert asked < 800  # those in sight, a few times each


def test_keys_go_from_play_to_play_and_letters_to_a_title(desk: Desk, qtbot: QtBot) -> None:
    day = 86_400_000
    desk.history.plays = [a_play(1 + n, NOW_MS - n // 2 * day - n, title=f"{'ABC'[n % 3]} {n}") for n in range(40)]
    page = opened(desk)

    def row_after(key: Qt.Key) -> int:
        qtbot.keyClick(page.list, key)
        return page.list.currentIndex().row()

    assert row_after(Qt.Key.Key_Home) == 1
    assert [row_after(Qt.Key.Key_Down) for _ in range(3)] == [2, 4, 5]  # 0, 3 and 6 are days
    assert [row_after(Qt.Key.Key_Up) for _ in range(4)] == [4, 2, 1, 1]
    assert page.list.visualRect(page.lines.index(0, 0)).top() == 0  # with the heading of its day
    assert row_after(Qt.Key.Key_C) == 4
    last = page.lines.rowCount() - 1
    assert row_after(Qt.Key.Key_End) == last
    page_up = row_after(Qt.Key.Key_PageUp)
    assert 10 < last - page_up < 30
    assert row_after(Qt.Key.Key_PageDown) == last


@pytest.mark.parametrize("late_ms", [-500, -10_000])
def test_one_that_belongs_further_down_or_comes_with_very_many_is_read_with_all(
    desk: Desk, qtbot: QtBot, late_ms: int
) -> None:
    desk.history.plays = _long_ago(50)
    page = opened(desk)
    qtbot.waitUntil(lambda: page.head.words() == "History 50 plays")
    desk.history.plays.insert(-late_ms // 1_000 + 1, a_play(7, NOW_MS + late_ms, id=PlayId(51), title="Late"))
    desk.history.plays_changed.emit()
    qtbot.waitUntil(lambda: page.head.words() == "History 51 plays")
    desk.history.plays[:0] = [a_play(1, NOW_MS + n, id=PlayId(52 + n)) for n in reversed(range(200))]
    desk.history.plays_changed.emit()
    qtbot.waitUntil(lambda: page.head.words() == "History 251 plays")
    whole = lines_of(desk.history.plays, datetime.now().date())
    assert [page.lines.line(number) for number in range(page.lines.rowCount())] == whole


def test_plays_of_both_sides_of_midnight_that_come_together_are_not_put_below_the_old_heading() -> None:
    noon = datetime(2026, 3, 11, 12, tzinfo=UTC)

    def heard(*days_ago: int) -> list[Play]:
        return [a_play(1, round((noon - timedelta(days=days)).timestamp() * 1_000)) for days in days_ago]

    for before, new, later in (((0, 1), (-1, 0), 1), ((3, 4), (0, 3), 0)):
        shown = lines_of(heard(*before), noon.date(), UTC)
        assert on_top(heard(*new), shown[:2], noon.date() + timedelta(days=later), UTC) is None
