"""The keys of albums, where one key does not tell two albums apart: asked for and given anew, some albums at a time."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.domain.ids import AlbumKey, TrackId
from app.storage.database import Database

PART = "\x1e"
"""Stands in the key of an album behind what albums of one name share, where there are several."""

_FEW = 64
_TWICE = "removed_at is null and track_no is not null group by album_key, disc_no, track_no having count(*) > 1"


class AlbumTrack(NamedTuple):
    """What says which album a track is of."""

    id: TrackId
    key: AlbumKey
    path: bytes
    """Of the sound file."""
    disc_no: int | None
    track_no: int | None
    artist: str
    """As it is sorted."""
    there: bool


class AlbumStore:
    """Reads and writes ``track.album_key``."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def doubtful(self, keys: Collection[AlbumKey] | None = None) -> list[AlbumKey]:
        """Of some albums, or of all, those with two tracks of one number, and those that are in parts already.

        By an index alone. Keys are given, and asked for, as those that all parts share.
        """
        with self._db.read() as connection:
            if keys is not None and len(keys) <= _FEW:
                return [
                    key
                    for key in keys
                    if connection.execute(
                        f"select 1 from track where album_key = ? and {_TWICE} limit 1", (key,)
                    ).fetchone()
                    or connection.execute(
                        "select 1 from track where album_key > ? and album_key < ? and removed_at is null limit 1",
                        _parts(key),
                    ).fetchone()
                ]
            found = dict.fromkeys(row[0] for row in connection.execute(f"select album_key from track where {_TWICE}"))
            parts = "select distinct album_key from track where removed_at is null and instr(album_key, ?)"
            found |= dict.fromkeys(row[0].partition(PART)[0] for row in connection.execute(parts, (PART,)))
        return [AlbumKey(key) for key in found if key and PART not in key and (keys is None or key in keys)]

    def tracks(self, key: AlbumKey) -> list[AlbumTrack]:
        """Every track of all parts of an album, missing ones too."""
        with self._db.read() as connection:
            rows = connection.execute(
                "select id, album_key, coalesce(source_path, path), disc_no, track_no, sort_artist, "
                "missing_since is null from track "
                "where (album_key = ? or album_key > ? and album_key < ?) and removed_at is null",
                (key, *_parts(key)),
            )
            return [AlbumTrack(*row) for row in rows]

    def give(self, keys: Iterable[tuple[TrackId, AlbumKey]]) -> None:
        """Puts tracks into other albums."""
        with self._db.write() as connection:
            connection.executemany("update track set album_key = ? where id = ?", [(key, i) for i, key in keys])


def _parts(key: AlbumKey) -> tuple[str, str]:
    return key + PART, key + chr(ord(PART) + 1)
