"""Segue's plug-ins in the real players: the bus starts the companion, suggestions come, plays are kept, clicks work."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.companion.plugins import PLUGINS
from app.config.paths import default_paths
from app.domain.feedback import Said
from app.domain.play import EndedBy, StartedBy
from app.qt.recommender_interface import COMPANION_NAME
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from tests.desktop.other_players import Listener
from tests.desktop.real_window import a_place, until
from tests.helpers.music import a_music_folder

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SECONDS = 12


@pytest.fixture(params=sorted(PLUGINS))
def listener(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    for program in (request.param, "Xvfb", "dbus-daemon", "pulseaudio", "openbox", "xdotool", "gdbus", "gsettings"):
        assert shutil.which(program), f"this proof needs {program}"
    folder = tmp_path_factory.mktemp("p")
    home = folder / "listener"
    home.mkdir()
    with a_place(folder, home / ".local/share/dbus-1/services") as place:
        yield Listener(place, home, request.param)


def test_a_plugin_brings_suggestions_and_keeps_plays(listener: Listener, tmp_path: Path) -> None:
    music = a_music_folder(tmp_path / "music", artists=3, albums=2, tracks=3, seconds=SECONDS)
    files = sorted(music.rglob("*.flac"))
    assert listener.place.segue("scan", music).returncode == 0
    installed = listener.place.segue("companion", "--install", listener.player)
    assert PLUGINS[listener.player].how in installed.stdout, installed.stderr
    with listener.player_open(music):
        until(lambda: listener.there(COMPANION_NAME), 60)  # the plug-in had the bus start it
        try:
            listener.place_window()
            assert not listener.sees("Segue Companion")  # nobody asked for its window
            listener.play(files[4])
            until(lambda: "'playing'" in listener.following() and "Song 122" in listener.following(), 20)
            until(lambda: "Song 122" in listener.ask("History", "0", "0", "5"), SECONDS + 20)
            listener.play(files[0])
            until(lambda: "Song 111" in listener.following(), 20)
            listener.place.run("sleep", "3")  # it is heard for so long
            _double_click_plays_another(listener)
            listener.click("click", "3", "sleep", "0.5", "key", "Down", "Down", "Down", "Return")
            until(lambda: bool(loved(listener)), 20)
            listener.play(files[1])
            until(lambda: "'suggestion'" in listener.ask("History", "0", "0", "5"), 20)
            listener.end_companion()
            listener.play(files[8])  # the plug-in asks again, and the bus starts the companion anew
            until(lambda: listener.there(COMPANION_NAME), 60)
            until(lambda: "Song 213" in listener.following(), 20)
        finally:
            listener.place.run("import", "-window", "root", str(listener.home / "screen.png"))
            listener.end_companion()
    _plays_are_those_that_were_heard(listener)


def test_a_companion_that_hangs_does_not_hold_the_player_up(listener: Listener, tmp_path: Path) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=3, seconds=60)
    files = sorted(music.rglob("*.flac"))
    assert listener.place.segue("scan", music).returncode == 0
    assert listener.place.segue("companion", "--install", listener.player).returncode == 0
    with listener.player_open(music):
        until(lambda: listener.there(COMPANION_NAME), 60)
        companion = listener.companion()
        os.kill(companion, signal.SIGSTOP)
        try:
            for file in files:  # each is seen before the next: the window goes on
                listener.play(file)
                until(lambda file=file: listener.sees(file.stem.partition(" ")[2]), 10)  # type: ignore[misc]
        finally:
            os.kill(companion, signal.SIGCONT)
            listener.end_companion()


def _double_click_plays_another(listener: Listener) -> None:
    def plays_another() -> bool:
        listener.place_window()
        listener.click("click", "--repeat", "2", "--delay", "80", "1", "sleep", "1")
        following = listener.following()
        return "'playing'" in following and "Song 111" not in following

    until(plays_another, 30)


def loved(listener: Listener) -> list[str]:
    database = Database(default_paths(listener.place.home).database)
    try:
        return [each.title for each in FeedbackStore(database).standing(Said.LOVE)]
    finally:
        database.close()


def _plays_are_those_that_were_heard(listener: Listener) -> None:
    database = Database(default_paths(listener.place.home).database)
    try:
        plays = {play.title: play for play in PlayStore(database).recent(10)}
    finally:
        database.close()
    assert {play.client for play in plays.values()} == {listener.player}
    whole, cut = plays["Song 122"], plays["Song 111"]
    assert whole.track_id is not None and whole.ended_by is EndedBy.FINISHED
    assert abs(whole.played_ms - SECONDS * 1_000) <= 2_000  # Rhythmbox says it plays up to 1.8 s before it sounds
    assert cut.ended_by in {EndedBy.SKIPPED, EndedBy.REPLACED} and 1_000 <= cut.played_ms < SECONDS * 1_000
    assert StartedBy.SUGGESTION in {play.started_by for play in plays.values()}
