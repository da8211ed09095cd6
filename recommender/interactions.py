"""Interactions: sessions (or listeners) by items, CSR float32, that grow without being rebuilt."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from recommender.arrays import Growing, Ints, integers, same_length


class Interactions:
    """CSR (n_rows, n_items) float32 with row ids, item ids and the last time of each row.

    ``append`` and ``extend_last`` are O(new) amortised; ``matrix`` copies nothing. Fewer than 2**31 cells.
    """

    def __init__(self, item_ids: ArrayLike = ()) -> None:
        ids = integers(item_ids, "item_ids")
        self._item_ids = Growing(ids)
        self._place = {int(item): place for place, item in enumerate(ids)}
        if len(self._place) != len(ids):
            raise ValueError("item_ids holds an id twice")
        self._row_ids = Growing(np.zeros(0, dtype=np.int64))
        self._last_s = Growing(np.zeros(0, dtype=np.int64))
        self._indptr = Growing(np.zeros(1, dtype=np.int32))
        self._indices = Growing(np.zeros(0, dtype=np.int32))
        self._data = Growing(np.zeros(0, dtype=np.float32))

    @classmethod
    def from_sessions(
        cls, sessions: NDArray[Any], items: NDArray[Any], at_s: NDArray[Any], n_items: int
    ) -> "Interactions":
        """Rows from parallel listens ordered by session; items are 0..n_items-1, repeats in a session count once."""
        table = cls(np.arange(n_items))
        if len(items) == 0:
            return table
        if int(np.min(items)) < 0 or int(np.max(items)) >= n_items:
            raise ValueError("items holds a number outside 0..n_items-1")
        _, first = np.unique(sessions.astype(np.int64) * n_items + items, return_index=True)
        row_ids, start = np.unique(sessions, return_index=True)
        starts_in_first = np.searchsorted(sessions[first], row_ids)
        table._row_ids.append(row_ids)
        table._last_s.append(np.maximum.reduceat(at_s, start))
        table._indptr.append(np.append(starts_in_first[1:], len(first)))
        table._indices.append(items[first])
        table._data.append(np.ones(len(first), dtype=np.float32))
        return table

    @classmethod
    def from_cells(
        cls, rows: ArrayLike, items: ArrayLike, weights: ArrayLike | None = None, at_s: ArrayLike | None = None
    ) -> "Interactions":
        """A table from parallel (row id, item id, weight, time) of any order; cells given twice add up. One sort.

        Rows and items are in ascending order of their ids. Weights default to 1, times to 0.
        """
        row, item = integers(rows, "rows"), integers(items, "items")
        weight = np.ones(len(row), dtype=np.float32) if weights is None else np.asarray(weights, dtype=np.float32)
        times = np.zeros(len(row), dtype=np.int64) if at_s is None else integers(at_s, "at_s")
        same_length({"rows": row, "items": item, "weights": weight, "at_s": times})
        row_ids, place = np.unique(row, return_inverse=True)
        item_ids, column = np.unique(item, return_inverse=True)
        last_s = np.full(len(row_ids), np.iinfo(np.int64).min)
        np.maximum.at(last_s, place, times)
        shape = (len(row_ids), len(item_ids))
        return cls.from_matrix(csr_array((weight, (place, column)), shape=shape), row_ids, item_ids, last_s)

    @classmethod
    def from_matrix(
        cls,
        matrix: Any,
        row_ids: ArrayLike | None = None,
        item_ids: ArrayLike | None = None,
        last_s: ArrayLike | None = None,
    ) -> "Interactions":
        """A table with the cells of a CSR (n_rows, n_items); ids default to 0, 1, 2 and times to 0. O(nnz)."""
        cells = csr_array(matrix, dtype=np.float32)
        cells.sum_duplicates()
        if not np.isfinite(cells.data).all():
            raise ValueError("a weight is not a finite number")
        n_rows, n_items = cells.shape
        table = cls(np.arange(n_items) if item_ids is None else item_ids)
        rows = np.arange(n_rows) if row_ids is None else integers(row_ids, "row_ids")
        times = np.zeros(n_rows, dtype=np.int64) if last_s is None else integers(last_s, "last_s")
        if len(table.item_ids) != n_items or len(rows) != n_rows or len(times) != n_rows:
            raise ValueError(f"a table of {n_rows} rows and {n_items} items needs as many ids and times")
        table._row_ids.append(rows)
        table._last_s.append(times)
        table._indptr.append(cells.indptr[1:])
        table._indices.append(cells.indices)
        table._data.append(cells.data)
        return table

    def take(self, rows: NDArray[Any], items: NDArray[Any]) -> "Interactions":
        """The table of these rows and columns only (places, in this order)."""
        cells = self.matrix[rows][:, items]
        return Interactions.from_matrix(cells, self.row_ids[rows], self.item_ids[items], self.last_s[rows])

    @property
    def shape(self) -> tuple[int, int]:
        """(n_rows, n_items)."""
        return len(self._row_ids), len(self._item_ids)

    @property
    def row_ids(self) -> Ints:
        """(n_rows,) int64."""
        return self._row_ids.view

    @property
    def item_ids(self) -> Ints:
        """(n_items,) int64."""
        return self._item_ids.view

    @property
    def last_s(self) -> Ints:
        """Time of the last interaction of each row, (n_rows,) int64."""
        return self._last_s.view

    @property
    def matrix(self) -> Any:
        """``scipy.sparse.csr_array`` (n_rows, n_items) float32 over the same cells; take it again after a change."""
        return csr_array((self._data.view, self._indices.view, self._indptr.view), shape=self.shape, copy=False)

    def items_of(self, row: int) -> Ints:
        """Places of the items of one row, int64."""
        start, end = int(self._indptr.view[row]), int(self._indptr.view[row + 1])
        return np.asarray(self._indices.view[start:end], dtype=np.int64)

    def append(self, row_id: int, item_ids: ArrayLike, weights: ArrayLike | None = None, at_s: int = 0) -> None:
        """Adds one row at the end; items not seen before become new columns. Repeats in one row add up."""
        places, values = self._cells(item_ids, weights)
        self._row_ids.append(row_id)
        self._last_s.append(at_s)
        self._indptr.append(len(self._indices))
        self._fill_last(places, values)

    def extend_last(self, item_ids: ArrayLike, weights: ArrayLike | None = None, at_s: int = 0) -> None:
        """Adds to the last row (the running session). Weights of items it has already add up."""
        if len(self._row_ids) == 0:
            raise ValueError("there is no row to extend")
        places, values = self._cells(item_ids, weights)
        self._last_s.view[-1] = max(int(self._last_s.view[-1]), at_s)
        self._fill_last(places, values)

    def _cells(self, item_ids: ArrayLike, weights: ArrayLike | None) -> tuple[Ints, NDArray[np.float32]]:
        ids = integers(item_ids, "item_ids")
        values = np.ones(len(ids), dtype=np.float32) if weights is None else np.asarray(weights, dtype=np.float32)
        if values.shape != ids.shape:
            raise ValueError(f"{len(ids)} items but {values.size} weights")
        if not np.isfinite(values).all():
            raise ValueError("a weight is not a finite number")
        new = [item for item in dict.fromkeys(ids.tolist()) if item not in self._place]
        self._place.update((item, len(self._item_ids) + n) for n, item in enumerate(new))
        self._item_ids.append(np.asarray(new, dtype=np.int64))
        places = np.asarray([self._place[item] for item in ids.tolist()], dtype=np.int64)
        unique, inverse = np.unique(places, return_inverse=True)
        return unique, np.bincount(inverse, weights=values, minlength=len(unique)).astype(np.float32)

    def _fill_last(self, places: Ints, values: NDArray[np.float32]) -> None:
        start = int(self._indptr.view[-2])
        row = self._indices.view[start:]
        known = np.isin(places, row)
        for place, value in zip(places[known], values[known], strict=True):
            self._data.view[start + int(np.flatnonzero(row == place)[0])] += value
        self._indices.append(places[~known])
        self._data.append(values[~known])
        self._indptr.view[-1] = len(self._indices)
