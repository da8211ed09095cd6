"""The companion over a library of one file, on the bus of the test."""

import os
import time
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.domain.play import Play
from app.domain.queue import PlaybackState
from app.qt.companion_service import CompanionService
from app.qt.jobs import Jobs
from app.qt.session_bus import SessionBus
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file

PLAYING = PlaybackState.PLAYING
SOON_MS = 10_000
NUIT = {"title": "Nuit", "artist": ["Ida Ravn"], "length": 200_000_000, "trackid": "/t/1"}
STREAM = {"title": "On air", "artist": ["Bo"], "url": "http://radio/", "trackid": "/t/2"}


class Stage:
    """The companion over a library of one file that is there."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.jobs = qtbot, Jobs()
        self.file = folder / "01 Nuit.flac"
        self.file.write_bytes(b"x")
        self.database = a_database(folder)
        TrackStore(self.database).save([a_file(os.fsencode(self.file))], NOW_MS)
        self.bus = SessionBus(self.jobs)
        self.ignored: list[tuple[str, ...]] = []
        self.plays: list[Play] = []
        self.troubles: list[str] = []
        self.service = CompanionService(
            self.jobs,
            self.bus,
            TrackStore(self.database),
            PlayStore(self.database),
            now_ms=lambda: time.time_ns() // 1_000_000,
            keep_ignored=self.ignored.append,
        )
        self.service.play_recorded.connect(self.plays.append)
        self.service.trouble.connect(self.troubles.append)
        self.open = False

    def start(self) -> None:
        self.service.start()
        with self.qtbot.waitSignal(self.bus.joined, timeout=SOON_MS):
            self.bus.start()
        self.open = True

    def end(self) -> None:
        if self.open:
            self.open = False
            self.bus.close()
            self.service.close()

    def until(self, true: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=SOON_MS)

    def state(self, player: str) -> PlaybackState | None:
        return next((each.state for each in self.service.players() if each.player == player), None)

    def until_plays(self, player: str, title: str) -> None:
        def plays() -> bool:
            found = next((each for each in self.service.players() if each.player == player), None)
            track = found.track if found is not None and found.state is PLAYING else None
            return track is not None and track.title == title

        self.until(plays)

    def names(self) -> list[str]:
        return [each.player for each in self.service.players()]

    def log(self) -> list[tuple[str, str, str]]:
        """Of all plays that were kept: client, title, end."""
        return [(play.client, play.title, play.ended_by.value) for play in PlayStore(self.database).after(0)]
