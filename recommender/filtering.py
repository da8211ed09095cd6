"""Which rows and items of a table are worth learning from."""

from typing import Any

import numpy as np

from recommender.arrays import Ints
from recommender.interactions import Interactions


def k_core(table: Interactions, least_items: int, least_rows: int) -> Interactions:
    """The largest part in which each row holds ``least_items`` items and each item is held by ``least_rows`` rows.

    Order is kept. Seidman 1983. Cost: O(nnz) a round; rounds are few, at most rows + items.
    """
    rows, items = core_of(table.matrix, least_items, least_rows)
    return table.take(rows, items)


def core_of(matrix: Any, least_items: int, least_rows: int) -> tuple[Ints, Ints]:
    """Places of the rows and of the items of the k-core of a CSR (n_rows, n_items), ascending; cells of 0 count not."""
    if least_items < 0 or least_rows < 0:
        raise ValueError("a k-core needs numbers of at least 0")
    real = matrix.data != 0
    owner = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[real]
    item = matrix.indices[real]
    while True:
        rows = np.bincount(owner, minlength=matrix.shape[0]) >= least_items
        items = np.bincount(item, minlength=matrix.shape[1]) >= least_rows
        kept = rows[owner] & items[item]
        if kept.all():
            return np.flatnonzero(rows), np.flatnonzero(items)
        owner, item = owner[kept], item[kept]
