"""Last.fm as a table: ``artist,album,title,"dd Mon YYYY HH:MM"`` without headings (lastfm-to-csv), or with headings.

Tables whose times are whole minutes have a name of their own: against exports to the second they are compared as two
services that told the same play. Times are UTC, as Last.fm gives them.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from app.history.import_.row import NO_PLAY, Refused, Row, iso_ms, row, since_1970_ms
from app.history.import_.source import Head, Source
from app.history.import_.texts import Stream, lines

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST: Final = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))?")
_ISO_MINUTE: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
_HEADINGS: Final = {
    "artist": ("artist", "artist_name", "artist name"),
    "title": ("track", "title", "track_name", "track name", "name", "song"),
    "album": ("album", "album_name", "album name", "release"),
    "time": ("uts", "timestamp", "utc_time", "date", "time", "listened_at", "played_at"),
}
"""Names of columns; of several for one thing the first that is there counts."""
_BARE: Final = {"artist": 0, "album": 1, "title": 2, "time": 3}
_MARKS: Final = ",;\t"


def _recognises(head: Head) -> bool:
    return _layout(head) is not None


def _recognises_minutes(head: Head) -> bool:
    layout = _layout(head)
    if layout is None:
        return False
    mark, columns, begins = layout
    rows, at = [_cells(line, mark) for line in head.lines[begins:]], columns["time"]
    times = [cells[at] for cells in rows if at < len(cells)]
    return bool(times) and all(_to_the_minute(time) for time in times)


def _to_the_minute(time: str) -> bool:
    found = _DAY_FIRST.fullmatch(time.strip())
    return found[6] is None if found is not None else bool(_ISO_MINUTE.fullmatch(time.strip()))


def _layout(head: Head) -> tuple[str, Mapping[str, int], int] | None:
    """What parts the cells, where each thing stands, and which line is the first play's."""
    for mark in _MARKS:
        if not head.lines:
            return None
        first = [cell.strip().lower().partition("#")[0] for cell in _cells(head.lines[0], mark)]
        columns = {
            role: next((first.index(name) for name in names if name in first), -1) for role, names in _HEADINGS.items()
        }
        if min(columns[role] for role in ("artist", "title", "time")) >= 0:
            return mark, columns, 1
        plays = [_cells(line, mark) for line in head.lines]
        if any(len(cells) == len(_BARE) and time_ms(cells[-1]) is not None for cells in plays):
            return mark, _BARE, 0
    return None


def _read_as(client: str, stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    layout = _layout(head)
    if layout is None:
        return
    mark, columns, begins = layout
    for number, line in enumerate(lines(stream)):
        if number < begins:
            continue
        yield line if isinstance(line, Refused) else _row(client, _cells(line, mark), columns, line, now_ms)


def _read(stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    return _read_as(SOURCE.client, stream, head, now_ms)


def _read_minutes(stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    return _read_as(MINUTES.client, stream, head, now_ms)


def _cells(line: str, mark: str) -> list[str]:
    """One line by itself: a quote that is never closed costs no more than its line."""
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def _row(client: str, cells: Sequence[str], columns: Mapping[str, int], line: str, now_ms: int) -> Row | Refused:
    said = {role: cells[at] for role, at in columns.items() if 0 <= at < len(cells)}
    if not {"artist", "title", "time"} <= said.keys():
        return Refused(NO_PLAY, line[:80])
    return row(
        client,
        now_ms,
        time_ms(said["time"]),
        artist=said["artist"],
        title=said["title"],
        album=said.get("album", ""),
    )


def time_ms(words: str) -> int | None:
    """Seconds or milliseconds since 1970, ``15 Jun 2007 22:30``, or an ISO date with a time."""
    words = words.strip()[:40]
    found = _DAY_FIRST.fullmatch(words)
    if found is None:
        return since_1970_ms(words) or iso_ms(words)
    day, month, year, hour, minute, second = found.groups(default="0")
    try:
        number = _MONTHS.index(month.lower()) + 1
        at = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        return round(at.timestamp() * 1000)
    except ValueError:
        return None


MINUTES = Source("last.fm-minutes", "Last.fm", _recognises_minutes, _read_minutes)
SOURCE = Source("last.fm", "Last.fm", _recognises, _read)
