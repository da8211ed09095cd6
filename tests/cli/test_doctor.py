"""``segue doctor``: what it finds, what it calls wrong, and that it changes nothing unless asked."""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.main import main, segue
from app.config.paths import Paths, default_paths
from app.domain.scan import RefusedFile
from app.library import doctor as doctor_module
from app.storage.backup import back_up, backups
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import HOUR_MS, NOW_MS, a_file, a_library, a_play, some_plays


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A closed library of 40 tracks with plays, whose music folder is there."""
    found = default_paths()
    found.make()
    database = Database(found.database)
    some_plays(database, a_library(database, 40), 100)
    (tmp_path / "music").mkdir()
    RootStore(database).add(os.fsencode(tmp_path / "music"), NOW_MS)
    database.close()
    return found


def doctor(*words: str) -> Result:
    return CliRunner().invoke(segue, ["doctor", *words], standalone_mode=False)


def spoil(database: Path) -> None:
    raw = bytearray(database.read_bytes())
    raw[len(raw) // 3 : len(raw) // 3 + 20_000] = b"\x5a" * 20_000
    database.write_bytes(raw)


def every_file(paths: Paths) -> dict[str, str]:
    """What lies below the data folder; SQLite's own side files come and go."""
    files = [file for file in paths.data.rglob("*") if file.is_file() and not file.name.endswith(("-wal", "-shm"))]
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_sound_library_is_said_so_and_nothing_is_changed(paths: Paths) -> None:
    before = every_file(paths)
    result = doctor()
    assert result.return_value == 0
    assert "40 tracks (0 missing), 100 plays." in result.stdout
    assert "0 backups." in result.stdout
    assert result.stdout.endswith("Nothing is wrong.\n")
    assert every_file(paths) == before


def test_without_a_library_it_says_so_and_makes_none(home: Path) -> None:
    result = doctor()
    assert (result.return_value, "There is no library yet" in result.stdout) == (0, True)
    assert not (home / "data" / "segue.db").exists()
    assert main(["doctor", "--backup"]) == 1


def test_a_damaged_library_is_wrong_and_left_as_it_is(paths: Paths) -> None:
    spoil(paths.database)
    before = every_file(paths)
    result = doctor("--json")
    assert result.return_value == 1
    assert json.loads(result.stdout)["damage"]
    assert "is damaged" in doctor().stdout
    assert every_file(paths) == before


def test_a_library_that_another_program_holds_is_not_called_damaged(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.storage.health.BUSY_MS", 0)
    monkeypatch.setattr("app.storage.lost._PATIENCE_S", 0.0)
    with contextlib.closing(sqlite3.connect(paths.database)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin immediate")
        other.execute("update track set title = 'x'")
        assert main(["doctor"]) == 1
        other.rollback()
    said = capsys.readouterr()
    assert "Another program is using Segue's library." in said.err
    assert "damaged" not in said.out
    assert doctor().return_value == 0


def test_what_is_no_database_at_all_is_wrong_too(paths: Paths) -> None:
    paths.database.write_bytes(b"This is no database." * 500)
    result = doctor()
    assert result.return_value == 1
    assert "file is not a database" in result.stdout


def test_rows_that_hang_in_the_air_and_a_search_index_that_disagrees_are_wrong(paths: Paths) -> None:
    with sqlite3.connect(paths.database) as connection:
        connection.execute("delete from track where id = (select track_id from play limit 1)")
        connection.execute("drop trigger if exists track_search_update")
        connection.execute("update track set search_text = 'another text altogether' where id = 39")
    connection.close()
    result = doctor("--json")
    told = json.loads(result.stdout)
    assert result.return_value == 1
    assert "row" in told["loose_ends"][0]
    assert "play" in told["loose_ends"][0]
    if any("track_search" in fault for fault in told["search"]):
        assert "does not agree" in told["search"][0]


def test_folders_that_are_away_are_wrong(paths: Paths, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "music")
    result = doctor()
    assert result.return_value == 1
    assert "music is away: No such file or directory." in result.stdout


def test_an_empty_folder_that_held_tracks_is_wrong_and_one_that_never_did_is_not(paths: Paths, tmp_path: Path) -> None:
    """A drive that is not plugged in leaves its mount point behind."""
    database = Database(paths.database)
    for name in ("music", "nothing"):
        RootStore(database).add(os.fsencode(tmp_path / name), NOW_MS)
        shutil.rmtree(tmp_path / name, ignore_errors=True)
        (tmp_path / name).mkdir()
    TrackStore(database).save([a_file(str(tmp_path / "music/x.flac"))], NOW_MS)
    database.close()
    told = json.loads(doctor("--json").stdout)
    assert [os.path.basename(away["path"]) for away in told["folders_away"]] == ["music"]
    assert "empty" in told["folders_away"][0]["reason"]


def test_a_disk_that_is_nearly_full_and_files_left_behind_are_wrong(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_module.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1_000))
    (paths.data / "segue.db.restoring").write_bytes(b"half")
    told = json.loads(doctor("--json").stdout)
    assert told["wrong"] == ["The disk of the library is nearly full.", "1 temporary file was left behind."]
    assert told["bytes"]["free"] == 1_000


def test_unreadable_files_and_copies_are_told_with_reasons_and_sizes_and_are_not_wrong(paths: Paths) -> None:
    database = Database(paths.database)
    bad = RefusedFile(path=b"/music/caf\xe9.mp3", size_bytes=1, mtime_ns=1, reason="It is empty.")
    RootStore(database).refuse([bad], NOW_MS)
    flac, copy, mp3 = (
        a_file(f"/copies/{name}", size=size, title="Twice", audio_hash=sound)
        for name, size, sound in (("a.flac", 5_000_000, "aa"), ("b.flac", 6_000_000, "aa"), ("c.mp3", 1_000_000, "bb"))
    )
    TrackStore(database).save([flac, copy, mp3], NOW_MS)
    database.close()

    told = json.loads(doctor("--json").stdout)
    assert [os.fsencode(file["path"]) for file in told["unreadable"]] == [bad.path]
    assert [[file["path"] for file in group] for group in told["same_sound"]] == [["/copies/a.flac", "/copies/b.flac"]]
    assert [len(group) for group in told["same_recording"]] == [3]
    result = doctor()
    assert result.return_value == 0
    assert "    It is empty." in result.stdout
    assert "6.0 MB  /copies/b.flac" in result.stdout


def test_a_backup_is_made_listed_and_put_back_with_the_plays_made_since(paths: Paths) -> None:
    assert "Backed up as segue-" in doctor("--backup").stdout
    [backup] = backups(paths.backups)
    listed = doctor("--list-backups").stdout
    assert listed.startswith(backup.name)
    assert "(100 plays)" in listed
    database = Database(paths.database)
    PlayStore(database).append(a_play(1, NOW_MS + HOUR_MS))
    database.close()
    spoil(paths.database)

    result = doctor("--restore")

    assert result.return_value == 0
    assert "is in place." in result.stdout
    assert "kept as segue.db.set-aside-" in result.stdout
    examined = doctor()
    assert examined.return_value == 0
    assert "1 library set aside, damaged or replaced; the newest 5 stay" in examined.stdout
    assert len(json.loads(doctor("--json").stdout)["set_aside"]) == 1
    database = Database(paths.database)
    assert PlayStore(database).count() >= 100
    database.close()


def test_one_backup_of_several_can_be_named_and_an_unknown_name_is_one_sentence(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    first = back_up(paths.database, paths.backups, NOW_MS)
    back_up(paths.database, paths.backups, NOW_MS + HOUR_MS)
    assert first is not None
    assert main(["doctor", "--restore", first.name]) == 0
    assert first.said in capsys.readouterr().out
    assert main(["doctor", "--restore", "segue-nothing.db"]) == 1
    assert "no backup called segue-nothing.db" in capsys.readouterr().err


def test_without_backups_there_is_nothing_to_list_or_to_put_back(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no backup yet" in doctor("--list-backups").stderr
    assert main(["doctor", "--restore"]) == 1
    assert "no backup that can be read" in capsys.readouterr().err


@pytest.mark.parametrize("empty", [False, True])
def test_a_library_that_is_gone_is_wrong_and_comes_back(
    paths: Paths, empty: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(paths.database, paths.backups, NOW_MS)
    paths.database.unlink()
    if empty:
        paths.database.touch()
    result = doctor()
    assert result.return_value == 1
    assert "holds 100 plays" in result.stdout
    assert "Nothing is wrong" not in result.stdout
    assert "holds 100 plays" in json.loads(doctor("--json").stdout)["wrong"][0]
    assert main(["tracks"]) == 1
    assert "segue doctor --restore" in capsys.readouterr().err
    assert doctor("--restore").return_value == 0
    assert doctor().return_value == 0


@pytest.mark.timeout(60)
@pytest.mark.parametrize("put", [os.mkfifo, os.mkdir])
def test_a_pipe_or_a_folder_in_the_place_of_the_library_is_a_sentence(
    paths: Paths, capsys: pytest.CaptureFixture[str], put: Callable[[Path], None]
) -> None:
    paths.database.unlink()
    put(paths.database)
    assert main(["doctor"]) == 1
    assert "it is not a regular file" in capsys.readouterr().err
