"""Tracks of drives that are used in turn at one place: those of the drive that is not there stand aside.

A path is one track's. So what was on a drive in whose place another one is mounted gets paths of its own meanwhile,
below a folder that no walk looks into; with the drive, they get their own paths back.
"""

import os

from app.storage.database import Database
from app.storage.scanned import path_range

_SHELF = b".drive-"


class Shelves:
    """Reads and writes the paths of tracks."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def has(self, folder: bytes, drive: str) -> bool:
        """True where tracks of a drive stand aside."""
        low, high = path_range(_shelf(folder, drive))
        with self._db.read() as connection:
            return bool(connection.execute(f"select exists (select 1 {_BELOW})", (low, high)).fetchone()[0])

    def change(self, folder: bytes, before: str, now: str) -> int:
        """Puts the tracks of one drive aside and takes those of another back, all or none; how many were put aside."""
        home, aside, back = folder.rstrip(b"/"), _shelf(folder, before), _shelf(folder, now)
        with self._db.write() as connection:
            rows = connection.execute(f"select id, path, source_path {_BELOW}", path_range(folder)).fetchall()
            shelved, returned = list[_Moved](), list[_Moved]()
            for track_id, path, source in rows:
                if path.startswith(back + b"/"):
                    returned.append((_moved(path, back, home), _moved(source, back, home), track_id))
                elif not path.startswith(home + b"/" + _SHELF):
                    shelved.append((_moved(path, home, aside), _moved(source, home, aside), track_id))
            # How folders were left says nothing of those of another drive; it is written down anew.
            connection.execute("delete from folder where path >= ? and path < ? or path = ?", (*path_range(home), home))
            for moved in (shelved, returned):
                connection.executemany("update track set path = ?, source_path = ? where id = ?", moved)
        return len(shelved)


_BELOW = "from track where path >= ? and path < ?"
_Moved = tuple[bytes | None, bytes | None, int]


def is_shelved(path: bytes) -> bool:
    """True for what stands aside, and for the folders that it stands in."""
    return b"/" + _SHELF in path


def _shelf(folder: bytes, drive: str) -> bytes:
    return os.path.join(folder, _SHELF + os.fsencode(drive))


def _moved(path: bytes | None, old: bytes, new: bytes) -> bytes | None:
    return new + path[len(old) :] if path is not None and path.startswith(old + b"/") else path
