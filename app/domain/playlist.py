"""A playlist: a kept list of tracks in the listener's order, or (smart) a kept question to the library."""

from dataclasses import dataclass
from typing import NewType

from app.domain.clean import clean
from app.domain.ids import RecordingKey, TrackId
from app.domain.track import Track

PlaylistId = NewType("PlaylistId", int)
EntryId = NewType("EntryId", int)
EditId = NewType("EditId", int)

MAX_NAME_CHARS = 200
MAX_ENTRIES = 1_000_000
_NO_KEY = RecordingKey("")


@dataclass(frozen=True, slots=True)
class SmartRule:
    """What a smart playlist holds: what its query finds, in an order, at most so many."""

    query: str
    """In the search language, as the listener wrote it."""
    order: str = "artist"
    descending: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Playlist:
    """One list by its name."""

    id: PlaylistId
    name: str
    rule: SmartRule | None
    """``None``: the list holds what was put into it."""
    entry_count: int
    """0 for a smart one: its number of tracks is known when it is asked."""
    created_at: int
    changed_at: int

    @property
    def smart(self) -> bool:
        """True where a query decides what is in it."""
        return self.rule is not None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Something to put into a list: a track, or only what is known of one."""

    track_id: TrackId | None = None
    location: bytes = b""
    """A path, or the address of a stream; neither is opened by being here."""
    title: str = ""
    artist: str = ""
    album: str = ""
    duration_ms: int = 0
    recording_key: RecordingKey = _NO_KEY
    audio_hash: str = ""

    @classmethod
    def of(cls, track: Track) -> "NewEntry":
        """A track as an entry; one from outside the library by what is known of it."""
        return cls(
            track.id if track.id > 0 else None,
            track.place,
            track.title,
            track.artist,
            track.album,
            track.duration_ms,
            track.recording_key,
            track.audio_hash,
        )


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """One place in a list. The names are those of the track while it is in the library, else as they were."""

    id: EntryId
    track_id: TrackId | None
    """``None``: nothing in the library matches it now; it keeps its place."""
    missing: bool
    """Nothing to play: no track, or its file is away."""
    location: bytes
    title: str
    artist: str
    album: str
    duration_ms: int
    recording_key: RecordingKey


@dataclass(frozen=True, slots=True)
class PlaylistEdit:
    """An edit that can be taken back."""

    id: EditId
    playlist_id: PlaylistId
    says: str
    """What it did, in words: ``Removed 3 tracks``."""
    made_at: int


def playlist_name(text: str) -> str:
    """A name fit to keep: one line, not too long; ``""`` where nothing is left."""
    return clean(text, MAX_NAME_CHARS)
