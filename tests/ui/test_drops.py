"""Where a file falls decides what becomes of it; what is on no disk of this machine never arrives."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui import drops
from app.ui.drops import dropped_paths, path_of
from app.ui.item_models.tracks import TRACKS_MIME
from tests.helpers.fake_services import some_tracks
from tests.helpers.frame import Given

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


def files(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromEncoded(url.encode()) for url in urls])
    return data


def dropped(qtbot: QtBot, where: str, data: QMimeData) -> list[tuple[str, list[object]]]:
    """What a new window tells of a drop on one of its parts."""
    window = Given(qtbot).window
    window.panel.show_tab("queue")
    page = QWidget()
    window._views["playlist"] = page
    window.stack.addWidget(page)
    if where == "playlist":
        window.show_view("playlist", "1")
    parts = {"queue": window.panel.queue, "bar": window.bar, "centre": window.stack, "playlist": window.stack}
    told: list[tuple[str, list[object]]] = []
    for name in ("folders_dropped", "files_queued", "files_listed", "tracks_dropped"):
        getattr(window, name).connect(lambda *values, name=name: told.append((name, list(values))))
    place = QPointF(parts[where].mapTo(window, parts[where].rect().center()))
    event = QDropEvent(place, COPY | MOVE, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    window.dropEvent(event)
    assert not told or event.dropAction() is COPY, "a file manager would take a move at its word"
    return told


def test_where_files_fall_decides(qtbot: QtBot) -> None:
    data, paths = files("file:///m/a.flac", "file:///m/b"), [b"/m/a.flac", b"/m/b"]
    assert dropped(qtbot, "centre", data) == [("folders_dropped", [paths])]
    assert dropped(qtbot, "bar", data) == [("folders_dropped", [paths])]
    assert dropped(qtbot, "queue", data) == [("files_queued", [paths, -1])]
    assert dropped(qtbot, "playlist", data) == [("files_listed", [paths])]


def test_whether_files_are_dragged_is_known_by_the_first_of_them(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = list[QUrl]()
    monkeypatch.setattr(drops, "path_of", lambda url: looked_at.append(url) or path_of(url))
    window, data = Given(qtbot).window, files("http://example.org/a", *(f"file:///m/{n}" for n in range(5_000)))
    held, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(9, 9), COPY, data, held, plain)
    event.ignore()
    window.dragEnterEvent(event)
    assert event.isAccepted() and len(looked_at) == 2


def test_nothing_from_elsewhere_arrives(qtbot: QtBot) -> None:
    elsewhere = ("http://example.org/a.mp3", "file://host/a.mp3", "file:////host/a.mp3", "file:///a%00b", "file:a", "")
    assert dropped_paths(files(*elsewhere)) == []
    assert dropped_paths(files("file:///m/../etc/./passwd")) == [b"/etc/passwd"]
    assert dropped_paths(files("file:///" + "a" * 1_000_000)) == []
    assert len(dropped_paths(files(*[f"file:///m/{n}" for n in range(20_000)]))) == 10_000
    assert dropped(qtbot, "centre", files(*elsewhere)) == []


def test_files_fall_between_the_rows_of_the_queue_and_never_on_one(qtbot: QtBot) -> None:
    given = Given(qtbot)
    given.playback.play_now(some_tracks(3))
    model = given.window.panel.queue.model
    told: list[tuple[list[bytes], int]] = []
    model.files_dropped.connect(lambda paths, row: told.append((paths, row)))
    data = files("file:///m/a.flac")
    assert set(data.formats()) & set(model.mimeTypes())
    for row in (1, -1):
        assert model.canDropMimeData(data, COPY, row, 0, QModelIndex())
        assert model.dropMimeData(data, COPY, row, 0, QModelIndex())
    assert told == [([b"/m/a.flac"], row) for row in (1, -1)]
    assert not any(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsDropEnabled for row in range(3))
    assert not model.dropMimeData(files("http://example.org/a.mp3"), COPY, 0, 0, QModelIndex())


def test_tracks_of_our_own_stay_tracks(qtbot: QtBot) -> None:
    data = files("file:///m/a.flac")
    data.setData(TRACKS_MIME, b"3 4")
    assert dropped(qtbot, "bar", data) == [("tracks_dropped", [[3, 4], -1])]
