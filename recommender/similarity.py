"""How alike items are by who (or which sessions) they share: exact top k, in blocks so that memory is bounded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Bools, Floats, Ints

BLOCK_CELLS = 2_000_000
"""Products a block may make: about 24 MB of them."""
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The k nearest of each item, best first; short rows are padded with NOBODY and 0."""

    items: NDArray[np.int32]
    """(n_items, k)."""
    values: Floats
    """(n_items, k)."""


def squared_norms(matrix: Any) -> Floats:
    """Sum of squares of each column of a CSR (n_rows, n_items), float64 (n_items,). O(nnz)."""
    squares = matrix.data.astype(np.float64) ** 2
    return np.bincount(matrix.indices, weights=squares, minlength=matrix.shape[1]).astype(np.float64)


def cosine_rows(by_item: Any, matrix: Any, norms: Floats, rows: Ints, shrinkage: float) -> Any:
    """Similarities of the items ``rows`` to all, CSR (len(rows), n_items) float64, without themselves.

    ``by_item``: ``matrix`` transposed, CSR (n_items, n_rows). Cosine of columns a and b times n / (n + shrinkage), n
    the number of rows that hold both (Bell & Koren 2007). Cost: the sum over ``rows`` of their sessions' lengths.
    """
    left = by_item[rows].astype(np.float64)
    product = (left @ matrix.astype(np.float64)).tocsr()
    product.sort_indices()
    owner = np.repeat(np.arange(len(rows)), np.diff(product.indptr))
    length = np.sqrt(norms[rows][owner] * norms[product.indices])
    values = np.divide(product.data, length, out=np.zeros_like(product.data), where=length > 0)
    if shrinkage > 0:
        both = (_pattern(left) @ _pattern(matrix)).tocsr()
        both.sort_indices()
        values *= both.data / (both.data + shrinkage)
    values[product.indices == rows[owner]] = 0.0
    product.data = values
    product.eliminate_zeros()
    return product


def top_k(matrix: Any, k: int, shrinkage: float = 10.0, rows: Ints | None = None) -> Neighbours:
    """The exact ``k`` nearest items by shrunk cosine of the columns of ``matrix`` (CSR, n_rows x n_items, float32).

    ``rows``: only these items, in this order. Ties go to the lower item. Cost: the sum over sessions of their squared
    length; memory: one block of BLOCK_CELLS products and the answer. A pure function of the matrix, so that the rows
    a new session touches can be done again by themselves and equal a full run.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    if not np.isfinite(matrix.data).all():
        raise ValueError("a weight is not a finite number")
    wanted = np.arange(matrix.shape[1], dtype=np.int64) if rows is None else rows
    norms, by_item = squared_norms(matrix), matrix.T.tocsr()
    items = np.full((len(wanted), k), NOBODY, dtype=np.int32)
    values = np.zeros((len(wanted), k), dtype=np.float64)
    for block in _blocks(by_item, matrix, wanted):
        _best(cosine_rows(by_item, matrix, norms, wanted[block], shrinkage), k, items[block], values[block])
    return Neighbours(items, values)


def disturbed(matrix: Any, items: Ints) -> Bools:
    """Which items' rows change when ``items`` got new interactions: they and all that share a row. (n_items,)"""
    sharing = (matrix[:, items].sum(axis=1) != 0) if len(items) else np.zeros(matrix.shape[0], dtype=bool)
    touched = np.zeros(matrix.shape[1], dtype=bool)
    touched[matrix[np.flatnonzero(sharing)].indices] = True
    touched[items] = True
    return touched


def _pattern(matrix: Any) -> Any:
    ones = matrix.astype(np.float64)
    ones.data = np.ones_like(ones.data)
    return ones


def _blocks(by_item: Any, matrix: Any, wanted: Ints) -> Iterator[slice]:
    """Slices of ``wanted`` whose products stay under BLOCK_CELLS (one item at least)."""
    lengths = np.diff(matrix.indptr).astype(np.float64)
    products = by_item.astype(bool).astype(np.float64) @ lengths
    total = np.cumsum(np.minimum(products[wanted], matrix.shape[1]))
    start = 0
    while start < len(wanted):
        before = total[start - 1] if start else 0.0
        end = max(int(np.searchsorted(total, before + BLOCK_CELLS, side="right")), start + 1)
        yield slice(start, end)
        start = end


def _best(block: Any, k: int, items: NDArray[np.int32], values: Floats) -> None:
    """Writes the k largest of each row, by value, then by lower item."""
    owner = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
    order = np.lexsort((block.indices, -block.data, owner))
    rank = np.arange(len(order)) - np.repeat(block.indptr[:-1], np.diff(block.indptr))
    kept = rank < k
    items[owner[kept], rank[kept]] = block.indices[order][kept]
    values[owner[kept], rank[kept]] = block.data[order][kept]
