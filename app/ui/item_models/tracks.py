"""The tracks of a table: an array of ids, and the few pages of tracks that are being looked at.

A million rows cost eight megabytes; a track is fetched when its page is first asked for.
"""

import os
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final
from urllib.parse import quote_from_bytes

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QDateTime,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from app.config.settings import TrackOrder
from app.domain.ids import TrackId
from app.domain.rating import stars_of
from app.domain.track import Track, album_name
from app.domain.words import mark, plural, say
from app.ui.delegates.album_heading import heading_artist
from app.ui.delegates.text import clock
from app.ui.item_models.album_groups import HEAD_ROWS, Rows

PAGE_ROWS: Final = 128
PAGES: Final = 64
QUEUE_MIME: Final = "application/x-segue-queue-rows"
"""Rows of the queue, for the queue itself."""
LANE_MIME: Final = "application/x-segue-lane-row"
"""A row of the autoplay lane, for the lane itself and for the queue."""
TRACKS_MIME: Final = "application/x-segue-tracks"
"""Ids of tracks, for the window itself: a track of a cue sheet has no file of its own to be dropped."""
_MOST_DRAGGED: Final = 2_000
_LOOKED_AT: Final = 24

Fetch = Callable[[list[TrackId]], Sequence[Track]]
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """What a table of tracks shows."""

    TITLE = 0
    ARTIST = 1
    ALBUM = 2
    YEAR = 3
    GENRE = 4
    LENGTH = 5
    RATING = 6
    ADDED = 7


HEADINGS: Final = (
    mark("Title"),
    mark("Artist"),
    mark("Album"),
    mark("Year"),
    mark("Genre"),
    mark("Length"),
    mark("Rating"),
    mark("Added"),
)
RIGHT: Final = frozenset({Column.YEAR, Column.LENGTH, Column.ADDED})
"""Figures, which stand at the right of their column."""
ORDERS: Final[dict[Column, TrackOrder]] = {
    Column.TITLE: "title",
    Column.ARTIST: "artist",
    Column.ALBUM: "album",
    Column.YEAR: "year",
    Column.GENRE: "genre",
    Column.LENGTH: "duration",
    Column.RATING: "rating",
    Column.ADDED: "added",
}


def cell_text(track: Track, column: int) -> str:
    """What stands in one cell."""
    if column == Column.TITLE:
        return track.title
    if column == Column.ARTIST:
        return track.shown_artist
    if column == Column.ALBUM:
        return track.album
    if column == Column.YEAR:
        return str(track.year) if track.year else ""
    if column == Column.GENRE:
        return track.genre
    if column == Column.RATING:
        return str(stars_of(track.rating)) if track.rating else ""
    if column == Column.ADDED:
        return _day(track.added_at)
    return clock(track.duration_ms)


@lru_cache(maxsize=4096)
def _day(at_ms: int) -> str:
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(at_ms).date(), QLocale.FormatType.ShortFormat)


def spoken(track: Track) -> str:
    """What a screen reader says for a row."""
    words = f"{track.title}, {track.shown_artist}, {track.shown_album}"
    if track.rating:
        words += f", {plural(stars_of(track.rating), 'star')}"
    return words + say(", the file is missing") if track.missing else words


def file_url(path: bytes) -> QUrl:
    """A local file's address; any bytes survive, and ``//host`` never becomes a network path."""
    clean = b"/" + os.fsencode(path).lstrip(b"/")
    return QUrl.fromEncoded(b"file://" + quote_from_bytes(clean).encode("ascii"))


def dropped_ids(mime: QMimeData) -> list[TrackId]:
    """The tracks that were dragged out of one of the tables; none where something else was."""
    if not mime.hasFormat(TRACKS_MIME):
        return []
    return [TrackId(int(one)) for one in bytes(mime.data(TRACKS_MIME).data()).split() if one.isdigit()]


class TrackTableModel(QAbstractTableModel):
    """Rows of tracks in the order of the ids it was given."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._heads: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, Track]] = OrderedDict()

    def set_ids(self, ids: Iterable[int]) -> bool:
        """Shows other rows, without headings; False where they are the same and only their tracks were read anew."""
        return self.set_rows(Rows(array("q", ids)))

    def set_rows(self, rows: Rows) -> bool:
        """Shows other rows, which may have headings; False as above."""
        if rows.ids == self._ids:
            self.read_anew()
            return False
        self.beginResetModel()
        self._ids, self._heads = rows.ids, rows.heads
        self._pages.clear()
        self.endResetModel()
        return True

    def read_anew(self) -> None:
        """The same rows, whose tracks have changed."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(Column) - 1))

    def ids(self) -> Sequence[int]:
        """Every id, in order, without headings; not to be changed."""
        return array("q", (one for one in self._ids if one > 0)) if self._heads else self._ids

    def _is_track(self, number: int) -> bool:
        return number > 0 or not self._heads

    def heads(self) -> Sequence[int]:
        """The first row of each heading; not to be changed."""
        return self._heads

    def is_head(self, row: int) -> bool:
        """True where a row is one of a heading's."""
        return bool(self._heads) and 0 <= row < len(self._ids) and self._ids[row] < 0

    def head_of(self, row: int) -> int:
        """The first row of the heading a row is one of; -1 where it is a track's."""
        return self._heads[bisect_right(self._heads, row) - 1] if self.is_head(row) else -1

    def rows_under(self, head: int) -> range:
        """The rows of the tracks below the heading that begins in a row."""
        at = bisect_right(self._heads, head)
        return range(head + HEAD_ROWS, self._heads[at] if at < len(self._heads) else len(self._ids))

    def first_under(self, head: int) -> list[Track]:
        """The first tracks below a heading, enough of them to tell one artist from several."""
        looked_at = map(self.track, self.rows_under(head)[:_LOOKED_AT])
        return [track for track in looked_at if track is not None]

    def track_id(self, row: int) -> TrackId:
        """The id of a row, without reading its track."""
        return TrackId(self._ids[row])

    def ids_at(self, rows: Iterable[int]) -> list[TrackId]:
        """The ids of those rows that show tracks of the library, without reading these."""
        ids = self._ids
        return [TrackId(one) for row in rows if (one := ids[row]) > 0]

    def without_heads(self, rows: list[int]) -> list[int]:
        """Those rows that are no heading's."""
        ids = self._ids
        return [row for row in rows if ids[row] >= 0] if self._heads else rows

    def row_of(self, track_id: int) -> int:
        """The first row that shows a track, or -1."""
        try:
            return self._ids.index(track_id)
        except ValueError:
            return -1

    def rows_of(self, ids: Iterable[int]) -> list[int]:
        """The first rows that show these tracks, in order, found in one pass; those that are not shown are left out."""
        wanted, rows = set(ids), list[int]()
        for row, number in enumerate(self._ids if wanted else ()):
            if number in wanted:
                wanted.discard(number)
                rows.append(row)
                if not wanted:
                    break
        return rows

    def track(self, row: int) -> Track | None:
        """The track of a row; None where it left the library since."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            wanted = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
            page = {track.id: track for track in self._fetch([TrackId(one) for one in wanted if self._is_track(one)])}
            self._pages[number] = page
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def tracks(self, rows: Iterable[int]) -> list[Track]:
        """The tracks of rows, in one reading; those that are gone are left out."""
        shown = self._ids  # in a job others may come meanwhile
        wanted = (shown[row] for row in rows if 0 <= row < len(shown))
        ids = [TrackId(one) for one in wanted if self._is_track(one)]
        known = {track.id: track for track in self._fetch(ids)}
        return [known[track_id] for track_id in ids if track_id in known]

    def pages_held(self) -> int:
        """How many pages are in memory."""
        return len(self._pages)

    # Qt's side.

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return say(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section in RIGHT
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.AccessibleTextRole:
            if (head := self.head_of(index.row())) >= 0:
                return self._heading(head) if index.column() == 0 and index.row() == head else ""
            track = self.track(index.row())
            if track is None:
                return ""
            whole = role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0
            return spoken(track) if whole else cell_text(track, index.column())
        return None

    def _heading(self, head: int) -> str:
        tracks = self.first_under(head)
        if not tracks:
            return ""
        count = plural(len(self.rows_under(head)), "track")
        if not tracks[0].album_key:
            return ", ".join((say("No album"), count))
        return ", ".join((album_name(tracks), heading_artist(tracks), count))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.is_head(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [TRACKS_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self.mime_of(sorted({index.row() for index in indexes if not self.is_head(index.row())}))

    def mime_of(self, rows: Sequence[int]) -> QMimeData:
        """The files of rows of tracks, for the queue, the desktop and other programs; of very many, of the first."""
        mime = QMimeData()
        present = [track for track in self.tracks(rows[:_MOST_DRAGGED]) if not track.missing]
        files = dict.fromkeys(track.file for track in present)
        mime.setData(TRACKS_MIME, QByteArray(b" ".join(b"%d" % track.id for track in present)))
        mime.setUrls([file_url(file) for file in files])
        return mime
