"""Backups: whole, checked, few; and putting one back loses nothing of what was there."""

import datetime
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.config.paths import resources
from app.domain.errors import DatabaseCorrupt, DatabaseLocked, DatabaseTooNew, SegueError
from app.domain.play import Play
from app.storage import backup as backup_module
from app.storage.backup import Backup, back_up, backups, damage, described, due, newest_good, plays_in, superfluous
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.restore import Restored, is_open, restore
from app.storage.tracks import TrackStore
from tests.helpers.builders import DAY_MS, HOUR_MS, NOW_MS, a_database, a_file, a_library, a_play, some_plays

MIGRATIONS = resources() / "migrations"
PLAYS = 300


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A closed library with 100 tracks and 300 plays; the last play is at ``NOW_MS`` at most."""
    opened = a_database(tmp_path)
    some_plays(opened, a_library(opened, 100), PLAYS)
    opened.close()
    return tmp_path / "segue.db"


def made(database: Path, now_ms: int = NOW_MS, why: str = "") -> Backup:
    """A backup of now."""
    found = back_up(database, database.parent / "backups", now_ms, why=why)
    assert found is not None
    return found


def put_back(database: Path, backup: Backup, now_ms: int = NOW_MS + DAY_MS) -> Restored:
    return restore(database, backup, MIGRATIONS, now_ms)


def all_plays(database: Path) -> list[Play]:
    opened = Database(database, check=True)
    try:
        return PlayStore(opened).after(0)
    finally:
        opened.close()


def add_plays(database: Path, count: int, at_ms: int = NOW_MS + HOUR_MS) -> list[Play]:
    opened = Database(database)
    added = [PlayStore(opened).append(a_play(number % 50 + 1, at_ms + number)) for number in range(count)]
    opened.close()
    return added


def spoil(database: Path, at: float = 0.0, size: int = 3_000) -> bytes:
    """Writes nonsense into the file and gives what it is now."""
    raw = bytearray(database.read_bytes())
    start = int(len(raw) * at)
    raw[start : start + size] = b"\x5a" * size
    database.write_bytes(raw)
    return bytes(raw)


def test_a_backup_holds_what_is_still_in_the_log_and_needs_no_log_itself(tmp_path: Path) -> None:
    opened = a_database(tmp_path)
    PlayStore(opened).append(a_play(track_id=None))
    assert (tmp_path / "segue.db-wal").stat().st_size > 0
    backup = made(tmp_path / "segue.db")
    opened.close()
    assert plays_in(backup) == 1
    assert [file.name for file in (tmp_path / "backups").iterdir()] == ["segue-20251009-085320.db"]
    assert described(backup).endswith(" (1 play)")


def test_others_write_on_while_it_is_made_and_it_is_of_one_moment(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "_STEP_PAGES", 4)
    opened = Database(database)
    store, steps = PlayStore(opened), list[tuple[int, int]]()

    def write(done: int, total: int) -> None:
        steps.append((done, total))
        store.append(a_play(1, NOW_MS + done), wait_ms=0)

    backup = back_up(database, database.parent / "backups", NOW_MS, progressed=write)
    opened.close()
    assert backup is not None
    assert plays_in(backup) == PLAYS
    assert len(steps) == len(set(steps)) > 5
    assert steps[-1][0] == steps[-1][1]
    assert len(all_plays(database)) == PLAYS + len(steps)


def test_a_cancelled_backup_leaves_nothing(database: Path) -> None:
    assert back_up(database, database.parent / "backups", NOW_MS, cancelled=lambda: True) is None
    assert list((database.parent / "backups").iterdir()) == []


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = made(database, NOW_MS - DAY_MS)
    whole = old.path.read_bytes()

    def full(_source: Path, target: Path, _step: object) -> None:
        target.write_bytes(b"SQLite format 3\0 half of")
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as disk, pytest.raises(SegueError, match=r"full\. Older backups stay as they are\."):
        disk.setattr(backup_module, "copy_database", full)
        made(database)
    with monkeypatch.context() as disk, pytest.raises(SegueError, match="too little room"):
        disk.setattr(backup_module.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 100_000))
        made(database)
    assert [file.name for file in old.path.parent.iterdir()] == [old.name]
    assert old.path.read_bytes() == whole


def test_a_damaged_library_is_not_backed_up(database: Path) -> None:
    old = made(database, NOW_MS - DAY_MS)
    spoil(database, 0.4, 20_000)
    with pytest.raises(DatabaseCorrupt, match="not backed up"):
        made(database)
    assert backups(database.parent / "backups") == [old]


def test_one_is_due_when_the_last_day_has_none(database: Path) -> None:
    folder = database.parent / "backups"
    assert due(folder, NOW_MS)
    made(database, NOW_MS, why="before-0004_x")
    made(database, NOW_MS + 3 * DAY_MS)
    assert due(folder, NOW_MS + HOUR_MS), "neither one before a migration nor one from the future counts"
    made(database, NOW_MS)
    assert not due(folder, NOW_MS + HOUR_MS)
    assert due(folder, NOW_MS + DAY_MS)


def test_what_stays_is_the_newest_three_one_a_day_and_one_a_week() -> None:
    def backup(days: float, why: str = "") -> Backup:
        at = datetime.datetime(2026, 6, 28, 20, tzinfo=datetime.UTC) - datetime.timedelta(days=days)  # a Sunday
        return Backup(Path(f"/b/{at:%Y%m%d-%H%M%S}{why}"), at, why)

    every = [backup(days / 2) for days in range(200)]
    gone = {b.path for b in superfluous([*every, *(backup(days, "before-x") for days in range(5))])}
    stay = [b.made_at for b in every if b.path not in gone]
    ages = [(every[0].made_at - at).total_seconds() / 86_400 for at in stay]
    assert ages == [0, 0.5, 1, 2, 3, 4, 5, 6, 7, 14, 21]
    assert [backup(days, "before-x").path in gone for days in range(5)] == [False, False, False, True, True]
    long_ago = [backup(days) for days in (400, 500, 600)]
    assert superfluous(long_ago) == []


def test_what_a_killed_backup_left_is_taken_away_a_day_later(database: Path) -> None:
    folder = database.parent / "backups"
    folder.mkdir()
    for name, age_ms in (("old", 2 * DAY_MS), ("fresh", HOUR_MS)):
        (folder / f"segue-{name}.db.1.part").write_bytes(b"half")
        os.utime(folder / f"segue-{name}.db.1.part", ((NOW_MS - age_ms) / 1000,) * 2)
    made(database)
    assert [file.name for file in folder.glob("*.part")] == ["segue-fresh.db.1.part"]


def test_the_newest_good_one_is_found_past_damaged_ones(database: Path) -> None:
    good = made(database, NOW_MS - 2 * DAY_MS)
    spoil(made(database, NOW_MS - DAY_MS).path)
    made(database).path.write_bytes(b"")
    assert newest_good(database.parent / "backups") == good


@pytest.mark.parametrize("at", [0.0, 0.5])
def test_a_backup_takes_the_place_of_a_damaged_library_which_is_set_aside_as_it_was(database: Path, at: float) -> None:
    before = all_plays(database)
    backup = made(database)
    damaged = spoil(database, at, 30_000)

    done = put_back(database, backup)

    assert done.set_aside is not None
    assert done.set_aside.read_bytes() == damaged
    assert done.set_aside.name in str(done)
    assert all_plays(database) == before
    assert damage(backup.path) == ""
    assert not list(database.parent.glob("*.restoring*"))


def test_plays_made_after_the_backup_come_along(database: Path) -> None:
    backup = made(database)
    newer = add_plays(database, 30)
    before = all_plays(database)
    done = put_back(database, backup)
    assert done.taken.plays == 30
    assert "Taken over: 30 newer plays" in str(done)
    assert all_plays(database) == before
    assert before[-30:] == newer


def test_newer_plays_are_read_around_a_damaged_page(database: Path) -> None:
    backup = made(database)
    newer = add_plays(database, 2_000)
    with sqlite3.connect(database) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        size = connection.execute("pragma page_size").fetchone()[0]
    connection.close()
    raw = bytearray(database.read_bytes())
    start = raw.rindex(b"Track 25") // size * size
    raw[start : start + size] = b"\x5a" * size
    database.write_bytes(raw)

    done = put_back(database, backup)

    assert 1_500 < done.taken.plays < 2_000
    kept = all_plays(database)
    assert len(kept) == PLAYS + done.taken.plays
    assert {play.started_at for play in kept[PLAYS:]} <= {play.started_at for play in newer}


def test_a_track_that_the_backup_lacks_comes_along_with_its_play(database: Path) -> None:
    backup = made(database)
    opened = Database(database)
    TrackStore(opened).save([a_file("/music/new.flac", title="New")], NOW_MS)
    track = TrackStore(opened).by_path(b"/music/new.flac")
    assert track is not None
    PlayStore(opened).append(a_play(track.id, NOW_MS + 1))
    opened.close()
    put_back(database, backup)
    assert all_plays(database)[-1].track_id == track.id
    opened = Database(database)
    assert TrackStore(opened).get([track.id])[0].title == "New"
    opened.close()


def test_a_library_begun_anew_gives_its_plays_to_the_backup_of_the_old_one(database: Path) -> None:
    backup = made(database)
    old = all_plays(database)
    database.unlink()
    opened = Database(database, anew=True)
    TrackStore(opened).save([a_file("/music/other.flac", title="Other")], NOW_MS)
    PlayStore(opened).append(a_play(1, NOW_MS + DAY_MS))
    opened.close()
    assert put_back(database, backup).taken.plays == 1
    kept = all_plays(database)
    assert kept[:-1] == old
    assert kept[-1].started_at == NOW_MS + DAY_MS
    opened = Database(database)
    other = TrackStore(opened).by_path(b"/music/other.flac")
    opened.close()
    assert other is not None
    assert kept[-1].track_id == other.id


@pytest.mark.parametrize("ended", [True, False])
def test_a_play_that_was_going_on_at_the_backup_is_counted_once(database: Path, ended: bool) -> None:
    opened = Database(database)
    going_on = a_play(1, NOW_MS + 5, played_ms=10_000)
    PlayStore(opened).checkpoint(going_on)
    backup = made(database)
    if ended:
        PlayStore(opened).append(a_play(1, NOW_MS + 5))
    opened.close()
    put_back(database, backup)
    opened = Database(database)
    recovered = PlayStore(opened).recover()
    plays = PlayStore(opened).after(PLAYS)
    opened.close()
    assert [play.played_ms for play in plays] == ([200_000] if ended else [10_000])
    assert (recovered is None) is ended


def test_a_backup_is_put_in_place_where_there_is_no_library(database: Path) -> None:
    backup = made(database)
    before = all_plays(database)
    database.unlink()
    assert put_back(database, backup).set_aside is None
    assert all_plays(database) == before


def _spoil_backup(_database: Path, backup: Backup) -> None:
    spoil(backup.path)


def _from_a_newer_segue(_database: Path, backup: Backup) -> None:
    with sqlite3.connect(backup.path) as connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('segue', '9999_future', 'x')"
        )
    connection.close()


@pytest.mark.parametrize(
    ("harm", "kind", "words"),
    [(_spoil_backup, SegueError, "is damaged"), (_from_a_newer_segue, DatabaseTooNew, "newer Segue")],
)
def test_a_backup_that_is_no_good_changes_nothing(
    database: Path, harm: Callable[[Path, Backup], None], kind: type[SegueError], words: str
) -> None:
    backup = made(database)
    harm(database, backup)
    before = database.read_bytes()
    with pytest.raises(kind, match=words):
        put_back(database, backup)
    assert database.read_bytes() == before


def test_a_disk_that_fills_up_while_restoring_leaves_the_library(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = made(database)
    before, names = database.read_bytes(), set(os.listdir(database.parent))

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk, pytest.raises(SegueError, match=r"No space left on device\. The library is as"):
        disk.setattr(shutil, "copyfile", full)
        put_back(database, backup)
    assert database.read_bytes() == before
    assert set(os.listdir(database.parent)) == names


def test_a_library_that_another_process_has_open_is_not_replaced(database: Path) -> None:
    backup = made(database)
    program = (
        "import sys\nfrom pathlib import Path\nfrom app.storage.database import Database\n"
        "database = Database(Path(sys.argv[1]))\nprint('open', flush=True)\nsys.stdin.readline()\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", program, str(database)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(DatabaseLocked, match="nothing was changed"):
            put_back(database, backup)
        other.stdin.write("\n")
    assert not is_open(database)
    put_back(database, backup)
