"""``segue scan``: what it prints and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.main import segue
from app.config.paths import default_paths
from app.storage.database import Database
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.library.sounds import put


def _scan(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(segue, ["--home", str(home), "scan", *arguments])


def test_the_report_counts_what_happened(tmp_path: Path, home: Path) -> None:
    put(tmp_path / "m/1.flac")
    put(tmp_path / "m/bad.mp3", b"")
    first = _scan(home, "--min-length", "0", str(tmp_path / "m"))
    assert first.exit_code == 0
    assert "1  read" in first.stdout
    assert "1  unreadable" in first.stdout
    assert f"{tmp_path}/m/bad.mp3\n    It is empty." in first.stdout
    assert "files a second" in first.stdout
    assert "Scanning..." in first.stderr

    again = _scan(home, "--min-length", "0")
    assert "1  unchanged" in again.stdout


def test_json_holds_the_same_numbers(tmp_path: Path, home: Path) -> None:
    root = os.fsencode(tmp_path / "m")
    put(os.path.join(root, b"caf\xe9.mp3"), b"")
    put(tmp_path / "m/1.flac")
    put(tmp_path / "m/short.wav", seconds=0.1)
    report = json.loads(_scan(home, "--json", str(tmp_path / "m")).stdout)
    assert (report["read"], len(report["unreadable"]), len(report["short"])) == (0, 1, 2)
    assert os.fsencode(report["unreadable"][0]["path"]) == os.path.join(root, b"caf\xe9.mp3")
    assert not report["cancelled"]


def test_only_the_first_unreadable_files_are_listed_unless_all_are_asked_for(tmp_path: Path, home: Path) -> None:
    for number in range(25):
        put(tmp_path / f"m/{number}.mp3", b"")
    assert "... and 5 more" in _scan(home, str(tmp_path / "m")).stdout
    assert _scan(home, "--verbose", str(tmp_path / "m")).stdout.count("It is empty.") == 25


def test_a_folder_that_does_not_exist_is_a_sentence_and_exit_code_1(tmp_path: Path, home: Path) -> None:
    result = _scan(home, str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "nowhere cannot be opened: No such file or directory." in result.stderr
    assert "Traceback" not in result.output


def test_an_empty_name_is_not_the_folder_one_is_in(home: Path) -> None:
    result = _scan(home, "")
    assert result.exit_code == 1
    assert result.stderr == "Error: An empty name is no folder.\n"


def test_one_folder_that_does_not_exist_does_not_stop_the_others_and_is_exit_code_1(tmp_path: Path, home: Path) -> None:
    put(tmp_path / "m/1.flac")
    result = _scan(home, "--min-length", "0", str(tmp_path / "nowhere"), str(tmp_path / "m"))
    assert result.exit_code == 1
    assert "1  read" in result.stdout
    assert "nowhere" in result.stderr
    result = _scan(home, "--json", str(tmp_path / "nowhere"), str(tmp_path / "m"))
    assert result.exit_code == 1
    assert "nowhere" in json.loads(result.stdout)["troubles"][0]


def test_without_any_folder_it_says_what_to_do(home: Path) -> None:
    result = _scan(home)
    assert result.exit_code == 1
    assert "Name one" in result.stderr


def test_ctrl_c_ends_in_good_order_and_keeps_what_was_read(tmp_path: Path, home: Path) -> None:
    put(tmp_path / "m/0.flac")
    put(tmp_path / "m/1.mp3", b"MPCKAA\0")
    command = [sys.executable, "-m", "app", "--home", str(home), "scan", "--min-length", "0", str(tmp_path / "m")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "Scanning...\n"
    _wait_for_reader(process.pid)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 130, err
    assert "Stopped after" in out
    assert "Traceback" not in err
    assert "1  read" in out


def _wait_for_reader(pid: int) -> None:
    """Until the tag reader has used some time: by then it is in the file that never ends."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        if children:
            fields = Path(f"/proc/{children[0]}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(fields[11]) > 50:
                return
    raise AssertionError("the tag reader did not start")


def test_what_was_removed_stays_away_until_it_is_asked_for(tmp_path: Path, home: Path) -> None:
    put(tmp_path / "m/1.flac")
    put(tmp_path / "m/2.flac", seconds=2.0)
    folder = str(tmp_path / "m")
    assert _scan(home, "--min-length", "0", folder).exit_code == 0
    database = Database(default_paths(home).database)
    tracks = TrackStore(database)
    tracks.remove([tracks.all()[0].id], 1)
    for words, count in (([], 1), ([folder], 1), (["--restore", folder], 2)):
        assert _scan(home, "--min-length", "0", *words).exit_code == 0
        assert tracks.count() == count, words
    tracks.remove([tracks.all()[0].id], 1)
    RootStore(database).leave(os.fsencode(folder))
    assert _scan(home, "--min-length", "0", folder).exit_code == 0
    assert tracks.count() == 2, "a folder that is new again comes whole"
    database.close()


def test_of_several_folders_one_that_may_not_be_looked_into_is_told_and_the_others_are_scanned(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "open/1.flac")
    put(tmp_path / "locked/2.flac")
    scandir, access = os.scandir, os.access
    locked = os.fsencode(tmp_path / "locked")

    def refused(path: bytes) -> object:
        if path == locked:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    monkeypatch.setattr(os, "access", lambda path, mode, **how: path != locked and access(path, mode, **how))
    result = _scan(home, "--min-length", "0", str(tmp_path / "locked"), str(tmp_path / "open"))
    assert result.exit_code == 1
    assert f"The folder {tmp_path}/locked cannot be opened: Permission denied." in result.stderr
    assert "1  read" in result.stdout


def test_from_a_folder_that_is_not_there_any_more_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    command = f"rmdir {tmp_path}/gone && exec {sys.executable} -m app --home {tmp_path}/home scan ."
    environ = {**os.environ, "PYTHONPATH": os.getcwd()}
    result = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path / "gone",
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (1, "The folder that you are in is not there any more.\n")
