"""Intervals and paired tests: known answers, seeded, and honest where nothing differs."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.evaluation import certainty
from recommender.evaluation.certainty import compare, holm, interval, intervals


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_an_interval_is_as_wide_as_theory_says_and_the_same_for_the_same_seed() -> None:
    values = rng(1).normal(0.3, 0.2, 400)
    found = interval(values, rng())
    assert found == interval(values, rng())
    assert found.mean == pytest.approx(values.mean())
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)


def test_intervals_of_true_means_hold_about_nineteen_times_in_twenty() -> None:
    held = 0
    for seed in range(200):
        found = interval(rng(seed).random(60), rng(seed))
        held += found.low <= 0.5 <= found.high
    assert 0.90 <= held / 200 <= 0.985


def test_columns_share_their_resamples() -> None:
    values = rng(2).random(50)
    both = intervals(np.stack([values, values + 1], axis=1), rng())
    assert both[1].low == pytest.approx(both[0].low + 1)


def test_one_user_or_none_is_no_trouble() -> None:
    assert interval(np.array([0.4]), rng()).low == 0.4
    assert np.isnan(interval(np.zeros(0), rng()).mean)


def test_many_users_use_the_normal_law_and_agree_with_the_bootstrap(monkeypatch: pytest.MonkeyPatch) -> None:
    values = rng(3).random(3000)
    slow, slow_p = interval(values, rng()), compare(values, values[::-1].copy(), rng()).p
    monkeypatch.setattr(certainty, "MANY", 100)
    assert interval(values, rng()).low == pytest.approx(slow.low, abs=0.002)
    assert compare(values, values[::-1].copy(), rng()).p == pytest.approx(slow_p, abs=0.05)


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=9))
def test_a_small_test_counts_all_signs(differences: list[int]) -> None:
    moved = [d for d in differences if d]
    bar = abs(sum(moved))
    signs = list(product((-1, 1), repeat=len(moved)))
    expected = sum(abs(sum(s * d for s, d in zip(row, moved, strict=True))) >= bar for row in signs) / len(signs)
    found = compare(np.array(differences, dtype=float), np.zeros(len(differences)), rng())
    assert found.p == pytest.approx(expected if moved else 1.0)


def test_a_real_difference_is_found_and_a_missing_one_is_not() -> None:
    base = rng(4).random(200)
    better = compare(base + rng(5).normal(0.05, 0.1, 200), base, rng())
    assert better.p < 0.01
    assert better.difference.low > 0
    assert compare(base, base, rng()).p == 1.0


def test_where_nothing_differs_few_tests_call_out() -> None:
    called = sum(compare(rng(s).random(40), rng(1000 + s).random(40), rng(s)).p < 0.05 for s in range(100))
    assert called <= 11


def test_other_users_are_refused() -> None:
    with pytest.raises(ValueError, match="same users"):
        compare(np.zeros(3), np.zeros(4), rng())


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]
