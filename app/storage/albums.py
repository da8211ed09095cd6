"""The keys of albums, where one key does not tell two albums apart: asked for and given anew, some albums at a time."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.domain.ids import AlbumKey, TrackId
from app.domain.tags import Tags
from app.storage.database import Database
from app.storage.scanned import chunks

PART = "\x1e"
"""Stands in the key of an album behind what albums of one name share, where there are several."""

_FEW = 64
_FEWEST_UNNUMBERED = 6
_MOST_TITLED = 10_000
"""More tracks of one title are of no album: it is a word for all that has none."""
_TWICE = "removed_at is null and track_no is not null group by album_key, disc_no, track_no having count(*) > 1"
_UNNUMBERED = (
    "removed_at is null and album_key >= 'folder:' and album_key < 'folder;' "
    f"group by album_key having max(track_no) is null and count(*) >= {_FEWEST_UNNUMBERED}"
)
_KIND = "max(substr(album_key, 1, 5) in ({}))"
_HALF_NAMED = (
    "removed_at is null and album_key <> '' {} group by sort_album having "
    + " + ".join(map(_KIND.format, ("'mbid:'", "'tags:'", "'folde', 'vario'")))
    + f" > 1 and count(*) <= {_MOST_TITLED}"
)
_SAYS = ("album", "artist", "album_artist", "compilation", "release_mbid")


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
    year: int | None


class NamedTrack(NamedTuple):
    """What says which album a track is of, as far as the file itself says it."""

    id: TrackId
    key: AlbumKey
    path: bytes
    """Of the sound file."""
    disc_no: int | None
    track_no: int | None
    there: bool
    tags: Tags


class AlbumStore:
    """Reads and writes ``track.album_key``."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def doubtful(self, keys: Collection[AlbumKey] | None = None) -> list[AlbumKey]:
        """Of some albums, or of all, those with two tracks of one number or without any, and those in parts already.

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
                        f"select 1 from track where album_key = ? and {_UNNUMBERED} limit 1", (key,)
                    ).fetchone()
                    or connection.execute(
                        "select 1 from track where album_key > ? and album_key < ? and removed_at is null limit 1",
                        _parts(key),
                    ).fetchone()
                ]
            found = dict.fromkeys(row[0] for row in connection.execute(f"select album_key from track where {_TWICE}"))
            found |= dict.fromkeys(
                row[0] for row in connection.execute(f"select album_key from track where {_UNNUMBERED}")
            )
            parts = "select distinct album_key from track where removed_at is null and instr(album_key, ?)"
            found |= dict.fromkeys(row[0].partition(PART)[0] for row in connection.execute(parts, (PART,)))
        return [AlbumKey(key) for key in found if key and PART not in key and (keys is None or key in keys)]

    def tracks(self, key: AlbumKey) -> list[AlbumTrack]:
        """Every track of all parts of an album, missing ones too."""
        with self._db.read() as connection:
            rows = connection.execute(
                "select id, album_key, coalesce(source_path, path), disc_no, track_no, sort_artist, "
                "missing_since is null, year from track "
                "where album_key >= ?1 and album_key < ?3 and (album_key = ?1 or album_key > ?2) "
                "and removed_at is null",
                (key, *_parts(key)),
            )
            return [AlbumTrack(*row) for row in rows]

    def half_named(self, keys: Collection[AlbumKey] | None = None) -> list[str]:
        """The titles of some albums, or all, as they are sorted, under which some files say more than others.

        By an index alone: more that do not lie together are among them.
        """
        with self._db.read() as connection:
            if keys is None or len(keys) > _FEW:
                rows = connection.execute(f"select sort_album from track where {_HALF_NAMED.format('')}")
                return [title for (title,) in rows]
            own = "select sort_album from track where album_key >= ?1 and album_key < ?2 and removed_at is null limit 1"
            asked = f"select sort_album from track where {_HALF_NAMED.format(f'and sort_album = ({own})')}"
            found = (connection.execute(asked, (key, _parts(key)[1])).fetchone() for key in keys if key)
            return list(dict.fromkeys(row[0] for row in found if row is not None))

    def of_few(self, titles: Collection[str]) -> list[str]:
        """Those of some titles, as they are sorted, that may be of albums: not too many tracks have them."""
        asked = "select count(*) from track where sort_album = ? and album_key <> '' and removed_at is null"
        with self._db.read() as connection:
            return [title for title in titles if connection.execute(asked, (title,)).fetchone()[0] <= _MOST_TITLED]

    def titled(self, title: str) -> list[NamedTrack]:
        """Every track of an album of this title, as it is sorted, missing ones too."""
        with self._db.read() as connection:
            rows = connection.execute(
                "select id, album_key, coalesce(source_path, path), disc_no, track_no, missing_since is null, "
                f"{', '.join(_SAYS)} from track where sort_album = ? and album_key <> '' and removed_at is null",
                (title,),
            )
            return [NamedTrack._make((*row[:6], Tags(**dict(zip(_SAYS, row[6:], strict=True))))) for row in rows]

    def give(self, keys: Iterable[tuple[TrackId, AlbumKey]]) -> None:
        """Puts tracks into other albums."""
        for chunk in chunks(list(keys)):
            with self._db.write() as connection:
                connection.executemany("update track set album_key = ? where id = ?", [(key, i) for i, key in chunk])


def _parts(key: AlbumKey) -> tuple[str, str]:
    return key + PART, key + chr(ord(PART) + 1)
