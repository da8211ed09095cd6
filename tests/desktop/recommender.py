"""A small library whose recommender is on the bus of the test."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shiboken6
from dbus_fast import Message, MessageType, Variant
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.domain.following import Following
from app.qt.jobs import Jobs
from app.qt.recommender_interface import NAME, PATH
from app.qt.recommender_joined import join_recommender
from app.qt.session_bus import SessionBus
from app.qt.suggestion_service import SuggestionService
from app.storage.browse import BrowseStore
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions.suggest import Suggester
from tests.desktop.bus import Desktop
from tests.helpers.builders import HOUR_MS, NOW_MS, a_database, a_library, a_play


class FakeCompanion(QObject):
    """Keeps what it was told."""

    players_changed = Signal()
    play_recorded = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str, Mapping[str, object]]] = []
        self.untold: list[str] = []
        self.choices: list[tuple[str, bytes]] = []
        self.there: tuple[Following, ...] = ()

    def tell(self, player: str, name: str, state: Mapping[str, object]) -> None:
        self.told.append((player, name, state))

    def chosen(self, player: str, file: bytes) -> None:
        self.choices.append((player, file))

    def untell(self, player: str) -> None:
        self.untold.append(player)

    def players(self) -> tuple[Following, ...]:
        return self.there


class Served:
    """A library of 120 tracks with ten plays, and its recommender on the bus of the test."""

    def __init__(self, folder: Path, companion: FakeCompanion | None = None) -> None:
        self.database = a_database(folder)
        self.tracks, self.plays = TrackStore(self.database), PlayStore(self.database)
        self.ids = a_library(self.database, 120)
        for number, track in enumerate(self.tracks.get(self.ids[:10])):
            at = NOW_MS - (20 - number) * HOUR_MS
            play = a_play(track.id, at, recording_key=track.recording_key, title=track.title, artist=track.artist)
            self.plays.append(play)
        self.root = QObject()
        self.jobs = Jobs(self.database.close_here, self.root)
        said, browse = FeedbackStore(self.database), BrowseStore(self.database)
        self.suggestions = SuggestionService(
            self.jobs, lambda: Suggester(self.tracks, self.plays, browse, said), lambda: NOW_MS, self.root, said
        )
        self.bus, self.companion = SessionBus(self.jobs, self.root), companion
        self.recommender = join_recommender(
            self.bus,
            self.jobs,
            self.database,
            self.suggestions,
            companion,  # type: ignore[arg-type]
        )

    def start(self, qtbot: QtBot) -> Desktop:
        with qtbot.waitSignal(self.recommender.ready, timeout=10_000):
            self.bus.start()
        return Desktop(qtbot, NAME, PATH)

    def close(self) -> None:
        self.bus.close()
        self.jobs.shutdown()
        self.database.close()
        shiboken6.delete(self.root)  # they refer to one another: no other thread is to find them as garbage


def good(reply: Message) -> list[Any]:
    assert reply.message_type is MessageType.METHOD_RETURN, (reply.error_name, reply.body)
    return reply.body


def trouble(reply: Message) -> str:
    """The short name of the error, which has a sentence."""
    assert reply.message_type is MessageType.ERROR, reply.body
    short = str(reply.error_name).rpartition(".")[2]
    assert len(reply.body[0]) < 600 and (reply.body[0].endswith(".") or short == "UnknownMethod")
    return short


def recommended(asked: Desktop, seeds: list[str], count: int = 20, **options: Variant) -> tuple[list[Any], Any]:
    found, about = good(asked.call(NAME, "Recommend", "asua{sv}", seeds, count, options))
    return [{name: value.value for name, value in each.items()} for each in found], about
