"""Search: the tracks, artists and albums that a query finds.

Words are looked up in one FTS5 index of runs of three characters (``0005_search.sql``). It answers in the order of ids
and stops at a limit, so that a letter that half the library holds costs no more than a rare name. Where there is more
than can be sorted while somebody types, names that begin with the text come first, then artists that do, then the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from app.config.settings import TrackOrder
from app.domain.ids import AlbumKey, TrackId
from app.domain.query import Field, Query, Words
from app.domain.spelling import one_name, shown_spelling
from app.domain.text import indexed, search_form, sort_form
from app.domain.track import Album, Named
from app.storage import guess
from app.storage.browse import ORDERS, BrowseStore
from app.storage.database import Database
from app.storage.scanned import chunks
from app.storage.search_sql import ALL_SHOWN, column_of, conditions, expression, run_of, spaced
from app.storage.spellings import candidates

SearchOrder = Literal["best"] | TrackOrder
LIMIT = 2_000
_SORTED = 1_000
"""Of so many tracks at most the best are told; more are given in the order they came into the library."""
_LOOKED_AT = 4_000
"""So many tracks at most are looked at for one group of artists or albums."""
_LAST = 1 << 30
_LOOKED_AT_FIRST = 30
_END = "\U0010ffff"
_RANKED_BY = "t.id, t.sort_title, t.sort_artist, t.sort_album, t.disc_no, t.track_no, t.missing_since is not null"
_FROM = "from track_search s join track t on t.id = s.rowid where s.track_search match ? and"
_ARTIST = "case when t.album_artist <> '' then t.album_artist else t.artist end"


_BEGINNINGS: tuple[tuple[str, TrackOrder, str], ...] = (
    ("sort_title", "title", "t.title"),
    ("sort_artist", "artist", _ARTIST),
)


class SearchStore:
    """Answers queries; writes nothing."""

    def __init__(self, database: Database, otherwise: Callable[[Query], Iterable[Query]] = lambda _query: ()) -> None:
        """``otherwise`` tells what a query that finds nothing may have meant, where no word of it is near another."""
        self._db, self._otherwise = database, otherwise

    def ids(
        self, query: Query, order: SearchOrder = "best", *, descending: bool = False, limit: int | None = LIMIT
    ) -> list[TrackId]:
        """Tracks for which all of the query holds, missing ones too; a query without parts finds nothing.

        ``best``: what begins with the text first, then by artist. Any other order is exact and sorts all that is found.
        """
        if not query:
            return []
        limit = _LAST if limit is None else limit
        if order != "best":
            return self._in_order(query, order, descending, limit)
        match = expression(_all_words(query)) if query.words else ""
        found = self._found(query, match, limit)
        if len(found) <= _SORTED or not query.phrase:
            return self._ranked(found[:_SORTED], query) + found[_SORTED:]
        return list(dict.fromkeys((*self._begun(query), *found)))[:limit]

    def artists(self, query: Query, limit: int = 12) -> list[Named]:
        """Artists whose own name holds the words of the query, those that begin with them first."""
        words = _naming(query)
        owners, guests = self._artists_that_begin(query, limit), dict[str, None]()
        for match in _in_first_then_in_all(query, words, ("artist",)):
            for sort_artist, owner, artist in self._stream(query, match, f"t.sort_artist, {_ARTIST}, t.artist"):
                if len(owners) + len(guests) >= limit:
                    break
                if owner == artist or _holds(owner, words) or not _holds(artist, words):
                    owners.setdefault(sort_artist, owner)
                else:
                    guests.setdefault(artist)
        named = defaultdict[str, dict[str, str]](dict)  # some files of one artist may say how the name is sorted
        for sort_artist, name in owners.items():
            named[one_name(name)][sort_artist] = name
        alone = {one_name(name): name for name in guests if one_name(name) not in named}
        known = [*map(self._owner, named.values()), *map(self._guest, alone.values())]
        found = [one for one in known if one is not None]
        start = sort_form(query.phrase)
        found.sort(key=lambda one: (not sort_form(one.name).startswith(start), -one.track_count, sort_form(one.name)))
        return found

    def albums(self, query: Query, limit: int = 12) -> list[Album]:
        """Albums whose title and artist hold the words of the query, titles that begin with them first."""
        keys = self._albums_that_begin(query, limit)
        for match in _in_first_then_in_all(query, _naming(query), ("album", "artist")):
            for (key,) in self._stream(query, match, "t.album_key", "t.album_key <> ''"):
                if len(keys) >= limit:
                    break
                keys.setdefault(AlbumKey(key))
        found = BrowseStore(self._db).albums_with(list(keys))
        start = sort_form(query.phrase)
        found.sort(key=lambda one: (not sort_form(one.title).startswith(start), sort_form(one.title)))
        return found

    def guess(self, query: Query) -> Query | None:
        """Second chance for a query that finds nothing: the same with its mistyped words put right, if any are near."""
        with self._db.read() as connection:
            if (right := guess.put_right(connection, query)) is not None:
                return right
        return next((other for other in self._otherwise(query) if self.ids(other, limit=1)), None)

    def _found(self, query: Query, match: str, limit: int) -> list[TrackId]:
        """Ids in the order the index has them."""
        where, bound = conditions(query)
        if not match:
            sql, bound = f"select t.id from track t where {where} limit ?", [*bound, limit]
        elif where == ALL_SHOWN:  # the index holds no other tracks
            sql, bound = "select rowid from track_search where track_search match ? limit ?", [match, limit]
        else:
            sql, bound = f"select t.id {_FROM} {where} limit ?", [match, *bound, limit]
        with self._db.read() as connection:
            return [TrackId(row[0]) for row in connection.execute(sql, bound)]

    def _begun(self, query: Query) -> list[TrackId]:
        """Tracks whose title, then whose artist begins with the text, from the indexes of the orders."""
        start, found = _start(query), list[TrackId]()
        if not start:
            return found
        for column, order, name in _BEGINNINGS:
            # Sort forms have no article: where the text has one, the name itself is looked at.
            shown = name if start != query.phrase else "''"
            sql = (
                f"select t.id, {shown} from track t where {column} >= ? and {column} < ? and removed_at is null "
                f"order by {', '.join(ORDERS[order])} limit ?"
            )
            with self._db.read() as connection:
                rows = connection.execute(sql, (start, start + _END, _SORTED // 2))
                found += [TrackId(i) for i, said in rows if not said or _begins(said, query)]
        return found

    def _artists_that_begin(self, query: Query, limit: int) -> dict[str, str]:
        """Sort form to name; each step of the index goes past all tracks of one artist."""
        start, found = _start(query), dict[str, str]()
        after, past = start, ">="
        with self._db.read() as connection:
            for _ in range(limit if start else 0):
                row = connection.execute(
                    f"select sort_artist, {_ARTIST} from track t where sort_artist {past} ? "
                    "and sort_artist < ? and removed_at is null order by sort_artist limit 1",
                    (after, start + _END),
                ).fetchone()
                if row is None:
                    break
                after, past = row[0], ">"
                if _begins(row[1], query):
                    found[row[0]] = row[1]
        return found

    def _albums_that_begin(self, query: Query, limit: int) -> dict[AlbumKey, None]:
        start, found = _start(query), dict[AlbumKey, None]()
        title, key = start, ""
        with self._db.read() as connection:
            for _ in range(limit if start else 0):
                row = connection.execute(
                    "select sort_album, album_key, album from track where (sort_album, album_key) > (?, ?) "
                    "and sort_album < ? and removed_at is null order by sort_album, album_key limit 1",
                    (title, key, start + _END),
                ).fetchone()
                if row is None:
                    break
                title, key = row[0], row[1]
                if _begins(row[2], query) and key:
                    found[AlbumKey(key)] = None
        return found

    def _ranked(self, ids: Sequence[TrackId], query: Query) -> list[TrackId]:
        """What begins with the text first, by title; then whose artist does; then the rest; these by artist.

        Of one title, or one place on an album, what can be played goes before what is missing.
        """
        start = sort_form(query.phrase) if query.phrase else ""
        rows: list[tuple[int, str, str, str, int | None, int | None, int]] = []
        with self._db.read() as connection:
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                rows += connection.execute(f"select {_RANKED_BY} from track t where t.id in ({marks})", chunk)
        titles = [row for row in rows if start and row[1].startswith(start)]
        titles.sort(key=lambda row: (row[1], row[6], row[2], row[3], row[0]))
        others = [row for row in rows if not (start and row[1].startswith(start))]
        others.sort(key=lambda row: (row[2], row[3], row[4] or 0, row[5] or 0, row[6], row[0]))
        others.sort(key=lambda row: not (start and row[2].startswith(start)))
        return [TrackId(row[0]) for row in (*titles, *others)]

    def _in_order(self, query: Query, order: TrackOrder, descending: bool, limit: int) -> list[TrackId]:
        where, bound = conditions(query)
        if query.words:
            where += " and t.id in (select rowid from track_search where track_search match ?)"
            bound = [*bound, expression(_all_words(query))]
        way = " desc" if descending else ""
        columns = ", ".join(f"t.{column}{way}" for column in ORDERS[order])
        sql = f"select t.id from track t where {where} order by {columns} limit ?"
        with self._db.read() as connection:
            return [TrackId(row[0]) for row in connection.execute(sql, [*bound, limit])]

    def _stream(self, query: Query, match: str, columns: str, also: str = "1") -> Iterator[Sequence[str]]:
        where, bound = conditions(query)
        sql = f"select {columns} {_FROM} {where} and {also} limit ?"
        with self._db.read() as connection:
            yield from connection.execute(sql, [match, *bound, _LOOKED_AT])

    def _owner(self, spellings: Mapping[str, str]) -> Named | None:
        """An artist with albums, by how the name is sorted and spelled: counted in the index of artists."""
        marks = ", ".join("?" * len(spellings))
        theirs = f"from track t where sort_artist in ({marks}) and removed_at is null"
        form = one_name(next(iter(spellings.values())))
        with self._db.read() as connection:
            tracks, albums = connection.execute(
                f"select count(*), count(distinct nullif(sort_album, char(1114111))) {theirs}", (*spellings,)
            ).fetchone()
            first = connection.execute(
                f"select id, has_cover, {_ARTIST} {theirs} order by sort_album, disc_no, track_no, id limit ?",
                (*spellings, _LOOKED_AT_FIRST),
            ).fetchall()
            if not first:  # a scan has just given their tracks another name
                return None
            names = {row[2] for row in first if one_name(row[2]) == form}.union(spellings.values())
            if len(names) > 1:
                asked = f"select {_ARTIST}, sum(missing_since is null) {theirs} group by 1"
                counts = {n: count for n, count in connection.execute(asked, (*spellings,)) if one_name(n) == form}
                names = {shown_spelling(counts)} if counts else names
        return Named(names.pop(), tracks, albums, TrackId(max(first, key=lambda row: bool(row[1]))[0]))

    def _guest(self, name: str) -> Named | None:
        """Somebody who has no album of their own in the library, but tracks on those of others."""
        form = one_name(name)
        with self._db.read() as connection:
            rows = connection.execute(
                f"select t.artist, t.album_key, count(*), min(t.id) {_FROM} t.removed_at is null group by 1, 2",
                (candidates("artist", name),),
            ).fetchall()
        theirs = [row for row in rows if one_name(row[0]) == form]
        if not theirs:  # a scan has just given their tracks another name
            return None
        counts = Counter[str]()
        for artist, _, count, _ in theirs:
            counts[artist] += count
        albums = {key for _, key, _, _ in theirs if key}
        return Named(shown_spelling(counts), counts.total(), len(albums), TrackId(min(row[3] for row in theirs)))


def _all_words(query: Query) -> list[Words]:
    return [part for part in query.parts if isinstance(part, Words)]


def _naming(query: Query) -> list[Words]:
    """The words that may be part of an artist's or an album's name."""
    return [part for part in query.words if part.field in {"any", "artist", "album"}]


def _in_first_then_in_all(query: Query, words: Sequence[Words], fields: tuple[Field, ...]) -> Iterator[str]:
    """FTS5 expressions: the first of the fields holds all the words; the fields together do."""
    if not words:
        return
    without = [part for part in query.parts if isinstance(part, Words) and part.without]
    unless = f" NOT ({expression(without)})" if without else ""
    for columns in dict.fromkeys((fields[0], f"{{{' '.join(fields)}}}")):
        every = " AND ".join(
            f"{columns if part.field == 'any' else column_of(part.field)} : {run_of(part.text)}" for part in words
        )
        yield f"({every}){unless}"


def _start(query: Query) -> str:
    """What a sort form must begin with; nothing where more is asked than a few words."""
    if all(isinstance(part, Words) and part.field == "any" and not part.without for part in query.parts):
        return sort_form(query.phrase)
    return ""


def _begins(name: str, query: Query) -> bool:
    return _start(query) == query.phrase or search_form(name).startswith(query.phrase)


def _holds(name: str, words: Sequence[Words]) -> bool:
    held = indexed((name,))
    return all(spaced(part.text) in held for part in words if part.field != "album")
