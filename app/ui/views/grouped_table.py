"""A table whose rows can stand under headings of albums. A heading is pressed for all of its tracks at once."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from app.domain.words import mark, say
from app.ui.delegates.album_heading import cover_side, paint_heading
from app.ui.item_models.album_groups import HEAD_ROWS
from app.ui.item_models.tracks import Column, TrackTableModel
from app.ui.services import Covers
from app.ui.theme import XL
from app.ui.views.column_table import ColumnTable

GONE: Final = mark("The file is not where it was.")
_MOST_RANGES: Final = 2_000
_LOOKED_THROUGH: Final = 2_000
"""Rows in which a file that is there is looked for."""
_Cursor = QAbstractItemView.CursorAction
_BACK: Final = frozenset({_Cursor.MoveUp, _Cursor.MovePageUp, _Cursor.MovePrevious, _Cursor.MoveLeft})
_ENDS: Final = frozenset({_Cursor.MoveHome, _Cursor.MoveEnd})
_Flag = QItemSelectionModel.SelectionFlag


class GroupedTable(ColumnTable):
    """The part of the table of tracks that knows headings."""

    rows: TrackTableModel
    _covers: Covers
    _hover = -1
    _pressed_head = -1
    _clicking = False
    _to_say = -1

    @property
    def grouped(self) -> bool:
        """There are headings."""
        return bool(self.rows.heads())

    def heading_at(self, row: int) -> int:
        """The first row of the heading a row belongs to; -1 where it is a track's."""
        return self.rows.head_of(row)

    def next_track_row(self, row: int, step: int = 1) -> int:
        """The nearest row of a track from here on, else the nearest the other way; -1 where there is none."""
        for way in (step, -step):
            at = row
            while 0 <= at < self.rows.rowCount():
                if not self.rows.is_head(at):
                    return at
                at += way
        return -1

    # Painting.

    def heading_pixels(self) -> int:
        """The side of a heading's cover in device pixels."""
        return round(cover_side(HEAD_ROWS * self.rowHeight(0)) * self.devicePixelRatioF())

    def paint_heading_of(self, painter: QPainter, head: int) -> None:
        """Paints the heading that begins in a row."""
        tracks, count = self.rows.first_under(head), len(self.rows.rows_under(head))
        cover = self._covers.pixmap(tracks[0].id, self.heading_pixels()) if tracks else None
        hovered = self._hover >= 0 and self.heading_at(self._hover) == head
        rect = self.heading_rect(head)
        paint_heading(painter, rect, tracks, count, cover, self._theme.palette, hovered=hovered)

    def heading_rect(self, head: int) -> QRect:
        """Where it stands."""
        width = max(self.width() - 2 * XL, 0)
        return QRect(XL, self.rowViewportPosition(head), width, HEAD_ROWS * self.rowHeight(head))

    # Pointer and keyboard.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        head = self.heading_at(self.rowAt(int(event.position().y())))
        self._pressed_head = -1
        super().mousePressEvent(event)
        if head < 0:
            return
        under, chosen = self.rows.rows_under(head), self.selectionModel()
        whole = all(chosen.isSelected(self.rows.index(row, 0)) for row in under)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if whole and not control:  # it may be dragged, or its menu opened, with all that is chosen
            self._pressed_head = head if event.button() == Qt.MouseButton.LeftButton else -1
        elif whole:
            self._choose_rows(under, _Flag.Deselect)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.currentIndex().isValid():
            start = self.currentIndex().row()
            self._choose_rows(range(min(start, under[0]), max(start, under[-1]) + 1), _Flag.ClearAndSelect)
        else:
            self._choose_rows(under, _Flag.Select if control else _Flag.ClearAndSelect)
            chosen.setCurrentIndex(self.rows.index(under[0], 0), _Flag.NoUpdate)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        head, self._pressed_head = self._pressed_head, -1
        gone, self._to_say = self._to_say, -1
        super().mouseReleaseEvent(event)
        if gone >= 0:
            self.say_missing(gone)
        if head >= 0 and self.heading_at(self.rowAt(int(event.position().y()))) == head:
            self._choose_rows(self.rows.rows_under(head), _Flag.ClearAndSelect)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        head = self.heading_at(self.rowAt(int(event.position().y())))
        if head < 0:
            self._clicking = True
            super().mouseDoubleClickEvent(event)
            self._clicking = False
        elif event.button() == Qt.MouseButton.LeftButton:
            self.play_list(self.rows.rows_under(head)[0])

    def play_list(self, row: int = 0) -> None:
        """Plays the list on screen from a row on, beginning with the first track whose file is there."""
        row = self.next_track_row(row)
        if row < 0:
            return
        first = self.rows.track(row)
        if first is None or not first.missing:
            self.play_row(row)
            return
        ahead = self.rows.tracks(range(row, min(row + _LOOKED_THROUGH, self.rows.rowCount())))
        there = next((track for track in ahead if not track.missing), first)
        self.play_row(self.rows.row_of(there.id))

    def play_row(self, row: int) -> None:
        """Plays from a row on; the other half knows how."""

    def say_missing(self, row: int) -> None:
        """Says why a grey row does not play; after a double click once the button is let go, which hides tooltips."""
        if self._clicking:
            self._to_say = row
            return
        place = QPoint(XL, self.rowViewportPosition(row) + self.rowHeight(row))
        QToolTip.showText(self.viewport().mapToGlobal(place), say(GONE), self.viewport())

    def _choose_rows(self, rows: Sequence[int], how: _Flag) -> None:
        self.selectionModel().select(self._ranges([(rows[0], rows[-1])]), how)

    def _ranges(self, runs: Iterable[tuple[int, int]]) -> QItemSelection:
        selection = QItemSelection()
        for first, last in runs:
            selection.select(self.rows.index(first, 0), self.rows.index(last, len(Column) - 1))
        return selection

    def selection_of(self, rows: Sequence[int]) -> QItemSelection:
        """Rows, in their order, in as few ranges as they make: Qt compares each with each. Of very many none."""
        runs = list[tuple[int, int]]()
        for row in rows:
            if runs and runs[-1][1] == row - 1:
                runs[-1] = (runs[-1][0], row)
            else:
                runs.append((row, row))
        return self._ranges(runs if len(runs) <= _MOST_RANGES else ())

    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if action in _ENDS:  # Qt would go to the first or last column, which nobody sees in a table of whole rows
            row = 0 if action == _Cursor.MoveHome else self.rows.rowCount() - 1
            index = self.rows.index(row, max(self.currentIndex().column(), 0))
        else:
            index = super().moveCursor(action, modifiers)
        if not index.isValid() or not self.rows.is_head(index.row()):
            return index
        return self.rows.index(self.next_track_row(index.row(), -1 if action in _BACK else 1), index.column())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """The first track of an album is shown with its heading."""
        head = self.heading_at(index.row() - 1) if index.isValid() else -1
        if head >= 0 and hint == QAbstractItemView.ScrollHint.EnsureVisible:
            super().scrollTo(self.rows.index(head, index.column()), hint)
        super().scrollTo(index, hint)
