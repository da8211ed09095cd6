"""The queue: what played, what plays and what comes next; moved by drag or keys, removed with Delete."""

from itertools import accumulate
from operator import attrgetter
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QKeySequence, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.queue import QueueEntry
from app.domain.words import plural, say
from app.ui import icons
from app.ui.controls import Line, TextButton
from app.ui.delegates import queue_row
from app.ui.delegates.text import span
from app.ui.panels.empty_state import EmptyState
from app.ui.panels.entry_view import ENTRY, EntryView
from app.ui.panels.lane import LanePanel
from app.ui.panels.queue_model import QueueModel, runs
from app.ui.panels.suggestions import add_places
from app.ui.services import Covers, Playback
from app.ui.theme import BODY, COVER_ROW, HAIR, M, S, Theme

_DURATION_MS: Final = attrgetter("track.duration_ms")
_ALONE: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect
QWIDGETSIZE_MAX: Final = (1 << 24) - 1
"""Qt's own: as high as there is room."""
Index = QModelIndex | QPersistentModelIndex


class _Rows(EntryView):
    """The rows; Enter plays, Delete removes, Alt with Up and Down moves."""

    jump_asked = Signal(int)
    remove_asked = Signal(list)
    move_asked = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, say("Queue"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.doubleClicked.connect(self._double_clicked)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.jump_asked.emit(index.row())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._only_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._only_copy(event)

    def _only_copy(self, event: QDropEvent) -> None:
        """What comes from elsewhere stays there, whatever Qt thinks: a file manager takes a move at its word."""
        if event.source() is not self and event.isAccepted():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def chosen_rows(self) -> list[int]:
        """The selected rows, in order."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        return sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, alt = self.currentIndex().row(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if row >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.jump_asked.emit(row)
        elif event.key() == Qt.Key.Key_Delete and self.chosen_rows():
            self.remove_asked.emit(self.chosen_rows())
        elif alt and event.key() == Qt.Key.Key_Up and row > 0:
            self.move_asked.emit(row, row - 1)
        elif alt and event.key() == Qt.Key.Key_Down and 0 <= row < self.model().rowCount() - 1:
            self.move_asked.emit(row, row + 1)
        else:
            super().keyPressEvent(event)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, covers: Covers, view: _Rows, model: QueueModel) -> None:
        super().__init__(view)
        self._theme, self._covers, self._view, self._model = theme, covers, view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, queue_row.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, entry = index.row(), index.data(ENTRY)
        queue_row.paint_entry(
            painter,
            option.rect,
            entry,
            self._covers.pixmap(entry.track.id, round(COVER_ROW * self._view.devicePixelRatioF())),
            self._theme.palette,
            playing=row == self._model.playing,
            played=self._model.is_played(row),
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            hovered=row == self._view.hovered,
            ring=self._view.ring_on(row),
            over_why=row == self._view.hovered and self._view.over == "why",
        )


class QueuePanel(QWidget):
    """The queue and its head: how much is left, and Clear."""

    artist_clicked = Signal(str)
    album_clicked = Signal(object)
    removed = Signal(str)
    """A sentence about entries that went, for an offer to undo."""
    undone = Signal(str)
    """A sentence: an edit was taken back or made again."""
    save_asked = Signal(list)
    """The tracks are to become a playlist."""
    why_asked = Signal(object, object)
    """A suggested entry, and its row on the screen as a rectangle."""

    def __init__(self, theme: Theme, playback: Playback, covers: Covers) -> None:
        super().__init__()
        self._theme, self._playback, self._keep_row, self._followed = theme, playback, -1, -1
        self._until_ms = [0]
        """How long the entries before each place take together."""
        self.model = QueueModel(self)
        self.rows = _Rows(theme)
        self.rows.setModel(self.model)
        self.rows.setItemDelegate(_RowDelegate(theme, covers, self.rows, self.model))
        self.summary = Line(theme, BODY, "text2")
        self.clear = TextButton(say("Clear"), "link")
        self.clear.setToolTip(say("Take everything out but what is playing"))
        self.save = TextButton(say("Save…"), "link")
        self.save.setToolTip(say("Save the queue as a playlist"))
        self.save.setAccessibleName(say("Save the queue as a playlist"))
        self.lane = LanePanel(theme, playback, covers)
        self.empty = EmptyState(theme, "queue")
        self.empty.say(say("The queue is empty"), say("Play an album, or add tracks from any list."))
        self._lay_out()
        playback.queue_changed.connect(self._show)
        playback.track_changed.connect(self._track_changed)
        playback.modes_changed.connect(self._show)
        playback.autoplay_changed.connect(self._autoplay_changed)
        covers.cover_ready.connect(self._cover_came)
        self.rows.jump_asked.connect(playback.jump)
        self.rows.remove_asked.connect(self.remove)
        self.rows.move_asked.connect(self._move)
        for rows in (self.rows, self.lane.rows):
            rows.why_asked.connect(self.why_asked)
        self.rows.customContextMenuRequested.connect(self._menu_at)
        self.model.block_asked.connect(self._move_block)
        self.model.lane_dropped.connect(lambda row, place: self.lane.take([row], "at", place))
        self.clear.clicked.connect(self._clear)
        self.save.clicked.connect(lambda: self.save_asked.emit([entry.track for entry in self.model.rows]))
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(S, 0, S, 0)
        head.addWidget(self.summary, 1)
        head.addWidget(self.save)
        head.addWidget(self.clear)
        self._lists = lists = QWidget()
        self._stack = QStackedLayout(lists)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(S, M, S, S)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(lists, 3)
        column.addWidget(self.lane, 2)

    def _track_changed(self, entry: QueueEntry | None) -> None:
        self._show()

    def _cover_came(self, track_id: int, pixels: int) -> None:
        self.rows.paint_again(lambda row: self.model.rows[row].track.id == track_id)

    def _show(self) -> None:
        entries, playing = self._playback.entries(), self._playback.index
        offset = self.rows.verticalScrollBar().value()
        current = self._keep_row if self._keep_row >= 0 else self.rows.currentIndex().row()
        self._keep_row = -1
        other = entries != self.model.rows
        chosen = {self.model.rows[row].entry_id for row in self.rows.chosen_rows()} if other else set()
        coming = self._playback.coming() if self._playback.shuffle else None
        self.model.replace(entries, playing, self._heard(entries, coming))
        self._choose(chosen)
        if not self.rows.currentIndex().isValid() and current >= 0 and entries:
            kept = bool(self.rows.chosen_rows())
            how = QItemSelectionModel.SelectionFlag.NoUpdate if kept else _ALONE
            self.rows.selectionModel().setCurrentIndex(self.model.index(min(current, len(entries) - 1)), how)
        self.rows.verticalScrollBar().setValue(offset)
        self._follow()
        rows = len(entries) if entries and self._playback.autoplay else 0
        self._lists.setMaximumHeight(rows * queue_row.row_height() + HAIR if rows else QWIDGETSIZE_MAX)
        if other:
            self._until_ms = list(accumulate(map(_DURATION_MS, entries), initial=0))
        ahead, left_ms = len(entries) - playing - 1, self._until_ms[-1] - self._until_ms[playing + 1]
        if coming is not None:
            ahead, left_ms = len(coming), sum(map(_DURATION_MS, coming))
        words = say("{} to come, {span}", f"{ahead:,}", span=span(left_ms)) if ahead else self._last_words()
        self.summary.set_text(words)
        self.clear.setVisible(len(entries) > (1 if playing >= 0 else 0))
        self.summary.setVisible(bool(entries))
        self.save.setVisible(bool(entries))
        self._stack.setCurrentWidget(self.rows if entries else self.empty)

    def _heard(self, entries: list[QueueEntry], coming: list[QueueEntry] | None) -> frozenset[int] | None:
        """In a shuffle: what has had its turn."""
        if coming is None:
            return None
        current = self._playback.current
        left = {entry.entry_id for entry in (*coming, *([current] if current is not None else []))}
        return frozenset(entry.entry_id for entry in entries if entry.entry_id not in left)

    def _choose(self, entry_ids: set[int]) -> None:
        """Rows stay chosen where other rows come, go or move."""
        if not entry_ids or self.rows.chosen_rows():
            return
        chosen = QItemSelection()
        for begin, end in runs(row for row, entry in enumerate(self.model.rows) if entry.entry_id in entry_ids):
            chosen.append(QItemSelectionRange(self.model.index(begin), self.model.index(end)))
        self.rows.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _last_words(self) -> str:
        return say("Last track, then autoplay") if self._playback.lane() else say("Last track")

    def _follow(self) -> None:
        """Brings what is playing to the top, under the one before it; once a track, not under a hand."""
        playing = self.model.playing
        heard = self.model.rows[playing].entry_id if 0 <= playing < len(self.model.rows) else -1
        if heard == self._followed or not self.isVisible() or self.rows.is_under_a_hand():
            return
        self._followed = heard
        if heard >= 0:
            top = self.model.index(max(playing - 1, 0))
            self.rows.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)

    def _autoplay_changed(self) -> None:
        """The lane takes a part of the room, or gives it back."""
        self._followed = -1
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rows.let_go()
        self._followed = -1
        self._follow()

    def remove(self, rows: list[int]) -> None:
        """Takes entries out; they can be put back."""
        gone = [self.model.rows[row] for row in rows if row < len(self.model.rows)]
        self._keep_row = rows[0] if rows else -1
        self._playback.remove(rows)
        if gone:
            what = gone[0].track.title[:60] if len(gone) == 1 else plural(len(gone), "track")
            self.removed.emit(say("{} taken out of the queue", what))

    def _clear(self) -> None:
        playing = self._playback.index
        self.remove([row for row in range(len(self.model.rows)) if row != playing])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            super().keyPressEvent(event)

    def undo(self) -> None:
        """Takes the last edit back."""
        says = self._playback.undo_says
        self._playback.undo()
        self.undone.emit(say("Taken back: {}", says) if says else say("There is nothing to take back in the queue"))

    def redo(self) -> None:
        """Makes the edit again that was taken back last."""
        says = self._playback.redo_says
        self._playback.redo()
        self.undone.emit(say("Done again: {}", says) if says else say("There is nothing to do again in the queue"))

    def _move(self, source: int, target: int) -> None:
        self._keep_row = target
        self._playback.move(source, target)

    def _move_block(self, rows: list[int], before: int) -> None:
        self._keep_row = before - sum(row < before for row in rows)
        self._playback.move_block(rows, before)

    def _bring_next(self, rows: list[int]) -> None:
        self._keep_row = self._playback.index + 1 - sum(row < self._playback.index for row in rows)
        self._playback.bring_next(rows)

    def _menu_at(self, point: QPoint) -> None:
        index = self.rows.indexAt(point)
        if not index.isValid():
            index = self.rows.currentIndex()
            point = self.rows.visualRect(index).center()
        if index.isValid():
            self.menu(index.row()).popup(self.rows.viewport().mapToGlobal(point))

    def menu(self, row: int) -> QMenu:
        """Everything that can be done with an entry."""
        menu, palette, entry = QMenu(self), self._theme.palette, self.model.rows[row]
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.rows.chosen_rows()
        rows = chosen if row in chosen else [row]
        playing = self._playback.index
        menu.addAction(icons.icon("play", palette), say("Play"), lambda: self._playback.jump(row))
        to_next = menu.addAction(icons.icon("play-next", palette), say("Play next"), lambda: self._bring_next(rows))
        to_next.setEnabled(rows != [playing] and (self._playback.shuffle or rows != [playing + 1]))
        menu.addAction(icons.icon("remove", palette), say("Remove"), lambda: self.remove(rows))
        menu.addSeparator()
        for words, keys, says, act in (
            (say("Undo"), "Ctrl+Z", self._playback.undo_says, self.undo),
            (say("Redo"), "Ctrl+Shift+Z", self._playback.redo_says, self.redo),
        ):
            if says:
                menu.addAction(f"{words}: {says}\t{keys}", act)
        menu.addSeparator()
        add_places(menu, self._theme, entry.track, self.artist_clicked, self.album_clicked)
        return menu
