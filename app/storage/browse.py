"""The library in the orders and groups people look at: tables, albums, artists, genres.

Tables and pages hold missing tracks too, which are shown greyed. Grids hold nothing that is missing as a whole, and
their counts are of what is there. What the listener removed is nowhere.
"""

from collections import defaultdict
from collections.abc import Sequence

from app.config.settings import TrackOrder
from app.domain.ids import AlbumKey, TrackId
from app.domain.track import Album, Named
from app.storage.database import Database
from app.storage.scanned import chunks

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
    "select album_key, album, max(album_artist), min(artist), count(distinct artist), max(year), "
    "sum(missing_since is null), {cover} from track"
)
# The track with a picture stands for the album; without one, the first. Both must be there.
_COVER = (
    "coalesce(min(case when has_cover and missing_since is null then id end), "
    "min(case when missing_since is null then id end))"
)
# Every genre, one a line; before the scan that reads them all, the first.
_GENRES = "case when genres <> '' then genres else genre end"
_ANY_THERE = "having min(missing_since is not null) = 0"


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
        return self._albums(
            "album_key <> '' and album_key in "
            "(select album_key from track where removed_at is null and (artist = ? or album_artist = ?))",
            (name, name),
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
        return self._ids(
            "select id from track where (artist = ? or album_artist = ?) and removed_at is null "
            "order by year, sort_album, disc_no, track_no, id",
            name,
            name,
        )

    def genre_ids(self, name: str) -> list[TrackId]:
        """A genre's tracks, by artist."""
        return self._ids(
            f"select id from track where instr(char(10) || {_GENRES} || char(10), char(10) || ? || char(10)) "
            "and removed_at is null order by sort_artist, sort_album, disc_no, track_no, id",
            name,
        )

    def artists(self) -> list[Named]:
        """Every album artist, else artist, with its counts."""
        return self._named("case when album_artist <> '' then album_artist else artist end", "sort_artist")

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
        return [
            Album(
                key=AlbumKey(key),
                title=title,
                artist=album_artist or (artist if artists == 1 else "Various artists"),
                year=year,
                track_count=count,
                cover_track_id=TrackId(cover),
            )
            for key, title, album_artist, artist, artists, year, count, cover in rows
        ]

    def _named(self, name: str, order: str) -> list[Named]:
        with self._db.read() as connection:
            rows = connection.execute(
                f"select {name}, sum(missing_since is null), count(distinct nullif(album_key, '')), {_COVER} "
                f"from track where removed_at is null and {name} <> '' group by {name} {_ANY_THERE} order by {order}"
            ).fetchall()
        return [Named(n, tracks, albums, TrackId(cover)) for n, tracks, albums, cover in rows]

    def _ids(self, sql: str, *bound: object) -> list[TrackId]:
        with self._db.read() as connection:
            return [row[0] for row in connection.execute(sql, bound)]


def _json(ids: Sequence[TrackId]) -> str:
    """In pieces: a hundred thousand in one go would keep other threads waiting, the window's too."""
    return f"[{','.join(','.join(map(str, chunk)) for chunk in chunks(ids))}]"


def _genres(rows: Sequence[tuple[str, AlbumKey, int, int | None, int]]) -> list[Named]:
    """(genres, album, tracks, first with a picture, first) to one a genre."""
    tracks: dict[str, int] = defaultdict(int)
    albums: dict[str, set[AlbumKey]] = defaultdict(set)
    covers: dict[str, tuple[bool, int]] = {}
    for names, album, count, pictured, first in rows:
        cover = (pictured is None, first if pictured is None else pictured)
        for name in dict.fromkeys(filter(None, names.split("\n"))):
            tracks[name] += count
            albums[name].add(album)
            covers[name] = min(covers.get(name, cover), cover)
    return [
        Named(name, count, len(albums[name] - {AlbumKey("")}), TrackId(covers[name][1]))
        for name, count in sorted(tracks.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
