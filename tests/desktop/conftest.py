"""A session bus of our own, and the whole app over a small folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.qt.player_watch import PlayerWatch
from app.wiring import Wiring
from tests.desktop.bus import Desktop, a_bus
from tests.desktop.companion import Stage
from tests.desktop.recommender import FakeCompanion, Served
from tests.helpers.music import a_music_folder, an_evening


@pytest.fixture
def daemon(tmp_path_factory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bus of our own, which is the session's for this test."""
    assert shutil.which("dbus-daemon"), "this proof needs the Debian package dbus"
    folder = tmp_path_factory.mktemp("b")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder / 'bus'}")
    with a_bus(folder) as daemon:
        yield daemon


@pytest.fixture
def app(daemon: Any, qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> Iterator[Wiring]:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, seconds=60)
    with an_evening(qapp, qtbot, home, music) as wiring:
        yield wiring


@pytest.fixture
def served(daemon: Any, qapp: object, tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path, FakeCompanion())
    yield one
    one.close()


@pytest.fixture
def asked(served: Served, qtbot: QtBot) -> Desktop:
    return served.start(qtbot)


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The fake players live in this process; each connection passes for a process of its own, or the one given here."""
    given: dict[str, int] = {}

    async def process_of(self: PlayerWatch, bus: object, unique: str) -> int:
        return given.get(unique, given.get("all", 100_000 + int(unique.rsplit(".", 1)[1])))

    monkeypatch.setattr(PlayerWatch, "_process_of", process_of)
    return given


@pytest.fixture
def stage(daemon: Any, processes: object, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path)
    yield stage
    stage.end()
    stage.jobs.shutdown()
    stage.database.close()
