"""How fast a scan is and how long it will take, by a clock that stands while it waits."""

import os

import pytest

from app.library import look, pace
from app.library.pace import Pace
from app.library.scan import scan
from tests.helpers.builders import NOW_MS
from tests.library.scanning import Library
from tests.library.sounds import put


class _Clock:
    def __init__(self) -> None:
        self.now_s = 1_000.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    clock = _Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def test_nothing_is_said_before_it_is_sure(clock: _Clock) -> None:
    meter = Pace()
    clock.now_s += 10
    assert meter.at(49, 100, 0.0) == (None, None)
    assert meter.at(50, 100, 0.0) == (5.0, 10.0)


def test_rate_and_rest_follow_from_what_was_done_since_reading_began(clock: _Clock) -> None:
    meter = Pace()
    clock.now_s += 8  # the walk
    begun_s = meter.seconds
    clock.now_s += 4
    assert meter.at(200, 1_000, begun_s) == (50.0, 16.0)
    clock.now_s += 4
    assert meter.at(1_000, 1_000, begun_s) == (125.0, 0.0)


def test_a_pause_counts_neither_in_the_rate_nor_in_the_seconds(clock: _Clock) -> None:
    meter = Pace()
    clock.now_s += 4
    clock.now_s += 3_600
    meter.waited(3_600)
    assert meter.seconds == 4.0
    assert meter.at(100, 200, 0.0) == (25.0, 4.0)


def test_a_clock_that_has_not_moved_divides_by_nothing(clock: _Clock) -> None:
    rate, rest_s = Pace().at(50, 100, 0.0)
    assert rate is not None and rest_s is not None
    assert rate > 0 and rest_s >= 0


def test_a_scan_says_its_rate_and_its_rest_and_leaves_the_time_of_a_pause_out(
    library: Library, clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan is paused where it asks whether to go on; here for a hundred seconds each time."""
    for number in range(120):
        put(library.music / f"{number:03}.flac")
    monkeypatch.setattr(look, "time", clock)
    monkeypatch.setattr(look.Look, "due", lambda _look: True)

    def cancelled() -> bool:
        clock.now_s += 100
        return False

    roots = [os.fsencode(library.music)]
    told = list(scan(roots, library.tracks, library.roots, cancelled, min_length_s=0, now_ms=NOW_MS))

    assert clock.now_s >= 1_300
    reading = [step for step in told if step.total]
    assert [step.rate for step in reading if step.done < 50] == [None] * sum(step.done < 50 for step in reading)
    rates = [step.rate for step in reading if step.done >= 50 and step.rate is not None]
    assert rates and min(rates) > 1_000  # had the pauses counted, they would be below one
    for step in reading:
        if step.rate is not None:
            assert step.eta_s == pytest.approx((step.total - step.done) / step.rate)
    assert reading[-1].done == reading[-1].total == 120
