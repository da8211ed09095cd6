"""What a scan makes of a file that is to be a track.

Tuples, because a scan makes a hundred thousand of them. One that finds nothing new is over without them.
"""

from typing import NamedTuple

from app.domain.ids import AlbumKey, RecordingKey
from app.domain.tags import Tags


class Texts(NamedTuple):
    """The forms of a track's names that the library sorts and searches by."""

    sort_title: str
    sort_artist: str
    sort_album: str
    search_text: str
    """Folded names and their readings, one a line."""


class ScannedFile(NamedTuple):
    """A file that was read: where it is, how it looked to ``stat``, what it says, and the names taken from its path."""

    path: bytes
    size_bytes: int
    mtime_ns: int
    tags: Tags
    named_by_path: bool
    recording_key: RecordingKey
    album_key: AlbumKey
    texts: Texts | None = None
    """``None``: the plain folded names."""
    inode: int | None = None
    repaired: str = ""
    """JSON of the text as it stands in the file, where it was repaired for display; ``""``: nothing was."""
    source_path: bytes | None = None
    start_ms: int = 0
    end_ms: int | None = None
