"""What copies of a track share: the recording key, and the key that groups tracks to albums."""

import hashlib
import os
import re

from app.domain.ids import AlbumKey, RecordingKey
from app.domain.text import fold
from app.domain.track import Tags

_MBID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DISC_FOLDER = re.compile(rb"^(cd|disc|disk)[ _.-]*\d{1,2}$", re.IGNORECASE)
_SECONDS_A_STEP = 4


def is_mbid(value: str) -> bool:
    """True for a MusicBrainz identifier in its canonical form."""
    return bool(_MBID.fullmatch(value))


def recording_key(tags: Tags, path: bytes) -> RecordingKey:
    """The MusicBrainz recording id, else artist, title and rounded length, else the path.

    Live, remix and studio stay apart because the title is compared whole, brackets and all.
    """
    if is_mbid(tags.recording_mbid):
        return RecordingKey("mbid:" + tags.recording_mbid)
    if tags.title and (tags.artist or tags.album_artist):
        length = round(tags.duration_ms / 1000 / _SECONDS_A_STEP)
        return RecordingKey(f"tags:{fold(tags.artist or tags.album_artist)}\x1f{fold(tags.title)}\x1f{length}")
    return RecordingKey("path:" + hashlib.blake2b(path, digest_size=16).hexdigest())


def album_folder(path: bytes) -> bytes:
    """The folder that holds the album: a ``CD 2`` folder counts as its parent."""
    folder = os.path.dirname(path)
    head, tail = os.path.split(folder)
    return head if _DISC_FOLDER.match(tail) else folder


def album_key(tags: Tags, path: bytes) -> AlbumKey:
    """Release id, else album and album artist; without an album artist, album and folder (compilations stay whole)."""
    if is_mbid(tags.release_mbid):
        return AlbumKey("mbid:" + tags.release_mbid)
    if not tags.album:
        return AlbumKey("")
    if tags.album_artist:
        return AlbumKey(f"tags:{fold(tags.album_artist)}\x1f{fold(tags.album)}")
    folder = hashlib.blake2b(album_folder(path), digest_size=8).hexdigest()
    return AlbumKey(f"folder:{folder}\x1f{fold(tags.album)}")
