"""What was heard before its file was here: plays without a track, and the track that they turn out to be of.

Whoever adds tracks or gives them other names asks here, in the same transaction: one question for all of them, by the
names that the plays are kept under. Nothing is written into the log; all of it can be found again.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.ids import RecordingKey, TrackId
from app.domain.recording import SAME_LENGTH_MS, begins, is_called, names_of
from app.storage.database import Database
from app.storage.plays import HEARD_BEFORE, LISTEN

_AT_ONCE = 2_000
_LAST = "\U0010ffff"
_AMONG = "in (select value from json_each(?))"
_TRACKS = (
    "select id, recording_key, artist, album_artist, title, album, duration_ms, removed_at is not null "
    f"from track where id {_AMONG}"
)
_CALLED = (
    "select json_extract(value, '$[0]'), play.recording_key, min(play.album), max(play.duration_ms), "
    "min(abs(play.duration_ms - json_extract(value, '$[3]'))) "
    "from json_each(?) cross join play indexed by play_of_recording "
    "on play.recording_key >= json_extract(value, '$[1]') "
    "and play.recording_key < json_extract(value, '$[2]') and play.track_id is null group by 1, 2"
)
_OWNER = (
    "select track_id, removed_at is not null from heard_before join track on track.id = track_id "
    "where heard_before.recording_key = ?"
)
_FORGET_COUNTS = f"delete from listen_count where track_id {_AMONG}"
_COUNT = (
    "insert into listen_count (recording_key, track_id, listens) select track.recording_key, track.id, count(*) from ("
    f"select track_id as id from play where track_id {_AMONG} and {LISTEN} union all "
    f"select heard_before.track_id from {HEARD_BEFORE} where heard_before.track_id {_AMONG} and {LISTEN}) "
    "join track using (id) group by track.id"
)
_FORGET_STRANGERS = f"delete from listen_count where track_id = 0 and recording_key {_AMONG}"
_COUNT_STRANGERS = (
    "insert into listen_count (recording_key, track_id, listens) select recording_key, 0, count(*) "
    f"from play indexed by play_of_recording where track_id is null and recording_key {_AMONG} and {LISTEN} "
    "and recording_key not in (select recording_key from heard_before) group by recording_key"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A track, as its names and its length tell it."""

    id: TrackId
    key: RecordingKey
    artist: str
    album_artist: str
    title: str
    album: str
    duration_ms: int
    removed: bool

    def beginnings(self) -> list[str]:
        """What the keys of its names begin with."""
        artists = dict.fromkeys(filter(None, (self.artist, self.album_artist)))
        return [begins(artist, self.title) for artist in artists] if self.title else []

    def ranges(self) -> Iterator[tuple[int, str, str, int]]:
        """Where its plays may stand in the order of keys: under its own, and under those of its names."""
        yield self.id, self.key, self.key + "\x01", self.duration_ms
        for beginning in self.beginnings():
            yield self.id, beginning, beginning + _LAST, self.duration_ms

    def is_meant(self, key: RecordingKey, length_ms: int, apart_ms: int) -> bool:
        """Whether plays under this key are its own, as the companion and an import would find it."""
        as_long = not length_ms or not self.duration_ms or apart_ms <= SAME_LENGTH_MS
        return key == self.key or (as_long and any(is_called(key, beginning) for beginning in self.beginnings()))


def find_heard(connection: sqlite3.Connection, ids: Iterable[TrackId]) -> None:
    """Tracks that came or got other names get the plays of what was heard before, and lose those of other names.

    Cost: a search by its names a track, in one question for all. Nothing is asked here where every play has a track:
    see :data:`app.storage.scanned.ANYTHING_HEARD`.
    """
    asked = json.dumps(list(ids))
    before = dict(
        connection.execute(f"select recording_key, track_id from heard_before where track_id {_AMONG}", (asked,))
    )
    connection.execute(f"delete from heard_before where track_id {_AMONG}", (asked,))
    tracks = [_Named(*row) for row in connection.execute(_TRACKS, (asked,))]
    after = _take(connection, tracks, before)
    if let_go := before.keys() - after.keys():
        after |= _take(connection, _called_like(connection, let_go), before)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    if changed:
        owners = {one[key] for one in (before, after) for key in changed if key in one}
        count_anew(connection, owners, changed)


def ids_of(connection: sqlite3.Connection, after: int, paths: Iterable[bytes]) -> Iterator[TrackId]:
    """The tracks that were added after one, and those of these paths; looked up once they are wanted."""
    for (track_id,) in connection.execute("select id from track where id > ?", (after,)):
        yield TrackId(track_id)
    for path in paths:
        yield TrackId(connection.execute("select id from track where path = ?", (path,)).fetchone()[0])


def count_anew(connection: sqlite3.Connection, ids: Iterable[TrackId], strangers: Iterable[RecordingKey] = ()) -> None:
    """Listens of these tracks, and of these recordings that are no track's, counted from the log."""
    tracks, keys = json.dumps(list(ids)), json.dumps(list(strangers))
    connection.execute(_FORGET_COUNTS, (tracks,))
    connection.execute(_FORGET_STRANGERS, (keys,))
    connection.execute(_COUNT, (tracks, tracks))
    connection.execute(_COUNT_STRANGERS, (keys,))


def _take(
    connection: sqlite3.Connection, tracks: Sequence[_Named], before: dict[RecordingKey, TrackId]
) -> dict[RecordingKey, TrackId]:
    """Gives each recording that was heard to the track that is most like it; one that has it already keeps it.

    Unless the listener took that one out of the library: then it gives way, and is noted in ``before``.
    """
    by_id = {track.id: track for track in tracks}
    best: dict[RecordingKey, tuple[tuple[bool, bool, bool, int, int], TrackId]] = {}
    asked = json.dumps([place for track in tracks for place in track.ranges()])
    for track_id, key, album, length_ms, apart_ms in connection.execute(_CALLED, (asked,)).fetchall():
        track = by_id[track_id]
        if not track.is_meant(key, length_ms, apart_ms):
            continue
        order = track.removed, before.get(key) != track_id, track.album != album, apart_ms, track_id
        if key not in best or order < best[key][0]:
            best[key] = order, track_id
    taken = dict[RecordingKey, TrackId]()
    for key, (_, track_id) in best.items():
        owner, may_go = connection.execute(_OWNER, (key,)).fetchone() or (None, True)
        if may_go:
            taken[key] = track_id
            if owner is not None:
                before[key] = owner
    connection.executemany("insert or replace into heard_before (recording_key, track_id) values (?, ?)", taken.items())
    return taken


def _called_like(connection: sqlite3.Connection, keys: Iterable[RecordingKey]) -> list[_Named]:
    """Other tracks that may be what was let go."""
    found: set[TrackId] = set()
    for key in keys:
        names = names_of(key) or key
        rows = connection.execute(
            "select id from track where recording_key >= ? and recording_key < ?", (names, names + _LAST)
        )
        found.update(track_id for (track_id,) in rows)
    return [_Named(*row) for row in connection.execute(_TRACKS, (json.dumps(list(found)),))]


class HeardBefore:
    """Looks through all tracks, after an upgrade or when plays came out of another library."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def find_all(self, stopped: Callable[[], bool]) -> Iterator[int]:
        """Yields how many tracks were looked at; after a stop the next scan begins again."""
        count, last = 0, 0
        while ids := self._after(last):
            with self._db.write() as connection:
                find_heard(connection, ids)
            count, last = count + len(ids), ids[-1]
            yield count
            if stopped():
                return
        with self._db.write() as connection:
            connection.execute("update form set heard = 1")

    def _after(self, last: TrackId | int) -> list[TrackId]:
        with self._db.read() as connection:
            rows = connection.execute("select id from track where id > ? order by id limit ?", (last, _AT_ONCE))
            return [TrackId(track_id) for (track_id,) in rows]
