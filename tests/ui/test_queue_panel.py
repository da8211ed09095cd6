"""The queue: what it shows, what it asks for, where a drop falls, and that it keeps still."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.play import StartedBy
from app.ui.delegates import queue_row
from app.ui.drag_card import card
from app.ui.item_models.tracks import TRACKS_MIME, dropped_ids
from app.ui.panels.entry_view import ENTRY
from app.ui.panels.queue import QueuePanel
from app.ui.style import style_sheet
from app.ui.theme import Theme
from tests.helpers.fake_services import (
    FakeCoverService,
    FakePlaybackService,
    some_tracks,
)

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def a_queue(qtbot: QtBot) -> tuple[QueuePanel, FakePlaybackService]:
    playback = FakePlaybackService()
    panel = QueuePanel(Theme("light"), playback, FakeCoverService())
    qtbot.addWidget(panel)
    panel.resize(336, 700)
    panel.show()
    return panel, playback


def test_an_empty_queue_says_what_to_do(qtbot: QtBot) -> None:
    panel, _ = a_queue(qtbot)
    assert panel.empty.isVisible()
    assert not panel.clear.isVisible()


def test_the_queue_marks_what_plays_and_counts_what_is_left(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(4), 1)
    assert panel.model.playing == 1
    assert panel.model.index(1).data(ACCESSIBLE).endswith(", playing")
    assert panel.summary.text.startswith("2 to come, ")


def test_in_a_shuffle_the_queue_counts_what_is_to_come_and_not_what_stands_below(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(6), 4)
    first, second, *others, playing, last = (entry.entry_id for entry in playback.entries())
    playback.shuffled_to = (second, playing, last, first, *others)
    playback.set_shuffle(True)
    assert panel.summary.text.startswith("4 to come, ")
    assert [panel.model.is_played(row) for row in range(6)] == [False, True, False, False, False, False]
    playback.set_shuffle(False)
    assert panel.summary.text.startswith("1 to come, ")


def test_the_head_of_the_queue_can_be_read_whole_at_its_width(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    panel.setStyleSheet(style_sheet(Theme("light").palette))
    playback.play_now(some_tracks(1_999), 0)
    playback.set_autoplay(True)
    playback.fill_lane(some_tracks(3))
    for line in (panel.summary, panel.lane.state):
        assert line.fontMetrics().horizontalAdvance(line.text) <= line.width(), line.text


def test_the_queue_follows_what_plays_again_once_nobody_has_touched_it_for_a_while(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(80), 0)
    bar = panel.rows.verticalScrollBar()
    panel.rows.setFocus()
    QTest.mouseMove(panel.rows.viewport(), QPoint(20, 200))
    QTest.mouseClick(panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 200))
    assert panel.rows.is_under_a_hand()
    playback.jump(40)
    assert bar.value() == 0
    monkeypatch.setattr("app.ui.panels.entry_view._HAND_MS", -1)
    playback.jump(50)
    assert bar.value() > 0


@pytest.mark.parametrize("autoplay", [False, True])
def test_a_queue_that_comes_into_sight_shows_what_plays(qtbot: QtBot, autoplay: bool) -> None:
    playback = FakePlaybackService()
    playback.play_now(some_tracks(80), 40)
    playback.set_autoplay(autoplay)
    playback.fill_lane(some_tracks(5))
    panel = QueuePanel(Theme("light"), playback, FakeCoverService())
    qtbot.addWidget(panel)
    panel.resize(336, 700)
    for _ in range(2):
        panel.show()
        qtbot.waitExposed(panel)
        assert panel.rows.viewport().rect().contains(panel.rows.visualRect(panel.model.index(40)))
        QTest.mouseClick(panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 200))
        panel.rows.verticalScrollBar().setValue(0)
        panel.hide()


@pytest.mark.parametrize(("y_rows", "line_rows"), [(2.2, 2), (2.8, 3), (9.5, 4)])
@pytest.mark.parametrize("part", ["queue", "lane", "table"])
def test_a_line_between_two_rows_shows_where_a_drop_would_fall(
    qtbot: QtBot, part: str, y_rows: float, line_rows: int
) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(4))
    playback.set_autoplay(True)
    playback.fill_lane(some_tracks(3))
    if part == "table":
        data = QMimeData()
        data.setData(TRACKS_MIME, b"3")
    else:
        model = panel.model if part == "queue" else panel.lane.model
        data = model.mimeData([model.index(0)])
    rows, height, accent = panel.rows, queue_row.row_height(), QColor(Theme("light").palette.accent)
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    held, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    rows.dragMoveEvent(QDragMoveEvent(QPoint(150, round(y_rows * height)), actions, data, held, plain))
    image = rows.viewport().grab().toImage()
    coloured = [y for y in range(image.height()) if image.pixelColor(150, y) == accent]
    y = min(line_rows * height, image.height() - 1)
    assert coloured in ([y - 1, y], [y - 2, y - 1], [y - 1])
    rows.dragLeaveEvent(QDragLeaveEvent())
    image = rows.viewport().grab().toImage()
    assert accent not in [image.pixelColor(150, y) for y in range(image.height())]


def test_what_is_dragged_is_a_small_card_with_the_title_or_the_number(qtbot: QtBot) -> None:
    palette = Theme("dark").palette
    long = card(palette, "A very long title " * 20, 2.0)
    short = card(palette, "3 tracks", 2.0)
    assert short.width() < long.width() <= 2 * (240 + 24 + 2)
    assert short.height() == long.height()
    assert short.toImage().pixelColor(short.width() // 2, 5) == QColor(palette.raised)


def test_rows_that_were_moved_together_keep_the_keyboard_on_the_first_of_them(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(6))
    panel.rows.setCurrentIndex(panel.model.index(0))
    panel.model.block_asked.emit([1, 2], 5)
    assert [entry.track.id for entry in playback.entries()] == [1, 4, 5, 2, 3, 6]
    assert panel.rows.currentIndex().row() == 3


def test_enter_jumps_and_delete_removes(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(5))
    panel.rows.setCurrentIndex(panel.model.index(3))
    QTest.keyClick(panel.rows, Qt.Key.Key_Return)
    assert playback.index == 3
    panel.rows.setCurrentIndex(panel.model.index(1))
    with qtbot.waitSignal(panel.removed):
        QTest.keyClick(panel.rows, Qt.Key.Key_Delete)
    assert [entry.track.id for entry in playback.entries()] == [1, 3, 4, 5]
    assert panel.rows.currentIndex().row() == 1
    QTest.keyClick(panel.rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [entry.track.id for entry in playback.entries()] == [1, 2, 3, 4, 5]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(panel.undone) as told:
        QTest.keyClick(panel.rows, Qt.Key.Key_Z, both)
    assert told.args == ["Done again: Edited"]
    assert [entry.track.id for entry in playback.entries()] == [1, 3, 4, 5]


def test_the_queue_is_offered_as_a_playlist(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    assert panel.save.isHidden()
    playback.play_now(some_tracks(3))
    with qtbot.waitSignal(panel.save_asked) as asked:
        panel.save.click()
    assert [track.id for track in asked.args[0]] == [1, 2, 3]


def test_alt_and_an_arrow_move_an_entry_and_the_keyboard_stays_on_it(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(4))
    panel.rows.setCurrentIndex(panel.model.index(2))
    QTest.keyClick(panel.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [entry.track.id for entry in playback.entries()] == [1, 3, 2, 4]
    assert panel.rows.currentIndex().row() == 1


@pytest.mark.parametrize(
    ("source", "before", "after"), [(0, 3, [2, 3, 1, 4]), (3, 1, [1, 4, 2, 3]), (1, -1, [1, 3, 4, 2])]
)
def test_a_drop_moves_the_entry_to_where_it_fell(qtbot: QtBot, source: int, before: int, after: list[int]) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(4))
    data = panel.model.mimeData([panel.model.index(source)])
    assert isinstance(data, QMimeData)
    panel.model.dropMimeData(data, Qt.DropAction.MoveAction, before, 0, QModelIndex())
    assert [entry.track.id for entry in playback.entries()] == after


def test_several_rows_are_dragged_as_one_block_and_stay_chosen(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(5))
    for row in (0, 3):
        flag = QItemSelectionModel.SelectionFlag.Select
        panel.rows.selectionModel().setCurrentIndex(panel.model.index(row), flag)
    data = panel.model.mimeData([panel.model.index(row) for row in (3, 0)])
    assert dropped_ids(data) == [1, 4], "a playlist takes the tracks"
    panel.model.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    assert [entry.track.id for entry in playback.entries()] == [2, 1, 4, 3, 5]
    assert panel.rows.chosen_rows() == [1, 2]


def test_the_chip_of_a_suggested_row_asks_why_and_so_does_a_key(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(2))
    playback.enqueue(some_tracks(3)[2:], StartedBy.SUGGESTION, "panel")
    panel.resize(336, 500)
    panel.show()
    index = panel.model.index(2)
    chip = queue_row.chip_rect(panel.rows.visualRect(index), index.data(ENTRY).track)
    assert (chip.width(), chip.height()) == (48, 18)
    with qtbot.waitSignal(panel.why_asked) as asked:
        qtbot.mouseClick(panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=chip.center())
    assert asked.args[0].track.id == 3
    with qtbot.waitSignal(panel.why_asked):
        qtbot.keyClick(panel.rows, Qt.Key.Key_I)
    plain = panel.model.index(1)
    where = queue_row.chip_rect(panel.rows.visualRect(plain), plain.data(ENTRY).track).center()
    assert panel.rows.part_at(plain, where) == ""


def test_rows_of_a_table_can_be_dropped_on_the_queue(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(2))
    data = QMimeData()
    data.setData(TRACKS_MIME, b"7 8")
    assert panel.model.canDropMimeData(data, Qt.DropAction.CopyAction, -1, 0, QModelIndex())
    with qtbot.waitSignal(panel.model.tracks_dropped) as dropped:
        panel.model.dropMimeData(data, Qt.DropAction.CopyAction, -1, 0, QModelIndex())
    assert dropped.args == [[7, 8], -1]
    with qtbot.waitSignal(panel.model.tracks_dropped) as dropped:
        panel.model.dropMimeData(data, Qt.DropAction.CopyAction, 1, 0, QModelIndex())
    assert dropped.args == [[7, 8], 1]


def test_clear_leaves_what_is_playing(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(4), 2)
    panel.clear.click()
    assert [entry.track.id for entry in playback.entries()] == [3]
    assert playback.current.track.id == 3


def test_the_queue_is_kept_when_another_track_starts(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(4))
    panel.rows.setCurrentIndex(panel.model.index(2))
    playback.next()
    assert panel.model.playing == 1
    assert panel.rows.currentIndex().row() == 2


def test_a_menu_entry_plays_next(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(5), 1)
    actions = {action.text(): action for action in panel.menu(4).actions()}
    actions["Play next"].trigger()
    assert [entry.track.id for entry in playback.entries()] == [1, 2, 5, 3, 4]


def test_a_menu_on_several_rows_that_are_chosen_brings_all_of_them_next(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(6), 1)
    for row in (0, 3, 5):
        panel.rows.selectionModel().select(panel.model.index(row), QItemSelectionModel.SelectionFlag.Select)
    actions = {action.text(): action for action in panel.menu(5).actions()}
    actions["Play next"].trigger()
    assert [entry.track.id for entry in playback.entries()] == [2, 1, 4, 6, 3, 5]


def test_in_a_shuffle_the_row_below_may_be_brought_next(qtbot: QtBot) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(3), 0)
    assert not {action.text(): action for action in panel.menu(1).actions()}["Play next"].isEnabled()
    playback.set_shuffle(True)
    assert {action.text(): action for action in panel.menu(1).actions()}["Play next"].isEnabled()
    assert not {action.text(): action for action in panel.menu(0).actions()}["Play next"].isEnabled()


@pytest.mark.parametrize("by_mouse", [True, False])
def test_the_first_press_in_a_list_meets_the_row_that_is_seen(qtbot: QtBot, by_mouse: bool) -> None:
    panel, playback = a_queue(qtbot)
    playback.play_now(some_tracks(80), 40)
    panel.activateWindow()
    panel.save.setFocus()
    qtbot.waitUntil(panel.save.hasFocus)
    panel.rows.verticalScrollBar().setValue(20 * queue_row.row_height() + 10)
    place = panel.rows.visualRect(panel.model.index(24)).center()
    if by_mouse:
        QTest.mouseClick(panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert panel.rows.currentIndex().row() == 24
    else:
        panel.rows.setFocus(Qt.FocusReason.TabFocusReason)
        assert panel.rows.currentIndex().row() == 21
    assert panel.rows.hasFocus()
    assert panel.rows.verticalScrollBar().value() == 20 * queue_row.row_height() + 10
