"""Playlists out of a damaged library: those made since the backup, and the newer form of those that it has.

A list that was deleted since stays as the backup has it: nobody restores a backup to lose more.
"""

import contextlib
import sqlite3
from array import array
from collections.abc import Iterator

from app.storage.playlists import packed, unpacked
from app.storage.salvage_rows import Row, Tracks, insert, readable, shared

_Lists = dict[tuple[object, object], dict[str, object]]
"""By number and time of making, which together no two lists share."""


def take_playlists(source: sqlite3.Connection, target: sqlite3.Connection, tracks: Tracks) -> int:
    """Takes over what is newer; tells how many lists that were."""
    names, held = shared(source, target, "playlist"), shared(source, target, "playlist_entry")
    if not {"name", "entry_ids", "created_at", "changed_at", "deleted_at"} <= set(names) or "track_id" not in held:
        return 0
    there = _lists(target, names)
    taken = 0
    for key, new in _lists(source, names).items():
        old = there.get(key)
        if new["deleted_at"] is not None or (old is not None and not _is_newer(new, old)):
            continue
        with contextlib.suppress(sqlite3.IntegrityError, ValueError):  # values that are damaged themselves
            _take(source, target, tracks, held, key[0], new, in_place=old is not None)
            taken += 1
    return taken


def _take(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    tracks: Tracks,
    held: list[str],
    number: object,
    new: dict[str, object],
    *,
    in_place: bool,
) -> None:
    """One list with what stands in it. Edits of before cannot be taken back: they are about other entries."""
    order = new["entry_ids"]
    if not isinstance(order, bytes):
        raise ValueError("this is no order")
    entries = list(_entries(source, target, held, number, unpacked(order)))
    new = new | {"entry_ids": b""}
    if in_place:
        into: object = number
        target.execute("delete from playlist_edit where playlist_id = ?", (into,))
        target.execute("delete from playlist_entry where playlist_id = ?", (into,))
        sets = ", ".join(f"{name} = ?" for name in new)
        target.execute(f"update playlist set {sets} where id = ?", (*new.values(), into))
    else:
        into = insert(target, "playlist", new | {"name": _free_name(target, str(new["name"]))})
    fresh = array("q")
    for entry in entries:
        values = dict(zip(held, entry, strict=True))
        values |= {"playlist_id": into, "track_id": tracks.id_of(values["track_id"])}
        fresh.append(insert(target, "playlist_entry", values) or 0)
    target.execute("update playlist set entry_ids = ? where id = ?", (packed(fresh), into))


def _entries(
    source: sqlite3.Connection, target: sqlite3.Connection, names: list[str], number: object, order: "array[int]"
) -> Iterator[Row]:
    """What stands in a list, in order; where a row cannot be read, the backup's row of that number."""
    query = f"select {', '.join(names)} from playlist_entry where id = ? and playlist_id = ?"
    for entry in order:
        for connection in (source, target):
            with contextlib.suppress(sqlite3.Error):
                row = connection.execute(query, (entry, number)).fetchone()
                if row is not None:
                    yield tuple(row)
                    break


def _lists(connection: sqlite3.Connection, names: list[str]) -> _Lists:
    rows = readable(connection, f"select id, {', '.join(names)} from playlist where id > ?", 0)
    lists = {number: dict(zip(names, row, strict=True)) for number, row in sorted(rows.items())}
    return {(number, one["created_at"]): one for number, one in lists.items()}


def _is_newer(new: dict[str, object], old: dict[str, object]) -> bool:
    changed, before = new["changed_at"], old["changed_at"]
    return isinstance(changed, int) and isinstance(before, int) and changed > before


def _free_name(target: sqlite3.Connection, name: str) -> str:
    taken = {str(row[0]).casefold() for row in target.execute("select name from playlist where deleted_at is null")}
    number, candidate = 2, name
    while candidate.casefold() in taken:
        candidate, number = f"{name} ({number})", number + 1
    return candidate
