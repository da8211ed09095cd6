"""The journey of a file that is opened from macOS's Finder, which sends an event to the program that runs."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from app.config.file_uri import MOST_PATH_BYTES
from app.config.running import MOST_PATHS, Request
from app.domain.queue import PlaybackState
from app.qt.opened_files import Application
from tests.helpers.music import a_music_folder, an_evening

ROOT = Path(__file__).resolve().parents[2]
_A_START = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from app import opening
from app.__main__ import main
from app.qt.file_service import FileService

def come(*files):
    for file in files:
        QCoreApplication.sendEvent(QCoreApplication.instance(), QFileOpenEvent(file))

def begin(*given):
    begun = plain(*given)
    come("/music/first.flac", "/music/second.flac")
    return begun

def opened(_service, paths):
    if paths:
        print(list(paths), flush=True)
        if b"/music/last.flac" in paths:
            QCoreApplication.quit()
        else:
            come("/music/last.flac")

plain, opening.begin, FileService.open = opening.begin, begin, opened
main(["--home", sys.argv[1]])
"""


@pytest.fixture
def app(qapp: Application) -> Iterator[Application]:
    yield qapp
    qapp.opened_files.give_to(None)


def come(app: Application, *files: str | QUrl) -> None:
    for file in files:
        QCoreApplication.sendEvent(app, QFileOpenEvent(file))


def test_files_that_come_together_are_given_together(app: Application, qtbot: QtBot) -> None:
    given: list[tuple[bytes, ...]] = []
    app.opened_files.give_to(given.append)
    come(app, "/music/a.flac", QUrl.fromLocalFile("/music/夜曲 ё#?.flac"))
    assert given == []
    qtbot.waitUntil(lambda: bool(given))
    come(app, "/music/c.flac")
    qtbot.waitUntil(lambda: len(given) == 2)
    assert given == [(b"/music/a.flac", os.fsencode("/music/夜曲 ё#?.flac")), (b"/music/c.flac",)]


def test_files_that_come_before_anybody_takes_them_wait(app: Application, qtbot: QtBot) -> None:
    come(app, "/music/a.flac")
    QCoreApplication.processEvents()
    given: list[tuple[bytes, ...]] = []
    app.opened_files.give_to(given.append)
    qtbot.waitUntil(lambda: given == [(b"/music/a.flac",)])
    app.opened_files.give_to(None)
    come(app, "/music/b.flac")
    QCoreApplication.processEvents()
    assert len(given) == 1
    app.opened_files.give_to(given.append)
    qtbot.waitUntil(lambda: given[1:] == [(b"/music/b.flac",)])


def test_what_is_no_file_of_this_machine_is_dropped(app: Application, qtbot: QtBot) -> None:
    given: list[tuple[bytes, ...]] = []
    app.opened_files.give_to(given.append)
    far = (QUrl("https://example.org/a.flac"), QUrl("smb://host/a.flac"), QUrl.fromLocalFile("//host/share/a.flac"))
    come(app, "", "relative.flac", "/nul\0.flac", "/" + "x" * MOST_PATH_BYTES, *far)
    come(app, *(f"/music/{number}" for number in range(MOST_PATHS + 5)))
    qtbot.waitUntil(lambda: bool(given))
    (paths,) = given
    assert len(paths) == MOST_PATHS
    assert all(path.startswith(b"/music/") for path in paths)


def test_a_file_of_the_finder_plays_at_once(app: Application, qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=2, seconds=30)
    with an_evening(app, qtbot, home, music) as wiring:
        app.opened_files.give_to(lambda paths: wiring.desktop.asked(Request("open", paths)))
        come(app, *map(str, sorted(music.rglob("*.flac"))))
        qtbot.waitUntil(lambda: wiring.playback.state is PlaybackState.PLAYING, timeout=10_000)
        qtbot.waitUntil(lambda: len(wiring.playback.entries()) == 2, timeout=10_000)
        app.opened_files.give_to(None)


def test_a_start_takes_the_files_that_came_before_its_window_and_those_after(home: Path) -> None:
    around = os.environ | {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
    done = subprocess.run(
        [sys.executable, "-c", _A_START, str(home)],
        cwd=ROOT,
        env=around,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = [ast.literal_eval(line) for line in done.stdout.splitlines()]
    assert said == [[b"/music/first.flac", b"/music/second.flac"], [b"/music/last.flac"]]
