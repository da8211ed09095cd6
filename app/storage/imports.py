"""An import while it is made: its rows in a file of their own, sorted by time, and what the log holds around them."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.domain.errors import SegueError
from app.domain.play import Play
from app.domain.words import say
from app.storage.database import Database
from app.storage.plays import SEGUE, PlayStore

_FIELDS = "started_at, client, artist, title, album, duration_ms, played_ms, recording_mbid, ended_by"
_MOST_AROUND = 1 << 40


class GatheredRows:
    """Rows in a nameless file that goes with it: half a million of them are not held in memory."""

    def __init__(self) -> None:
        with _worded():
            self._db = sqlite3.connect("")
            self._db.execute("pragma journal_mode = off")
            self._db.execute("pragma synchronous = off")
            self._db.execute(
                "create table told (started_at integer, client text, artist text, title text, album text, "
                "duration_ms integer, played_ms integer, recording_mbid text, ended_by text)"
            )

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """More of them, in any order.

        Raises:
            SegueError: there is no room for them.
        """
        with _worded(), self._db:
            self._db.executemany(f"insert into told ({_FIELDS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def by_time(self, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
        """All of them, the earliest first; those of one moment as they came."""
        with _worded():
            found = self._db.execute(f"select {_FIELDS} from told order by started_at, rowid")
            while rows := found.fetchmany(at_once):
                yield rows

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()


class PlaysAround:
    """What the log holds near the rows of an import, and the plays that are going on."""

    def __init__(self, database: Database) -> None:
        self._plays = PlayStore(database)

    def near(self, times: Iterable[int], reach_ms: int) -> list[Play]:
        """The plays that began within reach of one of these times, which ascend; also those that go on.

        Those that go on are read first: one that ends meanwhile is then in the log.
        """
        owners = [SEGUE, *self._plays.others_in_progress()]
        going = [play for owner in owners if (play := self._plays.in_progress(owner)) is not None]
        found: list[Play] = []
        for since, until in _stretches(times, reach_ms):
            found += self._plays.between(since, until, _MOST_AROUND)
        return [*found, *going]


def _stretches(times: Iterable[int], reach_ms: int) -> Iterator[tuple[int, int]]:
    """Ascending times with their reach, those that touch as one."""
    since: int | None = None
    until = 0
    for at in times:
        if since is None or at - reach_ms > until:
            if since is not None:
                yield since, until
            since = at - reach_ms
        until = at + reach_ms
    if since is not None:
        yield since, until


@contextlib.contextmanager
def _worded() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SegueError(say("There is no room for the history while it is read ({error}).", error=error)) from error
