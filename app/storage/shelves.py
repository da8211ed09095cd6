"""Tracks of drives that are used in turn at one place: those of the drive that is not there stand aside.

A path is one track's. So what was on a drive in whose place another one is mounted gets paths of its own meanwhile,
below a folder that no walk looks into; with the drive, they get their own paths back.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from app.domain.ids import TrackId
from app.domain.place import SHELF
from app.domain.scan import Volume
from app.storage.database import Database
from app.storage.scanned import chunks, path_range

_PAUSE_S = 0.01
_Move = tuple[bytes, bytes]
"""What a path begins with, and what it is to begin with."""


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
        below them, as they were; those that were on that drive are on this one now. Whoever ends in the middle, or does
        it at the same time, leaves nothing that the next one would take for tracks of the other drive.
        """
        home, back = folder.rstrip(b"/"), _mark(now.name)

        def is_in(connection: Any, drive: str) -> bool:
            return (drive,) in connection.execute(_DRIVES, (folder, folder)).fetchall()

        def shelf_to_place(_track_id: int, path: bytes) -> _Move | None:
            at = path.find(SHELF, len(home))
            return (path[: at + len(back) - 1], path[:at]) if at >= 0 and path.startswith(back, at) else None

        was, count = kept[folder].name, 0
        if before:
            to_shelf = _to_shelf(home, before, [one for one in roots if _below(one, home)])
            count = self._put(folder, to_shelf, lambda connection: is_in(connection, was))
        with self._db.write() as connection:
            if is_in(connection, was):  # else another program was quicker
                if before:  # how folders were left says nothing of those of another drive; it is written down anew
                    connection.execute(
                        "delete from folder where path >= ? and path < ? or path = ?", (*path_range(home), home)
                    )
                there = [one for one, of in kept.items() if one == folder or (_below(one, home) and of.name == before)]
                for table in ("root", "drive_below"):
                    connection.executemany(
                        f"update {table} set device = ?, mount = ?, volume = ? where path = ?",
                        [(*now, one) for one in there],
                    )
        self._put(folder, shelf_to_place, lambda connection: is_in(connection, now.name))
        return count

    def put_away(self, folder: bytes, drive: str, others: Collection[bytes]) -> None:
        """Puts the tracks of a folder that leaves the library to those of its drive, if some of another one wait there.

        ``others``: music folders, whose tracks stay where they are.
        """
        if drive and self.has(folder):
            self._put(folder, _to_shelf(folder.rstrip(b"/"), drive, (), others), lambda _connection: True)

    def _put(self, folder: bytes, move: Callable[[int, bytes], _Move | None], may_go_on: Callable[[Any], bool]) -> int:
        """Gives tracks below a folder other paths, some at a time, so that others who write come in between."""
        with self._db.read() as connection:
            rows = connection.execute(f"select id, path {_BELOW}", path_range(folder))
            ids = [TrackId(track_id) for track_id, path in rows if move(track_id, path)]
        count = 0
        for some in chunks(ids):
            if count:
                time.sleep(_PAUSE_S)
            with self._db.write() as connection:
                if not may_go_on(connection):
                    break
                asked = f"select id, path, source_path from track where id in ({', '.join('?' * len(some))})"
                for track_id, path, source in connection.execute(asked, some).fetchall():
                    if ends := move(track_id, path):
                        _give(connection, track_id, _moved(path, *ends), _moved(source, *ends))
                        count += 1
        return count


_BELOW = "from track where path >= ? and path < ?"
_DRIVES = "select volume from root where path = ? union all select volume from drive_below where path = ?"
_PUT = "update track set path = ?, source_path = ? where id = ?"
_REPLACE = (
    "update track set path = cast(path || '/replaced-' || id as blob), missing_since = coalesce(missing_since, ?) "
    "where path = ?"
)


def is_shelved(path: bytes, folder: bytes = b"") -> bool:
    """True for what stands aside below a folder, and for the folders that it stands in."""
    return path.find(SHELF, len(folder.rstrip(b"/"))) >= 0


def _mark(drive: str) -> bytes:
    return SHELF + os.fsencode(drive) + b"/"


def _below(path: bytes, home: bytes) -> bool:
    return path == home or path.startswith(home + b"/")


def _to_shelf(
    home: bytes, drive: str, roots: Collection[bytes], others: Collection[bytes] = ()
) -> Callable[[int, bytes], _Move | None]:
    """Moves a track below the innermost of the folders to the shelf of a drive there; ``others`` keep theirs."""
    bases = sorted({home, *(one.rstrip(b"/") for one in roots)}, key=len, reverse=True)
    held = tuple(one.rstrip(b"/") + b"/" for one in others)

    def move(track_id: int, path: bytes) -> _Move | None:
        if path.find(SHELF, len(home)) >= 0 or path.endswith(b"/replaced-%d" % track_id) or path.startswith(held):
            return None  # of what was replaced no file lies there
        base = next(one for one in bases if path.startswith(one + b"/"))
        return base, base + _mark(drive)[:-1]

    return move


def _moved(path: bytes | None, old: bytes, new: bytes) -> bytes | None:
    return new + path[len(old) :] if path is not None and path.startswith(old + b"/") else path


def _give(connection: Any, track_id: int, path: bytes | None, source: bytes | None) -> None:
    """Of two tracks with one place, the one that comes has it; the other is missing, as one that was replaced."""
    try:
        connection.execute(_PUT, (path, source, track_id))
    except sqlite3.IntegrityError:
        connection.execute(_REPLACE, (int(time.time() * 1000), path))
        connection.execute(_PUT, (path, source, track_id))
