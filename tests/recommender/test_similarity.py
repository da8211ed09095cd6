import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from recommender import products, similarity
from recommender.similarity import MEASURES, NOBODY, Measure, all_pairs, disturbed, nearest_cells, top_k, updated


def table(rows: list[list[float]]) -> csr_array:
    return csr_array(np.asarray(rows, dtype=np.float32))


def slow_cosine(dense: np.ndarray, shrinkage: float) -> np.ndarray:
    n = dense.shape[1]
    out = np.zeros((n, n))
    for a in range(n):
        for b in range(n):
            both = sum(1 for row in dense if row[a] and row[b])
            length = np.sqrt((dense[:, a] ** 2).sum() * (dense[:, b] ** 2).sum())
            if a != b and length and both:
                out[a, b] = float(dense[:, a] @ dense[:, b]) / length * both / (both + shrinkage)
    return out


def test_three_items_in_three_sessions_are_worked_by_hand() -> None:
    near = top_k(table([[1, 1, 0], [1, 1, 0], [0, 1, 1]]), k=2, shrinkage=2.0)
    ab = 2 / np.sqrt(2 * 3) * 2 / 4
    bc = 1 / np.sqrt(3 * 1) * 1 / 3
    assert near.items.tolist() == [[1, NOBODY], [0, 2], [1, NOBODY]]
    assert near.values == pytest.approx(np.array([[ab, 0], [ab, bc], [bc, 0]]))


def test_ties_go_to_the_lower_item() -> None:
    assert top_k(table([[1, 1, 1]]), k=1).items.tolist() == [[1], [0], [0]]


@given(
    st.lists(st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.5]), min_size=5, max_size=5), min_size=1, max_size=7),
    st.sampled_from([0.0, 10.0]),
)
def test_top_k_equals_a_slow_plain_version(rows: list[list[float]], shrinkage: float) -> None:
    matrix = table(rows)
    near = top_k(matrix, k=3, shrinkage=shrinkage)
    plain = slow_cosine(matrix.toarray().astype(np.float64), shrinkage)
    best = -np.sort(-plain, axis=1)[:, :3]
    assert near.values == pytest.approx(best, abs=1e-12)
    for row, items in enumerate(near.items):
        for place, item in enumerate(items):
            assert near.values[row, place] == pytest.approx(plain[row, item] if item != NOBODY else 0.0)


def test_small_blocks_give_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    matrix = table((rng.random((40, 30)) < 0.2).astype(float).tolist())
    whole = top_k(matrix, 5)
    monkeypatch.setattr(products, "BLOCK_CELLS", 7)
    cut = top_k(matrix, 5)
    assert np.array_equal(whole.items, cut.items)
    assert np.array_equal(whole.values, cut.values)


def test_only_disturbed_rows_change_with_a_new_session() -> None:
    rng = np.random.default_rng(2)
    dense = (rng.random((30, 40)) < 0.08).astype(np.float32)
    new = np.zeros((1, 40), dtype=np.float32)
    new[0, [3, 5, 8]] = 1
    before, after = csr_array(dense), csr_array(np.vstack([dense, new]))
    rows = np.flatnonzero(disturbed(after, np.array([3, 5, 8])))
    old, full, part = top_k(before, 6), top_k(after, 6), top_k(after, 6, rows=rows)
    assert len(rows) < 40
    old.items[rows], old.values[rows] = part.items, part.values
    assert np.array_equal(old.items, full.items)
    assert np.array_equal(old.values, full.values)


def test_nan_and_k_of_zero_are_refused_and_nothing_has_no_neighbours() -> None:
    with pytest.raises(ValueError, match="finite"):
        top_k(table([[1, np.nan]]), 1)
    with pytest.raises(ValueError, match="k must"):
        top_k(table([[1, 1]]), 0)
    assert top_k(csr_array((0, 3), dtype=np.float32), 2).items.tolist() == [[NOBODY, NOBODY]] * 3
    assert top_k(csr_array((0, 0), dtype=np.float32), 2).items.shape == (0, 2)


def by_hand(dense: np.ndarray, measure: str, a: int, b: int) -> float:
    one, other = dense[:, a].astype(float), dense[:, b].astype(float)
    both, held = ((one != 0) & (other != 0)).sum(), (one != 0).sum()
    if not both or a == b:
        return 0.0
    if measure == "jaccard":
        return both / ((one != 0) | (other != 0)).sum()
    if measure == "conditional":
        return both / held
    if measure == "euclidean":
        return 1 / (1 + np.sqrt(((one - other) ** 2).sum()))
    if measure == "pearson":
        spread = one.std() * other.std()
        return max(((one - one.mean()) * (other - other.mean())).mean() / spread, 0.0) if spread > 1e-9 else 0.0
    if measure == "adjusted_cosine":
        means = [row[row != 0].mean() if row.any() else 0.0 for row in dense.astype(float)]
        one, other = (np.where(x != 0, x - means, 0.0) for x in (one, other))
    length = np.sqrt((one**2).sum() * (other**2).sum())
    return max(one @ other / length, 0.0) if length > 1e-12 else 0.0


tables = st.lists(st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0, 5.0]), min_size=5, max_size=5), min_size=1, max_size=7)


@pytest.mark.parametrize("shrinkage", [0.0, 3.0])
@pytest.mark.parametrize("measure", MEASURES)
@given(rows=tables)
def test_every_measure_equals_a_slow_plain_version(measure: Measure, shrinkage: float, rows: list[list[float]]) -> None:
    matrix = table(rows)
    dense = matrix.toarray()
    both = (dense != 0).T.astype(float) @ (dense != 0)
    plain = np.array([[by_hand(dense, measure, a, b) for b in range(5)] for a in range(5)])
    plain = plain * (both / np.maximum(both + shrinkage, 1e-9))
    near = top_k(matrix, 4, shrinkage, measure=measure)
    assert near.values == pytest.approx(-np.sort(-plain, axis=1)[:, :4], abs=1e-7)


# Rows 1 2 0 | 2 4 0 | 0 3 1; items A, B, C.
HAND = {
    "cosine": [10 / np.sqrt(5 * 29), 3 / np.sqrt(29)],
    "adjusted_cosine": [0.0, 0.0],  # A stands below, B above the mean of each row, and so with C and B
    "pearson": [(10 / 3 - 1 * 3) / np.sqrt(2 / 3 * (29 / 3 - 9)), 0.0],
    "euclidean": [1 / (1 + np.sqrt(1 + 4 + 9)), 1 / (1 + np.sqrt(4 + 16 + 4))],
    "jaccard": [2 / 3, 1 / 3],
    "conditional": [1.0, 1 / 3],  # B is there whenever A is; C once in B's three
}


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_of_three_items_is_worked_by_hand(measure: Measure) -> None:
    near = top_k(table([[1, 2, 0], [2, 4, 0], [0, 3, 1]]), 2, 0.0, measure=measure)
    values = {(a, int(b)): v for a in range(3) for b, v in zip(near.items[a], near.values[a], strict=True) if b >= 0}
    assert [values.get((0, 1), 0.0), values.get((1, 2), 0.0)] == pytest.approx(HAND[measure])
    assert (0, 2) not in values


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("shrinkage", [0.0, 10.0])
def test_updated_neighbours_equal_a_full_run(measure: Measure, shrinkage: float) -> None:
    rng = np.random.default_rng(5)
    dense = (rng.integers(1, 5, (150, 60)) * (rng.random((150, 60)) < 0.06)).astype(np.float32)
    near = top_k(csr_array(dense), 6, shrinkage, measure=measure)
    for _ in range(12):
        new = np.zeros((1, dense.shape[1] + 1), dtype=np.float32)
        items = np.append(rng.choice(dense.shape[1], 8, replace=False), dense.shape[1])
        new[0, items] = rng.integers(1, 4, len(items))
        dense = np.vstack([np.hstack([dense, np.zeros((len(dense), 1), dtype=np.float32)]), new])
        near = updated(near, csr_array(dense), items, shrinkage, measure)
        full = top_k(csr_array(dense), 6, shrinkage, measure=measure)
        assert np.array_equal(near.items, full.items)
        assert np.array_equal(near.values, full.values)


def test_an_update_makes_few_rows_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    dense = (rng.random((400, 300)) < 0.03).astype(np.float32)
    near = top_k(csr_array(dense), 10)
    dense = np.vstack([dense, np.zeros(300, dtype=np.float32)])
    dense[-1, :5] = 1
    made: list[int] = []
    rows = similarity.Measured.rows
    monkeypatch.setattr(
        similarity.Measured, "rows", lambda self, wanted: (made.append(len(wanted)), rows(self, wanted))[1]
    )
    updated(near, csr_array(dense), np.arange(5))
    assert sum(made) < 60


@pytest.mark.parametrize("measure", ["cosine", "adjusted_cosine"])
def test_all_pairs_equals_top_k_without_shrinkage(measure: Measure) -> None:
    rng = np.random.default_rng(7)
    matrix = csr_array((rng.random((80, 50)) * (rng.random((80, 50)) < 0.2)).astype(np.float32))
    exact = top_k(matrix, 7, 0.0, measure=measure)
    items, values = products.padded(all_pairs(matrix, 7, measure), 7)
    assert np.array_equal(items, exact.items)
    assert values == pytest.approx(exact.values, abs=1e-6)
    assert np.array_equal(products.padded(nearest_cells(matrix, 7, 0.0, measure), 7)[0], exact.items)
    shrunk = products.padded(nearest_cells(matrix, 7, 4.0, measure), 7)
    assert np.array_equal(shrunk[0], top_k(matrix, 7, 4.0, measure=measure).items)


def test_normalised_neighbours_sum_to_one() -> None:
    near = top_k(table([[1, 1, 0], [1, 1, 0], [0, 1, 1]]), 2, 0.0).normalised()
    assert near.values.sum(axis=1) == pytest.approx([1, 1, 1])


def test_an_unknown_measure_and_negative_shrinkage_are_refused() -> None:
    with pytest.raises(ValueError, match="there are cosine"):
        top_k(table([[1.0]]), 1, measure="taste")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="shrinkage"):
        top_k(table([[1.0]]), 1, shrinkage=-1)
