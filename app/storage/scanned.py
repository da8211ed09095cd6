"""Tracks as a scan sees them: what it writes, and what it knows a track's file by.

Apart from what the screen reads, because a scan that finds nothing new is over before that would be imported.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.ids import RecordingKey, TrackId
from app.domain.place import SHELF
from app.domain.scan import Known, Trace
from app.storage.database import Database

if TYPE_CHECKING:
    from app.domain.scanned import ScannedFile

_SEARCHED_OF = (
    ", ".join(f"json_extract(search_text, '$[{number}]')" for number in range(5))
    + " from track where removed_at is null and id "
)
_SEARCHED = "insert into track_search (rowid, title, artist, album, composer, genre) select id, " + _SEARCHED_OF
_AMONG = "in (select value from json_each(?)) order by id"
_OUT_OF_SEARCH = (
    "insert into track_search (track_search, rowid, title, artist, album, composer, genre) "
    f"select 'delete', id, {_SEARCHED_OF} {_AMONG}"
)
INDEX_TRACK, _INDEX_AFTER = _SEARCHED + "= ?", _SEARCHED + "> ?"
"""Puts a track that was added into the search index; an index that holds it already would hold it twice."""
ANYTHING_HEARD = "select exists (select 1 from play where track_id is null)"
"""Whether there are plays without a track, which tracks that come or get other names may turn out to be of."""
_LOOK_AGAIN = "update form set heard = 0"
"""For what was heard meanwhile; the next scan does."""
_TRACE = (
    "id, path, size_bytes, mtime_ns, inode, audio_hash, recording_key, duration_ms, removed_at is not null, source_path"
)
KNOWN = "path, id, size_bytes, mtime_ns, missing_since is not null, inode, audio_hash is not null, source_path"
"""What a scan holds of a track; see :data:`app.domain.scan.Known`."""
_REMOVED_AMONG = "where removed_at is {} null and id in (select value from json_each(?))"
_PAGE = 500
_T = TypeVar("_T")


class ScannedStore:
    """What a scan reads and writes of the ``track`` table."""

    def __init__(self, database: Database) -> None:
        self._db = self.database = database

    def save(self, files: "Sequence[ScannedFile]", now_ms: int) -> None:
        """Adds new tracks and updates known ones, all or none."""
        from app.storage.written import ADD, UPSERT, row_of  # here and below: a scan that finds nothing new writes none

        rows = [(*row_of(file), now_ms) for file in files]
        with self._db.write() as connection:
            (last,) = connection.execute("select coalesce(max(id), 0) from track").fetchone()
            known = rows[:0]
            if connection.executemany(ADD, rows).rowcount < len(rows):
                added = {path for (path,) in connection.execute("select path from track where id > ?", (last,))}
                connection.executemany(UPSERT, known := [row for row in rows if row[0] not in added])
            connection.execute(_INDEX_AFTER, (last,))
            if connection.execute(ANYTHING_HEARD).fetchone()[0]:
                from app.storage.heard_before import find_heard, ids_of  # a first scan needs none of it

                find_heard(connection, ids_of(connection, last, (row[0] for row in known)))

    def move(self, moved: "Sequence[tuple[TrackId, ScannedFile]]") -> None:
        """Gives tracks their new places, also to one another; their ids, and so their plays and ratings, stay.

        A place that another program has given to a track meanwhile is that one's: the next scan sees that they are one.
        """
        from app.storage.written import MOVE, row_of

        with self._db.write() as connection:
            asked, count = "select id from track where path = ?", 0
            held = {file.path: connection.execute(asked, (file.path,)).fetchone() for _, file in moved}
            while count != len(moved):  # of those that stay for it, others may have wanted the place
                ids, count = {(track_id,) for track_id, _ in moved}, len(moved)
                moved = [one for one in moved if held[one[1].path] is None or held[one[1].path] in ids]
            connection.executemany("update track set path = ? where id = ?", [(b"\0%d" % i, i) for i, _ in moved])
            connection.executemany(MOVE, [(*row_of(file), track_id) for track_id, file in moved])
            if connection.execute(ANYTHING_HEARD).fetchone()[0]:
                from app.storage.heard_before import find_heard  # as above

                find_heard(connection, [track_id for track_id, _ in moved])

    def set_aside(self, ids: Sequence[TrackId], now_ms: int) -> None:
        """Frees the paths of tracks whose place another recording has taken. They are missing, with all their plays.

        The new path lies below the old file, where no file can be.
        """
        with self._db.write() as connection:
            for track_id in ids:
                (path,) = connection.execute("select path from track where id = ?", (track_id,)).fetchone()
                if path.endswith(end := b"/replaced-%d" % track_id):
                    continue  # another program was quicker
                connection.execute(
                    "update track set path = ?, missing_since = coalesce(missing_since, ?) where id = ?",
                    (path + end, now_ms, track_id),
                )

    def still_at(self, places: Mapping[TrackId, bytes]) -> list[TrackId]:
        """Those of some tracks that are where they were: another program may have found the others elsewhere."""
        still: set[TrackId] = set()
        with self._db.read() as connection:
            for chunk in chunks(list(places)):
                marks = ", ".join("?" * len(chunk))
                rows = connection.execute(f"select id, path from track where id in ({marks})", chunk)
                still.update(track_id for track_id, path in rows if places[track_id] == path)
        return [track_id for track_id in places if track_id in still]

    def mark_missing(self, ids: Iterable[TrackId], now_ms: int) -> None:
        """Files that are gone: kept, greyed, never deleted."""
        for chunk in chunks(list(ids)):
            with self._db.write() as connection:
                connection.executemany(
                    "update track set missing_since = ? where id = ? and missing_since is null",
                    [(now_ms, i) for i in chunk],
                )

    def mark_present(self, ids: Iterable[TrackId]) -> None:
        """Files that came back unchanged."""
        for chunk in chunks(list(ids)):
            with self._db.write() as connection:
                connection.executemany("update track set missing_since = null where id = ?", [(i,) for i in chunk])

    def set_inodes(self, inodes: Sequence[tuple[TrackId, int]]) -> None:
        """Files that are the same in a copied or newly mounted file system."""
        for chunk in chunks(inodes):
            with self._db.write() as connection:
                connection.executemany("update track set inode = ? where id = ?", [(inode, i) for i, inode in chunk])

    def remove(self, ids: Sequence[TrackId], now_ms: int) -> None:
        """Takes tracks out of the library: they are in no list and no rescan brings them back. Plays stay.

        The search index follows in one statement for many: after each single row it would write itself out.
        """
        for chunk in chunks(ids):
            among = _json(chunk)
            with self._db.write() as connection:
                connection.execute(_OUT_OF_SEARCH, (among,))
                connection.execute(f"update track set removed_at = ? {_REMOVED_AMONG.format('')}", (now_ms, among))

    def restore(self, ids: Sequence[TrackId]) -> None:
        """Takes tracks that were removed back into the library."""
        for chunk in chunks(ids):
            with self._db.write() as connection:
                gone = connection.execute(f"select id from track {_REMOVED_AMONG.format('not')}", (_json(chunk),))
                among = _json(track_id for (track_id,) in gone)
                connection.execute(f"update track set removed_at = null {_REMOVED_AMONG.format('not')}", (among,))
                connection.execute(f"{_SEARCHED} {_AMONG}", (among,))
                connection.execute(_LOOK_AGAIN)

    def restore_below(self, root: bytes, since_ms: int = 0) -> None:
        """Takes back what was removed below a folder since then: its listener has added the folder again."""
        with self._db.read() as connection:
            gone = connection.execute(
                "select id from track where removed_at >= ? and path >= ? and path < ?", (since_ms, *path_range(root))
            ).fetchall()
        self.restore([TrackId(track_id) for (track_id,) in gone])

    def known(self, root: bytes) -> dict[bytes, Known]:
        """What a scan holds of every track below a folder, removed ones too, by path."""
        with self._db.read() as connection:
            rows = connection.execute(f"select {KNOWN} from track where path >= ? and path < ?", path_range(root))
            return {row[0]: row for row in rows}

    def there(self, root: bytes) -> Iterator[tuple[bytes, int, int]]:
        """Path, size in bytes and mtime in ns of every track below a folder that is there, one after the other.

        Without those whose drive another one has the place of.
        """
        low, high = path_range(root)
        with self._db.read() as connection:
            yield from connection.execute(
                "select path, size_bytes, mtime_ns from track where path >= ? and path < ? and missing_since is null "
                "and instr(substr(path, ?), ?) = 0",
                (low, high, len(low), SHELF),
            )

    def holders(self, inodes: Container[int], *, removed: bool = True) -> Iterable[tuple[int, int, int, bytes]]:
        """Every (inode, size, mtime, path) with one of these inodes; ``removed``: of tracks that were removed, too."""
        with self._db.read() as connection:
            rows = connection.execute(
                "select inode, size_bytes, mtime_ns, path from track "
                "where inode is not null and (removed_at is null or ?)",
                (removed,),
            )
            return [row for row in rows if row[0] in inodes]

    def traces(self, ids: Sequence[TrackId]) -> list[Trace]:
        """What these tracks are recognised by."""
        found: list[Trace] = []
        with self._db.read() as connection:
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                rows = connection.execute(f"select {_TRACE} from track where id in ({marks})", chunk)
                found += [_trace(row) for row in rows]
        return found

    def traces_of(self, rows: Sequence[Known]) -> Iterator[Trace]:
        """The same for tracks whose rows a scan holds already: both share what is in both, there may be very many."""
        for chunk in chunks(rows):
            by_id = {row[1]: row for row in chunk}
            marks = ", ".join("?" * len(by_id))
            with self._db.read() as connection:
                found = connection.execute(
                    "select id, audio_hash, recording_key, duration_ms, removed_at is not null from track "
                    f"where id in ({marks})",
                    list(by_id),
                ).fetchall()
            for track_id, audio_hash, key, duration_ms, removed in found:
                path, same_id, size_bytes, mtime_ns, _, inode, _, source_path = by_id[track_id]
                yield Trace(
                    same_id,
                    path,
                    size_bytes,
                    mtime_ns,
                    inode,
                    audio_hash or "",
                    RecordingKey(key),
                    duration_ms,
                    bool(removed),
                    source_path,
                )

    def all_traces(self) -> Iterable[Trace]:
        """What every track is recognised by, missing and removed ones too."""
        with self._db.read() as connection:
            for row in connection.execute(f"select {_TRACE} from track"):
                yield _trace(row)

    def traces_like(self, audio_hash: str, key: RecordingKey, names: str, limit: int = 16) -> list[Trace]:
        """A few tracks with this sound, this key, or a key that begins with these names."""
        found: dict[TrackId, Trace] = {}
        asked: list[tuple[str, tuple[str, ...]]] = [("recording_key = ?", (key,))]
        if audio_hash:
            asked.append(("audio_hash = ? and audio_hash <> ''", (audio_hash,)))  # as its index says it
        if names:  # digits follow the names; ":" comes after "9"
            asked.append(("recording_key >= ? and recording_key < ?", (names, names + ":")))
        with self._db.read() as connection:
            for where, bound in asked:
                rows = connection.execute(f"select {_TRACE} from track where {where} limit ?", (*bound, limit))
                found.update((TrackId(row[0]), _trace(row)) for row in rows)
        return list(found.values())

    def lengths(self, keys: Sequence[RecordingKey]) -> dict[RecordingKey, tuple[int, int]]:
        """Recording key to its shortest and longest length in ms, for those of the keys that the library has."""
        found: dict[RecordingKey, tuple[int, int]] = {}
        with self._db.read() as connection:
            for chunk in chunks(keys):
                marks = ", ".join("?" * len(chunk))
                rows = connection.execute(
                    "select recording_key, min(duration_ms), max(duration_ms) from track "
                    f"where recording_key in ({marks}) group by recording_key",
                    chunk,
                )
                found.update((RecordingKey(key), (shortest, longest)) for key, shortest, longest in rows)
        return found

    def is_empty(self) -> bool:
        """True before the first scan: no track is remembered, not even a missing or removed one."""
        with self._db.read() as connection:
            return connection.execute("select 1 from track limit 1").fetchone() is None

    def any_below(self, root: bytes) -> bool:
        """True where tracks below a folder are remembered, missing and removed ones too."""
        with self._db.read() as connection:
            found = connection.execute("select 1 from track where path >= ? and path < ? limit 1", path_range(root))
            return found.fetchone() is not None

    def total(self, root: bytes | None = None) -> int:
        """How many tracks are remembered, everywhere or below a folder, missing and removed ones too."""
        low, high = path_range(root) if root is not None else (b"", b"\xff")
        with self._db.read() as connection:
            found = connection.execute("select count(*) from track where path >= ? and path < ?", (low, high))
            return int(found.fetchone()[0])

    def names(self, ids: Sequence[TrackId]) -> dict[TrackId, tuple[str, str, str]]:
        """Track id to (title, artist, album)."""
        found: dict[TrackId, tuple[str, str, str]] = {}
        with self._db.read() as connection:
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                rows = connection.execute(f"select id, title, artist, album from track where id in ({marks})", chunk)
                found.update((track_id, (title, artist, album)) for track_id, title, artist, album in rows)
        return found


def _trace(row: Sequence[Any]) -> Trace:
    return Trace(
        id=TrackId(row[0]),
        path=row[1],
        size_bytes=row[2],
        mtime_ns=row[3],
        inode=row[4],
        audio_hash=row[5] or "",
        recording_key=RecordingKey(row[6]),
        duration_ms=row[7],
        removed=bool(row[8]),
        source_path=row[9],
    )


def _json(ids: Iterable[int]) -> str:
    return f"[{','.join(map(str, ids))}]"


def chunks(ids: Sequence[_T]) -> Iterable[Sequence[_T]]:
    """Pieces small enough to bind."""
    return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))


def path_range(root: bytes) -> tuple[bytes, bytes]:
    """The half-open range of paths below a folder."""
    base = root.rstrip(b"/") + b"/"
    return base, base[:-1] + b"0"  # "0" is the byte after "/"
