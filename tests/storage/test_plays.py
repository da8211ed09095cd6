"""The log of plays: added to, never changed, and nothing lost in a crash."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.play import EndedBy
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file, a_play
from tests.helpers.older import an_older_database


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
    going = a_play(2, played_ms=8_000, context="panel", ended_by=EndedBy.REPLACED)
    store.checkpoint(replace(going, played_ms=4_000))
    store.checkpoint(going)
    recovered = store.recover()
    assert recovered is not None
    assert replace(recovered, id=None) == going
    assert store.recover() is None
    assert store.recent(9) == [recovered]


def test_a_play_that_was_cut_off_before_a_sample_was_heard_leaves_no_row(database: Database) -> None:
    store = PlayStore(database)
    store.checkpoint(a_play(2, played_ms=0))
    assert store.recover() is None
    assert store.count() == 0
    assert store.in_progress() is None


def test_each_player_has_one_play_in_progress_that_only_its_own_end_clears(database: Database) -> None:
    store = PlayStore(database)
    store.checkpoint(a_play(1, played_ms=4_000))
    store.checkpoint(a_play(2, played_ms=5_000, client="vlc"), owner="vlc 12")
    store.checkpoint(a_play(3, played_ms=6_000, client="mpv"), owner="mpv 13")
    store.append(a_play(2, client="vlc"), owner="vlc 12")
    assert store.others_in_progress() == ["mpv 13"]
    own, other = store.in_progress(), store.in_progress("mpv 13")
    assert own is not None and own.track_id == 1
    assert other is not None and (other.track_id, other.client) == (3, "mpv")
    store.forget("mpv 13")
    assert store.recover("mpv 13") is None
    recovered = store.recover()
    assert recovered is not None and recovered.track_id == 1
    assert store.count() == 2


def test_the_play_in_progress_of_an_older_segue_is_its_own_after_the_migration(tmp_path: Path) -> None:
    an_older_database(tmp_path, "0013").close()
    with closing(sqlite3.connect(tmp_path / "segue.db")) as before:
        before.execute(
            "insert into play_in_progress values (1, null, 'k', 't', 'a', 'b', 200000, 5, 4000, 'hand', 'album', "
            "'segue', '0')"
        )
        before.commit()
    database = Database(tmp_path / "segue.db")
    kept = PlayStore(database).in_progress()
    assert kept is not None
    assert (kept.recording_key, kept.title, kept.played_ms, kept.context) == ("k", "t", 4_000, "album")
    assert kept.ended_by is EndedBy.REPLACED
    assert PlayStore(database).others_in_progress() == []
    database.close()


def test_a_play_that_was_cut_off_ended_as_it_was_said_to_end_then(database: Database) -> None:
    store = PlayStore(database)
    store.checkpoint(a_play(2, played_ms=199_000, ended_by=EndedBy.FINISHED), owner="vlc 12")
    going = store.in_progress("vlc 12")
    assert going is not None and going.ended_by is EndedBy.FINISHED
    recovered = store.recover("vlc 12")
    assert recovered is not None and recovered.ended_by is EndedBy.FINISHED


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


def test_plays_count_for_what_their_track_is_called_now(database: Database) -> None:
    tracks, store = TrackStore(database), PlayStore(database)
    tracks.save([a_file("/1.mp3", title="Wrnog")], NOW_MS)
    before = tracks.all()[0]
    for heard in (200_000, 1_000):
        play = a_play(before.id, played_ms=heard, ended_by=EndedBy.SKIPPED, recording_key=before.recording_key)
        store.append(play)
    tracks.save([a_file("/1.mp3", title="Wrong")], NOW_MS)
    now = tracks.all()[0]
    store.append(a_play(now.id, NOW_MS + 5, recording_key=now.recording_key))
    store.append(replace(a_play(1, recording_key=before.recording_key), track_id=None))
    tastes = store.tastes()
    assert {key: (one.plays, one.listens, one.skips) for key, one in tastes.items()} == {
        now.recording_key: (3, 2, 1), before.recording_key: (1, 1, 0),
    }  # fmt: skip
    assert tastes[now.recording_key].last_ms == NOW_MS + 5
    assert store.recent_recordings(2) == [now.recording_key, before.recording_key]
    assert store.recent_recordings(9) == [now.recording_key, before.recording_key, *[now.recording_key] * 2]
