import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.interactions import Interactions


def test_rows_and_items_are_appended() -> None:
    table = Interactions([7])
    table.append(100, [7, 8], at_s=5)
    table.append(101, [9, 8, 8], [1.0, 2.0, 3.0], at_s=6)
    table.extend_last([7, 8], at_s=9)
    assert table.item_ids.tolist() == [7, 8, 9]
    assert table.row_ids.tolist() == [100, 101]
    assert table.last_s.tolist() == [5, 9]
    assert table.matrix.dtype == np.float32
    assert table.matrix.toarray().tolist() == [[1, 1, 0], [1, 6, 1]]


def test_the_cells_of_the_matrix_are_not_copied() -> None:
    table = Interactions(range(16))
    table.append(1, range(16))
    assert np.shares_memory(table.matrix.indices, table._indices.view)
    assert np.shares_memory(table.matrix.data, table._data.view)


def test_an_empty_table_has_a_matrix() -> None:
    assert Interactions().matrix.shape == (0, 0)
    empty = np.zeros(0, dtype=np.int64)
    assert Interactions.from_sessions(empty, empty, empty, 3).matrix.shape == (0, 3)


@pytest.mark.parametrize(("items", "weights"), [([1], [np.nan]), ([1], [1.0, 2.0]), ([np.nan], [1.0])])
def test_bad_cells_are_refused(items: list[float], weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Interactions().append(0, items, weights)


def test_an_id_given_twice_and_a_missing_row_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Interactions([1, 1])
    with pytest.raises(ValueError, match="no row"):
        Interactions([1]).extend_last([1])
    with pytest.raises(ValueError, match="outside"):
        Interactions.from_sessions(np.array([0]), np.array([5]), np.array([0]), 3)


@given(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=8), max_size=8))
def test_growing_by_rows_equals_building_at_once(sessions: list[list[int]]) -> None:
    grown = Interactions(range(7))
    for row, session in enumerate(sessions):
        grown.append(row, sorted(set(session)), at_s=row)
    numbers = np.repeat(np.arange(len(sessions)), [len(s) for s in sessions]).astype(np.int64)
    items = np.array([item for session in sessions for item in session], dtype=np.int64)
    built = Interactions.from_sessions(numbers, items, numbers, 7)
    assert np.array_equal(grown.matrix.toarray(), built.matrix.toarray())
    assert grown.last_s.tolist() == built.last_s.tolist()


def test_growing_copies_rarely() -> None:
    table = Interactions(range(50))
    copies, memory = 0, None
    for row in range(1_000):
        table.append(row, [row % 50])
        start = table._data.view.__array_interface__["data"][0]
        copies, memory = copies + (start != memory), start
    assert copies < 20


def test_a_whole_matrix_becomes_a_table_that_grows_like_any_other() -> None:
    table = Interactions.from_matrix(np.array([[0, 2.5], [1, 0]]))
    assert table.row_ids.tolist() == [0, 1]
    table.append(9, [1, 5])
    assert table.matrix.toarray().tolist() == [[0, 2.5, 0], [1, 0, 0], [0, 1, 1]]
    with pytest.raises(ValueError, match="finite"):
        Interactions.from_matrix(np.array([[np.nan]]))
