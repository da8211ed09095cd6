"""An upgrade of the installed program while its window is open is told once it is over, with a way to the new one."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.config import child
from app.config.child import has_been_replaced
from app.config.paths import default_paths
from app.wiring import upgraded


class Window(QObject):
    """As much of a wiring as is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.window = self.toast = self
        self.said: list[str] = []
        self.press: Callable[[], None] = lambda: None
        self.again: tuple[str, ...] | None = None
        self.visible, self.ended, self.heard = True, False, False

    def keep(self, sentence: str, _words: str, act: Callable[[], None]) -> None:
        self.said.append(sentence)
        self.press = act

    def isVisible(self) -> bool:
        return self.visible

    def quit(self) -> None:
        self.ended = True


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


def begun(qtbot: QtBot, *words: str, visible: bool = True) -> Any:
    window = Window()
    window.visible = visible
    upgraded.follow_upgrade(window, words, lambda: not window.heard)  # type: ignore[arg-type]
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
    assert window.said == ["Segue has been updated. What is new comes with a restart."]
    assert (window.again, window.ended) == (None, False)
    window.press()
    assert (window.again, window.ended) == ((), True)


def test_the_companion_is_started_again_as_such(program: Path, qtbot: QtBot) -> None:
    window = begun(qtbot, "companion")
    put(program, b"another one")
    qtbot.waitUntil(lambda: bool(window.said))
    window.press()
    assert (window.again, window.ended) == (("companion",), True)


def test_one_that_nobody_sees_gives_its_place_to_the_newer_one(program: Path, qtbot: QtBot) -> None:
    window = begun(qtbot, "companion", visible=False)
    put(program, b"another one")
    qtbot.waitUntil(lambda: window.ended)
    assert (window.again, window.said) == (("companion", "--hidden"), [])


def test_it_does_so_between_two_plays(program: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgraded, "_AGAIN_MS", 20)
    asked: list[bool] = []
    window = begun(qtbot, "companion", visible=False)
    window.heard = True
    monkeypatch.setattr(upgraded, "has_been_replaced", lambda: asked.append(window.heard) or has_been_replaced())
    put(program, b"another one")
    qtbot.waitUntil(lambda: len(asked) > 3)
    assert not window.ended
    window.heard = False
    qtbot.waitUntil(lambda: window.ended)
    assert window.again == ("companion", "--hidden")


def test_music_that_plays_behind_a_hidden_window_goes_on(program: Path, qtbot: QtBot) -> None:
    window = begun(qtbot, visible=False)
    put(program, b"another one")
    qtbot.waitUntil(lambda: bool(window.said))
    assert not window.ended


def test_what_is_started_is_the_program_in_its_place_on_its_own(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[object, dict[str, str]]] = []
    monkeypatch.setattr(upgraded, "start_program", lambda *asked: started.append(asked) or True)
    upgraded.begin_again(default_paths(tmp_path), ("companion", "--hidden"))
    words, environment = started[0]
    assert words == (str(program), "--home", str(tmp_path), "companion", "--hidden")
    assert environment["PYINSTALLER_RESET_ENVIRONMENT"] == "1"


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
