"""Plays out of a damaged library: whatever can still be read and is not in the backup that takes its place."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from app.storage.tracks import INDEX_TRACK

_HOLE = 20_000
"""Rows looked for one by one between the last that came from the front and the last that came from the back."""
_Row = tuple[object, ...]


def salvage_plays(damaged: Path, into: Path) -> int:
    """Appends the plays of ``damaged`` that ``into`` lacks, and says how many. The damaged file is only read.

    Raises:
        sqlite3.Error: ``into`` cannot be written.
    """
    with contextlib.closing(sqlite3.connect(into)) as target:
        target.execute("pragma journal_mode = memory")
        with contextlib.closing(_reading(damaged)) as source:
            found = list(_missing_plays(source, target))
            tracks = _Tracks(source, target)
            for names, row in found:
                play = dict(zip(names, row, strict=True))
                play["track_id"] = tracks.id_of(play["track_id"])
                _insert(target, "play", play)
            _take_play_in_progress(source, target)
        target.commit()
        target.execute("pragma journal_mode = delete")
    return len(found)


def _reading(damaged: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)


def _missing_plays(source: sqlite3.Connection, target: sqlite3.Connection) -> Iterator[tuple[list[str], _Row]]:
    """Rows with a larger number than the backup's last, or a later time: another library may have begun at 1."""
    names = [name for name in _columns(target, "play") if name in _columns(source, "play") and name != "id"]
    if not {"started_at", "recording_key", "track_id"} <= set(names):
        return
    last = target.execute("select coalesce(max(id), 0), coalesce(max(started_at), 0) from play").fetchone()
    at, key = names.index("started_at"), names.index("recording_key")
    kept = {tuple(row) for row in target.execute("select started_at, recording_key from play")}
    wanted = ", ".join(names)
    rows = _readable(source, f"select id, {wanted} from play where id > ?", last[0])
    with contextlib.suppress(sqlite3.Error):
        rows |= {
            row[0]: row[1:]
            for row in source.execute(f"select id, {wanted} from play where id <= ? and started_at > ?", last)
        }
    for _, row in sorted(rows.items()):
        if (row[at], row[key]) not in kept:
            kept.add((row[at], row[key]))
            yield names, row


def _readable(source: sqlite3.Connection, query: str, above: int) -> dict[int, _Row]:
    """Rows from the front as far as they can be read, then from the back, then one by one in the hole between."""
    found: dict[int, _Row] = {}

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


class _Tracks:
    """Which track of the backup a play of the damaged file belongs to; one the backup lacks is taken over."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        self._source, self._target = source, target
        known = _columns(source, "track")
        self._names = [name for name in _columns(target, "track") if name in known]
        self._known: dict[object, object] = {}

    def id_of(self, track_id: object) -> object:
        """The number in the backup, or nothing: the play then stands by its recording key."""
        if track_id is not None and track_id not in self._known:
            self._known[track_id] = self._find(track_id)
        return self._known.get(track_id)

    def _find(self, track_id: object) -> object:
        same = self._target.execute("select path from track where id = ?", (track_id,)).fetchone()
        row = None
        with contextlib.suppress(sqlite3.Error):
            row = self._source.execute(
                f"select {', '.join(self._names)} from track where id = ?", (track_id,)
            ).fetchone()
        if row is None:
            return track_id if same else None
        values = dict(zip(self._names, row, strict=True))
        if same and same[0] == values.get("path"):
            return track_id
        there = self._target.execute("select id from track where path = ?", (values.get("path"),)).fetchone()
        if there:
            return there[0]
        if same:
            values.pop("id")
        with contextlib.suppress(sqlite3.IntegrityError):  # values that are damaged themselves
            added = _insert(self._target, "track", values)
            if not self._target.execute("select 1 from sqlite_master where name = 'track_search_insert'").fetchone():
                self._target.execute(INDEX_TRACK, (added,))  # an older library does it by a trigger
            return added
        return None


def _take_play_in_progress(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """The one that was going on at the time of the backup has ended since; the one going on at the damage has not."""
    names = [name for name in _columns(target, "play_in_progress") if name in _columns(source, "play_in_progress")]
    row = None
    with contextlib.suppress(sqlite3.Error):
        row = source.execute(f"select {', '.join(names) or '1'} from play_in_progress").fetchone()
    if row is not None and names:
        target.execute("delete from play_in_progress")
        with contextlib.suppress(sqlite3.IntegrityError):
            _insert(target, "play_in_progress", dict(zip(names, row, strict=True)))
    target.execute(
        "delete from play_in_progress where (started_at, recording_key) in (select started_at, recording_key from play)"
    )


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [str(row[1]) for row in connection.execute(f"pragma table_info({table})")]
    except sqlite3.Error:
        return []


def _insert(connection: sqlite3.Connection, table: str, values: dict[str, object]) -> int | None:
    marks = ", ".join("?" * len(values))
    return connection.execute(
        f"insert into {table} ({', '.join(values)}) values ({marks})", tuple(values.values())
    ).lastrowid
