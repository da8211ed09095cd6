"""The log of plays: added to, never changed, and nothing lost in a crash."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.play import EndedBy
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file, a_play


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    TrackStore(database).save([a_file("/1.mp3"), a_file("/2.mp3")], NOW_MS)
    yield database
    database.close()


def test_a_play_is_kept_as_it_was(database: Database) -> None:
    store = PlayStore(database)
    kept = store.append(a_play(1, context="album", ended_by=EndedBy.SKIPPED))
    assert kept.id == 1
    assert store.recent(10) == [kept]
    assert store.after(0) == [kept]


@pytest.mark.parametrize("sql", ["update play set played_ms = 0", "delete from play"])
def test_the_database_itself_refuses_to_change_the_log(database: Database, sql: str) -> None:
    store = PlayStore(database)
    store.append(a_play())
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), database.write() as connection:
        connection.execute(sql)
    assert store.count() == 1


def test_the_play_in_progress_becomes_a_row_after_a_crash_and_only_once(database: Database) -> None:
    store = PlayStore(database)
    store.checkpoint(a_play(2, played_ms=4_000, context="panel"))
    store.checkpoint(a_play(2, played_ms=8_000, context="panel"))
    recovered = store.recover()
    assert recovered is not None
    assert replace(recovered, id=None) == a_play(2, played_ms=8_000, context="panel", ended_by=EndedBy.REPLACED)
    assert store.recover() is None
    assert store.recent(9) == [recovered]


def test_a_play_that_was_cut_off_before_a_sample_was_heard_leaves_no_row(database: Database) -> None:
    store = PlayStore(database)
    store.checkpoint(a_play(2, played_ms=0))
    assert store.recover() is None
    assert store.count() == 0
    assert store.in_progress() is None


def test_a_play_that_ended_leaves_nothing_in_progress(database: Database) -> None:
    store = PlayStore(database)
    store.checkpoint(a_play(1, played_ms=4_000))
    store.append(a_play(1))
    assert store.recover() is None
    assert store.count() == 1


def test_a_killed_process_loses_no_play(tmp_path: Path, database: Database) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from app.storage.plays import PlayStore\n"
        "from tests.helpers.builders import a_database, a_play\n"
        "store = PlayStore(a_database(Path(sys.argv[1])))\n"
        "store.append(a_play(1)); store.checkpoint(a_play(2, played_ms=7_000))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == -9
    store = PlayStore(database)
    recovered = store.recover()
    assert recovered is not None
    assert recovered.played_ms == 7_000
    assert [play.track_id for play in store.after(0)] == [1, 2]


def test_counts_leave_out_what_failed(database: Database) -> None:
    store = PlayStore(database)
    store.append(a_play(1, NOW_MS))
    store.append(a_play(1, NOW_MS + 1_000))
    store.append(a_play(2, ended_by=EndedBy.FAILED, played_ms=0))
    assert store.played_counts() == {1: (2, NOW_MS + 1_000)}
