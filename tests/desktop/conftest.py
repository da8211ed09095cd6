"""A session bus of our own, and the whole app over a small folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.wiring import Wiring
from tests.desktop.bus import Desktop, a_bus
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
