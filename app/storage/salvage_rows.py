"""Rows out of a file that may be damaged: read as far as they can be, and put into the library that takes its place."""

import contextlib
import sqlite3
import time
from pathlib import Path

from app.storage.scanned import INDEX_TRACK

_HOLE = 20_000
"""Rows looked for one by one between the last that came from the front and the last that came from the back."""
Row = tuple[object, ...]


def reading(damaged: Path) -> sqlite3.Connection:
    """The file, only to be read."""
    return sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of a table's columns; none where there is no such table."""
    try:
        return [str(row[1]) for row in connection.execute(f"pragma table_info({table})")]
    except sqlite3.Error:
        return []


def shared(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table that both libraries have, but for its number."""
    theirs = columns(source, table)
    return [name for name in columns(target, table) if name in theirs and name != "id"]


def insert(connection: sqlite3.Connection, table: str, values: dict[str, object]) -> int | None:
    """Adds a row; gives its number."""
    marks = ", ".join("?" * len(values))
    return connection.execute(
        f"insert into {table} ({', '.join(values)}) values ({marks})", tuple(values.values())
    ).lastrowid


def readable(source: sqlite3.Connection, query: str, above: int) -> dict[int, Row]:
    """Rows from the front as far as they can be read, then from the back, then one by one in the hole between.

    ``query`` ends in ``id > ?`` and asks for the id first; it is given ``above``.
    """
    found: dict[int, Row] = {}

    def collect(order: str) -> int | None:
        last = None
        try:
            for row in source.execute(f"{query} order by id {order}", (above,)):
                last = int(row[0])
                found[last] = tuple(row[1:])
        except sqlite3.Error:
            return last if last is not None else -1
        return None

    front = collect("asc")
    if front is None:
        return found
    back = collect("desc")
    if back is not None and back > 0:
        for number in range(max(front, above) + 1, min(back, max(front, above) + _HOLE)):
            with contextlib.suppress(sqlite3.Error):
                row = source.execute(f"{query} and id = ?", (above, number)).fetchone()
                if row is not None:
                    found[number] = tuple(row[1:])
    return found


_ABOUT = "id, path, added_at, recording_key, audio_hash"


def _is_one(there: Row, said: dict[str, object], *, wherever: bool = False) -> bool:
    """True for one track in two libraries: of one place, or ``wherever`` of one number that came at one time.

    Other sticks, and other recordings that take the place of a file, have had the same places since.
    """
    _, path, added_at, key, sound = there
    same = said.get("path") == path or (wherever and said.get("added_at") == added_at)
    sounds = (sound, said.get("audio_hash"))
    if not same or (all(sounds) and sounds[0] == sounds[1]):
        return same
    named = key == said.get("recording_key") and not str(key).startswith("path:")
    return named or (not all(sounds) and said.get("path") == path)


class Tracks:
    """Which track of the backup one of the damaged file is; one that the backup lacks is taken over."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        self._source, self._target = source, target
        known = columns(source, "track")
        self._names = [name for name in columns(target, "track") if name in known]
        self._known: dict[object, object] = {}

    def id_of(self, track_id: object) -> object:
        """The number in the backup, or nothing: a play then stands by its recording key."""
        if track_id is not None and track_id not in self._known:
            self._known[track_id] = self._find(track_id)
        return self._known.get(track_id)

    def _find(self, track_id: object) -> object:
        same = self._target.execute(f"select {_ABOUT} from track where id = ?", (track_id,)).fetchone()
        row = None
        with contextlib.suppress(sqlite3.Error):
            row = self._source.execute(
                f"select {', '.join(self._names)} from track where id = ?", (track_id,)
            ).fetchone()
        if row is None:
            return track_id if same else None
        values = dict(zip(self._names, row, strict=True))
        if same and _is_one(same, values, wherever=True):
            return track_id
        there = self._target.execute(f"select {_ABOUT} from track where path = ?", (values.get("path"),)).fetchone()
        if there and _is_one(there, values):
            return there[0]
        if there:  # another recording had this place at the time of the backup, which the next scan looks into
            values["path"] = b"%b/replaced-%d" % (there[1], values["id"])
            values["missing_since"] = values.get("missing_since") or int(time.time() * 1000)
        if same:
            values.pop("id")
        with contextlib.suppress(sqlite3.IntegrityError):  # values that are damaged themselves
            added = insert(self._target, "track", values)
            if not self._target.execute("select 1 from sqlite_master where name = 'track_search_insert'").fetchone():
                self._target.execute(INDEX_TRACK, (added,))  # an older library does it by a trigger
            return added
        return None
