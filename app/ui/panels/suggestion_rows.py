"""The rows of *You may like*: what the pointer and the keyboard do in them, and who paints them."""

from typing import Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.feedback import Said
from app.domain.suggestion import Suggestion
from app.ui.delegates import suggestion_row
from app.ui.panels.row_view import RowView
from app.ui.panels.suggestion_model import SUGGESTION
from app.ui.services import Covers
from app.ui.theme import COVER_ROW, Theme

_KEYS: Final = {
    int(Qt.Key.Key_L): Said.LOVE,
    int(Qt.Key.Key_N): Said.NOT_NOW,
    int(Qt.Key.Key_Minus): Said.LESS,
    int(Qt.Key.Key_Delete): Said.NEVER_TRACK,
}


class SuggestionRows(RowView):
    """The rows; Enter plays, I asks why. ``actions``: what a row offers at its right."""

    play_asked = Signal(object)
    why_asked = Signal(object)
    action_asked = Signal(str, object)
    feedback_given = Signal(object, object)
    """A ``Said``, and the suggestion."""

    def __init__(self, theme: Theme, name: str, actions: suggestion_row.Actions) -> None:
        super().__init__(theme, name)
        self.actions_shown = actions

    def part_at(self, index: QModelIndex, point: QPoint) -> str:
        return suggestion_row.part_at(self.visualRect(index), index.data(SUGGESTION), point, self.actions_shown)

    def chosen(self) -> Suggestion | None:
        """The suggestion the keyboard stands on."""
        return cast("Suggestion | None", self.currentIndex().data(SUGGESTION))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            part = self.part_at(index, event.position().toPoint())
            if part == "reason":
                self.why_asked.emit(index.data(SUGGESTION))
            elif part:
                self.action_asked.emit(part, index.data(SUGGESTION))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.part_at(index, event.position().toPoint()):
            self.play_asked.emit(index.data(SUGGESTION))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen()
        if chosen is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.play_asked.emit(chosen)
        elif chosen is not None and event.key() == Qt.Key.Key_I and not event.modifiers():
            self.why_asked.emit(chosen)
        elif chosen is not None and not event.modifiers() and (said := _KEYS.get(event.key())) is not None:
            self.feedback_given.emit(said, chosen)
        else:
            super().keyPressEvent(event)


class SuggestionDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, theme: Theme, covers: Covers, view: SuggestionRows) -> None:
        super().__init__(view)
        self._theme, self._covers, self._view = theme, covers, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, suggestion_row.row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, view = index.row(), self._view
        hovered = row == view.hovered
        look = suggestion_row.Look(
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            hovered=hovered,
            ring=view.ring_on(row),
            actions=view.actions_shown,
            over=cast("suggestion_row.Part", view.over) if hovered else "",
        )
        made: Suggestion = index.data(SUGGESTION)
        cover = self._covers.pixmap(made.track.id, round(COVER_ROW * view.devicePixelRatioF()))
        rect = option.rect
        suggestion_row.paint_suggestion(painter, rect, made, look, cover, self._theme.palette)
