"""The rows of the queue for their list: Qt counts them, and nothing but the queue itself changes them."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.ui.item_models.tracks import LANE_MIME
from app.ui.panels.entry_view import ENTRY
from app.ui.panels.queue_model import QueueModel, runs
from tests.helpers.fake_services import a_track


@pytest.fixture
def model(qapp: QApplication) -> QueueModel:
    model = QueueModel()
    model.replace([QueueEntry(n, a_track(n), StartedBy.HAND) for n in range(1, 6)], 2)
    return model


def test_each_row_is_an_entry_that_can_be_chosen_and_dragged_and_never_typed_into(model: QueueModel) -> None:
    assert model.rowCount() == 5
    for row in range(5):
        index = model.index(row)
        assert index.data(ENTRY) == model.rows[row]
        assert index.data() == model.rows[row].track.title
        flags = index.flags()
        assert flags & Qt.ItemFlag.ItemIsSelectable
        assert flags & Qt.ItemFlag.ItemIsDragEnabled
        assert not flags & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled)
    assert model.flags(QModelIndex()) == Qt.ItemFlag.ItemIsDropEnabled, "below the last row"


def test_the_view_can_neither_add_nor_remove_nor_move_nor_rename_a_row(model: QueueModel) -> None:
    before = list(model.rows)
    assert not model.removeRow(0)
    assert not model.insertRow(0)
    assert not model.moveRow(QModelIndex(), 0, QModelIndex(), 3)
    assert not model.setData(model.index(0), "another")
    assert (model.rows, model.rowCount()) == (before, 5)


def test_the_same_entries_with_another_playing_keep_their_indexes(model: QueueModel) -> None:
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.replace(list(model.rows), 4)
    assert (model.playing, resets) == (4, [])
    model.replace(model.rows[1:], 3)
    assert (model.rowCount(), model.playing, len(resets)) == (4, 3, 1)


def test_in_a_shuffle_what_had_its_turn_is_played_wherever_it_stands(model: QueueModel) -> None:
    assert [model.is_played(row) for row in range(5)] == [True, True, False, False, False]
    model.replace(list(model.rows), 2, frozenset({5, 1}))
    assert [model.is_played(row) for row in range(5)] == [True, False, False, False, True]


@pytest.mark.parametrize("said", [b"", b"x", b"-1", "\u0662".encode()])
def test_a_drop_that_names_no_row_of_the_lane_is_refused(model: QueueModel, said: bytes) -> None:
    dropped: list[tuple[int, int]] = []
    model.lane_dropped.connect(lambda row, before: dropped.append((row, before)))
    data = QMimeData()
    data.setData(LANE_MIME, said)
    assert not model.dropMimeData(data, Qt.DropAction.CopyAction, 1, 0, QModelIndex())
    assert dropped == []


@pytest.mark.parametrize(
    ("rows", "stretches"), [([], []), ([0], [(0, 0)]), ([0, 1, 2], [(0, 2)]), ([1, 3, 4, 9], [(1, 1), (3, 4), (9, 9)])]
)
def test_rows_as_stretches(rows: list[int], stretches: list[tuple[int, int]]) -> None:
    assert list(runs(rows)) == stretches
