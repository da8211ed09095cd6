"""What holds for every table algorithm in the registry."""

import tracemalloc

import numpy as np
import pytest
from scipy.sparse import csr_array

from recommender.algorithms.registry import TABLES, make_table
from recommender.algorithms.table import NOBODY
from recommender.interactions import Interactions

every_table = pytest.mark.parametrize("name", sorted(TABLES))


def a_table(n_rows: int = 40, n_items: int = 25, density: float = 0.2, seed: int = 0) -> Interactions:
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 9, (n_rows, n_items)) * (rng.random((n_rows, n_items)) < density)
    return Interactions.from_matrix(csr_array(counts.astype(np.float32)))


def rows_of(dense: list[list[float]]) -> csr_array:
    return csr_array(np.asarray(dense, dtype=np.float32))


@every_table
def test_scores_are_finite_float32_one_a_row_and_item_and_repeatable(name: str) -> None:
    table = a_table()
    scores = make_table(name).fit(table).scores(table.matrix)
    assert scores.dtype == np.float32
    assert scores.shape == table.shape
    assert np.isfinite(scores).all()
    assert np.array_equal(scores, make_table(name).fit(table).scores(table.matrix))


@every_table
def test_a_row_scores_the_same_alone_in_a_block_and_in_another_order(name: str) -> None:
    table = a_table()
    algorithm = make_table(name).fit(table)
    together = algorithm.scores(table.matrix)
    for row in (0, 7, 39):
        assert algorithm.scores(table.matrix[[row]])[0] == pytest.approx(together[row], rel=1e-3, abs=1e-4)
    assert algorithm.scores(table.matrix[::-1]) == pytest.approx(together[::-1], rel=1e-3, abs=1e-4)


@every_table
def test_a_row_that_was_not_there_is_served(name: str) -> None:
    algorithm = make_table(name).fit(a_table(seed=1))
    items, scores = algorithm.recommend(a_table(5, seed=2).matrix, 10)
    assert items.shape == scores.shape == (5, 10)
    assert (np.diff(scores, axis=1) <= 0).all()


@every_table
def test_recommendations_are_the_best_scores_without_what_is_held(name: str) -> None:
    table = a_table()
    algorithm = make_table(name).fit(table)
    items, values = algorithm.recommend(table.matrix, 4)
    whole, _ = algorithm.recommend(table.matrix, 30, exclude_seen=False)
    for row in range(table.shape[0]):
        held = set(table.items_of(row).tolist())
        scores = algorithm.scores(table.matrix)[row]
        best = sorted((i for i in range(25) if i not in held), key=lambda i: (-scores[i], i))[:4]
        assert values[row].tolist() == pytest.approx(scores[best].tolist(), rel=1e-3, abs=1e-4)
        assert not held & set(items[row].tolist())
        assert sorted(whole[row, :25].tolist()) == list(range(25))
        assert (whole[row, 25:] == NOBODY).all()


@every_table
def test_the_fit_does_not_change_the_table(name: str) -> None:
    table = a_table()
    before = table.matrix.toarray().copy()
    algorithm = make_table(name).fit(table)
    algorithm.scores(table.matrix)
    assert np.array_equal(table.matrix.toarray(), before)


@every_table
@pytest.mark.parametrize(
    "dense",
    [
        np.zeros((0, 0)),
        np.zeros((3, 0)),
        np.zeros((0, 3)),
        np.zeros((3, 4)),
        np.ones((1, 1)),
        np.ones((5, 1)),
        np.ones((1, 5)),
        np.ones((6, 4)),
        np.eye(4),
        np.full((3, 3), 1e30),
    ],
    ids=["nothing", "no items", "no rows", "empty", "one", "one item", "one user", "all alike", "apart", "huge"],
)
def test_small_and_odd_tables_are_served(name: str, dense: np.ndarray) -> None:
    table = Interactions.from_matrix(csr_array(dense.astype(np.float32)))
    algorithm = make_table(name).fit(table)
    assert np.isfinite(algorithm.scores(table.matrix)).all()
    assert algorithm.recommend(table.matrix, 3)[0].shape == (dense.shape[0], 3)
    for item in range(dense.shape[1]):
        assert item not in [other for other, _ in algorithm.similar(item, 3)]


@every_table
def test_a_row_of_nothing_among_others_is_served(name: str) -> None:
    table = a_table()
    rows = rows_of([[0.0] * 25, [1.0] * 25, [0.0] * 25])
    items, _ = make_table(name).fit(table).recommend(rows, 3)
    assert (items[1] == NOBODY).all()
    assert (items[0] != NOBODY).all()


@every_table
@pytest.mark.parametrize("bad", [np.nan, np.inf, -1.0])
def test_weights_that_make_no_sense_are_refused(name: str, bad: float) -> None:
    table = a_table()
    algorithm = make_table(name).fit(table)
    row = rows_of([[0.0] * 25])
    row = csr_array((np.array([bad], np.float32), np.array([3]), np.array([0, 1])), shape=(1, 25))
    with pytest.raises(ValueError, match="a weight is"):
        algorithm.scores(row)
    with pytest.raises(ValueError, match="a weight is"):
        make_table(name).fit_matrix(row)


@every_table
def test_other_columns_no_fit_and_unknown_items_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not fitted"):
        make_table(name).scores(rows_of([[1.0]]))
    algorithm = make_table(name).fit(a_table())
    with pytest.raises(ValueError, match="knows 25 items"):
        algorithm.scores(rows_of([[1.0, 2.0]]))
    with pytest.raises(ValueError, match="no item 25"):
        algorithm.similar(25, 3)
    with pytest.raises(ValueError, match="k must"):
        algorithm.recommend(a_table().matrix, 0)


@every_table
def test_it_goes_on_from_its_arrays(name: str) -> None:
    table = a_table()
    algorithm = make_table(name).fit(table)
    again = type(algorithm)(**algorithm.params()).restore(algorithm.arrays())
    assert again.params() == algorithm.params()
    assert np.array_equal(again.scores(table.matrix), algorithm.scores(table.matrix))
    assert again.similar(3, 5) == algorithm.similar(3, 5)


@every_table
def test_arrays_that_are_missing_are_refused(name: str) -> None:
    algorithm = make_table(name).fit(a_table())
    arrays = algorithm.arrays()
    for missing in arrays:
        with pytest.raises(ValueError, match=r"\w"):
            made = type(algorithm)(**algorithm.params())
            made.restore({key: array for key, array in arrays.items() if key != missing}).scores(a_table().matrix)


@pytest.mark.slow
@every_table
def test_a_session_of_a_million_items_takes_no_square_of_memory(name: str) -> None:
    n = 1_000_000
    cells = (np.ones(n + 2, np.float32), np.append(np.arange(n), [3, 5]), np.array([0, n, n + 2]))
    table = Interactions.from_matrix(csr_array(cells, shape=(2, n)))
    tracemalloc.start()
    items, _ = make_table(name).fit(table).recommend(table.matrix[[1]], 5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert items.shape == (1, 5)
    assert peak < 1.5e9


def test_an_unknown_table_algorithm_says_so() -> None:
    with pytest.raises(ValueError, match="there are als"):
        make_table("oracle")
