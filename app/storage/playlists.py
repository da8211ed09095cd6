"""Playlists: every edit is one transaction that also keeps how to take it back.

A list's order is one packed value, the ids of its entries. An edit replaces a run of them, and what stood there is kept
beside it; rows of entries are only ever added, so taking an edit back gives exactly what was there before.
"""

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.errors import SegueError
from app.domain.ids import RecordingKey, TrackId
from app.domain.place import place_of
from app.domain.playlist import (
    MAX_ENTRIES,
    EditId,
    EntryId,
    NewEntry,
    Playlist,
    PlaylistEdit,
    PlaylistEntry,
    PlaylistId,
    SmartRule,
    playlist_name,
)
from app.domain.track import Track
from app.domain.words import plural, say
from app.storage.database import Database
from app.storage.scanned import chunks

_PLAYLIST = "id, name, smart, query, sort_order, descending, max_tracks, length(entry_ids) / 8, created_at, changed_at"
_FORMER = "name, query, sort_order, descending, max_tracks, changed_at, deleted_at"
_ENTRY = "playlist_id, track_id, location, title, artist, album, duration_ms, recording_key, audio_hash"
# The track's own names go first: they follow a retag. One taken out of the library is as good as not there.
_ENTRIES = (
    "select e.id, t.id, t.id is null or t.missing_since is not null, coalesce(t.path, e.location), "
    "coalesce(t.title, e.title), coalesce(t.artist, e.artist), coalesce(t.album, e.album), "
    "coalesce(t.duration_ms, e.duration_ms), coalesce(t.recording_key, e.recording_key) "
    "from playlist_entry e left join track t on t.id = e.track_id and t.removed_at is null where e.playlist_id = ?"
)
_KEPT_EDITS = 100
_PRUNED_AT = 150
_MAX_QUERY_CHARS = 2_000


class PlaylistStore:
    """Reads and writes the playlists. Trouble that a listener can cause is a :class:`SegueError`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> list[Playlist]:
        """Every list that is not deleted, by name."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select {_PLAYLIST} from playlist where deleted_at is null order by name collate nocase, id"
            )
            return [_playlist(row) for row in rows]

    def get(self, playlist_id: PlaylistId) -> Playlist | None:
        """One list; ``None`` where it is deleted or never was."""
        with self._db.read() as connection:
            row = connection.execute(
                f"select {_PLAYLIST} from playlist where id = ? and deleted_at is null", (playlist_id,)
            ).fetchone()
        return _playlist(row) if row else None

    def named(self, name: str) -> list[Playlist]:
        """The lists of this name; case does not count."""
        wanted = playlist_name(name).casefold()
        return [playlist for playlist in self.all() if playlist.name.casefold() == wanted]

    def free_name(self, name: str) -> str:
        """The name itself, or with the first number that makes it new: ``Calm (2)``."""
        taken = {playlist.name.casefold() for playlist in self.all()}
        base = playlist_name(name) or "Playlist"
        number, candidate = 2, base
        while candidate.casefold() in taken:
            candidate, number = f"{base} ({number})", number + 1
        return candidate

    def create(self, name: str, rule: SmartRule | None = None, *, now_ms: int) -> Playlist:
        """Makes an empty list, or a smart one; a name that is taken gets a number."""
        _checked_name(name)
        with self._db.write() as connection:
            fresh = self.free_name(name)
            made = connection.execute(
                "insert into playlist (name, smart, query, sort_order, descending, max_tracks, created_at, "
                "changed_at, deleted_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (fresh, rule is not None, *_rule_row(rule), now_ms, now_ms, now_ms),
            ).lastrowid
            playlist_id = PlaylistId(made or 0)
            self._edit(connection, playlist_id, say("Made the playlist"), now_ms, {"deleted_at": None})
        return self._known(playlist_id)

    def rename(self, playlist_id: PlaylistId, name: str, *, now_ms: int) -> PlaylistEdit:
        """Gives a list another name; one that is taken by another list gets a number."""
        wanted = _checked_name(name)
        with self._db.write() as connection:
            if self._known(playlist_id).name.casefold() != wanted.casefold():
                wanted = self.free_name(wanted)
            return self._edit(connection, playlist_id, say("Renamed the playlist"), now_ms, {"name": wanted})

    def set_rule(self, playlist_id: PlaylistId, rule: SmartRule, *, now_ms: int) -> PlaylistEdit:
        """Changes what a smart list holds; one that is called as its search goes on being so."""
        before = self._known(playlist_id)
        if before.rule is None:
            raise SegueError(say("Only a smart playlist has a rule."))
        columns = ("query", "sort_order", "descending", "max_tracks")
        new = dict(zip(columns, _rule_row(rule), strict=True))
        with self._db.write() as connection:
            if before.name == playlist_name(before.rule.query) and rule.query != before.rule.query:
                new["name"] = self.free_name(rule.query)
            return self._edit(connection, playlist_id, say("Changed the search"), now_ms, new)

    def delete(self, playlist_id: PlaylistId, *, now_ms: int) -> PlaylistEdit:
        """Takes a list away; :meth:`undo` brings it back as it was."""
        with self._db.write() as connection:
            says = say("Deleted the playlist “{}”", self._known(playlist_id).name[:60])
            return self._edit(connection, playlist_id, says, now_ms, {"deleted_at": now_ms})

    def entries(self, playlist_id: PlaylistId) -> list[PlaylistEntry]:
        """What stands in a list, in order. A smart list has no entries of its own."""
        with self._db.read() as connection:
            order = _order(connection, playlist_id)
            found = {row[0]: row for row in connection.execute(_ENTRIES, (playlist_id,))}
        return [_entry(found[i]) for i in order if i in found]

    def add(
        self,
        playlist_id: PlaylistId,
        what: Sequence[TrackId] | Sequence[Track] | Sequence[NewEntry],
        *,
        at: int | None = None,
        now_ms: int,
    ) -> PlaylistEdit:
        """Puts tracks into a list, at a place or at the end; the same track may stand there twice."""
        with self._db.write() as connection:
            rows = _entry_rows(connection, what)
            order = self._own_order(connection, playlist_id)
            if len(order) + len(rows) > MAX_ENTRIES:
                raise SegueError(say("A playlist holds at most {:,} tracks.", MAX_ENTRIES))
            fresh = _insert_entries(connection, playlist_id, rows)
            place = len(order) if at is None else min(max(at, 0), len(order))
            says = say("Added {}", plural(len(rows), "track"))
            return self._reorder(connection, playlist_id, says, now_ms, order, order[:place] + fresh + order[place:])

    def replace(self, playlist_id: PlaylistId, what: Sequence[NewEntry], *, now_ms: int) -> PlaylistEdit:
        """Puts these in the place of everything in a list: an import that was asked to."""
        with self._db.write() as connection:
            order = self._own_order(connection, playlist_id)
            fresh = _insert_entries(connection, playlist_id, _entry_rows(connection, what[:MAX_ENTRIES]))
            return self._reorder(connection, playlist_id, "Replaced the tracks", now_ms, order, fresh)

    def remove(self, playlist_id: PlaylistId, entry_ids: Iterable[EntryId], *, now_ms: int) -> PlaylistEdit:
        """Takes entries out of a list."""
        gone = set(entry_ids)
        with self._db.write() as connection:
            order = self._own_order(connection, playlist_id)
            kept = array("q", (i for i in order if i not in gone))
            says = say("Removed {}", plural(len(order) - len(kept), "track"))
            return self._reorder(connection, playlist_id, says, now_ms, order, kept)

    def move(self, playlist_id: PlaylistId, entry_ids: Iterable[EntryId], to: int, *, now_ms: int) -> PlaylistEdit:
        """Moves entries, in the order they have, before the entry at place ``to``; the count of entries is the end."""
        wanted = set(entry_ids)
        with self._db.write() as connection:
            order = self._own_order(connection, playlist_id)
            to = min(max(to, 0), len(order))
            moved = array("q", (i for i in order if i in wanted))
            before = array("q", (i for i in order[:to] if i not in wanted))
            after = array("q", (i for i in order[to:] if i not in wanted))
            says = say("Moved {}", plural(len(moved), "track"))
            return self._reorder(connection, playlist_id, says, now_ms, order, before + moved + after)

    def last_edit(self, playlist_id: PlaylistId) -> PlaylistEdit | None:
        """What :meth:`undo` would take back of this list, deleted or not."""
        with self._db.read() as connection:
            row = connection.execute(
                "select id, playlist_id, says, made_at from playlist_edit where playlist_id = ? "
                "order by id desc limit 1",
                (playlist_id,),
            ).fetchone()
        return PlaylistEdit(*row) if row else None

    def undo(self, edit_id: EditId) -> PlaylistId:
        """Takes an edit back, exactly. The newest goes first.

        Raises:
            SegueError: the list was edited again after it, or it was taken back already.
        """
        with self._db.write() as connection:
            row = connection.execute(
                f"select playlist_id, start, given, taken, {_FORMER} from playlist_edit e where id = ? and not exists "
                "(select 1 from playlist_edit later where later.playlist_id = e.playlist_id and later.id > e.id)",
                (edit_id,),
            ).fetchone()
            if row is None:
                raise SegueError(say("This can no longer be undone: the playlist has been changed since."))
            playlist_id, start, given, taken = row[:4]
            order = _order(connection, playlist_id)
            order[start : start + given] = unpacked(taken)
            former = ", ".join(f"{name.strip()} = ?" for name in _FORMER.split(","))
            connection.execute(
                f"update playlist set entry_ids = ?, {former} where id = ?", (packed(order), *row[4:], playlist_id)
            )
            connection.execute("delete from playlist_edit where id = ?", (edit_id,))
        return PlaylistId(playlist_id)

    def _known(self, playlist_id: PlaylistId) -> Playlist:
        found = self.get(playlist_id)
        if found is None:
            raise SegueError(say("This playlist is not there any more."))
        return found

    def _own_order(self, connection: sqlite3.Connection, playlist_id: PlaylistId) -> "array[int]":
        """The order of a list that may be edited entry by entry."""
        if self._known(playlist_id).smart:
            raise SegueError(
                say("A smart playlist holds what its rule finds. Change the rule, or save it as a plain list.")
            )
        return _order(connection, playlist_id)

    def _reorder(
        self,
        connection: sqlite3.Connection,
        playlist_id: PlaylistId,
        says: str,
        now_ms: int,
        old: "array[int]",
        new: "array[int]",
    ) -> PlaylistEdit:
        start, taken, given = _difference(old, new)
        values = {"entry_ids": packed(new)}
        return self._edit(connection, playlist_id, says, now_ms, values, (start, given, packed(taken)))

    def _edit(
        self,
        connection: sqlite3.Connection,
        playlist_id: PlaylistId,
        says: str,
        now_ms: int,
        values: Mapping[str, object],
        order: tuple[int, int, bytes] = (0, 0, b""),
    ) -> PlaylistEdit:
        """Changes a row of the table of lists and keeps the former one beside it."""
        made = connection.execute(
            f"insert into playlist_edit (playlist_id, made_at, says, start, given, taken, {_FORMER}) "
            f"select id, ?, ?, ?, ?, ?, {_FORMER} from playlist where id = ? and (deleted_at is null or ?)",
            (now_ms, says, *order, playlist_id, "deleted_at" in values),
        )
        if made.rowcount != 1 or made.lastrowid is None:
            raise SegueError(say("This playlist is not there any more."))
        changes = ", ".join(f"{name} = ?" for name in values)
        connection.execute(
            f"update playlist set {changes}, changed_at = ? where id = ?", (*values.values(), now_ms, playlist_id)
        )
        _prune(connection, playlist_id)
        return PlaylistEdit(EditId(made.lastrowid), playlist_id, says, now_ms)


def _checked_name(name: str) -> str:
    wanted = playlist_name(name)
    if not wanted:
        raise SegueError(say("A playlist needs a name."))
    return wanted


def _rule_row(rule: SmartRule | None) -> tuple[object, ...]:
    if rule is None:
        return "", "", False, None
    query = rule.query.replace("\0", " ").encode("utf-8", "ignore").decode()
    if len(query) > _MAX_QUERY_CHARS:
        raise SegueError(say("A rule may be {:,} characters long.", _MAX_QUERY_CHARS))
    if rule.limit is not None and not 0 < rule.limit <= MAX_ENTRIES:
        raise SegueError(say("A smart playlist holds between 1 and {:,} tracks.", MAX_ENTRIES))
    return query, rule.order, rule.descending, rule.limit


def _entry_rows(connection: sqlite3.Connection, what: Sequence[Any]) -> list[tuple[object, ...]]:
    """What to write for each: tracks by id are looked up, in their order; unknown ids are left out."""
    if what and isinstance(what[0], NewEntry | Track):
        return [_entry_row(one if isinstance(one, NewEntry) else NewEntry.of(one)) for one in what]
    found: dict[int, tuple[object, ...]] = {}
    for chunk in chunks(what):
        rows = connection.execute(
            "select id, path, title, artist, album, duration_ms, recording_key, coalesce(audio_hash, '') "
            f"from track where id in ({', '.join('?' * len(chunk))})",
            chunk,
        )
        found |= {row[0]: (row[0], place_of(row[1]), *row[2:]) for row in rows}
    return [found[i] for i in what if i in found]


def _entry_row(entry: NewEntry) -> tuple[object, ...]:
    return (
        entry.track_id,
        entry.location,
        entry.title,
        entry.artist,
        entry.album,
        entry.duration_ms,
        entry.recording_key,
        entry.audio_hash,
    )


def _insert_entries(
    connection: sqlite3.Connection, playlist_id: PlaylistId, rows: Sequence[tuple[object, ...]]
) -> "array[int]":
    first = connection.execute("select coalesce(max(id), 0) + 1 from playlist_entry").fetchone()[0]
    connection.executemany(
        f"insert into playlist_entry (id, {_ENTRY}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((first + place, playlist_id, *row) for place, row in enumerate(rows)),
    )
    return array("q", range(first, first + len(rows)))


def _prune(connection: sqlite3.Connection, playlist_id: PlaylistId) -> None:
    """Forgets old edits, and the entries that no order and no edit names any more."""
    edits = [
        row[0]
        for row in connection.execute("select id from playlist_edit where playlist_id = ? order by id", (playlist_id,))
    ]
    if len(edits) <= _PRUNED_AT:
        return
    oldest_kept = edits[-_KEPT_EDITS]
    connection.execute("delete from playlist_edit where playlist_id = ? and id < ?", (playlist_id, oldest_kept))
    named = set(_order(connection, playlist_id))
    for (taken,) in connection.execute("select taken from playlist_edit where playlist_id = ?", (playlist_id,)):
        named.update(unpacked(taken))
    known = connection.execute("select id from playlist_entry where playlist_id = ?", (playlist_id,)).fetchall()
    connection.executemany("delete from playlist_entry where id = ?", [row for row in known if row[0] not in named])


def _difference(old: "array[int]", new: "array[int]") -> tuple[int, "array[int]", int]:
    """What undoes a change: from ``start`` on, the number of new ids to replace, and the old ones to put there."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, old[start : len(old) - end], len(new) - end - start


def _order(connection: sqlite3.Connection, playlist_id: PlaylistId) -> "array[int]":
    row = connection.execute("select entry_ids from playlist where id = ?", (playlist_id,)).fetchone()
    return unpacked(row[0]) if row else array("q")


def packed(order: "array[int]") -> bytes:
    """The order of a list as it is kept."""
    return _little_end_first(order).tobytes()


def unpacked(raw: bytes) -> "array[int]":
    """The ids of a kept order.

    Raises:
        ValueError: these are no whole numbers.
    """
    order = array("q")
    order.frombytes(raw)
    return _little_end_first(order)


def _little_end_first(order: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        order = order[:]
        order.byteswap()
    return order


def _playlist(row: Sequence[Any]) -> Playlist:
    rule = SmartRule(row[3], row[4], bool(row[5]), row[6]) if row[2] else None
    return Playlist(PlaylistId(row[0]), row[1], rule, row[7], row[8], row[9])


def _entry(row: Sequence[Any]) -> PlaylistEntry:
    return PlaylistEntry(
        id=EntryId(row[0]),
        track_id=None if row[1] is None else TrackId(row[1]),
        missing=bool(row[2]),
        location=row[3] if row[1] is None else place_of(row[3]),
        title=row[4],
        artist=row[5],
        album=row[6],
        duration_ms=row[7],
        recording_key=RecordingKey(row[8]),
    )
