"""What the companion asks the disk keeps no thread waiting, and what it asked of the bus is given back."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dbus_fast import Variant
from pytestqt.qtbot import QtBot

from app.qt import companion_service, player_look
from app.storage.tracks import TrackStore
from tests.desktop.companion import NUIT, Stage
from tests.desktop.fake_player import FakePlayer

pytestmark = pytest.mark.slow


class Drive:
    """A drive that hangs, for whoever asks one of the functions; it remembers which threads asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch, self._is_back = monkeypatch, threading.Event()
        self.asked: list[str] = []

    def holds(self, module: Any, name: str, answer: object) -> None:
        def ask(*_: object) -> object:
            self.asked.append(threading.current_thread().name)
            self._is_back.wait()
            return answer

        self._monkeypatch.setattr(module, name, ask)

    def comes_back(self) -> None:
        self._is_back.set()


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drive]:
    drive = Drive(monkeypatch)
    yield drive
    drive.comes_back()


def test_a_drive_that_hangs_keeps_no_player_from_being_told_of(stage: Stage, drive: Drive) -> None:
    drive.holds(companion_service, "opens_files", True)
    stage.start()
    said = {"xesam:title": "Told", "xesam:artist": ("Ida",), "mpris:length": 60_000_000}
    stage.service.tell("oldplayer", "Old Player", {"PlaybackStatus": "Playing", "Metadata": said})
    stage.until_plays("oldplayer", "Told")
    assert [each.takes_tracks for each in stage.service.players()] == [False]
    drive.comes_back()
    stage.until(lambda: [each.takes_tracks for each in stage.service.players()] == [True])
    stage.service.untell("oldplayer")
    stage.until(lambda: stage.service.players() == ())
    stage.service.tell("oldplayer", "Old Player", {"PlaybackStatus": "Playing", "Metadata": said})
    stage.until(lambda: [each.takes_tracks for each in stage.service.players()] == [True])
    assert drive.asked == ["aside"], "once is enough, also for one that comes and goes"


def test_no_more_is_remembered_of_what_opens_files_than_a_bound(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(companion_service, "opens_files", lambda *_: False)
    for number in range(3 * companion_service._MOST_OPENS):
        stage.service.tell(f"p{number}", "P", {"PlaybackStatus": "Stopped"})
        stage.service.untell(f"p{number}")
    qtbot.wait(200)
    assert len(stage.service._opens) <= companion_service._MOST_OPENS


def test_a_file_on_a_drive_that_hangs_keeps_nobody_waiting(stage: Stage, drive: Drive) -> None:
    (track,) = TrackStore(stage.database).all()
    with FakePlayer("vlc", SupportedUriSchemes=Variant("as", ["file"])) as player:
        player.play(**NUIT)
        stage.start()
        stage.until_plays("vlc", "Nuit")
        drive.holds(companion_service, "_is_there", True)
        stage.service.send(track)
        stage.service.ignore("vlc", True)
        stage.until(lambda: stage.service.players()[0].ignored)
        assert player.asked("OpenUri") == [] and drive.asked == ["aside"]
        drive.comes_back()
        stage.until(lambda: player.asked("OpenUri") == [[stage.file.as_uri()]])


def test_a_command_is_looked_for_aside(stage: Stage, drive: Drive) -> None:
    (track,) = TrackStore(stage.database).all()
    with FakePlayer("rude", SupportedUriSchemes=Variant("as", ["file"])) as rude:
        rude.refuses = True
        stage.start()
        stage.until(lambda: stage.names() == ["rude"])
        drive.holds(companion_service, "command", [])
        stage.service.send(track, "rude")
        stage.until(lambda: drive.asked == ["aside"])
        assert stage.troubles == []
        drive.comes_back()
        stage.until(lambda: stage.troubles == ["Rude did not take the track."])


def test_a_desktop_entry_on_a_drive_that_hangs_keeps_the_bus_from_nobody(
    stage: Stage, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_look, "_PATIENCE_S", 0.2)
    drive.holds(player_look, "opens_files", True)
    with FakePlayer("vlc") as player:
        player.play(**NUIT)
        stage.start()
        stage.until_plays("vlc", "Nuit")
        assert drive.asked == ["aside"]
        assert [each.takes_tracks for each in stage.service.players()] == [False]


@pytest.mark.parametrize("plays", [True, False])
def test_who_has_left_is_not_listened_to_any_more(stage: Stage, monkeypatch: pytest.MonkeyPatch, plays: bool) -> None:
    rules: list[str] = []
    listen = player_look.listen

    async def noted(bus: Any, rule: str, patience_s: float, how: str = "AddMatch") -> None:
        await listen(bus, rule, patience_s, how)
        if how == "AddMatch":
            rules.append(rule)
        else:
            rules.remove(rule)

    monkeypatch.setattr(player_look, "listen", noted)
    stage.start()
    for _ in range(3):
        with FakePlayer("vlc") as player:
            if plays:
                player.play(**NUIT)
            stage.until(lambda: stage.names() == ["vlc"] and len(rules) == 1)
        stage.until(lambda: stage.names() == [] and rules == [])


def test_the_file_that_is_there_is_seen(tmp_path: Path) -> None:
    there = tmp_path / "a.flac"
    there.write_bytes(b"x")
    assert companion_service._is_there(bytes(there))
    assert not companion_service._is_there(bytes(tmp_path)) and not companion_service._is_there(b"")
