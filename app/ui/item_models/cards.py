"""The cards of a grid or a shelf: values are kept as they came, and a card is made when it is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.ids import TrackId
from app.domain.playlist import Playlist
from app.domain.spelling import VARIOUS
from app.domain.suggestion import Suggestion
from app.domain.track import Album, Named
from app.domain.words import plural, say

Value = Album | Named | Suggestion | Playlist
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Card:
    """What one card shows, and what it stands for."""

    key: str
    """Tells cards apart."""
    tile_key: str
    """Picks the colours of the tile where there is no picture."""
    title: str
    second: str
    reason: str
    cover_id: TrackId
    value: Value
    round: bool = False
    tile_words: str = ""
    """Gives the initials of the tile; the title where it is empty."""

    @property
    def spoken(self) -> str:
        """``title, artist, reason``."""
        return ", ".join(part for part in (self.title, self.second, self.reason) if part)


def album_card(album: Album) -> Card:
    """An album with its artist."""
    artist = say(VARIOUS) if album.artist == VARIOUS else album.artist
    return Card(album.key, album.key, album.title, artist, "", album.cover_track_id, album)


def album_with_year(album: Album) -> Card:
    """An album on its artist's own page: the year instead of the name."""
    year = str(album.year) if album.year else plural(album.track_count, "track")
    return Card(album.key, album.key, album.title, year, "", album.cover_track_id, album)


def suggestion_card(suggestion: Suggestion) -> Card:
    """A suggested track with its reason."""
    track = suggestion.track
    key = f"track:{track.id}"
    return Card(
        key,
        track.album_key or key,
        track.title,
        track.shown_artist,
        suggestion.reason,
        track.id,
        suggestion,
        tile_words=track.album,
    )


def artist_card(named: Named) -> Card:
    """An artist as a circle of a cover of theirs."""
    counts = f"{plural(named.album_count, 'album')}, {plural(named.track_count, 'track')}"
    return Card(f"artist:{named.name}", named.name, named.name, counts, "", named.cover_track_id, named, round=True)


def genre_card(named: Named) -> Card:
    """A genre with its count."""
    count = plural(named.track_count, "track")
    return Card(f"genre:{named.name}", named.name, named.name, count, "", named.cover_track_id, named)


def playlist_card(playlist: Playlist) -> Card:
    """A playlist with what it holds."""
    second = (
        say("Search: {}", playlist.rule.query) if playlist.rule is not None else plural(playlist.entry_count, "track")
    )
    key = f"playlist:{playlist.id}"
    return Card(key, playlist.name, playlist.name, second, "", TrackId(-1), playlist)


def _mark(value: Value) -> object:
    """What stays the same of a thing while its facts change."""
    if isinstance(value, Album):
        return value.key
    if isinstance(value, Named):
        return value.name
    return value.track.id if isinstance(value, Suggestion) else value.id


class CardModel(QAbstractListModel):
    """A list of values, each shown as a card."""

    def __init__(self, make: Callable[..., Card], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._values: Sequence[Value] = ()

    def set_values(self, values: Sequence[Value]) -> bool:
        """Shows other values; False where they are the same."""
        if values is self._values or (len(values) == len(self._values) and list(values) == list(self._values)):
            return False
        self.beginResetModel()
        self._values = values
        self.endResetModel()
        return True

    def card(self, row: int) -> Card:
        """One card."""
        return self._make(self._values[row])

    def row_of(self, value: Value, near: int = 0) -> int:
        """Where the card of a thing stands now, or -1; looked for from ``near`` on, where it stood, in both ways."""
        wanted, values = _mark(value), self._values
        near = min(max(near, 0), len(values))
        ways = zip_longest(range(near, len(values)), range(near - 1, -1, -1))
        rows = (row for pair in ways for row in pair if row is not None)
        return next((row for row in rows if _mark(values[row]) == wanted), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._values)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._values):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.card(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.card(index.row()).spoken
        return None
