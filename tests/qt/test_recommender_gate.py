"""What the bus may ask at once."""

from app.qt.recommender_gate import MOST_WAITING, MOST_WAITING_EACH, Gate


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_one_program_waits_for_few_answers_and_all_for_no_more_than_the_bound() -> None:
    gate = Gate(Clock())
    assert [gate.enter(":1.1", "recommend") for _ in range(MOST_WAITING_EACH + 1)] == [True] * MOST_WAITING_EACH + [
        False
    ]
    others = [gate.enter(f":1.{number}", "why") for number in range(2, 100)]
    assert sum(others) == MOST_WAITING - MOST_WAITING_EACH
    gate.leave(":1.1")
    assert gate.enter(":1.2", "why")


def passed(gate: Gate, sender: str, verb: str, times: int) -> int:
    """How many of so many calls, one after the other, are let in."""
    count = 0
    for _ in range(times):
        if gate.enter(sender, verb):
            gate.leave(sender)
            count += 1
    return count


def test_a_program_that_asks_without_end_is_slowed_and_the_others_are_not() -> None:
    clock = Clock()
    gate = Gate(clock)
    assert passed(gate, ":1.1", "recommend", 1_000) == 60
    assert passed(gate, ":1.2", "recommend", 10) == 10
    clock.now_s += 1
    assert passed(gate, ":1.1", "recommend", 1_000) == 20
    clock.now_s += 1_000_000
    assert passed(gate, ":1.1", "recommend", 1_000) == 60


def test_what_is_written_is_bounded_for_all_programs_together() -> None:
    gate = Gate(Clock())
    assert sum(passed(gate, f":1.{number}", "feedback", 10) for number in range(50)) == 30
    assert passed(gate, ":1.99", "recommend", 1) == 1


def test_programs_without_number_leave_no_trace_without_bound() -> None:
    gate = Gate(Clock())
    for number in range(10_000):
        passed(gate, f":1.{number}", "tell", 1)
    assert len(gate._buckets) <= 128 and not gate._waiting
