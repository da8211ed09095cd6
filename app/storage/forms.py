"""What follows from the other columns of a track: its sorted and searched forms, and the key of its album."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.domain.ids import AlbumKey, TrackId
from app.storage.database import Database
from app.storage.scanned import ANYTHING_HEARD

if TYPE_CHECKING:
    from app.domain.scanned import Texts
    from app.domain.tags import Tags

VERSION = 6
"""Goes up whenever these are formed in another way."""

_SAID = (
    "title", "artist", "album_artist", "album", "genre", "composer", "compilation", "release_mbid", "artists",
    "title_sort", "artist_sort", "album_artist_sort", "album_sort", "genres",
)  # fmt: skip
_FORMED = ("sort_title", "sort_artist", "sort_album", "search_text", "album_key")
_PAGE = (
    f"select id, coalesce(source_path, path), {', '.join(_SAID + _FORMED)} from track where id > ? order by id limit ?"
)
_WRITE = f"update track set {', '.join(f'{name} = ?' for name in _FORMED)} where id = ?"

Formed = tuple["Texts", AlbumKey]


class FormStore:
    """Reads and writes those columns alone."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def outdated(self) -> bool:
        """True where some may be of an older version."""
        with self._db.read() as connection:
            return bool(connection.execute("select version < ? from form", (VERSION,)).fetchone()[0])

    def heard_outdated(self) -> bool:
        """True where plays without a track are to be looked for among all tracks: see :mod:`heard_before`."""
        with self._db.read() as connection:
            asked = f"select heard = 0 and ({ANYTHING_HEARD}) from form"
            return bool(connection.execute(asked).fetchone()[0])

    def albums_owed(self) -> bool:
        """True where tracks were written whose albums nobody has told apart since."""
        with self._db.read() as connection:
            return bool(connection.execute("select albums_owed from form").fetchone()[0])

    def owe_albums(self) -> bool:
        """Remembers that albums are to be told apart; False where that was owed already."""
        with self._db.write() as connection:
            return bool(connection.execute("update form set albums_owed = 1 where albums_owed = 0").rowcount)

    def albums_told(self) -> None:
        """None is owed any more."""
        with self._db.write() as connection:
            connection.execute("update form set albums_owed = 0 where albums_owed = 1")

    def after(self, last: int, count: int) -> "list[tuple[TrackId, bytes, Tags, Formed]]":
        """The next tracks by id, missing and removed ones too: the sound file, what it says, and what is formed."""
        from app.domain.scanned import Texts  # after an upgrade alone, like the next
        from app.domain.tags import Tags

        with self._db.read() as connection:
            rows = connection.execute(_PAGE, (last, count)).fetchall()
        until = 2 + len(_SAID)
        return [
            (row[0], row[1], Tags(**dict(zip(_SAID, row[2:until], strict=True))), (Texts(*row[until:-1]), row[-1]))
            for row in rows
        ]

    def write(self, formed: Iterable[tuple[TrackId, Formed]]) -> None:
        """Some tracks anew; the search index follows."""
        rows = [
            (texts.sort_title, texts.sort_artist, texts.sort_album, texts.search_text, key, track_id)
            for track_id, (texts, key) in formed
        ]
        with self._db.write() as connection:
            connection.executemany(_WRITE, rows)

    def done(self) -> None:
        """All are of this version, and no album is owed."""
        with self._db.write() as connection:
            connection.execute("update form set version = ?, albums_owed = 0", (VERSION,))
