import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.sessions import Ended, Plays, cut_runs, is_heard, run_numbers, sessions_of
from recommender.weighting import completion_weights, log_weights, recency_weights


def ints(*values: int) -> np.ndarray:
    return np.asarray(values, dtype=np.int64)


def test_a_silence_of_more_than_half_an_hour_starts_a_session() -> None:
    played = ints(60_000, 60_000, 60_000)
    assert run_numbers(ints(0, 60 + 1800, 120 + 3600 + 1), played).tolist() == [0, 0, 1]


def test_an_hour_long_track_does_not_end_its_own_session() -> None:
    assert run_numbers(ints(0, 3_700), ints(3_600_000, 1_000)).tolist() == [0, 0]


def test_sessions_are_cut_at_the_cap() -> None:
    assert cut_runs(ints(0, 0, 0, 1, 1), cap=2).tolist() == [0, 0, 1, 2, 2]


def test_a_skip_weighs_nothing_and_a_short_track_heard_half_is_a_listen() -> None:
    played = ints(5_000, 29_999, 30_000, -1, 15_000, 200_000, 200_000)
    duration = ints(200_000, 0, 200_000, 0, 20_000, 200_000, 200_000)
    ended = ints(1, 1, 1, 0, 0, Ended.FAILED, Ended.REJECTED)
    assert is_heard(played, duration, ended).tolist() == [False, False, True, True, True, False, False]


def test_a_skip_keeps_its_session_alive() -> None:
    plays = Plays.of([1, 2, 3], [0, 1_700, 3_300], [100_000, 1_000, 100_000])
    kept, sessions = sessions_of(plays)
    assert kept.item_id.tolist() == [1, 3]
    assert sessions.tolist() == [0, 0]


def test_times_out_of_order_are_put_in_order_and_broken_clocks_dropped() -> None:
    plays = Plays.of([1, 2, 3, 4], [5_000, -10, 100, 10**12], [-1, -1, -1, -1])
    kept, sessions = sessions_of(plays)
    assert kept.item_id.tolist() == [3, 1]
    assert sessions.tolist() == [0, 1]


@pytest.mark.parametrize(
    "columns",
    [
        ([1, 2], [0], [1]),
        ([1.0, np.nan], [0, 1], [1, 1]),
        ([1], [np.inf], [1]),
        (["a"], [0], [1]),
        ([[1]], [[0]], [[1]]),
        ([1], [0], [1], [1], [9]),
    ],
)
def test_columns_that_make_no_sense_are_refused(columns: tuple[list[float], ...]) -> None:
    with pytest.raises(ValueError, match=r"\w+ "):
        Plays.of(*columns)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(-1, 10**7)), max_size=60))
def test_sessions_equal_a_plain_walk(rows: list[tuple[int, int]]) -> None:
    rows = sorted(rows)
    runs, number, end = [], -1, -(10**9)
    for at, played in rows:
        if at - end > 1800:
            number += 1
        end = max(end, at + max(played // 1000, 0))
        runs.append(number)
    times, lengths = ints(*(at for at, _ in rows)), ints(*(played for _, played in rows))
    assert run_numbers(times, lengths).tolist() == runs


def test_weights_are_worked_by_hand() -> None:
    assert log_weights(np.array([0.0, np.e - 1])).tolist() == [0.0, 1.0]
    assert recency_weights(ints(0, 3_600 * 3, 3_600 * 9), 3_600 * 4, 1.0).tolist() == [0.25, 1.0, 0.0]
    assert recency_weights(ints(0), 3_600 * 4, 0.5)[0] == pytest.approx(0.5, abs=1e-6)
    assert completion_weights(ints(50, -1, 400), ints(100, 100, 200)).tolist() == [0.5, 1.0, 1.0]
