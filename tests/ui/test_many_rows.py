"""What is done with many rows of a table at once costs no look at each of them in the window's thread."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.ids import TrackId
from app.ui.item_models.tracks import Column, TrackTableModel, dropped_ids
from tests.helpers.fake_services import some_tracks
from tests.ui.test_track_table import Bench


def test_a_drag_of_all_of_a_long_table_looks_at_none_of_its_rows(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    bench, dragged = Bench(qtbot, some_tracks(3_000)), list[list[TrackId]]()
    qtbot.waitUntil(lambda: bench.table.rows.rowCount() == 3_000)
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: dragged.append(dropped_ids(drag.mimeData())))
    shown = [TrackId(one) for one in bench.table.rows.ids()]
    bench.table.selectAll()
    looked_at = list[str]()
    for name in ("flags", "data", "is_head", "track"):
        monkeypatch.setattr(TrackTableModel, name, lambda *_, name=name: looked_at.append(name))
    bench.table.startDrag(Qt.DropAction.CopyAction)
    assert dragged == [shown[:2_000]]  # as many as are dragged at most
    assert looked_at == []


def test_the_tracks_of_many_rows_are_read_in_a_job_and_of_several_plays_the_last_counts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(qtbot, some_tracks(500))
    qtbot.waitUntil(lambda: bench.table.rows.rowCount() == 500)
    bench.library.hold_answers()
    for row in (101, 302):
        bench.table.setCurrentIndex(bench.table.rows.index(row, 0))
        bench.table.play_selected()
    assert bench.playback.entries() == []
    bench.library.give_answer()
    assert bench.playback.entries() == []
    bench.library.give_answer()
    wanted, current = bench.table.rows.track(302), bench.playback.current
    assert wanted is not None and current is not None and current.track.id == wanted.id
    assert len(bench.playback.entries()) == 500
    menus = list[QMenu]()
    monkeypatch.setattr(bench.table.actions_of_tracks, "_open", lambda menu, _place: menus.append(menu))
    bench.table.selectAll()
    here = QPoint(9, 9)
    bench.table.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, here, here))
    assert menus == []
    bench.library.give_answer()
    assert menus[0].actions()[0].text() == "Play now"


@pytest.mark.parametrize("grouped", [False, True])
def test_rows_that_are_chosen_come_once_and_in_order(qtbot: QtBot, grouped: bool) -> None:
    bench = Bench(qtbot, some_tracks(60))
    bench.theme.group(grouped)
    rows, chosen = bench.table.rows, bench.table.selectionModel()
    for first, last in ((40, 44), (3, 9), (6, 12), (50, 50)):
        part = QItemSelection(rows.index(first, 0), rows.index(last, len(Column) - 1))
        chosen.select(part, QItemSelectionModel.SelectionFlag.Select)
    wanted = [row for row in (*range(3, 13), *range(40, 45), 50) if not rows.is_head(row)]
    assert bench.table.selected_rows() == wanted
    assert rows.ids_at(wanted) == [rows.track_id(row) for row in wanted]
