"""The music folders, and the files in them that are no tracks."""

from collections.abc import Iterable, Mapping, Sequence

from app.domain.scan import RefusedFile, Volume
from app.storage.database import Database
from app.storage.scanned import path_range


class RootStore:
    """Reads and writes the ``root`` and ``refused`` tables."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> list[bytes]:
        """The music folders, oldest first."""
        with self._db.read() as connection:
            return [row[0] for row in connection.execute("select path from root where leaving = 0 order by id")]

    def add(self, path: bytes, now_ms: int) -> None:
        """Remembers a music folder; a known one stays as it is, and one that was leaving stays."""
        with self._db.write() as connection:
            connection.execute(
                "insert into root (path, added_at) values (?, ?) on conflict (path) do update set leaving = 0",
                (path, now_ms),
            )

    def leave(self, path: bytes) -> None:
        """Takes a music folder off the list; its tracks are still to be taken out of sight."""
        with self._db.write() as connection:
            connection.execute("update root set leaving = 1 where path = ?", (path,))

    def leaving(self) -> list[bytes]:
        """The folders of which that is not done."""
        with self._db.read() as connection:
            return [row[0] for row in connection.execute("select path from root where leaving order by id")]

    def left(self, path: bytes) -> None:
        """It is done: forgets the folder, unless it was added again."""
        with self._db.write() as connection:
            connection.execute("delete from root where path = ? and leaving", (path,))

    def scanned(self, path: bytes, now_ms: int, volume: Volume) -> None:
        """A whole scan of this folder, on this drive, ended now."""
        with self._db.write() as connection:
            connection.execute(
                "update root set scanned_at = ?, device = ?, mount = ?, volume = ? where path = ?",
                (now_ms, *volume, path),
            )

    def volume(self, path: bytes) -> Volume:
        """The drive this folder was on at its last whole scan."""
        with self._db.read() as connection:
            row = connection.execute("select device, mount, volume from root where path = ?", (path,)).fetchone()
        return Volume(*row) if row else Volume()

    def drives_below(self) -> dict[bytes, Volume]:
        """Folders and links below music folders that led to drives of their own, with these."""
        with self._db.read() as connection:
            rows = connection.execute("select path, device, mount, volume from drive_below")
            return {path: Volume(*volume) for path, *volume in rows}

    def keep_drives_below(self, found: Mapping[bytes, Volume], gone: Iterable[bytes]) -> None:
        """Remembers some, and forgets some."""
        with self._db.write() as connection:
            connection.executemany("delete from drive_below where path = ?", [(path,) for path in gone])
            connection.executemany(
                "insert or replace into drive_below (path, device, mount, volume) values (?, ?, ?, ?)",
                [(path, *volume) for path, volume in found.items()],
            )

    def refused(self, root: bytes | None = None) -> list[RefusedFile]:
        """Files that are no tracks, below a folder or everywhere, by path."""
        low, high = path_range(root) if root is not None else (b"", b"\xff\xff")
        with self._db.read() as connection:
            rows = connection.execute(
                "select path, size_bytes, mtime_ns, reason, kind from refused "
                "where path >= ? and path < ? order by path",
                (low, high),
            )
            return [RefusedFile(*row) for row in rows]

    def refuse(self, files: Sequence[RefusedFile], now_ms: int) -> None:
        """Remembers files that could not be taken, so that they are not tried again until they change."""
        with self._db.write() as connection:
            connection.executemany(
                "insert or replace into refused (path, size_bytes, mtime_ns, kind, reason, seen_at) "
                "values (?, ?, ?, ?, ?, ?)",
                [(f.path, f.size_bytes, f.mtime_ns, f.kind, f.reason, now_ms) for f in files],
            )

    def forget_refused(self, paths: Iterable[bytes]) -> None:
        """Files that are gone or have become tracks."""
        with self._db.write() as connection:
            connection.executemany("delete from refused where path = ?", [(path,) for path in paths])
