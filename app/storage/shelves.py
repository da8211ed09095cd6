"""Tracks of drives that are used in turn at one place: those of the drive that is not there stand aside.

A path is one track's. So what was on a drive in whose place another one is mounted gets paths of its own meanwhile,
below a folder that no walk looks into; with the drive, they get their own paths back.
"""

import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from app.domain.scan import Volume
from app.storage.database import Database
from app.storage.scanned import SHELF, path_range


class Shelves:
    """Reads and writes the paths of tracks."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def has(self, folder: bytes, drive: str | None = None) -> bool:
        """True where tracks of a drive, or of any, stand aside below a folder."""
        mark = SHELF if drive is None else _mark(drive)
        low, high = path_range(folder)
        with self._db.read() as connection:
            asked = f"select exists (select 1 {_BELOW} and instr(substr(path, ?), ?) > 0)"
            return bool(connection.execute(asked, (low, high, len(low), mark)).fetchone()[0])

    def sounds(self, folder: bytes, among: Collection[str]) -> set[str]:
        """Those of some sounds that tracks of a folder have, without what stands aside."""
        low, high = path_range(folder)
        marks = ", ".join("?" * len(among))
        asked = f"select audio_hash {_BELOW} and instr(substr(path, ?), ?) = 0 and audio_hash in ({marks})"
        with self._db.read() as connection:
            return {row[0] for row in connection.execute(asked, (low, high, len(low), SHELF, *among))}

    def change(
        self, folder: bytes, before: str, now: Volume, kept: Mapping[bytes, Volume], roots: Collection[bytes]
    ) -> int:
        """Puts the tracks of one drive aside and takes those of another back; how many were put aside.

        ``before``: ``""`` where nobody knows whose the tracks are that are in place. ``kept``: music folders and drives
        below them, as they were; those that were on that drive are on this one now. All of it or none is written.
        """
        with self._db.write() as connection:
            if (kept[folder].name,) not in connection.execute(_DRIVES, (folder, folder)).fetchall():
                return 0  # another program was quicker
            moved, count = self._moved(connection, folder, before, now.name, roots)
            home = folder.rstrip(b"/")
            # How folders were left says nothing of those of another drive; it is written down anew.
            connection.execute("delete from folder where path >= ? and path < ? or path = ?", (*path_range(home), home))
            connection.executemany(_PUT, moved)
            there = [one for one, was in kept.items() if one == folder or (_below(one, home) and was.name == before)]
            for table in ("root", "drive_below"):
                connection.executemany(
                    f"update {table} set device = ?, mount = ?, volume = ? where path = ?",
                    [(*now, one) for one in there],
                )
        return count

    def put_away(self, folder: bytes, drive: str, others: Collection[bytes]) -> None:
        """Puts the tracks of a folder that leaves the library to those of its drive, if some of another one wait there.

        ``others``: music folders, whose tracks stay where they are.
        """
        if not drive or not self.has(folder):
            return
        with self._db.write() as connection:
            moved, _ = self._moved(connection, folder, drive, "", [folder])
            held = tuple(one.rstrip(b"/") + b"/" for one in others)
            paths = dict(connection.execute(f"select id, path {_BELOW}", path_range(folder)))
            connection.executemany(_PUT, [row for row in moved if not paths[row[-1]].startswith(held)])

    def _moved(
        self, connection: Any, folder: bytes, before: str, now: str, roots: Collection[bytes]
    ) -> tuple[list["_Moved"], int]:
        """What is to be written, in an order in which no path is taken; and how many tracks are put aside.

        Of two tracks with one place, the one that comes back has it; the other is missing, as one that was replaced.
        """
        home, back = folder.rstrip(b"/"), _mark(now) if now else b""
        bases = sorted((one.rstrip(b"/") for one in {*roots, folder} if _below(one, home)), key=len, reverse=True)
        returned, shelved, staying = list[_Row](), list[_Row](), list[_Row]()
        for track_id, path, source in connection.execute(f"select id, path, source_path {_BELOW}", path_range(folder)):
            at = path.find(SHELF, len(home))
            if at >= 0 and back and path.startswith(back, at):
                base, shelf = path[:at], path[: at + len(back) - 1]
                returned.append((track_id, path, _put(path, shelf, base), _put(source, shelf, base)))
            elif at >= 0 or not before or path.endswith(b"/replaced-%d" % track_id):  # no file lies there
                staying.append((track_id, path, path, source))
            else:
                base = next(one for one in bases if path.startswith(one + b"/"))
                shelf = base + _mark(before)[:-1]
                shelved.append((track_id, path, _put(path, base, shelf) or path, _put(source, base, shelf)))
        return [*_in_order(returned, shelved, staying)], len(shelved)


_BELOW = "from track where path >= ? and path < ?"
_DRIVES = "select volume from root where path = ? union all select volume from drive_below where path = ?"
_PUT = "update track set path = ?, source_path = ?, missing_since = coalesce(missing_since, ?) where id = ?"
_Row = tuple[int, bytes, bytes | None, bytes | None]
_Moved = tuple[bytes | None, bytes | None, int | None, int]


def is_shelved(path: bytes, folder: bytes = b"") -> bool:
    """True for what stands aside below a folder, and for the folders that it stands in."""
    return path.find(SHELF, len(folder.rstrip(b"/"))) >= 0


def _mark(drive: str) -> bytes:
    return SHELF + os.fsencode(drive) + b"/"


def _below(path: bytes, home: bytes) -> bool:
    return path == home or path.startswith(home + b"/")


def _put(path: bytes | None, old: bytes, new: bytes) -> bytes | None:
    return new + path[len(old) :] if path is not None and path.startswith(old + b"/") else path


def _in_order(returned: Sequence[_Row], shelved: Sequence[_Row], staying: Sequence[_Row]) -> Iterator[_Moved]:
    taken, rows = set[bytes | None](), (list[_Moved](), list[_Moved](), list[_Moved]())
    for number, of in enumerate((returned, shelved, staying)):
        for track_id, was, path, source in of:
            if path in taken:
                rows[2].append((was + b"/replaced-%d" % track_id, source, int(time.time() * 1000), track_id))
                continue
            taken.add(path)
            if path != was:
                rows[number].append((path, source, None, track_id))
    yield from (*rows[2], *rows[1], *rows[0])
