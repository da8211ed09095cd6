import math

import numpy as np
import pytest

from recommender.training import likeness
from recommender.training.likeness import DAMPED, Said, most_alike, says


def said(seed: int = 0, listeners: int = 40, things: int = 60) -> Said:
    rng = np.random.default_rng(seed)
    table = rng.random((listeners, things)) < 0.2
    listener, thing = np.nonzero(table)
    plays = rng.integers(1, 6, len(thing))
    return Said(listener, thing, says(plays), listeners, np.sort(rng.integers(0, 2**48, things)))


def slowly(one: Said, k: int) -> list[list[tuple[int, int]]]:
    """In whole numbers, by hand."""
    n, c = len(one.keys), one.scaled().tolist()
    table = np.zeros((one.n_listeners, n), dtype=object)
    table[one.listener, one.thing] = one.say.astype(object)
    rows = []
    for i in range(n):
        sums = [
            (-sum(a * b for a, b in zip(table[:, i], table[:, j], strict=True)) * c[j], j) for j in range(n) if j != i
        ]
        rows.append([(-value, j) for value, j in sorted(sums)[:k] if value])
    return rows


def test_a_pair_by_hand() -> None:
    one = Said(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([2, 3, 4, 2]), 2, np.array([0, 1 << 24]))
    near = most_alike(one, 5)
    assert near.places[:, 0].tolist() == [1, 0]
    expected = (2 * 3 + 4 * 2) / math.sqrt(20 + DAMPED) / math.sqrt(13 + DAMPED)
    np.testing.assert_allclose(near.values[:, 0], expected, rtol=1e-6)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("k", [1, 7, 100])
def test_sums_are_exact_and_ties_go_to_the_lower(k: int, compiled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not compiled:
        monkeypatch.setattr(likeness, "find_spec", lambda name: None)
    monkeypatch.setattr(likeness, "TIE_SHARE", 0.0)  # ties everywhere
    monkeypatch.setattr(likeness, "ROWS_AT_ONCE", 7)
    one = said()
    near = most_alike(one, k)
    wanted = slowly(one, k)
    scale = one.scaled() * 2.0 ** (-2 * one.bits)
    for row, expected in enumerate(wanted):
        assert [j for _, j in expected] == [j for j in near.places[row].tolist() if j >= 0]
        values = [float(value) * scale[row] for value, _ in expected]
        np.testing.assert_allclose(near.values[row, : len(values)], values, rtol=1e-6)


def test_the_order_of_rows_does_not_matter_to_the_bit() -> None:
    one = said(4)
    order = np.random.default_rng(1).permutation(len(one.thing))
    other = Said(39 - one.listener[order], one.thing[order], one.say[order], 40, one.keys)
    left, right = most_alike(one, 20), most_alike(other, 20)
    assert (left.places == right.places).all()
    assert (left.values == right.values).all()


def test_one_listener_weighs_at_most_four_times_a_single_play() -> None:
    assert says(np.array([1, 2, 3, 1000])).tolist() == [2, 3, 4, 4]


def test_sums_stay_below_what_a_float_keeps_whole() -> None:
    holders = 300_000
    listener, thing = np.arange(holders), np.zeros(holders, dtype=np.int64)
    one = Said(listener, thing, thing + 4, holders, np.array([2**24 - 1]))
    assert 2**48 < 16 * holders * int(one.scaled()[0]) * math.sqrt(16 * holders) < 2**54
    assert 16 * holders * int(one.scaled()[0]) < 2**53


def test_nothing_said_is_near_to_nothing() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert len(most_alike(Said(none, none, none, 0, none), 5).places) == 0
    assert most_alike(Said(none, none, none, 3, np.arange(4)), 5).places.shape == (4, 0)
