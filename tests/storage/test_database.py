"""The database: up to date, all or nothing, and clear words when something is wrong."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.config.paths import resources
from app.domain.errors import DatabaseCorrupt, DatabaseLocked, DatabaseTooNew, SegueError
from app.storage import backup
from app.storage.backup import backups, plays_in
from app.storage.database import Database, set_aside
from app.storage.migrations import apply, statements
from tests.helpers.builders import a_database, a_library

ROOT = Path(__file__).resolve().parents[2]


def test_it_is_write_ahead_logged_and_migrated_once(tmp_path: Path) -> None:
    a_database(tmp_path).close()
    database = a_database(tmp_path)
    with database.read() as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        names = [row[0] for row in connection.execute("select name from _sqlite_migrations")]
    assert names == sorted(file.stem for file in (resources() / "migrations").glob("*.sql"))
    database.close()


def test_a_new_library_is_what_sqlite_utils_would_have_made(tmp_path: Path) -> None:
    database, other = a_database(tmp_path), sqlite3.connect(tmp_path / "other.db")
    apply(other, resources() / "migrations")
    everything = "select type, name, tbl_name, sql from sqlite_master order by type, name"
    recorded = "select id, migration_set, name, length(applied_at) from _sqlite_migrations"
    for question in (everything, recorded):
        with database.read() as connection:
            assert connection.execute(question).fetchall() == other.execute(question).fetchall()
    other.close()
    database.close()


def test_a_new_library_is_made_without_numpy(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from app.storage.database import Database; "
        f"Database(Path({str(tmp_path / 'segue.db')!r})).close(); "
        "assert not {'numpy', 'sqlite_utils'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    with pytest.raises(ValueError, match="stop"), database.write() as connection:
        connection.execute("insert into root (path, added_at) values (x'00', 1)")
        raise ValueError("stop")
    with database.read() as connection:
        assert connection.execute("select count(*) from root").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize("raw", [b"this is no database, only text\n" * 200, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_file_that_is_no_database_is_kept_and_copied_aside(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "segue.db"
    path.write_bytes(raw)
    with pytest.raises(DatabaseCorrupt, match="damaged"):
        Database(path)
    assert path.read_bytes() == raw
    copies = [p for p in tmp_path.iterdir() if ".damaged-" in p.name]
    assert [p.read_bytes() for p in copies] == [raw]
    with pytest.raises(DatabaseCorrupt):
        Database(path)
    assert len([p for p in tmp_path.iterdir() if ".damaged-" in p.name]) == 1


def test_damage_in_the_middle_is_found_by_the_check(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    a_library(database, 500)
    database.close()
    path = tmp_path / "segue.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 3 : len(raw) // 3 + 20_000] = b"\x5a" * 20_000
    path.write_bytes(raw)
    with pytest.raises(DatabaseCorrupt):
        Database(path, check=True)


def test_a_damaged_file_can_be_set_aside_and_a_new_one_made(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    path.write_bytes(b"junk" * 5000)
    kept = set_aside(path, "now")
    Database(path).close()
    assert kept.read_bytes() == b"junk" * 5000


def test_a_locked_database_is_said_so(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    other = sqlite3.connect(tmp_path / "segue.db")
    other.execute("begin immediate")
    with pytest.raises(DatabaseLocked, match="Another program"), database.write(wait_ms=50):
        pass
    other.rollback()
    with database.write() as connection:
        connection.execute("insert into root (path, added_at) values (x'00', 1)")
    other.close()
    database.close()


def test_a_database_from_a_newer_segue_is_left_alone(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    with database.write() as connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('segue', '9999_future', 'x')"
        )
    database.close()
    with pytest.raises(DatabaseTooNew, match="newer"):
        a_database(tmp_path)


def test_a_copy_is_kept_before_a_migration(tmp_path: Path) -> None:
    a_database(tmp_path).close()
    folder = tmp_path / "migrations"
    shutil.copytree(resources() / "migrations", folder)
    (folder / "9998_more.sql").write_text("create table more (x integer);")
    Database(tmp_path / "segue.db", folder).close()
    [copy] = backups(tmp_path / "backups")
    assert copy.why == "before-9998_more"
    assert plays_in(copy) == 0
    with sqlite3.connect(copy.path) as connection:
        assert "more" not in {row[0] for row in connection.execute("select name from sqlite_master")}
    connection.close()


def test_without_room_for_that_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_database(tmp_path).close()
    folder = tmp_path / "migrations"
    shutil.copytree(resources() / "migrations", folder)
    (folder / "9998_more.sql").write_text("create table more (x integer);")
    with monkeypatch.context() as disk, pytest.raises(SegueError, match="too little room"):
        disk.setattr(backup.shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(9, 9, 0))
        Database(tmp_path / "segue.db", folder)
    assert list((tmp_path / "backups").iterdir()) == []
    Database(tmp_path / "segue.db", folder).close()


_OPEN = """
import sys
from pathlib import Path
from app.storage.database import Database
print("ready", flush=True)
sys.stdin.readline()
Database(Path(sys.argv[1])).close()
"""


def test_two_that_open_a_new_home_at_the_same_time_share_it(tmp_path: Path) -> None:
    for number in range(4):
        path = tmp_path / str(number) / "segue.db"
        both = [
            subprocess.Popen(
                [sys.executable, "-c", _OPEN, str(path)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        for process in both:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in both:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        assert [process.communicate(timeout=60)[1] for process in both] == ["", ""]
        database = Database(path, check=True)
        with database.read() as connection:
            names = [row[0] for row in connection.execute("select name from _sqlite_migrations")]
        assert names == sorted(file.stem for file in (resources() / "migrations").glob("*.sql"))
        database.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    a_database(tmp_path).close()
    folder = tmp_path / "migrations"
    shutil.copytree(resources() / "migrations", folder)
    (folder / "9998_bad.sql").write_text("create table more (x integer); create table more (x integer);")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Database(tmp_path / "segue.db", folder)
    database = a_database(tmp_path)
    names = {row[0] for row in database.here().execute("select name from sqlite_master")}
    assert "more" not in names
    database.close()


def test_each_thread_has_its_own_connection_and_can_give_it_back(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    seen: list[int] = []

    def work() -> None:
        seen.append(id(database.here()))
        database.close_here()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen != [id(database.here())]
    assert len(database._open) == 1
    database.close()


def test_a_script_is_split_at_whole_statements() -> None:
    script = "create trigger t after insert on a begin select 1; select 2; end; select 'a;b';"
    assert [s.strip()[:14] for s in statements(script)] == ["create trigger", "select 'a;b';"]


def test_nothing_is_added_to_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table track (title)")
    connection.close()
    with pytest.raises(DatabaseCorrupt):
        Database(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == [("track",)]
    connection.close()


def test_a_copy_that_cannot_be_finished_is_not_taken_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "segue.db"
    path.write_bytes(b"this is no database, only text\n" * 200)

    def fill_up(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:10])
        raise OSError("No space left on device")

    with monkeypatch.context() as disk, pytest.raises(DatabaseCorrupt, match="no copy could be made"):
        disk.setattr(shutil, "copy2", fill_up)
        Database(path)
    assert [file.name for file in tmp_path.iterdir()] == ["segue.db"]
    with pytest.raises(DatabaseCorrupt, match="a copy is kept"):
        Database(path)
