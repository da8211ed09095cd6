"""The words of what plays; synced ones follow the music, and a line leads to its moment."""

import unicodedata
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.lyrics import Lyrics
from app.domain.queue import QueueEntry
from app.domain.words import say
from app.ui.controls import Line
from app.ui.delegates.suggestion_row import paint_ground
from app.ui.delegates.text import clock, font, line_height, metrics
from app.ui.panels.empty_state import EmptyState
from app.ui.panels.row_view import RowView
from app.ui.services import Playback
from app.ui.theme import BODY, BODY_STRONG, CAPTION, M, S, Theme

_LEFT_ALONE_MS: Final = 4_000
"""So long after a hand has scrolled, the list does not scroll by itself."""
Index = QModelIndex | QPersistentModelIndex
_WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextIncludeTrailingSpaces)


class LyricsModel(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lyrics: Lyrics | None = None
        self.current = -1

    def show_lyrics(self, lyrics: Lyrics | None) -> None:
        """Shows others, or none."""
        self.beginResetModel()
        self.lyrics, self.current = lyrics, -1
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.lyrics is None else len(self.lyrics.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.lyrics is None or not 0 <= index.row() < len(self.lyrics.lines):
            return None
        line = self.lyrics.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = line.words or say("no words")
            return words if line.at_ms is None else f"{words}, {clock(line.at_ms)}"
        return None


class _Lines(RowView):
    """The list: Enter or a click leads to a line's moment; a hand that scrolls is left alone for a while."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, say("Lyrics"))
        self.setUniformItemSizes(False)
        self.setWordWrap(True)
        self.alone = QTimer(self, singleShot=True, interval=_LEFT_ALONE_MS)
        self.verticalScrollBar().sliderMoved.connect(lambda _: self.alone.start())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.alone.start()
        super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.chosen.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
            return
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.alone.start()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _LineDelegate(QStyledItemDelegate):
    """A line over as many rows as it needs; the one that is sung is strong and in the accent."""

    def __init__(self, theme: Theme, view: _Lines, model: LyricsModel) -> None:
        super().__init__(view)
        self._theme, self._view, self._model = theme, view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = max(self._view.viewport().width() - 2 * S, 40)
        words = index.data() or " "
        rect = metrics(BODY_STRONG).boundingRect(QRect(0, 0, width, 1 << 20), _WRAP, words)
        return QSize(width, max(rect.height(), line_height(BODY)) + S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, palette, rect = index.row(), self._theme.palette, QRect(option.rect)
        hovered = row == self._view.hovered and self._model.lyrics is not None and self._model.lyrics.synced
        paint_ground(painter, rect, palette, selected=False, hovered=hovered, ring=self._view.ring_on(row))
        sung = row == self._model.current
        painter.setFont(font(BODY_STRONG if sung else BODY))
        painter.setPen(QColor(palette.accent if sung else palette.text2))
        words = index.data() or ""
        side = Qt.AlignmentFlag.AlignRight if _from_the_right(words) else Qt.AlignmentFlag.AlignLeft
        flags = _WRAP | int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
        painter.drawText(rect.adjusted(S, 0, -S, 0), flags, words)


def _from_the_right(words: str) -> bool:
    """True for Arabic, Hebrew and their like: the first letter that has a direction says so."""
    strong = (unicodedata.bidirectional(char) for char in words)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


class LyricsPanel(QWidget):
    """Asks for words only while it is seen."""

    wanted = Signal(object)
    """The ``Track`` whose words are to be looked for."""

    def __init__(self, theme: Theme, playback: Playback) -> None:
        super().__init__()
        self._playback = playback
        self._entry: QueueEntry | None = playback.current
        self._asked = 0
        self.model = LyricsModel(self)
        self.rows = _Lines(theme)
        self.rows.setModel(self.model)
        self.rows.setItemDelegate(_LineDelegate(theme, self.rows, self.model))
        self.origin = Line(theme, CAPTION, "text2")
        self.empty = EmptyState(theme, "lyrics")
        lists = QWidget()
        self._stack = QStackedLayout(lists)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(S, M, S, M)
        column.setSpacing(S)
        foot = QHBoxLayout()
        foot.setContentsMargins(S, 0, S, 0)
        foot.addWidget(self.origin)
        column.addWidget(lists, 1)
        column.addLayout(foot)
        playback.track_changed.connect(self._track_changed)
        playback.position_changed.connect(self._follow)
        self.rows.chosen.connect(self._go_to)
        self._say_nothing()

    def show_lyrics(self, track_id: int, lyrics: Lyrics | None) -> None:
        """The words of a track have come; those of another are dropped."""
        if track_id != self._asked:
            return
        self.model.show_lyrics(lyrics)
        if lyrics is None:
            self._say_nothing()
            return
        self.origin.set_text(say("Lyrics {}", lyrics.origin))
        self._stack.setCurrentWidget(self.rows)
        self.rows.scrollToTop()
        self._follow(self._playback.position_ms)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _track_changed(self, entry: QueueEntry | None) -> None:
        self._entry = entry
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        track = self._entry.track if self._entry is not None else None
        asked = track.id if track is not None else 0
        if asked == self._asked and asked:
            return
        self._asked = asked
        self.model.show_lyrics(None)
        self._say_nothing()
        if track is not None:
            self.wanted.emit(track)

    def _say_nothing(self) -> None:
        self.origin.set_text("")
        if self._entry is None:
            self.empty.say(say("Nothing is playing"), say("The words of what plays are shown here."))
        else:
            self.empty.say(
                say("No lyrics"),
                say("They come from the file's tags, or from a file of the same name that ends in .lrc."),
            )
        self._stack.setCurrentWidget(self.empty)

    def _follow(self, position_ms: int) -> None:
        """Marks the line that is sung and brings it to the middle."""
        lyrics = self.model.lyrics
        if lyrics is None or not lyrics.synced or not self.isVisible():
            return
        current = lyrics.line_at(position_ms)
        if current == self.model.current:
            return
        self.model.current = current
        self.rows.viewport().update()
        if current >= 0 and not self.rows.alone.isActive():
            self.rows.scrollTo(self.model.index(current), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _go_to(self, row: int) -> None:
        lyrics = self.model.lyrics
        if lyrics is not None and (at_ms := lyrics.lines[row].at_ms) is not None:
            self.rows.alone.stop()
            self._playback.seek(at_ms)
