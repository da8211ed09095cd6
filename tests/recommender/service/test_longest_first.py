import numpy as np
import pytest

from recommender.service import longest_first
from recommender.service.longest_first import LongestFirst


@pytest.mark.parametrize("decay", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("k", [1, 7, 300])
def test_it_finds_what_looking_at_all_finds(decay: float, k: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(longest_first, "BLOCK", 1_000)
    rng = np.random.default_rng(3)
    items = (rng.standard_normal((20_000, 8)) * (1.0 + np.arange(20_000))[:, None] ** -decay).astype(np.float32)
    items = items[rng.permutation(len(items))]
    found = LongestFirst(items)
    for _ in range(5):
        query = rng.standard_normal(8)
        products = items @ query.astype(np.float32)
        rows, looked_at = found.largest(query, k)
        assert len(set(rows.tolist())) == k
        np.testing.assert_allclose(np.sort(products[rows]), np.sort(products)[-k:], rtol=1e-5)
        assert looked_at <= len(items)
    if decay == 1.0 and k < 300:
        assert looked_at < len(items) / 2


def test_vectors_are_those_of_their_rows() -> None:
    items = np.array([[1, 0], [0, 3], [2, 2]], dtype=np.float32)
    found = LongestFirst(items)
    np.testing.assert_array_equal(found.of(np.array([2, 0])), [[2, 2], [1, 0]])
    assert found.largest(np.array([1.0, 0.0]), 1)[0].tolist() == [2]
    assert sorted(found.largest(np.array([0.0, 1.0]), 2)[0].tolist()) == [1, 2]
    assert sorted(found.largest(np.array([0.0, 0.0]), 9)[0].tolist()) == [0, 1, 2]


def test_nothing_gives_nothing_and_a_limit_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LongestFirst(np.zeros((0, 4), dtype=np.float32)).largest(np.ones(4), 3)[0].tolist() == []
    assert LongestFirst(np.ones((5, 0), dtype=np.float32)).largest(np.ones(0), 3)[1] <= 5
    monkeypatch.setattr(longest_first, "MOST_LOOKED_AT", 5_000)
    flat = LongestFirst(np.ones((20_000, 4), dtype=np.float32))
    assert flat.largest(np.ones(4), 10)[1] <= 5_000 + longest_first.BLOCK
