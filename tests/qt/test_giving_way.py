"""Jobs give way to the window: by a clock of its own, so that nothing here depends on the machine."""

import threading
import time

from app.qt.giving_way import _LONGEST_S, _LOOK_S, GivingWay, _clock_of_this_thread


class Machine:
    """Time that passes when it is waited for, and a window that uses a part of it."""

    def __init__(self, part: float = 0.0) -> None:
        self.now_s, self.spent_s, self.part = 100.0, 7.0, part
        self.looks = 0
        self.rests_at_s = float("inf")
        self.waited: list[float] = []
        self.give_way = GivingWay(self._spent, lambda: self.now_s, self._sleep)
        self.give_way()  # the first look knows nothing of what was before
        self.waited.clear()

    def passes(self, seconds: float) -> None:
        """The job computes for so long."""
        busy_s = max(min(self.now_s + seconds, self.rests_at_s) - self.now_s, 0.0)
        self.spent_s += self.part * busy_s
        self.now_s += seconds

    def _spent(self) -> float:
        self.looks += 1
        return self.spent_s

    def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.passes(seconds)


def test_a_window_at_rest_costs_a_job_nothing() -> None:
    machine = Machine(part=0.05)  # a clock that ticks, a bar that moves
    for _ in range(100):
        machine.passes(0.003)
        machine.give_way()
    assert machine.waited == []


def test_a_job_waits_until_a_turn_of_the_window_is_over_and_no_longer() -> None:
    machine = Machine(part=0.5)
    machine.passes(0.004)
    machine.part, machine.rests_at_s = 1.0, machine.now_s + 0.020
    machine.give_way()
    assert 0.020 <= sum(machine.waited) <= 0.020 + 2 * _LOOK_S


def test_a_window_that_never_rests_leaves_half_of_the_time() -> None:
    machine = Machine(part=0.5)
    worked_s = 0.0
    while worked_s < 1.0:
        machine.passes(0.001)
        worked_s += 0.001
        machine.give_way()
    assert sum(machine.waited) <= 1.0 + 2 * _LONGEST_S
    assert sum(machine.waited) >= 0.8
    assert max(machine.waited) <= _LOOK_S < _LONGEST_S


def test_it_looks_no_more_often_than_it_waits() -> None:
    machine = Machine()
    before = machine.looks
    for _ in range(1_000):
        machine.passes(0.00001)
        machine.give_way()
    assert machine.looks - before <= 0.01 / _LOOK_S + 1


def test_each_thread_has_looks_of_its_own() -> None:
    machine = Machine(part=0.5)
    machine.passes(0.004)
    other = threading.Thread(target=machine.give_way)
    other.start()
    other.join()
    looks = machine.looks
    machine.give_way()
    assert machine.looks > looks


def test_the_clock_is_that_of_the_thread_that_made_it() -> None:
    clock, before_s = _clock_of_this_thread(), time.thread_time()
    while time.thread_time() < before_s + 0.01:
        pass
    at_least_s, read = time.thread_time(), list[float]()
    other = threading.Thread(target=lambda: read.append(clock()))
    other.start()
    other.join()
    assert at_least_s <= read[0] <= time.thread_time()
