"""Plays are kept, also when the library cannot be written for a while."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import DatabaseLocked
from app.history.keep import History
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.helpers.builders import a_database, a_library, a_play


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


@pytest.mark.parametrize("later", ["record", "checkpoint"])
def test_a_play_that_could_not_be_written_is_written_with_what_comes_next(
    database: Database, other: sqlite3.Connection, later: str
) -> None:
    history = History(PlayStore(database))
    other.execute("begin immediate")
    for track_id in (1, 2):
        with pytest.raises(DatabaseLocked):
            history.record(a_play(track_id))
    other.execute("rollback")
    getattr(history, later)(a_play(3))
    assert [play.track_id for play in PlayStore(database).after(0)] == [1, 2, 3][: 3 if later == "record" else 2]
    history.record(a_play(4))
    assert history.count() == (4 if later == "record" else 3)


def test_the_end_waits_for_the_library_and_writes_what_is_left(database: Database, other: sqlite3.Connection) -> None:
    history = History(PlayStore(database))
    other.execute("begin immediate")
    with pytest.raises(DatabaseLocked):
        history.record(a_play(1))
    other.execute("rollback")
    history.flush()
    assert history.count() == 1
    history.flush()
    assert history.count() == 1


def test_a_play_that_can_never_be_written_is_not_in_the_way_of_others(database: Database) -> None:
    history = History(PlayStore(database))
    with pytest.raises(sqlite3.IntegrityError):
        history.record(a_play(1, played_ms=-1))
    assert history.record(a_play(2)).track_id == 2
