"""Rows as plays: of the library's track where it has one, else under the names that were told.

Where a source says only that it was listened to, the play gets the least that this means: half the track or four
minutes, whichever is less; of an unknown length, four minutes, the least that counts there.
"""

import math
from collections.abc import Callable
from typing import Any

from app.domain.play import LISTEN_MS, LISTEN_SHARE, SCROBBLED, Play, StartedBy
from app.domain.recording import recording_key
from app.domain.tags import Tags
from app.domain.track import Track
from app.history.import_.row import UNKNOWN, Row

CONTEXT = "import"
_MOST_KEPT = 20_000

Find = Callable[[str, str, str, int, str], Track | None]
"""The library's track by artist, title, album, length in ms and MusicBrainz recording; ``None`` where it has none."""


class Matcher:
    """Turns rows into plays; what is asked for again and again is looked up once."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._found: dict[tuple[str, str, str, int, str], Track | None] = {}

    def play(self, row: Row) -> Play:
        """A row as a play.

        Raises:
            SegueError: the library cannot be read.
        """
        names = row.artist, row.title, row.album, row.duration_ms, row.recording_mbid
        if names not in self._found:
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            self._found[names] = self._find(*names)
        track = self._found[names]
        return _of_stranger(row) if track is None else _of_track(row, track)


def _of_track(row: Row, track: Track) -> Play:
    return Play(
        track_id=track.id,
        recording_key=track.recording_key,
        title=track.title,
        artist=track.artist or track.album_artist,
        album=track.album,
        duration_ms=track.duration_ms,
        **_as_told(row, track.duration_ms),
    )


def _of_stranger(row: Row) -> Play:
    """By its names: they are what a file that comes later will have, with a MusicBrainz id or without."""
    names = Tags(title=row.title, artist=row.artist, duration_ms=row.duration_ms)
    return Play(
        track_id=None,
        recording_key=recording_key(names, b""),
        title=row.title,
        artist=row.artist,
        album=row.album,
        duration_ms=row.duration_ms,
        **_as_told(row, row.duration_ms),
    )


def _as_told(row: Row, duration_ms: int) -> dict[str, Any]:
    """What is the same of a play whosever the names and the length are."""
    return {
        "started_at": row.started_at,
        "played_ms": _heard_ms(row, duration_ms),
        "started_by": StartedBy.QUEUE,
        "ended_by": row.ended_by,
        "client": row.client,
        "context": _context(row),
        "imported": True,
    }


def _context(row: Row) -> str:
    return SCROBBLED if row.played_ms == UNKNOWN else CONTEXT


def _heard_ms(row: Row, duration_ms: int) -> int:
    if row.played_ms != UNKNOWN:
        return row.played_ms
    return min(math.ceil(duration_ms * LISTEN_SHARE), LISTEN_MS) if duration_ms > 0 else LISTEN_MS
