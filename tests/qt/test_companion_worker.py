"""The job that keeps the plays of other players goes on, whatever one of them says."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.companion.events import Event, Ignoring
from app.companion.going import Moment
from app.companion.said import Said
from app.qt import companion_worker
from app.qt.companion_worker import CompanionWorker
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_play


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


BUG = "What another player plays could not be kept. The log has the details."


def test_a_bug_met_in_writing_is_logged_told_once_and_tried_again(
    worker: Any, said: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    append = PlayStore.append

    def breaks(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(PlayStore, "append", breaks)
    worker._log.ended("vlc 1", a_play(None))
    for _ in range(2):
        worker._write(patient=False)
    assert said == [BUG] and worker._log.behind
    assert caplog.text.count("MemoryError") >= 2, "with its traceback"
    monkeypatch.setattr(PlayStore, "append", append)
    worker._write(patient=True)
    assert not worker._log.behind and worker._log._plays.count() == 1


def test_a_play_whose_track_could_not_be_looked_up_for_a_bug_is_kept_under_the_names_that_were_said(
    worker: Any, said: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(companion_worker, "find", breaks)
    track = worker._find(Said(title="One", artist="Ida", length_ms=200_000))
    assert (track.title, track.in_library, said) == ("One", False, [BUG])
    assert "ZeroDivisionError" in caplog.text


def test_plays_that_were_cut_off_and_cannot_be_read_are_not_in_the_way_of_those_that_come(
    worker: Any, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_self: object) -> None:
        raise ValueError("'eaten' is not a valid EndedBy")

    monkeypatch.setattr(PlayStore, "others_in_progress", breaks)
    assert worker._cut_off() == {} and said == [BUG]
