"""A track: one audio file in the library, as everything above storage sees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.loudness import NO_GAIN, Gain
from app.domain.place import place_of
from app.domain.spelling import album_artist, shown_spelling
from app.domain.words import say


@dataclass(frozen=True, slots=True)
class Track:
    """One audio file. ``path`` is the bytes the file system gave; all text has been cleaned."""

    id: TrackId
    path: bytes
    title: str
    artist: str
    album: str
    album_artist: str
    track_no: int | None
    disc_no: int | None
    year: int | None
    genre: str
    duration_ms: int
    recording_key: RecordingKey
    album_key: AlbumKey
    has_cover: bool
    rating: int | None
    added_at: int
    missing: bool
    audio_hash: str = ""
    """Who it is by its sound alone, whatever its tags say; ``""`` where that could not be told."""
    source_path: bytes | None = None
    """The sound file, where ``path`` names a track of a cue sheet."""
    start_ms: int = 0
    end_ms: int | None = None
    """Where in the file it begins and ends; ``None``: the end of the file."""
    gain: Gain = NO_GAIN

    @property
    def in_library(self) -> bool:
        """False for a file that only plays: its id is no row of the library."""
        return self.id > 0

    @property
    def file(self) -> bytes:
        """The sound file on the disk."""
        return self.source_path or self.path

    @property
    def place(self) -> bytes:
        """The path that its listener knows it by, also where another track has that now."""
        return place_of(self.path)

    @property
    def away(self) -> bool:
        """True while another drive has the place of its own."""
        return not self.missing and self.place != self.path

    @property
    def shown_artist(self) -> str:
        """The artist, or words to show when nobody is named."""
        return self.artist or self.album_artist or say("Unknown artist")

    @property
    def shown_album(self) -> str:
        """The album, or words to show when none is named."""
        return self.album or say("Unknown album")


def album_credit(tracks: Sequence[Track]) -> str:
    """By whom the album of these tracks is, as the list of albums says it; "" where it is many's."""
    return album_artist(Counter((track.album_artist, track.artist) for track in tracks))


def album_name(tracks: Sequence[Track]) -> str:
    """How the album of these tracks is called, as the list of albums says it, or words to show."""
    return shown_spelling(Counter(track.album for track in tracks)) or tracks[0].shown_album


def follows(first: Track | None, second: Track | None) -> bool:
    """True where two tracks stand one after the other on an album."""
    if first is None or second is None or not first.album_key or first.album_key != second.album_key:
        return False
    if first.track_no is None or second.track_no is None:
        return False
    same_disc = (first.disc_no or 1) == (second.disc_no or 1) and second.track_no == first.track_no + 1
    return same_disc or ((second.disc_no or 1) == (first.disc_no or 1) + 1 and second.track_no == 1)


@dataclass(frozen=True, slots=True)
class Album:
    """Tracks that belong together, as one card on a grid."""

    key: AlbumKey
    title: str
    artist: str
    year: int | None
    track_count: int
    cover_track_id: TrackId
    """The track whose picture stands for the album."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its count: an artist or a genre of the library."""

    name: str
    track_count: int
    album_count: int
    cover_track_id: TrackId
