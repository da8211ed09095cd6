"""``segue companion --headless`` answers over the bus like the one with a window, and reads nothing before."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.config.paths import Paths, default_paths
from app.config.settings import Settings, save
from app.qt.recommender_interface import COMPANION_NAME, NAME, PATH
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from tests.desktop.bus import Desktop
from tests.desktop.companion import STREAM
from tests.desktop.fake_player import FakePlayer
from tests.desktop.recommender import good, recommended, trouble
from tests.helpers.builders import a_library, some_plays

pytestmark = pytest.mark.slow


def reads_numpy(process: subprocess.Popen[bytes]) -> bool:
    return "numpy" in Path(f"/proc/{process.pid}/maps").read_text()


@pytest.fixture
def paths(tmp_path: Path) -> Iterator[Paths]:
    paths = default_paths(tmp_path / "home")
    paths.make()
    database = Database(paths.database)
    some_plays(database, a_library(database, 200), 500)
    save(paths.settings, Settings(language="en"))
    yield paths
    database.close()


@pytest.fixture
def alone(daemon: Any, paths: Paths, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    words = [sys.executable, "-m", "app", "--home", str(tmp_path / "home"), "companion", "--headless"]
    with subprocess.Popen(words, env=environment) as companion:
        try:
            yield companion
        finally:
            companion.send_signal(signal.SIGTERM)
            assert companion.wait(30) == 0


@pytest.fixture
def asked(alone: subprocess.Popen[bytes], qtbot: QtBot) -> Desktop:
    asked = Desktop(qtbot, NAME, PATH)
    end = time.monotonic() + 60
    while asked.call("org.freedesktop.DBus.Peer", "Ping").error_name:
        assert time.monotonic() < end and alone.poll() is None
    return asked


def test_it_is_asked_like_the_one_with_a_window(asked: Desktop, alone: subprocess.Popen[bytes], paths: Paths) -> None:
    assert asked.get(NAME, "Serves").value == "companion"
    (plays,) = good(asked.call(NAME, "History", "ttu", 0, 0, 3))
    assert len(plays) == 3
    assert not reads_numpy(alone), "what was heard is read without what suggests"
    found, about = recommended(asked, [], 5)
    assert len(found) == 5 and about["heading"].value == "For you" and reads_numpy(alone)
    _, shares = good(asked.call(NAME, "Why", "s", found[0]["track"]))
    assert sum(amount for _, amount, _ in shares) == pytest.approx(found[0]["score"])
    never = found[0]["track"]
    good(asked.call(NAME, "Feedback", "ss", never, "never-track"))
    assert never not in {each["track"] for each in recommended(asked, [], 100)[0]}
    database = Database(paths.database)
    assert [each.said for each in FeedbackStore(database).all()] == ["never_track"]
    database.close()


def test_nothing_is_read_for_a_player_that_plays_while_nobody_asks(
    asked: Desktop, alone: subprocess.Popen[bytes], paths: Paths, qtbot: QtBot
) -> None:
    database = Database(paths.database)
    before = PlayStore(database).count()
    with FakePlayer("vlc") as player:
        player.play(**STREAM)
        qtbot.waitUntil(lambda: len(asked.get(NAME, "Following").value) == 1, timeout=10_000)
        qtbot.wait(600)
    qtbot.waitUntil(lambda: PlayStore(database).count() == before + 1, timeout=10_000)
    database.close()
    assert not reads_numpy(alone)


def test_the_companion_s_own_name_is_its_too_and_a_plug_in_tells_it(asked: Desktop, qtbot: QtBot) -> None:
    companion = Desktop(qtbot, COMPANION_NAME, PATH)
    good(companion.call(NAME, "Tell", "ssa{sv}", "vlc", "VLC", {}))
    assert trouble(asked.call(NAME, "Why", "s", "file://host/")) == "UnknownTrack"


def test_it_speaks_the_language_that_was_chosen(paths: Paths, request: pytest.FixtureRequest, qtbot: QtBot) -> None:
    save(paths.settings, Settings(language="zh_CN"))
    asked = request.getfixturevalue("asked")
    _, about = recommended(asked, [], 1)
    assert not about["heading"].value.isascii()
