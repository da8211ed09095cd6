"""The job that keeps the plays of other players goes on, whatever one of them says."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.companion.events import Event, Ignoring
from app.companion.going import Moment
from app.qt import companion_worker
from app.qt.companion_worker import CompanionWorker
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def worker(tmp_path: Path, said: list[str]) -> Any:
    database = a_database(tmp_path)
    yield CompanionWorker(
        TrackStore(database), PlayStore(database), lambda: NOW_MS, lambda _: None, lambda _: None, said.append
    )
    database.close()


def moment(number: int) -> Moment:
    return Moment(float(number), number)


def an_event(number: int) -> Event:
    return Ignoring(frozenset(), moment(number))


def a_follower(**does: Any) -> Any:
    return SimpleNamespace(
        **{"busy": True, "take": lambda _: None, "tick": lambda _: None, "end": lambda _: None, **does}
    )


def test_a_player_that_never_stops_talking_holds_up_no_tick(worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1_000))
    monkeypatch.setattr(companion_worker.time, "monotonic", lambda: next(clock) / 10)
    ticks: list[object] = []
    for number in range(100):
        worker.take(an_event(number))
    for _ in range(100):
        assert worker._turn(a_follower(tick=ticks.append))
    assert len(ticks) > 5
    assert all(tick in [moment(number) for number in range(100)] for tick in ticks), "what waits is older than now"


def test_a_bug_met_in_a_tick_ends_nothing(worker: Any, said: list[str]) -> None:
    def breaks(_now: object) -> None:
        raise ZeroDivisionError

    worker._ticked_s = -1e9
    assert worker._turn(a_follower(tick=breaks))
    worker.take(an_event(0))
    assert worker._turn(a_follower(take=breaks))
    assert said == ["What another player plays could not be kept. The log has the details."]
