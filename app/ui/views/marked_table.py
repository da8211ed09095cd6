"""A table whose rows are rated and loved in place: by a click on a star or on the heart, or by a key."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent

from app.domain.rating import stars_of
from app.ui.delegates.track_row import heart_at, stars_at
from app.ui.item_models.tracks import Column
from app.ui.services import Services
from app.ui.views.grouped_table import GroupedTable
from app.ui.views.track_actions import MOST_QUEUED, TrackActions

STAR_KEYS: Final = frozenset("012345")


class MarkedTable(GroupedTable):
    """The part of the table of tracks that knows where the pointer is, and the marks it is on."""

    _services: Services
    actions_of_tracks: TrackActions
    _keyboard = False
    _stars = -1
    _on_heart = False

    def selected_rows(self) -> list[int]:
        """The chosen rows, from the top."""
        rows, after = list[int](), 0
        for top, bottom in sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList()):
            rows.extend(range(max(top, after), bottom + 1))
            after = max(after, bottom + 1)
        return self.rows.without_heads(rows)

    def rate(self, rows: Sequence[int], stars: int) -> None:
        """Gives the tracks of rows stars; those they all have already are taken away."""
        few = self.rows.tracks(rows) if len(rows) <= MOST_QUEUED else []  # many would take a second to look at
        if few and all(stars_of(track.rating) == stars for track in few):
            stars = 0
        if ids := self.rows.ids_at(rows):
            self._services.library.rate(ids, stars)

    def love(self, rows: Sequence[int]) -> None:
        """Loves the tracks of rows; where all are loved, takes that back."""
        known = [track for track in self.rows.tracks(rows[:MOST_QUEUED]) if track.in_library]
        self._services.suggestions.toggle_love(known)

    def show_details(self) -> None:
        """Opens the sheet of the chosen tracks, to read or edit their tags."""
        if ids := self.rows.ids_at(self.selected_rows()):
            self.actions_of_tracks.show_details(ids)

    def love_selected(self) -> bool:
        """The same for the chosen rows; False where none is."""
        rows = self.selected_rows()
        if rows:
            self.love(rows)
        return bool(rows)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._point_at(self.rowAt(point.y()), self._stars_at(point), self._heart_at(point))
        super().mouseMoveEvent(event)

    def _point_at(self, row: int, stars: int, on_heart: bool) -> None:
        if (row, stars, on_heart) != (self._hover, self._stars, self._on_heart):
            before, self._hover, self._stars, self._on_heart = self._hover, row, stars, on_heart
            self.update_row(before)
            self.update_row(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        point = event.position().toPoint()
        row, stars = self.rowAt(point.y()), self._stars_at(point)
        marked = row >= 0 and not self.rows.is_head(row) and event.button() == Qt.MouseButton.LeftButton
        if marked and (stars > 0 or self._heart_at(point)):
            chosen = self.selected_rows()
            rows = chosen if row in chosen else [row]
            if stars > 0:
                self.rate(rows, stars)
            else:
                self.love(rows)
            return
        super().mousePressEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(-1, -1, False)
        return super().viewportEvent(event)

    def _stars_at(self, point: QPoint) -> int:
        span = self.span_of(Column.RATING)
        return stars_at(point.x() - span[1]) if span is not None else -1

    def _heart_at(self, point: QPoint) -> bool:
        span = self.span_of(Column.TITLE)
        return span is not None and heart_at(point.x() - span[1], span[2])

    def update_row(self, row: int) -> None:
        """Paints a row anew, or the heading it belongs to."""
        if (head := self.heading_at(row)) >= 0:
            self.viewport().update(self.heading_rect(head).adjusted(-8, 0, 8, 0))
        elif 0 <= row < self.rows.rowCount():
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
