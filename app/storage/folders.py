"""Folders as they were left: what the files of each looked like, so that one that is as it was costs one comparison.

What is kept of a folder follows from its tracks. Triggers write down whose folder a changed track lies in, whoever
changed it; until such a folder is settled anew, nothing is kept of it.
"""

import marshal
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.domain.scan import Known
from app.storage.database import Database
from app.storage.scanned import KNOWN, path_range

_FORM = 2
"""Of what ``marshal`` writes: from the next one on, equal values may be written in unequal bytes."""
_AT_ONCE = 4_000
_IN_FOLDER = "path >= ? and path < ? and missing_since is null and instr(substr(path, ?), x'2f') = 0"


def looks(files: list[Any]) -> bytes:
    """A folder in bytes: of each file, by name, its name, size in bytes, mtime in ns and inode."""
    return marshal.dumps(files, _FORM)


class FolderStore:
    """Reads and writes the ``folder`` table."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def below(self, root: bytes) -> tuple[dict[bytes, bytes], dict[bytes, tuple[int, int]]]:
        """Every folder below a folder, and itself, that holds tracks that are there, with its looks.

        ``b""``: its tracks are to be compared one by one. And the latest ctimes in ns of its files, where known: of
        those that lay in the past and, 0 where there was none, in the future.
        """
        low, high = path_range(root)
        with self._db.read() as connection:
            # In this order: what is touched in between was as it is kept.
            touched = [path for (path,) in connection.execute("select path from folder_touched") if low <= path < high]
        rows = self._within("folder", "path, looks, newest_ns, ahead_ns", root)
        kept = {path: looks for path, looks, _, _ in rows}
        kept.update(dict.fromkeys(map(os.path.dirname, touched), b""))
        return kept, {path: (newest_ns, ahead_ns) for path, _, newest_ns, ahead_ns in rows if newest_ns is not None}

    def keep_newest(self, found: Mapping[bytes, tuple[int, int]]) -> None:
        """Remembers them of folders that hold tracks."""
        with self._db.write() as connection:
            connection.executemany(
                "update folder set newest_ns = ?, ahead_ns = ? where path = ?",
                [(*times, folder) for folder, times in found.items()],
            )

    def _within(self, table: str, columns: str, root: bytes) -> list[Any]:
        low, high = path_range(root)
        with self._db.read() as connection:
            return connection.execute(  # two halves: of an "or" SQLite would keep every path, to tell none twice
                f"select {columns} from {table} where path >= ? and path < ? "
                f"union all select {columns} from {table} where path = ?",
                (low, high, low[:-1]),
            ).fetchall()

    def tracks(self, folder: bytes) -> list[Known]:
        """What a scan holds of each track of a folder that is there, those in folders below it not."""
        with self._db.read() as connection:
            return connection.execute(f"select {KNOWN} from track where {_IN_FOLDER}", _bound(folder)).fetchall()

    def encoding(self, folder: bytes) -> str:
        """The one old encoding that tracks of a folder were repaired from; ``""``: none, or several.

        Signs of Windows that were put back say nothing of any.
        """
        low, high, name_at = _bound(folder)
        with self._db.read() as connection:
            found = connection.execute(
                "select distinct json_extract(repaired, '$.encoding') from track "
                f"where {_IN_FOLDER} and repaired <> '' "
                "and json_extract(repaired, '$.encoding') not in ('utf-8', 'cp1252') limit 2",
                (low, high, name_at),
            ).fetchall()
        return found[0][0] if len(found) == 1 else ""

    def missing(self, root: bytes) -> list[Known]:
        """The same for every track below a folder that is missing."""
        with self._db.read() as connection:
            return connection.execute(
                # The plus: by the index of missing tracks, of which there are few, rather than by that of paths.
                f"select {KNOWN} from track where missing_since is not null and +path >= ? and +path < ?",
                path_range(root),
            ).fetchall()

    def idle_sheets(self, root: bytes) -> dict[bytes, bytes]:
        """The folders below a folder, and itself, whose cue sheets take nothing apart, and how they looked then."""
        return dict(self._within("folder_sheets", "path, looks", root))

    def keep_idle_sheets(self, found: Mapping[bytes, bytes], gone: Iterable[bytes]) -> None:
        """Remembers such folders, and forgets some."""
        with self._db.write() as connection:
            connection.executemany("delete from folder_sheets where path = ?", [(path,) for path in gone])
            connection.executemany("insert or replace into folder_sheets (path, looks) values (?, ?)", found.items())

    def settle(self, differed: Collection[bytes] = ()) -> None:
        """Writes down anew how the folders of touched tracks look, some thousand tracks at a time.

        ``differed``: folders that did not look as they were left, whether or not a track was touched for it.
        """
        if differed:
            with self._db.write() as connection:
                names = [(os.path.join(folder, b"any"),) for folder in differed]
                connection.executemany("insert into folder_touched (path) values (?)", names)
        while self._settle_some():
            pass

    def _settle_some(self) -> bool:
        with self._db.read() as connection:
            if connection.execute("select 1 from folder_touched").fetchone() is None:
                return False
        with self._db.write() as connection:
            touched = connection.execute(f"select id, path from folder_touched order by id limit {_AT_ONCE}").fetchall()
            if not touched:
                return False  # another program was quicker
            heads = {path[: path.rfind(b"/") + 1] for _, path in touched}  # many of one folder: cut off without a call
            for folder in set(map(os.path.dirname, heads)) - {b""}:  # paths between two places have none
                low, high, name_at = _bound(folder)
                written = _looks_of(connection.execute(_TRACKS, (name_at, low, high, name_at)))
                if written is None:
                    connection.execute("delete from folder where path = ?", (folder,))
                else:
                    connection.execute(_SETTLE, (folder, written))
            connection.execute("delete from folder_touched where id <= ?", (touched[-1][0],))
        return True


_SETTLE = "insert into folder (path, looks) values (?, ?) on conflict (path) do update set looks = excluded.looks"
_TRACKS = (
    "select substr(path, ?), size_bytes, mtime_ns, inode, audio_hash is not null and source_path is null from track "
    f"where {_IN_FOLDER} order by path"
)


def _looks_of(rows: Iterator[Any]) -> bytes | None:
    """The looks of a folder that holds these tracks; ``None``: of one that holds none."""
    files: list[bytes | int | None] = []
    plain = True
    for row in rows:
        files += row[:4]
        plain = plain and row[4]
    if not files:
        return None
    return looks(files) if plain else b""


def _bound(folder: bytes) -> tuple[bytes, bytes, int]:
    low, high = path_range(folder)
    return low, high, len(low) + 1
