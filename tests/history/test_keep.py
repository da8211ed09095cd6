"""Plays are kept, also when the library cannot be written for a while."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import DatabaseLocked
from app.domain.play import Play
from app.history.keep import History
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.helpers.builders import a_database, a_library, a_play
from tests.helpers.params import first


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    a_library(database, 5)
    yield database
    database.close()


@pytest.fixture
def other(database: Database) -> Iterator[sqlite3.Connection]:
    """Another program on the same file."""
    connection = sqlite3.connect(database.path, isolation_level=None)
    yield connection
    connection.close()


_SOON_MS = 20
"""So long a write waits where the library is held; those of Segue wait longer."""


def record(history: History, play: Play) -> list[Play]:
    """A play ends and is written; gives what was told of."""
    told: list[Play] = []
    history.ended(play)
    history.write(told.append, wait_ms=_SOON_MS)
    return told


@pytest.mark.parametrize("later", first(["ended", "going"]))
def test_a_play_that_could_not_be_written_is_written_with_what_comes_next(
    database: Database, other: sqlite3.Connection, later: str
) -> None:
    history, told = History(PlayStore(database)), list[Play]()
    other.execute("begin immediate")
    for track_id in (1, 2):
        with pytest.raises(DatabaseLocked):
            record(history, a_play(track_id))
    other.execute("rollback")
    getattr(history, later)(a_play(3))
    history.write(told.append)
    assert told == PlayStore(database).after(0), "of each it is told with its id"
    assert [play.track_id for play in told] == [1, 2, 3][: 3 if later == "ended" else 2]
    record(history, a_play(4))
    assert history.count() == (4 if later == "ended" else 3)


def test_the_end_waits_for_the_library_and_writes_what_is_left(database: Database, other: sqlite3.Connection) -> None:
    history = History(PlayStore(database))
    other.execute("begin immediate")
    with pytest.raises(DatabaseLocked):
        record(history, a_play(1))
    history.ended(a_play(2))
    history.going(a_play(3))
    other.execute("rollback")
    for _ in range(2):
        history.flush()
        assert history.count() == 2
        going = PlayStore(database).in_progress()
        assert going is not None
        assert going.track_id == 3


def test_how_far_a_play_has_come_waits_too_but_not_once_it_has_ended(
    database: Database, other: sqlite3.Connection
) -> None:
    history = History(PlayStore(database))
    other.execute("begin immediate")
    history.going(a_play(1, played_ms=1_000))
    with pytest.raises(DatabaseLocked):
        history.write(wait_ms=_SOON_MS)
    other.execute("rollback")
    history.write()
    going = PlayStore(database).in_progress()
    assert going is not None
    assert going.played_ms == 1_000
    history.going(a_play(1, played_ms=2_000))
    history.ended(a_play(1, played_ms=3_000))
    history.write()
    assert PlayStore(database).in_progress() is None
    assert [play.played_ms for play in history.recent(9)] == [3_000]


def test_a_play_that_can_never_be_written_is_not_in_the_way_of_others(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    history, told = History(PlayStore(database)), list[Play]()
    with pytest.raises(sqlite3.IntegrityError):
        record(history, a_play(1, played_ms=-1))
    history.ended(a_play(2))
    history.going(a_play(3))
    for _ in range(2):
        with pytest.raises(sqlite3.IntegrityError):
            history.write(told.append)
    assert [play.track_id for play in told] == [2]
    assert "can never be written" in caplog.text and "played_ms=-1" in caplog.text
    history.write(told.append)
    assert (history.count(), len(told)) == (1, 1), "and then it is let go"
    going = PlayStore(database).in_progress()
    assert going is not None and going.track_id == 3


class Breaks(PlayStore):
    """Meets a bug with some tracks, while there is one."""

    def __init__(self, database: Database, *tracks: int) -> None:
        super().__init__(database)
        self.tracks = tracks

    def append(self, play: Play, *arguments: Any) -> Play:
        self._meet(play)
        return super().append(play, *arguments)

    def checkpoint(self, play: Play, *arguments: Any) -> None:
        self._meet(play)
        super().checkpoint(play, *arguments)

    def _meet(self, play: Play) -> None:
        if play.track_id in self.tracks:
            raise MemoryError


def test_a_play_that_met_a_bug_is_written_with_the_next_call(database: Database) -> None:
    plays, told = Breaks(database, 1, 2), list[Play]()
    history = History(plays)
    for track_id in (1, 2, 3):
        history.ended(a_play(track_id))
    with pytest.raises(ExceptionGroup) as met:
        history.write(told.append)
    assert [type(each) for each in met.value.exceptions] == [MemoryError, MemoryError]
    plays.tracks = ()
    history.write(told.append)
    assert [play.track_id for play in told] == [3, 1, 2]
    assert told == plays.after(0)


def test_how_far_a_play_has_come_is_not_lost_to_a_bug(database: Database) -> None:
    plays = Breaks(database, 1)
    history = History(plays)
    history.going(a_play(1, played_ms=1_000))
    with pytest.raises(MemoryError):
        history.write()
    plays.tracks = ()
    history.write()
    going = plays.in_progress()
    assert going is not None and going.played_ms == 1_000


def test_a_bug_in_what_is_told_of_a_play_writes_it_once(database: Database) -> None:
    history = History(PlayStore(database))

    def breaks(_play: Play) -> None:
        raise ZeroDivisionError

    history.ended(a_play(1))
    history.ended(a_play(2))
    with pytest.raises(ZeroDivisionError):
        history.write(breaks)
    history.write()
    assert [play.track_id for play in PlayStore(database).after(0)] == [1, 2]
