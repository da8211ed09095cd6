import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from recommender import similarity
from recommender.similarity import NOBODY, disturbed, top_k


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
    monkeypatch.setattr(similarity, "BLOCK_CELLS", 7)
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
