"""The library in the orders and groups people look at: tables, albums, artists, genres.

Tables and pages hold missing tracks too, which are shown greyed. Grids hold nothing that is missing as a whole, and
their counts are of what is there. What the listener removed is nowhere.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from app.config.settings import TrackOrder
from app.domain.ids import AlbumKey, TrackId
from app.domain.spelling import VARIOUS, album_artist, one_name, shown_spelling, without_guests
from app.domain.track import Album, Named
from app.storage.database import Database
from app.storage.scanned import chunks
from app.storage.spellings import OWNER, as_one, candidates, together

ORDERS: dict[TrackOrder, tuple[str, ...]] = {
    "title": ("sort_title", "id"),
    "artist": ("sort_artist", "sort_album", "disc_no", "track_no", "id"),
    "album": ("sort_album", "album_key", "disc_no", "track_no", "id"),
    "added": ("added_at", "id"),
    "year": ("year", "sort_artist", "id"),
    "duration": ("duration_ms", "id"),
    "genre": ("genre", "sort_artist", "id"),
}
_ALBUM = (
    "select album_key, min(album), max(album), min(nullif(album_artist, '')), max(album_artist), min(artist), "
    "max(artist), max(year), sum(missing_since is null), {cover} from track"
)
_CALLED = (
    "select album_key, album, album_artist, artist, count(*) from track "
    "where album_key in (select value from json_each(?)) and removed_at is null group by 1, 2, 3, 4"
)
# The track with a picture stands for the album; without one, the first. Both must be there.
_COVER = (
    "coalesce(min(case when has_cover and missing_since is null then id end), "
    "min(case when missing_since is null then id end))"
)
# Every genre, one a line; before the scan that reads them all, the first.
_GENRES = "case when genres <> '' then genres else genre end"
_ANY_THERE = "having min(missing_since is not null) = 0"
_MAY_BE_OF = "from track where removed_at is null and id in (select rowid from track_search where track_search match ?)"


class BrowseStore:
    """Reads the library; writes nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def ids(self, order: TrackOrder = "artist", *, descending: bool = False, limit: int = -1) -> list[TrackId]:
        """Every track, or the first ones, missing ones too, in an order, from an index alone."""
        if order == "rating":
            return self._by_rating(descending)[: None if limit < 0 else limit]
        way = " desc" if descending else ""
        columns = ", ".join(column + way for column in ORDERS[order])
        return self._ids(f"select id from track where removed_at is null order by {columns} limit ?", limit)

    def by_album(self, ids: Sequence[TrackId] | None = None) -> list[tuple[TrackId, AlbumKey]]:
        """Tracks, or every one, with their album: those of an album together, in the order of the record."""
        source, bound = ("track", ()) if ids is None else ("json_each(?) join track on track.id = value", (_json(ids),))
        with self._db.read() as connection:
            return connection.execute(
                f"select track.id, album_key from {source} where removed_at is null "
                "order by album_key, disc_no, track_no, track.id",
                bound,
            ).fetchall()

    def _by_rating(self, descending: bool) -> list[TrackId]:
        """Those with stars from their own small index, the others from the index of artists: nothing big is sorted."""
        way = " desc" if descending else ""
        rated = self._ids(
            f"select id from track where rating > 0 and removed_at is null order by rating{way}, "
            "sort_artist, sort_album, disc_no, track_no, id"
        )
        chosen = set(rated)
        others = [one for one in self.ids("artist") if one not in chosen]
        return rated + others if descending else others + rated

    def albums(self) -> list[Album]:
        """Every album, by album artist and title."""
        return self._albums("album_key <> ''", (), "sort_artist, sort_album")

    def albums_with(self, keys: Sequence[AlbumKey]) -> list[Album]:
        """The albums of these keys, by artist and title."""
        marks = ", ".join("?" * len(keys))
        return self._albums(f"album_key in ({marks})", tuple(keys), "sort_artist, sort_album") if keys else []

    def newest_albums(self, limit: int) -> list[Album]:
        """The albums that came last into the library."""
        return self._albums("album_key <> ''", (), "max(added_at) desc, max(mtime_ns) desc, sort_album", limit)

    def albums_of_artist(self, name: str) -> list[Album]:
        """The albums with at least one track by this artist, by year."""
        keys = {key for (key,) in self._by_artist(name, "album_key")}
        return self._albums(
            "album_key <> '' and album_key in (select value from json_each(?))",
            (json.dumps([*keys]),),
            "max(year), sort_album",
        )

    def album_ids(self, key: AlbumKey) -> list[TrackId]:
        """An album's tracks in the order of the record."""
        return self._ids(
            "select id from track where album_key = ? and removed_at is null "
            "order by disc_no, track_no, sort_title, id",
            key,
        )

    def artist_ids(self, name: str) -> list[TrackId]:
        """An artist's tracks, by album."""
        order = "year, sort_album, disc_no, track_no, id"
        return [track_id for (track_id,) in self._by_artist(name, "id", order)]

    def artist_name(self, name: str) -> str:
        """The spelling that is shown of an artist's name: the one in the list of artists, if they are in it."""
        owners, guests = Counter[str](), Counter[str]()
        for there, owner, artist in self._by_artist(name, f"missing_since is null, {OWNER}, artist"):
            owners[owner] += there
            guests[artist] += there
        wanted = one_name(name)
        for counted in owners, guests:
            if spellings := {one: count for one, count in counted.items() if one_name(one) == wanted}:
                return shown_spelling(spellings)
        return name

    def genre_ids(self, name: str) -> list[TrackId]:
        """A genre's tracks, by artist."""
        wanted = one_name(name)
        with self._db.read() as connection:
            rows = connection.execute(
                f"select id, {_GENRES} {_MAY_BE_OF} order by sort_artist, sort_album, disc_no, track_no, id",
                (candidates("genre", name),),
            ).fetchall()
        named = {genres: wanted in map(one_name, genres.split("\n")) for genres in {row[1] for row in rows}}
        return [track_id for track_id, genres in rows if named[genres]]

    def artists(self) -> list[Named]:
        """Every album artist, else artist, with its counts."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select {OWNER}, sum(missing_since is null), count(distinct nullif(album_key, '')), {_COVER} "
                f"from track where removed_at is null and {OWNER} <> '' group by 1 {_ANY_THERE} order by sort_artist"
            ).fetchall()
            names = together(Named(n, tracks, albums, TrackId(cover)) for n, tracks, albums, cover in rows)
            return [
                spellings[0] if len(spellings) == 1 else as_one(spellings, _album_count(connection, spellings))
                for spellings in names.values()
            ]

    def genres(self) -> list[Named]:
        """Every genre, the largest first; a track counts for each of its genres."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select {_GENRES}, album_key, sum(missing_since is null), "
                "min(case when has_cover and missing_since is null then id end), "
                "min(case when missing_since is null then id end) "
                f"from track where removed_at is null and genre <> '' group by 1, 2 {_ANY_THERE}"
            ).fetchall()
        return _genres(rows)

    def totals(self, ids: Sequence[TrackId]) -> tuple[int, int]:
        """How long these tracks are together, in ms, and how many of them are missing."""
        with self._db.read() as connection:
            length_ms, missing = connection.execute(
                "select coalesce(sum(duration_ms), 0), coalesce(sum(missing_since is not null), 0) "
                "from json_each(?) join track on track.id = json_each.value",
                (_json(ids),),
            ).fetchone()
        return length_ms, missing

    def _albums(self, where: str, bound: tuple[object, ...], order: str, limit: int = -1) -> list[Album]:
        with self._db.read() as connection:
            rows = connection.execute(
                f"{_ALBUM.format(cover=_COVER)} where removed_at is null and {where} "
                f"group by album_key {_ANY_THERE} order by {order} limit ?",
                (*bound, limit),
            ).fetchall()
            called = _called(connection, rows)
        return [
            Album(AlbumKey(key), title, artist, year, count, TrackId(cover))
            for (key, *_, year, count, cover), (title, artist) in zip(rows, called, strict=True)
        ]

    def _by_artist(self, name: str, columns: str, order: str = "id") -> list[tuple[Any, ...]]:
        """Columns of every track by an artist, in any spelling of the name; missing ones, too.

        Where no album artist is named, those with guests are theirs: their album is called by the artist alone.
        """
        wanted = one_name(name)
        with self._db.read() as connection:
            rows = connection.execute(
                f"select artist, album_artist, {columns} {_MAY_BE_OF} order by {order}",
                (candidates("artist", name),),
            ).fetchall()
        return [row[2:] for row in rows if wanted in map(one_name, (row[0], row[1] or without_guests(row[0])))]

    def _ids(self, sql: str, *bound: object) -> list[TrackId]:
        with self._db.read() as connection:
            return [row[0] for row in connection.execute(sql, bound)]


def _json(ids: Sequence[TrackId]) -> str:
    """In pieces: a hundred thousand in one go would keep other threads waiting, the window's too."""
    return f"[{','.join(','.join(map(str, chunk)) for chunk in chunks(ids))}]"


def _album_count(connection: sqlite3.Connection, spellings: Sequence[Named]) -> int:
    """How many albums the spellings of a name have together: from the index of artists alone."""
    marks = ", ".join("?" * len(spellings))
    (count,) = connection.execute(
        f"select count(distinct nullif(album_key, '')) from track where {OWNER} in ({marks}) and removed_at is null",
        [one.name for one in spellings],
    ).fetchone()
    return int(count)


def _called(connection: sqlite3.Connection, albums: Sequence[Sequence[Any]]) -> list[tuple[str, str]]:
    """Title and artist of each of these albums; where its tracks do not all say the same, as most of them have it."""
    found = dict[AlbumKey, tuple[str, str]]()
    several = list[AlbumKey]()
    for key, title, other_title, by, other_by, artist, other_artist, *_ in albums:
        many = not by and artist != other_artist
        maybe_one = many and one_name(artist)[:1] == one_name(other_artist)[:1]
        if title != other_title or (by or "") != other_by or maybe_one:
            several.append(key)
        else:
            found[key] = (title, VARIOUS if many else by or without_guests(artist))
    titles = defaultdict[AlbumKey, Counter[str]](Counter)
    credits = defaultdict[AlbumKey, Counter[tuple[str, str]]](Counter)
    for chunk in chunks(several):
        for key, title, by, artist, count in connection.execute(_CALLED, (json.dumps(chunk),)):
            titles[key][title] += count
            credits[key][by, artist] += count
    for key in several:
        anybody = any(map(any, credits[key]))
        found[key] = (shown_spelling(titles[key]), album_artist(credits[key]) or (VARIOUS if anybody else ""))
    return [found[row[0]] for row in albums]


def _genres(rows: Sequence[tuple[str, AlbumKey, int, int | None, int]]) -> list[Named]:
    """(genres, album, tracks, first with a picture, first) to one a genre."""
    tracks = defaultdict[str, Counter[str]](Counter)
    albums: dict[str, set[AlbumKey]] = defaultdict(set)
    covers: dict[str, tuple[bool, int]] = {}
    for names, album, count, pictured, first in rows:
        cover = (pictured is None, first if pictured is None else pictured)
        for form, name in {one_name(name): name for name in reversed(names.split("\n")) if name}.items():
            tracks[form][name] += count
            albums[form].add(album)
            covers[form] = min(covers.get(form, cover), cover)
    found = [
        Named(shown_spelling(counts), counts.total(), len(albums[form] - {AlbumKey("")}), TrackId(covers[form][1]))
        for form, counts in tracks.items()
    ]
    return sorted(found, key=lambda one: (-one.track_count, one.name))
