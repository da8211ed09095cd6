"""The autoplay lane in the queue's panel."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from app.ui.item_models.tracks import dropped_ids
from app.ui.panels.lane import ENTRY
from app.ui.panels.queue import QueuePanel
from app.ui.player_bar import PlayerBar
from app.ui.theme import Theme
from tests.helpers.fake_services import FakeCoverService, FakePlaybackService, FakeSuggestionService, a_track


class Bench:
    """The queue's panel with three tracks in the lane."""

    def __init__(self, qtbot: QtBot) -> None:
        self.playback = FakePlaybackService()
        self.panel = QueuePanel(Theme("light"), self.playback, FakeCoverService())
        qtbot.addWidget(self.panel)
        self.panel.resize(336, 640)
        self.panel.show()
        self.lane = self.panel.lane
        self.playback.play_now([a_track(1)])
        self.playback.set_autoplay(True)
        self.playback.fill_lane([a_track(2), a_track(3), a_track(4)])

    def titles(self) -> list[str]:
        model = self.lane.model
        return [model.data(model.index(row), ENTRY).track.title for row in range(model.rowCount())]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_lane_is_seen_only_while_autoplay_is_on(bench: Bench) -> None:
    assert bench.lane.isVisible()
    assert bench.lane.state.text == "plays after the queue"
    bench.playback.set_repeat("all")
    assert bench.lane.state.text == "waits while repeat is on"
    bench.playback.set_autoplay(False)
    assert not bench.lane.isVisible()


def test_rows_of_the_lane_say_what_they_are(bench: Bench) -> None:
    model = bench.lane.model
    words = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Hollow River Winter, Copper Wolves")
    assert words.endswith("autoplay")


def test_enter_plays_delete_removes_and_alt_with_an_arrow_moves(bench: Bench, qtbot: QtBot) -> None:
    rows, lane = bench.lane.rows, bench.playback.lane()
    rows.setCurrentIndex(bench.lane.model.index(1))
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert bench.titles()[0] == lane[1].track.title
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert [entry.entry_id for entry in bench.playback.lane()] == [lane[0].entry_id, lane[2].entry_id]
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert bench.playback.taken == [([lane[0].entry_id], "play")]


def test_the_menu_moves_a_row_into_the_queue(bench: Bench) -> None:
    lane = bench.playback.lane()
    menu = bench.lane.menu(0)
    acts = {action.text(): action for action in menu.actions()}
    acts["Play next"].trigger()
    acts = {action.text(): action for action in bench.lane.menu(0).actions()}
    acts["Add to the queue"].trigger()
    assert bench.playback.taken == [([lane[0].entry_id], "next"), ([lane[1].entry_id], "end")]


@pytest.mark.parametrize(("row", "place"), [(0, 0), (1, 1), (-1, 1)])
def test_a_row_of_the_lane_that_falls_into_the_queue_joins_it_there(bench: Bench, row: int, place: int) -> None:
    lane, queue = bench.playback.lane(), bench.panel.model
    data = bench.lane.model.mimeData([bench.lane.model.index(1)])
    assert set(queue.mimeTypes()) & set(data.formats())
    assert queue.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert bench.playback.taken == [([lane[1].entry_id], f"at {place}")]
    assert bench.lane.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex()) is False


def test_a_row_of_the_lane_can_be_dragged_to_a_playlist(bench: Bench) -> None:
    data = bench.lane.model.mimeData([bench.lane.model.index(1)])
    assert dropped_ids(data) == [3]


def test_a_drop_in_the_lane_moves_a_row(bench: Bench) -> None:
    model, lane = bench.lane.model, bench.playback.lane()
    data = model.mimeData([model.index(0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, model.index(-1))
    assert [entry.entry_id for entry in bench.playback.lane()] == [lane[n].entry_id for n in (1, 2, 0)]


def test_the_bar_switches_autoplay_and_follows_it(bench: Bench, qtbot: QtBot) -> None:
    bar = PlayerBar(Theme("light"), bench.playback, FakeCoverService(), FakeSuggestionService())
    qtbot.addWidget(bar)
    assert bar.autoplay.isChecked()
    bar.autoplay.click()
    assert not bench.playback.autoplay
    bench.playback.set_autoplay(True)
    assert bar.autoplay.isChecked()
    assert "Autoplay is on" in bar.autoplay.accessibleName()
