"""Seen suggestions are written once in half an hour, and those chosen since are counted."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import SegueError
from app.domain.ids import RecordingKey, TrackId
from app.domain.impression import Chosen, Impression
from app.domain.play import StartedBy
from app.domain.suggestion import Dial
from app.qt.impression_service import ImpressionService
from app.qt.jobs import Jobs
from app.storage.impressions import ImpressionStore
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_database, a_library, a_play
from tests.helpers.fake_services import a_suggestion

MINUTE = 60_000


class Clock:
    now = NOW_MS

    def __call__(self) -> int:
        return self.now


class Service:
    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.database = a_database(folder)
        a_library(self.database, 40)
        self.store, self.clock, self.jobs = ImpressionStore(self.database), Clock(), Jobs()
        self.service = ImpressionService(self.jobs, self.store, self.clock)
        self.counts: list[Chosen] = []
        self.service.counted.connect(self.counts.append)
        self._qtbot = qtbot

    def saw(self, *ids: int) -> None:
        before = len(self.counts)
        self.service.saw([(place, a_suggestion(n)) for place, n in enumerate(ids)], Dial.FORGOTTEN)
        self._qtbot.waitUntil(lambda: len(self.counts) > before and not self.jobs.running())

    def rows(self) -> list[tuple[object, ...]]:
        with self.database.read() as connection:
            return connection.execute("select track_id, seen_at, dial, place from impression order by id").fetchall()


@pytest.fixture
def given(tmp_path: Path, qtbot: QtBot) -> Iterator[Service]:
    given = Service(tmp_path, qtbot)
    yield given
    given.jobs.shutdown()
    given.database.close()


def test_what_is_seen_again_within_half_an_hour_is_written_once(given: Service) -> None:
    given.saw(1, 2)
    given.clock.now += 29 * MINUTE
    given.saw(2, 3)
    given.clock.now += MINUTE
    given.saw(1)
    first, later = NOW_MS, NOW_MS + 29 * MINUTE
    assert given.rows() == [
        (1, first, "forgotten", 0),
        (2, first, "forgotten", 1),
        (3, later, "forgotten", 1),
        (1, later + MINUTE, "forgotten", 0),
    ]


def test_a_suggestion_counts_as_chosen_when_it_was_played_from_the_list_after_it_was_seen(given: Service) -> None:
    given.saw(1, 2, 3, 4)
    plays = PlayStore(given.database)
    key = {n: a_suggestion(n).track.recording_key for n in (1, 2, 3)}
    chosen = replace(a_play(1, NOW_MS + 5), recording_key=key[1], started_by=StartedBy.SUGGESTION)
    plays.append(chosen)
    plays.append(replace(chosen, recording_key=key[2], started_by=StartedBy.HAND))
    plays.append(replace(chosen, recording_key=key[3], started_at=NOW_MS - 5))
    assert given.store.chosen(20) == Chosen(1, 4)
    assert given.store.chosen(2) == Chosen(0, 2)


def test_only_the_last_different_ones_count_however_often_they_were_seen(given: Service) -> None:
    given.store.append(
        [Impression(TrackId(1 + n % 5), RecordingKey(f"k{n % 5}"), n, Dial.NEVER, 0) for n in range(900)]
    )
    assert given.store.chosen(20) == Chosen(0, 5)


def test_what_could_not_be_written_is_written_with_the_next(given: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_seen: object) -> None:
        raise SegueError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(given.store, "append", refuse)
        given.service.saw([(0, a_suggestion(1))], Dial.FORGOTTEN)
        given._qtbot.waitUntil(lambda: not given.jobs.running())
    given.saw(2)
    assert [row[0] for row in given.rows()] == [1, 2]


@pytest.mark.parametrize("sql", ["update impression set place = 9", "delete from impression"])
def test_the_database_itself_refuses_to_change_what_was_seen(given: Service, sql: str) -> None:
    given.saw(1)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), given.database.write() as connection:
        connection.execute(sql)
