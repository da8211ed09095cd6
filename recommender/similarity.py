"""How alike items are by the rows (listeners, sessions) they share: exact top k, in blocks so that memory is bounded.

Blanks are zero plays, so every measure is over whole columns a, b of the table. Items that share no row are no
neighbours, and only positive similarities count.

    cosine           a.b / (|a| |b|)
    adjusted_cosine  the same after each row's mean over its cells is taken from its cells (Sarwar 2001)
    pearson          correlation of the columns
    euclidean        1 / (1 + |a - b|)
    jaccard          rows with both / rows with either
    conditional      rows with both / rows with a: how often b is there when a is (Deshpande & Karypis 2004)
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.arrays import Bools, Floats, Ints
from recommender.products import NOBODY, blocks, largest, padded, stacked, top_products

__all__ = ["MEASURES", "NOBODY", "Measure", "Neighbours", "all_pairs", "disturbed", "nearest_cells", "top_k", "updated"]

Measure = Literal["cosine", "adjusted_cosine", "pearson", "euclidean", "jaccard", "conditional"]
MEASURES: tuple[Measure, ...] = ("cosine", "adjusted_cosine", "pearson", "euclidean", "jaccard", "conditional")


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The k nearest of each item, best first; short rows are padded with NOBODY and 0."""

    items: NDArray[np.int32]
    """(n_items, k)."""
    values: Floats
    """(n_items, k)."""

    def normalised(self) -> "Neighbours":
        """Each row's similarities divided by their sum (Deshpande & Karypis 2004)."""
        total = self.values.sum(axis=1, keepdims=True)
        return replace(self, values=np.divide(self.values, total, out=np.zeros_like(self.values), where=total > 0))


class Measured:
    """A table made ready for one measure; ``rows`` are pure functions of it, so that parts equal a full run."""

    def __init__(self, matrix: Any, measure: Measure, shrinkage: float) -> None:
        if measure not in MEASURES:
            raise ValueError(f"no similarity is called {measure!r}; there are {', '.join(MEASURES)}")
        if not shrinkage >= 0:
            raise ValueError("shrinkage must be at least 0")
        if not np.isfinite(matrix.data).all():
            raise ValueError("a weight is not a finite number")
        self.measure, self.shrinkage = measure, shrinkage
        self.by_row = _transformed(matrix, measure)
        self.by_item = self.by_row.T.tocsr()
        self.by_item.sort_indices()
        columns, n_items = self.by_row.indices, matrix.shape[1]
        self.squares = np.bincount(columns, self.by_row.data**2, n_items).astype(np.float64)
        self.sums = np.bincount(columns, self.by_row.data, n_items).astype(np.float64)
        self._ones = bool((self.by_row.data == 1).all())

    def rows(self, rows: Ints) -> Any:
        """Similarities of the items ``rows`` to all, sorted CSR (len(rows), n_items) float64, without themselves.

        With shrinkage each is times n / (n + shrinkage), n the rows that hold both (Bell & Koren 2007). Cost: the sum
        over ``rows`` of the lengths of the table's rows they are in.
        """
        left = self.by_item[rows]
        product = (left @ self.by_row).tocsr()
        product.sort_indices()
        owner = np.repeat(rows, np.diff(product.indptr))
        values = self._values(product.data, owner, product.indices)
        if self.shrinkage > 0:
            both = product.data if self._ones else self._shared(left, product)
            values *= both / (both + self.shrinkage)
        values[(product.indices == owner) | (values < 0)] = 0.0
        product.data = values
        product.eliminate_zeros()
        return product

    def _values(self, dots: Floats, a: Ints, b: NDArray[Any]) -> Floats:
        squares = self.squares
        match self.measure:
            case "cosine" | "adjusted_cosine":
                return _ratio(dots, np.sqrt(squares[a] * squares[b]))
            case "pearson":
                n = max(self.by_row.shape[0], 1)
                spread = np.maximum(squares - self.sums**2 / n, 0.0)
                spread[spread < 1e-12 * squares] = 0.0
                return _ratio(dots - self.sums[a] * self.sums[b] / n, np.sqrt(spread[a] * spread[b]))
            case "euclidean":
                return np.asarray(1.0 / (1.0 + np.sqrt(np.maximum(squares[a] + squares[b] - 2.0 * dots, 0.0))))
            case "jaccard":
                return _ratio(dots, squares[a] + squares[b] - dots)
            case "conditional":
                return _ratio(dots, squares[a])

    def _shared(self, left: Any, product: Any) -> Floats:
        """How many rows hold both, for each cell of ``product``, whose cells are some of those of the count."""
        both = (_pattern(left) @ _pattern(self.by_row)).tocsr()
        both.sort_indices()
        if both.nnz == product.nnz:
            return np.asarray(both.data)
        n = both.shape[1]
        places = [np.repeat(np.arange(m.shape[0]), np.diff(m.indptr)) * n + m.indices for m in (both, product)]
        return np.asarray(both.data[np.searchsorted(places[0], places[1])])


def top_k(
    matrix: Any, k: int, shrinkage: float = 10.0, rows: Ints | None = None, measure: Measure = "cosine"
) -> Neighbours:
    """The exact ``k`` nearest items of the columns of ``matrix`` (CSR, n_rows x n_items, float32).

    ``rows``: only these items, in this order. Ties go to the lower item. Cost: the sum over the table's rows of their
    squared length; memory: two float64 copies of the table, one block of BLOCK_CELLS products and the answer.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    table = Measured(matrix, measure, shrinkage)
    wanted = np.arange(matrix.shape[1], dtype=np.int64) if rows is None else rows
    return Neighbours(*padded(_nearest(table, wanted, k), k))


def nearest_cells(matrix: Any, k: int, shrinkage: float = 10.0, measure: Measure = "cosine") -> Any:
    """The same as ``top_k`` for all items, as a CSR (n_items, n_items) float32 whose rows are best first.

    Takes the compiled pass of ``all_pairs`` where there is one for it.
    """
    if shrinkage == 0 and measure in ("cosine", "adjusted_cosine"):
        return all_pairs(matrix, k, measure)
    if k < 1:
        raise ValueError("k must be at least 1")
    table = Measured(matrix, measure, shrinkage)
    cells = _nearest(table, np.arange(matrix.shape[1], dtype=np.int64), k)
    return csr_array((cells.data.astype(np.float32), cells.indices, cells.indptr), shape=cells.shape)


def all_pairs(matrix: Any, k: int, measure: Measure = "cosine") -> Any:
    """Nearest by (adjusted) cosine without shrinkage, for large tables: CSR (n_items, n_items) float32, best first.

    One compiled pass in float32. Which of several equal values is the last of k may be either.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    if not np.isfinite(matrix.data).all():
        raise ValueError("a weight is not a finite number")
    table = _transformed(matrix, measure) if measure == "adjusted_cosine" else matrix
    squares = np.bincount(table.indices, table.data.astype(np.float64) ** 2, table.shape[1])
    scale = 1.0 / np.sqrt(np.where(squares > 0, squares, 1.0))
    unit = csr_array(((table.data * scale[table.indices]).astype(np.float32), table.indices, table.indptr), table.shape)
    return top_products(unit.T.tocsr(), unit, k, drop_diagonal=True)


def disturbed(matrix: Any, items: Ints) -> Bools:
    """Which items may have changed when ``items`` got new interactions: they and all that share a row. (n_items,)"""
    sharing = (matrix[:, items].sum(axis=1) != 0) if len(items) else np.zeros(matrix.shape[0], dtype=bool)
    touched = np.zeros(matrix.shape[1], dtype=bool)
    touched[matrix[np.flatnonzero(sharing)].indices] = True
    touched[items] = True
    return touched


def updated(
    old: Neighbours, matrix: Any, items: Ints, shrinkage: float = 10.0, measure: Measure = "cosine"
) -> Neighbours:
    """The neighbours after ``items`` got new interactions (``matrix`` holds them): equal to ``top_k`` on all of it.

    The rows of ``items`` are made again. In every other row only the values of ``items`` may differ: they are put in
    place, and the row is made again only where one of them fell below what the row had kept. Cost: those rows, and
    one look at all neighbours. Pearson depends on the number of rows: there everything is made again.
    """
    k = old.items.shape[1]
    if measure == "pearson":
        return top_k(matrix, k, shrinkage, measure=measure)
    table, n = Measured(matrix, measure, shrinkage), matrix.shape[1]
    fresh = Neighbours(np.full((n, k), NOBODY, dtype=np.int32), np.zeros((n, k)))
    fresh.items[: len(old.items)], fresh.values[: len(old.items)] = old.items, old.values
    changed = np.zeros(n, dtype=bool)
    changed[items] = True
    again = np.flatnonzero(changed)
    if measure != "conditional":  # what is there when an unchanged item is stays as it was
        again = np.union1d(again, _patch(fresh, changed, *_turned(table, again)))
    made = Neighbours(*padded(_nearest(table, again, k), k))
    fresh.items[again], fresh.values[again] = made.items, made.values
    return fresh


def _turned(table: Measured, changed: Ints) -> tuple[Ints, Ints, Floats]:
    """(b, a, similarity of b to a) for each changed a and each unchanged b that shares a row with it, sorted by b."""
    found = table.rows(changed)
    of, others = np.repeat(changed, np.diff(found.indptr)), found.indices.astype(np.int64)
    kept = ~np.isin(others, changed)
    order = np.lexsort((of[kept], others[kept]))
    return others[kept][order], of[kept][order], found.data[kept][order]


def _patch(rows: Neighbours, changed: Bools, others: Ints, of: Ints, values: Floats) -> Ints:
    """Puts new values of changed items into the unchanged rows; gives back the rows that lost a neighbour by it."""
    held = (rows.items != NOBODY) & changed[rows.items]
    held[changed] = False
    last, worst = rows.items[:, -1], rows.values[:, -1]
    near = (values > worst[others]) | ((values == worst[others]) & (of < last[others])) | (last[others] == NOBODY)
    touched = np.union1d(np.flatnonzero(held.any(axis=1)), others[near])
    k, unsure = rows.items.shape[1], []
    for row in touched.tolist():
        mine = slice(*np.searchsorted(others, [row, row + 1]))
        stay = (rows.items[row] != NOBODY) & ~held[row]
        items = np.concatenate([rows.items[row][stay], of[mine]])
        scores = np.concatenate([rows.values[row][stay], values[mine]])
        best = np.lexsort((items, -scores))[:k]
        end = (-worst[row], int(last[row]))
        if last[row] != NOBODY and (len(best) < k or (-scores[best[-1]], int(items[best[-1]])) > end):
            unsure.append(row)
            continue
        rows.items[row], rows.values[row] = NOBODY, 0.0
        rows.items[row, : len(best)], rows.values[row, : len(best)] = items[best], scores[best]
    return np.asarray(unsure, dtype=np.int64)


def _nearest(table: Measured, wanted: Ints, k: int) -> Any:
    """CSR (len(wanted), n_items) float64, the k nearest of each, best first."""
    parts = [largest(table.rows(wanted[block]), k) for block in blocks(table.by_item[wanted], table.by_row)]
    return stacked(parts, table.by_row.shape[1])


def _transformed(matrix: Any, measure: Measure) -> Any:
    """The table as float64 with sorted, single cells: ones for the counting measures, centred rows for adjusted."""
    table = csr_array(matrix, dtype=np.float64, copy=True)
    table.sum_duplicates()
    table.eliminate_zeros()
    if measure in ("jaccard", "conditional"):
        table.data[:] = 1.0
    if measure == "adjusted_cosine":
        lengths = np.diff(table.indptr)
        mean = _ratio(np.asarray(table.sum(axis=1), dtype=np.float64), lengths.astype(np.float64))
        table.data -= np.repeat(mean, lengths)
    return table


def _pattern(matrix: Any) -> Any:
    return csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
