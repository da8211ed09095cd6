"""Single table algorithms against slow plain versions and hand-worked cases."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from recommender.algorithms import ease as ease_module
from recommender.algorithms.als import ALS, batches
from recommender.algorithms.base import Profile
from recommender.algorithms.discovered import Discovered
from recommender.algorithms.ease import EASE
from recommender.algorithms.ensemble import MEMBERS, Ensemble, standard
from recommender.algorithms.on_sessions import OnSessions
from recommender.algorithms.pure_svd import PureSVD
from recommender.algorithms.rp3beta import RP3beta
from recommender.algorithms.table_item_knn import TableItemKNN
from recommender.algorithms.user_knn import UserKNN
from recommender.similarity import MEASURES, Measure, top_k
from recommender.weighting import Weighting

from .small import DAY_S, NOW_S, a_history, random_sessions


def counts(n_rows: int, n_items: int, density: float = 0.25, seed: int = 0) -> csr_array:
    rng = np.random.default_rng(seed)
    dense = rng.integers(1, 6, (n_rows, n_items)) * (rng.random((n_rows, n_items)) < density)
    return csr_array(dense.astype(np.float32))


def plain_ease(table: np.ndarray, penalty: float) -> np.ndarray:
    inverse = np.linalg.inv(table.T @ table + penalty * np.eye(table.shape[1]))
    weights = np.eye(table.shape[1]) - inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return weights


@pytest.mark.parametrize("shape", [(12, 30), (30, 12), (15, 15)])
def test_both_forms_of_ease_equal_the_plain_inverse(shape: tuple[int, int]) -> None:
    table = counts(*shape)
    dense = table.toarray().astype(np.float64)
    weights = plain_ease(dense, 5.0 * (table.data.astype(np.float64) ** 2).mean())
    ease = EASE(5.0, "none").fit_matrix(table)
    unseen = counts(4, shape[1], seed=1)
    for rows in (table, unseen):
        assert ease.scores(rows) == pytest.approx(rows.toarray() @ weights, rel=1e-4, abs=1e-4)


def test_ease_of_three_items_is_worked_by_hand() -> None:
    # Two items always together, one alone. Gram [[2 2 0] [2 2 0] [0 0 1]], lambda 1: B_01 = 2 / (2 + 1).
    table = csr_array(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]], dtype=np.float32))
    scores = EASE(1.0, "none").fit_matrix(table).scores(csr_array(np.array([[1, 0, 0]], dtype=np.float32)))
    assert scores[0] == pytest.approx([0, 2 / 3, 0], abs=1e-6)


def test_ease_on_a_table_too_large_learns_from_the_items_most_rows_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ease_module, "MOST_SIDE", 6)
    table = counts(40, 20)
    kept = np.sort(np.argsort(-np.bincount(table.indices, minlength=20), kind="stable")[:6])
    scores = EASE(300.0, "none").fit_matrix(table).scores(table)
    assert (scores[:, np.setdiff1d(np.arange(20), kept)] == 0).all()
    assert (scores[:, kept] != 0).any()
    penalty = 300.0 * (table.data.astype(np.float64) ** 2).mean()
    dense = table.toarray()[:, kept].astype(np.float64)
    assert scores[:, kept] == pytest.approx(dense @ plain_ease(dense, penalty), rel=1e-4)


def plain_als_row(items: np.ndarray, weights: np.ndarray, penalty: float) -> np.ndarray:
    gram = items.T @ items + (items.T * weights) @ items + penalty * np.eye(items.shape[1])
    return np.linalg.solve(gram, ((1 + weights) * (weights > 0)) @ items)


def test_a_row_folded_into_als_solves_its_equations() -> None:
    table = counts(40, 25)
    als = ALS(factors=8, weighting="none").fit_matrix(table)
    state = als.arrays()
    items, penalty = state["items"].astype(np.float64), float(state["penalty"][0])
    plain = np.array([plain_als_row(items, row, penalty) @ items.T for row in table.toarray().astype(np.float64)])
    assert als.scores(table) == pytest.approx(plain, abs=2e-3)


def test_als_goes_down_to_where_neither_side_can_improve() -> None:
    table = counts(30, 20)
    als = ALS(factors=5, iterations=60, weighting="none").fit_matrix(table)
    items, penalty = als.arrays()["items"].astype(np.float64), float(als.arrays()["penalty"][0])
    dense = table.toarray().astype(np.float64)
    rows = np.array([plain_als_row(items, row, penalty) for row in dense])
    again = np.array([plain_als_row(rows, column, penalty) for column in dense.T])
    assert again @ rows.T == pytest.approx(items @ rows.T, abs=0.02)


def test_batches_hold_every_cell_once() -> None:
    table = counts(50, 30)
    found = np.zeros(table.shape)
    for rows, columns, weights in batches(table, 4):
        np.add.at(found, (rows[:, None], columns), weights)
    assert np.array_equal(found, table.toarray())


@pytest.mark.parametrize("shape", [(12, 30), (260, 240)])
def test_pure_svd_equals_the_plain_projection(shape: tuple[int, int]) -> None:
    table = counts(*shape, density=0.1)
    dense = table.toarray().astype(np.float64)
    vectors = np.linalg.svd(dense)[2][:5].T
    scores = PureSVD(5, "none", 0.0).fit_matrix(table).scores(table)
    assert scores == pytest.approx(dense @ vectors @ vectors.T, abs=1e-3)


def test_rp3beta_equals_a_slow_plain_walk() -> None:
    table = counts(20, 12)
    dense = table.toarray().astype(np.float64)
    to_item = (dense / np.maximum(dense.sum(axis=1, keepdims=True), 1e-9)) ** 0.7
    to_row = (dense.T / np.maximum(dense.sum(axis=0)[:, None], 1e-9)) ** 0.7
    walks = to_row @ to_item / np.maximum(dense.sum(axis=0), 1e-9) ** 0.3
    np.fill_diagonal(walks, 0.0)
    scores = RP3beta(k=12, alpha=0.7, beta=0.3, weighting="none").fit_matrix(table).scores(table)
    assert scores == pytest.approx(dense @ walks, rel=1e-4)


def test_user_knn_equals_a_slow_plain_version() -> None:
    table, unseen = counts(20, 12), counts(3, 12, seed=4)
    unit = [m.toarray() / np.maximum(np.linalg.norm(m.toarray(), axis=1, keepdims=True), 1e-9) for m in (table, unseen)]
    likeness = unit[1] @ unit[0].T
    for row in likeness:
        row[np.argsort(-row, kind="stable")[5:]] = 0
    scores = UserKNN(k=5, power=2.0, weighting="none", votes="none").fit_matrix(table).scores(unseen)
    assert scores == pytest.approx(likeness**2 @ unit[0], rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("shrinkage", [0.0, 5.0])
@pytest.mark.parametrize("measure", MEASURES)
def test_item_knn_adds_up_the_nearest(measure: Measure, shrinkage: float) -> None:
    table = counts(40, 15)
    knn = TableItemKNN(measure, 4, shrinkage, "none", "none").fit_matrix(table)
    near = top_k(table, 4, shrinkage, measure=measure)
    weights = np.zeros((15, 15))
    for item in range(15):
        weights[item, near.items[item][near.items[item] >= 0]] = near.values[item][near.items[item] >= 0]
    assert knn.scores(table) == pytest.approx(table.toarray() @ weights.T, rel=1e-3, abs=1e-5)
    nearest = [item for item, _ in knn.similar(3, 10)]
    assert sorted(nearest) == sorted(near.items[3][near.items[3] >= 0].tolist())


def test_standard_scores_have_mean_0_and_spread_1_over_what_is_not_held() -> None:
    scores = np.array([[9, 1, 2, 3], [5, 5, 5, 5]], dtype=np.float32)
    shifted = standard(scores, np.array([0]), np.array([0]))
    assert shifted[0, 1:] == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)], rel=1e-5)
    assert shifted[1].tolist() == [0, 0, 0, 0]


def test_a_member_that_is_lost_on_a_table_has_little_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    group = rng.integers(0, 4, 120)
    dense = ((np.arange(40) // 10)[None, :] == group[:, None]) & (rng.random((120, 40)) < 0.5)
    table = csr_array(dense.astype(np.float32))
    monkeypatch.setitem(MEMBERS, "pure_svd", lambda **_given: PureSVD(4, "none", 0.0))
    fair = Ensemble(4.0, seed=1).fit_matrix(table).weights
    assert fair.max() == 1
    monkeypatch.setitem(MEMBERS, "pure_svd", lambda **_given: PureSVD(1, "none", 0.0))
    assert Ensemble(4.0, seed=1).fit_matrix(table).weights[2] < fair[2] / 2
    assert Ensemble(power=0.0).fit_matrix(table).weights.tolist() == [1.0] * len(MEMBERS)


def test_a_weighting_that_is_learned_serves_rows_that_were_not_there() -> None:
    table = counts(30, 20)
    knn = TableItemKNN(weighting="bm25", profile="bm25").fit_matrix(table)
    weighted = Weighting("bm25").fitted(table).of(table)
    plain = TableItemKNN(weighting="none", profile="none").fit_matrix(weighted)
    assert knn.scores(table) == pytest.approx(plain.scores(weighted), rel=1e-5)


def test_a_table_algorithm_on_sessions_completes_the_running_one() -> None:
    sessions = random_sessions(20, 60)
    history = a_history(sessions, 20)
    algorithm = OnSessions(EASE).fit(history)
    profile = Profile(NOW_S, np.array([3, 1]), chosen=True)
    row = csr_array((np.ones(2, np.float32), np.array([1, 3]), np.array([0, 2])), shape=(1, 20))
    scores = algorithm.scores(profile)
    expected = algorithm.table.scores(row)[0].astype(np.float64)
    expected[[1, 3]] = 0
    assert scores == pytest.approx(expected)
    facts = algorithm.explain(np.arange(20), profile)
    assert [sum(fact.amount for fact in each) for each in facts] == pytest.approx(scores)
    assert {fact.because for each in facts for fact in each} <= {-1, 1, 3}
    assert algorithm.scores(Profile(NOW_S)).tolist() == [0.0] * 20


def test_what_was_discovered_on_the_same_day_is_near() -> None:
    # One a day: 0 and 1; 2; then the old ones again; then 3.
    history = a_history([[0, 1], [2], [0, 1, 2], [3]], 5, end_s=NOW_S - DAY_S)
    discovered = Discovered(days=1.0, shrinkage=0.0).fit(history)
    scores = discovered.scores(Profile(NOW_S, np.array([0]), chosen=True))
    near = np.array([0, 2 ** -(180 / DAY_S), 2**-1.0, 2**-3.0])
    assert scores == pytest.approx([*(near / near.sum()), 0])
    fact = discovered.explain(np.array([2]), Profile(NOW_S, np.array([0]), chosen=True))[0][0]
    assert (fact.because, fact.count) == (0, 1)


def test_a_day_when_everything_was_new_says_little() -> None:
    flood, evening = (
        Discovered()
        .fit(a_history([list(range(n)), [30, 31]], 32))
        .scores(Profile(NOW_S, np.array([0]), chosen=True))[1]
        for n in (30, 2)
    )
    assert flood < evening / 3
