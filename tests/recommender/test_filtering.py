import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from recommender.filtering import core_of, k_core
from recommender.interactions import Interactions


def test_a_core_keeps_ids_weights_and_times() -> None:
    table = Interactions.from_cells([5, 5, 6, 6, 7], [1, 2, 1, 2, 3], [1.0, 2.0, 3.0, 4.0, 5.0], [10, 11, 12, 13, 14])
    core = k_core(table, 2, 2)
    assert core.row_ids.tolist() == [5, 6]
    assert core.item_ids.tolist() == [1, 2]
    assert core.last_s.tolist() == [11, 13]
    assert core.matrix.toarray().tolist() == [[1, 2], [3, 4]]


def test_removing_goes_on_until_nothing_changes() -> None:
    # The last row needs the last item, which nobody else holds; without it the row is short, and so on.
    chain = csr_array(np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]], dtype=np.float32))
    rows, items = core_of(chain, 2, 2)
    assert len(rows) == len(items) == 0


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), max_size=8), st.integers(0, 3), st.integers(0, 3))
def test_a_core_equals_a_slow_plain_version(cells: list[list[bool]], least_items: int, least_rows: int) -> None:
    dense = np.asarray(cells, dtype=np.float32).reshape(len(cells), 5)
    rows, items = set(range(len(dense))), set(range(5))
    while True:
        short = {r for r in rows if sum(dense[r, i] for i in items) < least_items}
        rare = {i for i in items if sum(dense[r, i] for r in rows) < least_rows}
        if not short and not rare:
            break
        rows, items = rows - short, items - rare
    found = core_of(csr_array(dense), least_items, least_rows)
    assert (found[0].tolist(), found[1].tolist()) == (sorted(rows), sorted(items))


def test_a_negative_core_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        core_of(csr_array((2, 2), dtype=np.float32), -1, 0)
