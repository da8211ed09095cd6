"""The plays as lines: a heading for each day, and under it what was heard, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.dates import day_of, day_of_year
from app.domain.play import SCROBBLED, EndedBy, Play
from app.domain.words import mark, say
from app.ui.controls import plain_tip
from app.ui.delegates.text import clock

_NOWHERE = QModelIndex()
_DAYS = [
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a day, or a play of that day."""

    heading: str
    play: Play | None = None
    time: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        if self.play is None:
            return self.heading
        return f"{self.play.title}, {self.play.artist}, {self.time}, {ended_words(self.play)}"


def ended_words(play: Play) -> str:
    """How a play ended, with how long was heard where it was not the whole."""
    if play.imported and play.context == SCROBBLED:
        return say("Listened to")
    heard = clock(play.played_ms) or "0:00"
    if play.ended_by is EndedBy.FINISHED:
        return say("Heard to the end")
    if play.ended_by is EndedBy.SKIPPED:
        return say("Skipped after {}", heard)
    if play.ended_by is EndedBy.REJECTED:
        return say("Turned away after {}", heard)
    if play.ended_by is EndedBy.FAILED:
        return say("Could not be played")
    return say("Left after {}", heard)


def day_words(day: date, today: date) -> str:
    """``Today``, ``Yesterday``, ``Friday 3 October`` or ``3 October 2024``."""
    if day == today:
        return say("Today")
    if day == today - timedelta(days=1):
        return say("Yesterday")
    if day.year == today.year:
        return say("{weekday} {date}", weekday=say(_DAYS[day.weekday()]), date=day_of_year(day))
    return day_of(day)


def lines_of(plays: Sequence[Play], today: date, zone: tzinfo | None = None) -> list[Line]:
    """Plays, newest first, as lines with a heading before each day; times in the zone, else the system's."""
    lines: list[Line] = []
    last: date | None = None
    for play in plays:
        at = datetime.fromtimestamp(play.started_at / 1000, zone)
        if at.date() != last:
            last = at.date()
            lines.append(Line(day_words(last, today)))
        lines.append(Line("", play, f"{at.hour:02}:{at.minute:02}"))
    return lines


def on_top(new: Sequence[Play], shown: Sequence[Line], today: date, zone: tzinfo | None = None) -> list[Line] | None:
    """The lines of newer plays, newest first, to be put above the first play that is shown, under the heading or not.

    Those that go above the heading end with a heading of their own day. ``None``: a day is called otherwise by now, or
    they go above and below it.
    """
    first = shown[1].play
    if first is None:
        return None
    lines = lines_of([*new, first], today, zone)
    headings, above = [line.heading for line in lines if line.play is None], lines[-2].play is None
    if headings[-1] != shown[0].heading or (not above and len(headings) > 1):
        return None
    return lines[:-2] if above else lines[1:-1]


def days_of(lines: Sequence[Line]) -> list[int]:
    """The rows of the headings."""
    return [row for row, line in enumerate(lines) if line.play is None]


class PlayModel(QAbstractTableModel):
    """The lines for Qt, in one column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
        """Shows other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def put_on_top(self, lines: list[Line]) -> int:
        """Shows lines of newer plays, as :func:`on_top` gives them, above the others; gives their first row."""
        at = 0 if lines[0].play is None else 1
        self.beginInsertRows(_NOWHERE, at, at + len(lines) - 1)
        self._lines[at:at] = lines
        self.endInsertRows()
        return at

    def shown(self) -> list[Line]:
        """All lines."""
        return self._lines

    def nearest_play(self, row: int, *, back: bool) -> int:
        """The row of the next play from here on, or ``back``, else the other way; -1 where there is none."""
        for step in (-1, 1) if back else (1, -1):
            at = row
            while 0 <= at < len(self._lines):
                if self._lines[at].play is not None:
                    return at
                at += step
        return -1

    def top(self) -> list[Line]:
        """The first heading and the first play."""
        return self._lines[:2]

    def line(self, row: int) -> Line:
        """One line."""
        return self._lines[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.play.title if line.play else line.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.spoken) if line.play else None
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        heading = index.isValid() and self._lines[index.row()].play is None
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)
