"""The log of plays: rows are added and read, never changed; the database itself refuses anything else."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.ids import PlayId, RecordingKey, TrackId
from app.domain.play import LISTEN_MS, LISTEN_SHARE, EndedBy, Play, StartedBy
from app.domain.taste import Taste
from app.storage.database import Database

_COLUMNS = (
    "track_id, recording_key, title, artist, album, duration_ms, started_at, played_ms, "
    "started_by, ended_by, context, client, client_version, imported"
)
_TRACK = (
    "coalesce((select id from track where id = ?1), "
    "(select min(id) from track where ?1 is not null and recording_key = ?2))"
)
"""A row that has gone was that of a copy whose file another track has now: the play is that one's."""
OF_TRACK = (
    "coalesce(track_id, (select heard_before.track_id from heard_before "
    "where heard_before.recording_key = play.recording_key))"
)
"""Of a row: its track, also where that came into the library after it was heard."""
HEARD_BEFORE = (
    "heard_before cross join play indexed by play_of_recording on play.recording_key = heard_before.recording_key "
    "and play.track_id is null"
)
"""Such plays, to be asked by track. SQLite is told which way to go: left alone it goes through all of them."""
_SHOWN = _COLUMNS.replace("track_id", OF_TRACK, 1)
_INSERT = f"insert into play ({_COLUMNS}) values ({_TRACK}, {', '.join(f'?{n}' for n in range(2, 15))})"
_RETURNING = f"{_INSERT} returning id, track_id"
_IN_PROGRESS = (
    "track_id, recording_key, title, artist, album, duration_ms, started_at, played_ms, started_by, ended_by, "
    "context, client, client_version"
)
SEGUE = "segue"
"""Whose play in progress it is, where it is our own player's."""


def _row(play: Play) -> tuple[Any, ...]:
    return (
        play.track_id,
        play.recording_key,
        play.title,
        play.artist,
        play.album,
        play.duration_ms,
        play.started_at,
        play.played_ms,
        play.started_by,
        play.ended_by,
        play.context,
        play.client,
        play.client_version,
        play.imported,
    )


def _play(row: Sequence[Any]) -> Play:
    return Play(
        track_id=None if row[1] is None else TrackId(row[1]),
        recording_key=RecordingKey(row[2]),
        title=row[3],
        artist=row[4],
        album=row[5],
        duration_ms=row[6],
        started_at=row[7],
        played_ms=row[8],
        started_by=StartedBy(row[9]),
        ended_by=EndedBy(row[10]),
        context=row[11],
        client=row[12],
        client_version=row[13],
        imported=bool(row[14]),
        id=PlayId(row[0]),
    )


LISTEN = (
    f"case when duration_ms > 0 then played_ms >= min(duration_ms * {LISTEN_SHARE}, {LISTEN_MS}) "
    f"else played_ms >= {LISTEN_MS} end"
)
"""Whether a row is a listen: the rule of ``is_listen`` in SQL."""
KEY_NOW = "coalesce(t.recording_key, p.recording_key)"
"""What a play ``p`` of a track ``t`` counts for: what its track is now, else what it was then.

Its track is the one by :data:`OF_TRACK`."""
SOON_MS = 2_000
"""So long a play waits for other writers, a scan above all, before it says so and tries again with the next."""


class PlayStore:
    """Reads and adds to the ``play`` table, and keeps the play that is going on."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def append(self, play: Play, wait_ms: int = SOON_MS, owner: str = SEGUE) -> Play:
        """Adds one play, clears its owner's play in progress with it, and gives the play its id."""
        with self._db.write(wait_ms) as connection:
            connection.execute("delete from play_in_progress where owner = ?", (owner,))
            play_id, track_id = connection.execute(_RETURNING, _row(play)).fetchone()
        return replace(play, id=PlayId(play_id), track_id=track_id)

    def append_many(self, plays: Sequence[Play]) -> None:
        """Adds many plays at once: an import."""
        with self._db.write() as connection:
            connection.executemany(_INSERT, [_row(play) for play in plays])

    def checkpoint(self, play: Play, wait_ms: int = SOON_MS, owner: str = SEGUE) -> None:
        """Keeps the play that is going on; a crash loses no more than what came after the last call."""
        with self._db.write(wait_ms) as connection:
            connection.execute(
                f"insert or replace into play_in_progress (owner, {_IN_PROGRESS}) values ({', '.join('?' * 14)})",
                (owner, *_row(play)[:13]),
            )

    def recover(self, owner: str = SEGUE) -> Play | None:
        """Turns the play that a crash cut off into a row of the log, once; ``None`` where there was none."""
        with self._db.write() as connection:
            found = _in_progress(connection, owner)
            connection.execute("delete from play_in_progress where owner = ?", (owner,))
            if found is None or found.played_ms == 0:  # cut off as it began: nobody heard it
                return None
            play_id, track_id = connection.execute(_RETURNING, _row(found)).fetchone()
        return replace(found, id=PlayId(play_id), track_id=track_id)

    def forget(self, owner: str) -> None:
        """Lets go of the play that is going on: nothing of it is kept."""
        with self._db.write(SOON_MS) as connection:
            connection.execute("delete from play_in_progress where owner = ?", (owner,))

    def in_progress(self, owner: str = SEGUE) -> Play | None:
        """The play that was going on when Segue ended, as far as it had come; it stays kept."""
        with self._db.read() as connection:
            return _in_progress(connection, owner)

    def others_in_progress(self) -> list[str]:
        """The owners of plays in progress that are not Segue's own."""
        with self._db.read() as connection:
            rows = connection.execute("select owner from play_in_progress where owner <> ? order by owner", (SEGUE,))
            return [owner for (owner,) in rows]

    def count(self) -> int:
        """How many plays there are."""
        with self._db.read() as connection:
            return int(connection.execute("select count(*) from play").fetchone()[0])

    def last_id(self) -> int:
        """The id of the play that was added last; 0: there is none."""
        with self._db.read() as connection:
            return int(connection.execute("select coalesce(max(id), 0) from play").fetchone()[0])

    def recent(self, limit: int, before_id: int | None = None) -> list[Play]:
        """The newest plays first."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select id, {_SHOWN} from play where id < ? order by started_at desc, id desc limit ?",
                (before_id if before_id is not None else 1 << 62, limit),
            )
            return [_play(row) for row in rows]

    def recent_recordings(self, limit: int) -> list[RecordingKey]:
        """What the newest plays are of, each counting for what its track is now; the newest first."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select {KEY_NOW} from (select id, {OF_TRACK} as of_track, recording_key, started_at from play "
                "order by started_at desc, id desc limit ?) as p left join track as t on t.id = p.of_track "
                "order by p.started_at desc, p.id desc",
                (limit,),
            )
            return [RecordingKey(key) for (key,) in rows]

    def between(self, since_ms: int, until_ms: int, limit: int) -> list[Play]:
        """The plays that began in a time, its end not included, the newest first."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select id, {_SHOWN} from play where started_at >= ? and started_at < ? "
                "order by started_at desc, id desc limit ?",
                (since_ms, until_ms, limit),
            )
            return [_play(row) for row in rows]

    def after(self, play_id: int, most: int = -1) -> list[Play]:
        """The plays with a larger id, in the order they were added: what is new since; ``most``: the first of them."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select id, {_SHOWN} from play where id > ? order by id limit ?", (play_id, most)
            )
            return [_play(row) for row in rows]

    def tastes(self) -> dict[RecordingKey, Taste]:
        """Every recording ever played, with its plays, listens and skips; files that failed say nothing.

        A play counts for what its track is now: the tags may have been mended since.
        """
        with self._db.read() as connection:
            rows = connection.execute(
                f"select {KEY_NOW} as recording, sum(plays), sum(listens), sum(skips), max(last) "
                f"from (select {OF_TRACK} as of_track, recording_key, count(*) as plays, sum({LISTEN}) as listens, "
                f"sum(ended_by in ('skipped', 'rejected') and not ({LISTEN})) as skips, max(started_at) as last "
                "from play where ended_by <> 'failed' group by recording_key, of_track) as p "
                "left join track as t on t.id = p.of_track group by recording"
            )
            return {RecordingKey(row[0]): Taste(*row[1:]) for row in rows}

    def played_counts(self) -> dict[TrackId, tuple[int, int]]:
        """Track id to (number of plays, time of the last in ms) over all plays that did not fail."""
        with self._db.read() as connection:
            rows = connection.execute(
                f"select {OF_TRACK} as of_track, count(*), max(started_at) from play "
                "where ended_by <> 'failed' and of_track is not null group by of_track"
            )
            return {TrackId(i): (count, last) for i, count, last in rows}


def _in_progress(connection: sqlite3.Connection, owner: str) -> Play | None:
    row = connection.execute(f"select {_IN_PROGRESS} from play_in_progress where owner = ?", (owner,)).fetchone()
    return _play((None, *row, False)) if row else None
