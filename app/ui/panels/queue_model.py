"""The rows of the queue for their list: what they say, what is dragged, and what may be dropped."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.domain.words import say
from app.ui.controls import plain_tip
from app.ui.delegates.text import clock
from app.ui.drops import dropped_paths
from app.ui.item_models.tracks import QUEUE_MIME, TRACKS_MIME, dropped_ids
from app.ui.panels.entry_view import ENTRY

Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """The entries of the queue. A drop asks for a move; the queue itself answers with new entries."""

    block_asked = Signal(list, int)
    """Rows that are to stand together, and the row they fell before."""
    tracks_dropped = Signal(list, int)
    files_dropped = Signal(list, int)
    """Ids that were dragged here out of a table, and the row they fell before; -1: behind the last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QueueEntry] = []
        self.playing = -1

    @property
    def rows(self) -> list[QueueEntry]:
        """The entries, in order."""
        return self._rows

    def replace(self, rows: Sequence[QueueEntry], playing: int) -> None:
        """Shows others; the same entries with another one playing are repainted in place."""
        if [row.entry_id for row in rows] == [row.entry_id for row in self._rows]:
            self.playing = playing
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows, self.playing = list(rows), playing
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        entry = self._rows[index.row()]
        track = entry.track
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return track.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [track.title, track.shown_artist, clock(track.duration_ms)]
            if index.row() == self.playing:
                words.append(say("playing"))
            if entry.started_by in {StartedBy.SUGGESTION, StartedBy.AUTOPLAY}:
                words.append(say("suggested"))
            if track.missing:
                words.append(say("the file is missing"))
            return ", ".join(words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{track.title}, {track.shown_artist}, {track.shown_album}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled
        return base | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else base

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [QUEUE_MIME, TRACKS_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The rows for the queue itself, their tracks for a playlist."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(QUEUE_MIME, QByteArray(" ".join(map(str, rows)).encode()))
        tracks = [self._rows[row].track for row in rows]
        ids = [str(track.id) for track in tracks if track.in_library and not track.missing]
        data.setData(TRACKS_MIME, QByteArray(" ".join(ids).encode()))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if row < 0 and parent.isValid():  # on a row: before it
            row = parent.row()
        if data.hasFormat(QUEUE_MIME):
            rows = [int(one) for one in bytes(data.data(QUEUE_MIME).data()).split() if one.isdigit()]
            before = row if row >= 0 else len(self._rows)
            if rows and rows[-1] < len(self._rows) and rows != list(range(before, before + len(rows))):
                self.block_asked.emit(rows, before)
            return False  # the rows come back by queue_changed; the view must not remove any
        if ids := dropped_ids(data):
            self.tracks_dropped.emit(ids, row)
            return True
        if paths := dropped_paths(data):
            self.files_dropped.emit(paths, row)
        return bool(paths)
