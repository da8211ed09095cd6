"""A library that is gone while its backups are there is no new beginning."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from app.config.paths import resources
from app.domain.errors import DatabaseCorrupt
from app.storage.backup import back_up, newest_good, plays_in
from app.storage.database import Database, set_aside
from app.storage.playlists import PlaylistStore
from app.storage.plays import PlayStore
from app.storage.restore import restore
from app.storage.tracks import TrackStore
from tests.helpers.builders import HOUR_MS, NOW_MS, a_database, a_library, some_plays


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed library with 30 plays, and a backup beside it."""
    database = a_database(tmp_path)
    some_plays(database, a_library(database, 40), 30)
    database.close()
    back_up(database.path, tmp_path / "backups", NOW_MS)
    return database.path


def lose(path: Path, how: str) -> None:
    path.unlink()
    if how == "empty":
        path.touch()
    if how == "without tables":
        with sqlite3.connect(path) as connection:
            connection.execute("pragma user_version = 1")
        connection.close()


@pytest.mark.parametrize("how", ["missing", "empty", "without tables"])
def test_a_library_that_is_gone_is_no_new_one_while_a_backup_holds_plays(path: Path, how: str) -> None:
    lose(path, how)
    before = path.exists() and path.stat().st_size
    for _ in range(2):
        with pytest.raises(DatabaseCorrupt, match=r"holds 30 plays.*segue doctor --restore"):
            Database(path)
        if how != "without tables":
            assert (path.exists() and path.stat().st_size) == before


@pytest.mark.parametrize("how", ["missing", "empty", "without tables"])
def test_a_library_that_is_gone_comes_back_from_its_backup_or_begins_anew(path: Path, how: str) -> None:
    lose(path, how)
    backup = newest_good(path.parent / "backups")
    assert backup is not None
    done = restore(path, backup, resources() / "migrations", NOW_MS)
    assert (done.set_aside is None) == (how == "missing")
    database = Database(path)
    assert PlayStore(database).count() == 30
    database.close()
    lose(path, how)
    set_aside(path, "now")
    Database(path, anew=True).close()
    database = Database(path)
    assert PlayStore(database).count() == 0
    database.close()


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_log_whose_library_is_gone_is_kept_apart_from_the_backup(path: Path, how: str) -> None:
    lose(path, how)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"the last plays")
    backup = newest_good(path.parent / "backups")
    assert backup is not None
    restore(path, backup, resources() / "migrations", NOW_MS)
    assert not log.exists()
    assert [file.read_bytes() for file in path.parent.glob("*set-aside*-wal")] == [b"the last plays"]
    database = Database(path, check=True)
    assert PlayStore(database).count() == 30
    database.close()


def test_backups_that_are_damaged_or_hold_no_plays_do_not_stand_in_the_way(path: Path) -> None:
    folder = path.parent / "backups"
    for file in folder.iterdir():
        file.write_bytes(b"no backup")
    path.unlink()
    Database(path).close()
    back_up(path, folder, NOW_MS)
    path.unlink()
    Database(path).close()


@pytest.mark.parametrize("what", ["rating", "list"])
def test_a_library_without_plays_is_not_lost_either_where_something_was_rated_or_put_into_a_list(
    tmp_path: Path, what: str
) -> None:
    database, folder = a_database(tmp_path), tmp_path / "backups"
    (track, *_) = a_library(database, 3)
    back_up(database.path, folder, NOW_MS)
    if what == "rating":
        TrackStore(database).rate(track, 80)
    else:
        PlaylistStore(database).create("Mix", now_ms=NOW_MS)
    database.close()
    kept = back_up(database.path, folder, NOW_MS + HOUR_MS)
    Database(tmp_path / "other/segue.db").close()
    back_up(tmp_path / "other/segue.db", folder, NOW_MS + 2 * HOUR_MS)
    lose(database.path, "empty")
    with pytest.raises(DatabaseCorrupt, match=r"holds what you rated.*segue doctor --restore"):
        Database(database.path)
    assert newest_good(folder) == kept


def test_ratings_that_files_hold_are_nothing_to_lose(tmp_path: Path) -> None:
    database, folder = a_database(tmp_path), tmp_path / "backups"
    a_library(database, 3)
    with database.write() as connection:
        connection.execute("update track set file_rating = 80")
    database.close()
    back_up(database.path, folder, NOW_MS)
    lose(database.path, "missing")
    Database(database.path).close()


def test_the_backup_that_is_offered_holds_plays_where_any_does(path: Path, tmp_path: Path) -> None:
    empty = a_database(tmp_path / "other")
    empty.close()
    folder = path.parent / "backups"
    back_up(empty.path, folder, NOW_MS + HOUR_MS)
    chosen = newest_good(folder)
    assert chosen is not None
    assert plays_in(chosen) == 30
    shutil.rmtree(folder)
    assert newest_good(folder) is None
