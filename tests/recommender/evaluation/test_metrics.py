"""Measures against slow plain versions, and against cases worked by hand."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from recommender.evaluation import metrics
from recommender.evaluation.metrics import NOBODY

Case = tuple[list[list[int]], list[set[int]], int]


def truth_of(hidden: list[set[int]], n_items: int) -> csr_array:
    rows = [row for row, items in enumerate(hidden) for _ in items]
    columns = [item for items in hidden for item in sorted(items)]
    return csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(hidden), n_items))


def padded(lists: list[list[int]], length: int) -> np.ndarray:
    return np.array([one + [NOBODY] * (length - len(one)) for one in lists], dtype=np.int32).reshape(-1, length)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    n_items = draw(st.integers(2, 12))
    items = st.integers(0, n_items - 1)
    n_users = draw(st.integers(1, 5))
    lists = [draw(st.lists(items, unique=True, max_size=8)) for _ in range(n_users)]
    hidden = [set(draw(st.lists(items, unique=True, min_size=1, max_size=6))) for _ in range(n_users)]
    return lists, hidden, n_items


def plain(name: str, ranked: list[int], hidden: set[int], k: int) -> float:
    top = ranked[:k]
    hits = [place for place, item in enumerate(top, 1) if item in hidden]
    precision, recall = len(hits) / k, len(hits) / len(hidden)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(k, len(hidden)) + 1))
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if hits else 0.0,
        "ndcg": sum(1 / math.log2(place + 1) for place in hits) / ideal,
        "map": sum(n / place for n, place in enumerate(hits, 1)) / min(k, len(hidden)),
        "mrr": 1 / hits[0] if hits else 0.0,
        "hr": float(bool(hits)),
    }[name]


@pytest.mark.parametrize("name", metrics.BY_USER)
@given(case=cases(), k=st.integers(1, 10))
def test_each_measure_equals_its_plain_version(name: str, case: Case, k: int) -> None:
    lists, hidden, n_items = case
    hits = metrics.hits_of(padded(lists, 8), truth_of(hidden, n_items))
    expected = [plain(name, ranked, wanted, k) for ranked, wanted in zip(lists, hidden, strict=True)]
    assert metrics.BY_USER[name](hits, k) == pytest.approx(expected)


def test_a_case_worked_by_hand() -> None:
    hits = metrics.hits_of(np.array([[4, 0, 2, 1]]), truth_of([{0, 1, 3}], 5))
    assert metrics.precision(hits, 4) == pytest.approx([0.5])
    assert metrics.recall(hits, 4) == pytest.approx([2 / 3])
    assert metrics.reciprocal_rank(hits, 4) == pytest.approx([0.5])
    assert metrics.average_precision(hits, 4) == pytest.approx([(1 / 2 + 2 / 4) / 3])
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    assert metrics.ndcg(hits, 4) == pytest.approx([gained / (1 + 1 / math.log2(3) + 1 / 2)])


def test_a_perfect_list_is_worth_one_even_where_it_is_shorter_than_what_is_hidden() -> None:
    hits = metrics.hits_of(np.array([[2, 0]]), truth_of([{0, 1, 2}], 3))
    assert metrics.ndcg(hits, 2) == pytest.approx([1.0])
    assert metrics.average_precision(hits, 2) == pytest.approx([1.0])


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        metrics.hits_of(np.array([[1, 1]]), truth_of([{1}], 3))
    with pytest.raises(ValueError, match="nothing hidden"):
        metrics.hits_of(np.array([[1, 2]]), csr_array((1, 3)))
    with pytest.raises(ValueError, match="does not exist"):
        metrics.hits_of(np.array([[1, 7]]), truth_of([{1}], 3))
    with pytest.raises(ValueError, match="2 lists"):
        metrics.hits_of(np.array([[1], [2]]), truth_of([{1}], 3))


def test_coverage_and_gini_by_hand() -> None:
    lists = padded([[0, 1], [0], []], 2)
    shown = metrics.exposure(lists, 4, 2)
    assert shown.tolist() == [2, 1, 0, 0]
    assert metrics.coverage(shown) == 0.5
    assert metrics.gini(shown) == pytest.approx(7 / 12)
    assert metrics.gini(np.array([3, 3, 3])) == pytest.approx(0.0)
    assert metrics.gini(np.zeros(3, dtype=np.int64)) == 0.0


@given(shown=st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_gini_equals_the_mean_difference_of_all_pairs(shown: list[int]) -> None:
    total, n = sum(shown), len(shown)
    expected = sum(abs(a - b) for a in shown for b in shown) / (2 * n * total) if total else 0.0
    assert metrics.gini(np.array(shown)) == pytest.approx(expected)


def test_novelty_is_the_mean_surprise_in_bits() -> None:
    lists = padded([[0, 1], [2], []], 2)
    assert metrics.novelty(lists, np.array([8, 2, 0]), 8, 2) == pytest.approx([1.0, 3.0, 0.0])


@given(case=cases(), seed=st.integers(0, 99))
def test_diversity_equals_the_plain_mean_over_pairs(case: Case, seed: int) -> None:
    lists, _, n_items = case
    train = csr_array(np.random.default_rng(seed).integers(0, 3, (4, n_items)))
    dense = train.toarray() > 0
    expected = []
    for ranked in lists:
        apart = []
        for a, b in combinations(ranked[:5], 2):
            length = math.sqrt(dense[:, a].sum() * dense[:, b].sum())
            apart.append(1 - (dense[:, a] & dense[:, b]).sum() / length if length else 1.0)
        expected.append(float(np.mean(apart)) if apart else 0.0)
    assert metrics.diversity(padded(lists, 8), train, 5) == pytest.approx(expected)


def test_errors_of_ratings_by_hand_and_what_is_refused() -> None:
    assert metrics.rmse([1, 2, 5], [1, 4, 4]) == pytest.approx(math.sqrt(5 / 3))
    assert metrics.mae([1, 2, 5], [1, 4, 4]) == pytest.approx(1.0)
    for predicted, actual in (([], []), ([1], [1, 2]), ([math.nan], [1])):
        with pytest.raises(ValueError, match="rating"):
            metrics.rmse(predicted, actual)
