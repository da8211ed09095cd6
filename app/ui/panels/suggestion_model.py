"""The suggestions of the panel as Qt sees them."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.suggestion import Suggestion
from app.ui.controls import plain_tip

SUGGESTION: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class SuggestionModel(QAbstractListModel):
    """A list of suggestions, replaced whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Suggestion] = []

    @property
    def rows(self) -> list[Suggestion]:
        """The suggestions, in order."""
        return self._rows

    def replace(self, rows: Sequence[Suggestion]) -> None:
        """Shows others; the same tracks in the same order change their reasons in place."""
        same = [row.track.id for row in rows] == [row.track.id for row in self._rows]
        if same:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, track_id: int) -> int:
        """The row of a track, or -1."""
        return next((row for row, made in enumerate(self._rows) if made.track.id == track_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        made = self._rows[index.row()]
        track = made.track
        if role == SUGGESTION:
            return made
        if role == Qt.ItemDataRole.DisplayRole:
            return track.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{track.title}, {track.shown_artist}, {made.reason}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{track.title}, {track.shown_artist}, {track.shown_album}")
        return None
