"""What the views ask of the services: the seam that lets them run against fakes."""

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtGui import QPixmap

from app.config.settings import TrackOrder
from app.domain.ids import AlbumKey, TrackId
from app.domain.play import Play, StartedBy
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.shelf import Shelf
from app.domain.track import Album, Named, Track


class Library(Protocol):
    """Reads the library."""

    tracks_changed: Any
    scan_started: Any
    scan_progressed: Any
    scan_finished: Any
    found: Any

    @property
    def scanning(self) -> bool: ...
    def count(self) -> int: ...
    def folders(self) -> list[bytes]: ...
    def ids(self, order: TrackOrder, descending: bool) -> list[TrackId]: ...
    def tracks(self, ids: list[TrackId]) -> list[Track]: ...
    def albums(self) -> list[Album]: ...
    def album_ids(self, key: AlbumKey) -> list[TrackId]: ...
    def artists(self) -> list[Named]: ...
    def artist_ids(self, name: str) -> list[TrackId]: ...
    def albums_of_artist(self, name: str) -> list[Album]: ...
    def genres(self) -> list[Named]: ...
    def genre_ids(self, name: str) -> list[TrackId]: ...
    def newest_albums(self, limit: int) -> list[Album]: ...
    def search(self, text: str) -> int: ...


class Playback(Protocol):
    """Takes tracks and says what is playing."""

    track_changed: Any
    state_changed: Any

    @property
    def current(self) -> QueueEntry | None: ...
    @property
    def state(self) -> PlaybackState: ...
    def play_now(self, tracks: list[Track], start: int, started_by: StartedBy, context: str) -> None: ...
    def play_next(self, tracks: list[Track], started_by: StartedBy, context: str) -> None: ...
    def enqueue(self, tracks: list[Track], started_by: StartedBy, context: str) -> None: ...


class Suggestions(Protocol):
    """The shelves of the home view."""

    shelves_changed: Any

    def shelves(self) -> list[Shelf]: ...
    def refresh_shelves(self) -> None: ...


class Covers(Protocol):
    """Pictures by track, in device pixels."""

    cover_ready: Any

    def pixmap(self, track_id: int, pixels: int) -> QPixmap | None: ...


class History(Protocol):
    """The plays."""

    plays_changed: Any

    def recent(self, limit: int) -> list[Play]: ...
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a view may ask."""

    library: Library
    playback: Playback
    suggestions: Suggestions
    covers: Covers
    history: History
