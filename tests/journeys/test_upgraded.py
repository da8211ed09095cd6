"""An upgrade of the installed program while its window is open is told once, when it is over."""

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.config import child
from app.wiring import upgraded


class Window(QObject):
    """As much of a wiring as is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.window = self.toast = self
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed program that runs, which has a second name as an open file would keep it."""
    file, kept = tmp_path / "segue", tmp_path / "kept"
    file.write_bytes(b"the one that runs")
    os.link(file, kept)
    monkeypatch.setattr("sys.executable", str(file))
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr(child, "_OWN", str(kept))
    monkeypatch.setattr(upgraded, "_SETTLES_MS", 50)
    return file


def put(program: Path, content: bytes) -> None:
    """What dpkg does: the new file is written beside, and takes the name."""
    beside = program.with_suffix(".dpkg-new")
    beside.write_bytes(content)
    os.utime(beside, (1, 1))
    beside.replace(program)


def begun(qtbot: QtBot) -> Any:
    window = Window()
    upgraded.follow_upgrade(window)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(window.children()))
    return window


def test_one_that_came_before_the_watch_is_told(program: Path, qtbot: QtBot) -> None:
    put(program, b"another one")
    window = begun(qtbot)
    qtbot.waitUntil(lambda: bool(window.said))


def test_another_program_is_told_once(program: Path, qtbot: QtBot) -> None:
    window = begun(qtbot)
    put(program, b"another one")
    qtbot.waitUntil(lambda: bool(window.said))
    assert window.said == ["Segue has been updated. Please close it and open it again."]


def test_the_same_program_once_more_is_no_news(program: Path, qtbot: QtBot) -> None:
    look = program.stat()
    window = begun(qtbot)
    beside = program.with_suffix(".dpkg-new")
    beside.write_bytes(program.read_bytes())
    os.utime(beside, ns=(look.st_atime_ns, look.st_mtime_ns))
    beside.replace(program)
    qtbot.wait(300)
    assert window.said == []


def test_a_checkout_is_not_looked_at(program: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("sys.frozen")
    window = Window()
    upgraded.follow_upgrade(window)  # type: ignore[arg-type]
    qtbot.wait(200)
    assert window.children() == []
