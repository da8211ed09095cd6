"""The autoplay lane under the queue: what plays on by itself, marked as such, to be edited or sent away."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.queue import LaneTaken, QueueEntry
from app.domain.words import say
from app.ui import icons
from app.ui.controls import Line, TextButton, plain_tip
from app.ui.delegates import queue_row
from app.ui.delegates.text import clock
from app.ui.item_models.tracks import LANE_MIME, TRACKS_MIME
from app.ui.panels.entry_view import ENTRY, EntryView
from app.ui.panels.suggestions import add_places
from app.ui.services import Covers, Playback
from app.ui.theme import BODY, BODY_STRONG, COVER_ROW, HAIR, S, Theme
from app.ui.views.parts import as_wide_as_words

Index = QModelIndex | QPersistentModelIndex


class LaneModel(QAbstractListModel):
    """The entries of the lane. A drop asks for a move; the player answers with new entries."""

    move_asked = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QueueEntry] = []

    def replace(self, rows: Sequence[QueueEntry]) -> None:
        """Shows others."""
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        entry = self.rows[index.row()]
        track = entry.track
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return track.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say(
                "{title}, {shown_artist}, {clock}, autoplay",
                title=track.title,
                shown_artist=track.shown_artist,
                clock=clock(track.duration_ms),
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{track.title}, {track.shown_artist}, {track.shown_album}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        return base | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [LANE_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The row for the lane itself and the queue, its track for a playlist."""
        data, row = QMimeData(), indexes[0].row()
        data.setData(LANE_MIME, QByteArray(str(row).encode()))
        track = self.rows[row].track
        if track.in_library and not track.missing:
            data.setData(TRACKS_MIME, QByteArray(str(track.id).encode()))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(LANE_MIME):
            return False
        source = int(data.data(LANE_MIME).data())
        before = row if row >= 0 else len(self.rows)
        target = before - 1 if before > source else before
        if target != source and 0 <= source < len(self.rows):
            self.move_asked.emit(source, target)
        return False  # the rows come back by queue_changed; the view must not remove any


class _Rows(EntryView):
    """The rows; Enter plays, Delete removes, Alt with Up and Down moves."""

    play_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, say("Autoplay: plays on behind the queue"), inset=S)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.doubleClicked.connect(self._double_clicked)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.play_asked.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, alt = self.currentIndex().row(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if row >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.play_asked.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit(row)
        elif alt and event.key() == Qt.Key.Key_Up and row > 0:
            self.move_asked.emit(row, row - 1)
        elif alt and event.key() == Qt.Key.Key_Down and 0 <= row < self.model().rowCount() - 1:
            self.move_asked.emit(row, row + 1)
        else:
            super().keyPressEvent(event)


class _RowDelegate(QStyledItemDelegate):
    """A row as in the queue, quiet, with a dashed rule at its left."""

    def __init__(self, theme: Theme, covers: Covers, view: _Rows) -> None:
        super().__init__(view)
        self._theme, self._covers, self._view = theme, covers, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, queue_row.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, entry, palette, rect = index.row(), index.data(ENTRY), self._theme.palette, option.rect
        queue_row.paint_entry(
            painter,
            rect.adjusted(S, 0, 0, 0),
            entry,
            self._covers.pixmap(entry.track.id, round(COVER_ROW * self._view.devicePixelRatioF())),
            palette,
            playing=False,
            played=False,
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            hovered=row == self._view.hovered,
            ring=self._view.ring_on(row),
            over_why=row == self._view.hovered and self._view.over == "why",
            lane=True,
        )
        pen = QPen(QColor(palette.outline), HAIR)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(rect.left() + HAIR, rect.top(), rect.left() + HAIR, rect.bottom())


class LanePanel(QWidget):
    """The lane with its heading; hidden while autoplay is off."""

    artist_clicked = Signal(str)
    album_clicked = Signal(object)

    def __init__(self, theme: Theme, playback: Playback, covers: Covers) -> None:
        super().__init__()
        self._theme, self._playback, self._keep_row = theme, playback, -1
        self.model = LaneModel(self)
        self.rows = _Rows(theme)
        self.rows.setModel(self.model)
        self.rows.setItemDelegate(_RowDelegate(theme, covers, self.rows))
        self.heading = as_wide_as_words(Line(theme, BODY_STRONG, text=say("Autoplay")))
        self.state = Line(theme, BODY, "text2")
        self.another = TextButton(say("Others"), "link")
        self.another.setToolTip(say("Put other tracks here"))
        self.another.setAccessibleName(say("Other tracks for autoplay"))
        self._lay_out()
        playback.queue_changed.connect(self._show)
        playback.modes_changed.connect(self._show)
        playback.autoplay_changed.connect(self._show)
        covers.cover_ready.connect(self._cover_came)
        self.rows.play_asked.connect(lambda row: self.take([row], "play"))
        self.rows.remove_asked.connect(self.remove)
        self.rows.move_asked.connect(self._move)
        self.model.move_asked.connect(self._move)
        self.rows.customContextMenuRequested.connect(self._menu_at)
        self.another.clicked.connect(self.clear)
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(S, S, S, 0)
        head.setSpacing(S)
        head.addWidget(self.heading)
        head.addWidget(self.state, 1)
        head.addWidget(self.another)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.rows, 1)

    def _show(self) -> None:
        lane, row = self._playback.lane(), self.rows.currentIndex().row()
        keep = self._keep_row if self._keep_row >= 0 else row
        self._keep_row = -1
        self.model.replace(lane)
        if keep >= 0 and lane and not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.model.index(min(keep, len(lane) - 1)))
        if self._playback.repeat != "off":
            self.state.set_text(say("waits while repeat is on"))
        else:
            self.state.set_text(say("plays after the queue") if lane else say("looking for tracks"))
        self.another.setVisible(bool(lane))
        self.setVisible(self._playback.autoplay)

    def _cover_came(self, track_id: int, pixels: int) -> None:
        self.rows.paint_again(lambda row: self.model.rows[row].track.id == track_id)

    def take(self, rows: Sequence[int], how: LaneTaken, place: int = 0) -> None:
        """Rows join the queue, at a place of it too, or play at once."""
        self._playback.take_from_lane(self._ids(rows), how, place)

    def remove(self, row: int) -> None:
        """Takes a row out; another track comes in its place at the end."""
        self._keep_row = row
        self._playback.drop_from_lane(self._ids([row]))

    def clear(self) -> None:
        """Sends all of them away; others come."""
        self._playback.drop_from_lane(self._ids(range(len(self.model.rows))))

    def _ids(self, rows: Sequence[int]) -> list[int]:
        return [self.model.rows[row].entry_id for row in rows if 0 <= row < len(self.model.rows)]

    def _move(self, source: int, target: int) -> None:
        self._keep_row = target
        for entry_id in self._ids([source]):
            self._playback.move_in_lane(entry_id, target)

    def _menu_at(self, point: QPoint) -> None:
        index = self.rows.indexAt(point)
        if not index.isValid():
            index = self.rows.currentIndex()
            point = self.rows.visualRect(index).center()
        if index.isValid():
            self.menu(index.row()).popup(self.rows.viewport().mapToGlobal(point))

    def menu(self, row: int) -> QMenu:
        """Everything that can be done with an entry of the lane."""
        menu, palette = QMenu(self), self._theme.palette
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("play", palette), say("Play"), lambda: self.take([row], "play"))
        menu.addAction(icons.icon("play-next", palette), say("Play next"), lambda: self.take([row], "next"))
        menu.addAction(icons.icon("queue", palette), say("Add to the queue"), lambda: self.take([row], "end"))
        menu.addAction(icons.icon("remove", palette), say("Remove"), lambda: self.remove(row))
        menu.addSeparator()
        add_places(menu, self._theme, self.model.rows[row].track, self.artist_clicked, self.album_clicked)
        return menu
