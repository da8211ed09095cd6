"""Which track of the library a player means: by its file, its MusicBrainz recording, or its names and length."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from app.companion.said import Said
from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.recording import SAME_LENGTH_MS, fold, key_form, names_of, recording_key, without_master
from app.domain.scan import Trace
from app.domain.tags import Tags
from app.domain.track import Track

_FIRST_ID = -3_000_000_000
"""Below the ids of files that only play: what has none of its own gets one by its recording."""


class Library(Protocol):
    """The tracks, as they are looked up."""

    def by_path(self, path: bytes) -> Track | None:
        """The track at this path."""

    def traces_like(self, audio_hash: str, key: RecordingKey, names: str) -> list[Trace]:
        """A few tracks with this key, or one that begins with these names."""

    def titled(self, title: str) -> list[Track]:
        """A few tracks of this title."""

    def get(self, ids: list[TrackId]) -> list[Track]:
        """The tracks of these ids."""


def find(library: Library, said: Said) -> Track:
    """The track of the library, else one that stands for what the player said: its id is no row.

    Raises:
        SegueError: the library cannot be read.
    """
    found = library.by_path(said.path) if said.path is not None else None
    return found or _by_key(library, said) or _by_title(library, said) or made(said)


def owned(library: Library, said: Said) -> Track | None:
    """The track of the library by recording and names, whatever the master it was made from; else nothing.

    Raises:
        SegueError: the library cannot be read.
    """
    bare = without_master(said.title)
    ways = (said,) if bare == said.title else (said, replace(said, title=bare, recording_mbid=""))
    for way in ways:
        if (found := _by_key(library, way) or _by_title(library, way)) is not None:
            return found
    return None


def by_names(library: Library) -> Callable[[str, str, str, int, str], Track | None]:
    """What a listening history means by artist, title, album, length in ms and MusicBrainz recording."""

    def find_track(artist: str, title: str, album: str, length_ms: int, recording_mbid: str) -> Track | None:
        said = Said(title=title, artist=artist, album=album, length_ms=length_ms, recording_mbid=recording_mbid)
        return owned(library, said)

    return find_track


def made(said: Said) -> Track:
    """A track with the names that the player gave; its plays attach to the file when that joins the library."""
    key = recording_key(_tags(said, said.artist), said.path or said.url.encode("utf-8", "replace"))
    return Track(
        id=TrackId(_FIRST_ID - zlib.crc32(key.encode("utf-8", "surrogatepass"))),
        path=said.path or b"",
        title=said.shown_title,
        artist=said.artist or said.album_artist,
        album=said.album,
        album_artist=said.album_artist,
        track_no=None,
        disc_no=None,
        year=None,
        genre="",
        duration_ms=said.length_ms,
        recording_key=key,
        album_key=AlbumKey(""),
        has_cover=False,
        rating=None,
        added_at=0,
        missing=False,
    )


def _by_key(library: Library, said: Said) -> Track | None:
    """By the recording's id, then by each way of writing the artists: as one credit, or the first alone."""
    if said.recording_mbid:
        key = RecordingKey("mbid:" + said.recording_mbid)
        found = _best(library, said, (trace for trace in library.traces_like("", key, "")), by_length=False)
        if found is not None:
            return found
    for artist in _credits(said) if said.title else ():
        key = recording_key(_tags(said, artist)._replace(recording_mbid=""), b"")
        found = _best(library, said, library.traces_like("", key, names_of(key)), by_length=True)
        if found is not None:
            return found
    return None


def _by_title(library: Library, said: Said) -> Track | None:
    """Those that have a recording id of their own are not found by their names' key."""
    if not said.title:
        return None
    artists, title = {key_form(artist) for artist in _credits(said)}, key_form(said.title)
    near = [
        track
        for track in library.titled(said.title)
        if key_form(track.title) == title
        and artists & {key_form(track.artist), key_form(track.album_artist)} - {""}
        and _as_long(said, track.duration_ms)
    ]
    return min(near, key=lambda track: (track.missing, abs(track.duration_ms - said.length_ms)), default=None)


def _best(library: Library, said: Said, traces: Iterable[Trace], *, by_length: bool) -> Track | None:
    """Of several, one that is there, of the same album, and nearest in length."""
    ids = [trace.id for trace in traces if not trace.removed and (not by_length or _as_long(said, trace.duration_ms))]
    tracks = library.get(ids)

    def order(track: Track) -> tuple[bool, bool, int]:
        return track.missing, fold(track.album) != fold(said.album), abs(track.duration_ms - said.length_ms)

    return min(tracks, key=order, default=None)


def _as_long(said: Said, length_ms: int) -> bool:
    return not said.length_ms or not length_ms or abs(said.length_ms - length_ms) <= SAME_LENGTH_MS


def _credits(said: Said) -> Iterator[str]:
    ways = (said.artist, ", ".join(said.artists), *said.artists[:1], said.album_artist)
    yield from dict.fromkeys(way for way in ways if way)


def _tags(said: Said, artist: str) -> Tags:
    return Tags(
        title=said.title,
        artist=artist,
        album_artist=said.album_artist,
        album=said.album,
        duration_ms=said.length_ms,
        recording_mbid=said.recording_mbid,
    )
