"""The rows of the queue for their list: what they say, what is dragged, and what may be dropped.

How many there are is Qt's to know: its list asks for that four times a row when it lays itself out, and a queue may be
long. So the model is one of strings, all empty; everything that is shown comes from the entries.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    Signal,
)

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.domain.words import say
from app.ui.controls import plain_tip
from app.ui.delegates.text import clock
from app.ui.drops import dropped_paths
from app.ui.item_models.tracks import LANE_MIME, QUEUE_MIME, TRACKS_MIME, dropped_ids
from app.ui.panels.entry_view import ENTRY

Index = QModelIndex | QPersistentModelIndex
_A_ROW = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
    | Qt.ItemFlag.ItemIsDragEnabled
)
"""A drop falls between two rows, never on one."""


class QueueModel(QStringListModel):
    """The entries of the queue. A drop asks for a move; the queue itself answers with new entries."""

    block_asked = Signal(list, int)
    """Rows that are to stand together, and the row they fell before."""
    tracks_dropped = Signal(list, int)
    """Ids that were dragged here out of a table, and the row they fell before; -1: behind the last."""
    files_dropped = Signal(list, int)
    """Paths that were dragged here out of another program, and the row."""
    lane_dropped = Signal(int, int)
    """A row of the autoplay lane, and the row it fell before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QueueEntry] = []
        self.playing = -1
        self.heard: frozenset[int] | None = None
        """The entries that have had their turn in a shuffle; ``None``: it plays in the order of the rows."""

    @property
    def rows(self) -> list[QueueEntry]:
        """The entries, in order."""
        return self._rows

    def is_played(self, row: int) -> bool:
        """Its turn is over."""
        return row < self.playing if self.heard is None else self._rows[row].entry_id in self.heard

    def replace(self, rows: list[QueueEntry], playing: int, heard: frozenset[int] | None = None) -> None:
        """Shows others; the same entries with another one playing are repainted in place."""
        self.heard = heard
        if self._rows == rows:
            self.playing = playing
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self._rows, self.playing = list(rows), playing
        self.setStringList([""] * len(rows))

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

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return False

    def insertRows(self, row: int, count: int, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return False

    def removeRows(self, row: int, count: int, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return False

    def moveRows(self, from_: Index, row: int, count: int, to: Index, child: int) -> bool:
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _A_ROW if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [QUEUE_MIME, LANE_MIME, TRACKS_MIME, "text/uri-list"]

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
        if data.hasFormat(QUEUE_MIME):
            rows = [int(one) for one in bytes(data.data(QUEUE_MIME).data()).split() if one.isdigit()]
            before = row if row >= 0 else len(self._rows)
            if rows and rows[-1] < len(self._rows) and rows != list(range(before, before + len(rows))):
                self.block_asked.emit(rows, before)
            return False  # the rows come back by queue_changed; the view must not remove any
        if data.hasFormat(LANE_MIME):
            source = bytes(data.data(LANE_MIME).data())
            if source.isdigit():
                self.lane_dropped.emit(int(source), row if row >= 0 else len(self._rows))
            return source.isdigit()
        if ids := dropped_ids(data):
            self.tracks_dropped.emit(ids, row)
            return True
        if paths := dropped_paths(data):
            self.files_dropped.emit(paths, row)
        return bool(paths)


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as stretches: the first and the last of each.

    >>> list(runs([1, 2, 3, 7]))
    [(1, 3), (7, 7)]
    """
    begin = end = -2
    for row in rows:
        if row != end + 1:
            if begin >= 0:
                yield begin, end
            begin = row
        end = row
    if begin >= 0:
        yield begin, end
