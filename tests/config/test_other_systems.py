"""What Segue asks of the system has another way, or a word, where there is no such thing. Nobody has tried it there."""

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main as terminal
from app.config import child, limits, only_one
from app.domain.errors import SegueError
from app.library import edit

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_every_module_can_be_imported_and_a_start_begins(system: str) -> None:
    """One is imported too many where this fails: see :mod:`tests.config.other_system`."""
    command = [sys.executable, "-m", "tests.config.other_system", system]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert int(done.stdout) > 300


def test_windows_is_asked_for_no_process_with_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.config.child.os", types.SimpleNamespace(name="nt"))
    with pytest.raises(OSError, match=r"Windows"):
        child.start_child("app.playback.sound_worker", "3", keep=(3,))


def test_windows_is_never_asked_whether_a_process_lives_by_a_call_that_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def kill(*_words: object) -> None:
        raise AssertionError("on Windows this ends the process")

    fake = types.SimpleNamespace(name="nt", getpid=os.getpid, kill=kill)
    monkeypatch.setattr(edit, "os", fake)
    assert edit._is_alive(edit._LEFT_OVER + b"123456789")


def test_a_file_has_one_process_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "lock").open("wb") as one, (tmp_path / "lock").open("wb") as other:
        only_one.take(one)
        with pytest.raises(OSError):
            only_one.take(other)
        monkeypatch.setitem(sys.modules, "fcntl", None)
        asked: list[object] = []
        windows = types.SimpleNamespace(LK_NBLCK=2, locking=lambda *words: asked.append(words))
        monkeypatch.setitem(sys.modules, "msvcrt", windows)
        only_one.take(other)
        assert asked == [(other.fileno(), 2, 1)]


def test_a_limit_that_is_refused_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """macOS refuses the limit of addresses."""
    kept: dict[int, tuple[int, int]] = {}

    def setrlimit(which: int, most: tuple[int, int]) -> None:
        if which == 9:
            raise ValueError("current limit exceeds maximum limit")
        kept[which] = most

    fake = types.SimpleNamespace(RLIMIT_AS=9, RLIMIT_CORE=4, RLIMIT_CPU=0, setrlimit=setrlimit)
    monkeypatch.setitem(sys.modules, "resource", fake)
    limits.limit_this_process(1 << 30, 30)
    assert kept == {4: (0, 0), 0: (30, 30)}


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_there_is_no_menu_to_install_into(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setattr(sys, "platform", system)
    said = CliRunner().invoke(terminal.segue, ["install"]).exception
    assert isinstance(said, SegueError)
    assert "no such menu" in str(said)
    assert not (tmp_path / "share").exists()
