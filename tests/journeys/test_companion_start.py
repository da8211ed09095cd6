"""The companion as a program of its own: started through the real door, once a library, and ended in good order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.paths import default_paths
from app.config.running import COMPANION, address
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.helpers.builders import a_library
from tests.helpers.music import an_evening

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def short_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The name of a socket has a hundred letters at most."""
    home = tmp_path_factory.mktemp("c")
    database = Database(default_paths(home).database)
    a_library(database, 30)
    database.close()
    return home


def begin(home: Path, *words: str) -> subprocess.Popen[str]:
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
    command = [sys.executable, "-m", "app", "--home", str(home), *words]
    return subprocess.Popen(command, cwd=ROOT, env=around, stderr=subprocess.PIPE, text=True)


def ended(program: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = program.communicate(timeout=60)
    return program.returncode, said


def until_open(home: Path, program: str) -> None:
    door = address(default_paths(home).runtime, program)
    assert door is not None
    for _ in range(600):
        if door.exists():
            return
        time.sleep(0.05)
    raise AssertionError("it did not open")


def test_one_runs_beside_segue_a_second_start_goes_to_it_and_a_signal_ends_it(short_home: Path) -> None:
    first = begin(short_home, "companion")
    until_open(short_home, COMPANION)
    assert ended(begin(short_home, "companion"))[0] == 0
    assert ended(begin(short_home, "companion", "--hidden"))[0] == 0
    assert ended(begin(short_home, "--play-pause"))[1] == "segue: Segue is not running.\n"
    segue = begin(short_home)
    until_open(short_home, "segue")
    assert (segue.poll(), first.poll()) == (None, None), "both run at once on one library"
    for program in (segue, first):
        program.send_signal(signal.SIGTERM)
        assert ended(program)[0] == 0
    database = Database(default_paths(short_home).database)
    assert PlayStore(database).count() == 0
    database.close()


def test_a_damaged_library_is_said_and_left_to_segue(short_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("app.wiring.companion_opening.say_trouble", said.append)
    monkeypatch.setattr("app.wiring.companion_opening.begin", lambda *_: (QApplication.instance(), None))
    paths = default_paths(short_home)
    paths.make()
    paths.database.write_bytes(b"This is no database." * 500)
    from app.wiring.companion_opening import run_companion

    assert run_companion(paths, ["segue"]) == 1
    assert "damaged" in said[0]
    assert paths.database.read_bytes().startswith(b"This is no database.")


def test_the_menu_of_segue_opens_the_companion(
    qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Sequence[str]] = []

    def start(words: Sequence[str], environment: dict[str, str]) -> bool:
        started.append(words)
        return len(started) == 1

    monkeypatch.setattr("app.wiring.beside.start_program", start)
    with an_evening(qapp, qtbot, home) as segue:
        action = next(one for one in segue.window.menu().actions() if one.text() == "Segue Companion")
        action.trigger()
        assert started[0][-3:] == ("--home", str(home), "companion")
        action.trigger()
        assert segue.window.toast.words.text == "Segue Companion could not be started."
