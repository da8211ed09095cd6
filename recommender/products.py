"""The k largest of each row of a product of two sparse tables, without ever holding the product.

``sparse_dot_topn`` does it in one compiled pass where it is installed; scipy in blocks gives the same numbers slower.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix

NOBODY = -1
BLOCK_CELLS = 2_000_000
"""Products a block may make: about 24 MB of them."""
MOST_THREADS = 4


def top_products(left: Any, right: Any, k: int, drop_diagonal: bool = False) -> Any:
    """The k largest positive cells of each row of ``left @ right``: CSR (n, n_items) float32, rows best first.

    left: CSR (n, m) float32; right: CSR (m, n_items) float32. Which of several equal cells is the last of k may be
    either, the same each time. Cost: for each cell of ``left`` a row of ``right``; memory: the answer and, per thread,
    two arrays of n_items (scipy: a block of BLOCK_CELLS).
    """
    shape = (left.shape[0], right.shape[1])
    if 0 in (*left.shape, right.shape[1]):
        return csr_array(shape, dtype=np.float32)
    wanted = min(k + 1 if drop_diagonal else k, right.shape[1])
    found = _compiled(left, right, wanted) if find_spec("sparse_dot_topn") else _in_blocks(left, right, wanted)
    return _first(found, k, drop_diagonal)


def padded(found: Any, k: int) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Rows of a CSR as they are, cut at k, as two arrays (n, k): columns int32 and values; NOBODY and 0 pad."""
    owner = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    place = np.arange(len(owner)) - found.indptr[owner]
    few = place < k
    items = np.full((found.shape[0], k), NOBODY, dtype=np.int32)
    values = np.zeros((found.shape[0], k), dtype=found.data.dtype)
    items[owner[few], place[few]], values[owner[few], place[few]] = found.indices[few], found.data[few]
    return items, values


def stacked(parts: list[Any], n_columns: int) -> Any:
    """CSR blocks one below the other, the order within rows kept."""
    lengths = np.concatenate([np.zeros(1, dtype=np.int64), *(np.diff(part.indptr) for part in parts)])
    data = np.concatenate([part.data for part in parts]) if parts else np.zeros(0)
    indices = np.concatenate([part.indices for part in parts]) if parts else np.zeros(0, dtype=np.int32)
    return csr_array((data, indices, np.cumsum(lengths)), shape=(len(lengths) - 1, n_columns))


def blocks(left: Any, right: Any) -> Iterator[slice]:
    """Slices of the rows of ``left`` whose products with ``right`` stay under BLOCK_CELLS (one row at least)."""
    lengths = np.append(0.0, np.cumsum(np.diff(right.indptr)[left.indices], dtype=np.float64))
    products = lengths[left.indptr[1:]] - lengths[left.indptr[:-1]]
    total = np.cumsum(np.minimum(products, right.shape[1]))
    start = 0
    while start < left.shape[0]:
        before = total[start - 1] if start else 0.0
        end = max(int(np.searchsorted(total, before + BLOCK_CELLS, side="right")), start + 1)
        yield slice(start, end)
        start = end


def largest(block: Any, k: int) -> Any:
    """The k largest positive cells of each row of a CSR, as a CSR sorted by value, then by lower column."""
    kept = block.data > 0
    for row in np.flatnonzero(np.diff(block.indptr) > k):
        cells = slice(block.indptr[row], block.indptr[row + 1])
        values = block.data[cells]
        kept[cells] &= values >= np.partition(values, len(values) - k)[len(values) - k]
    owner = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))[kept]
    items, values = block.indices[kept], block.data[kept]
    order = np.lexsort((items, -values, owner))
    owner, items, values = owner[order], items[order], values[order]
    first = np.searchsorted(owner, np.arange(block.shape[0] + 1))
    few = np.arange(len(owner)) - first[owner] < k
    indptr = np.append(0, np.cumsum(np.minimum(np.diff(first), k)))
    return csr_array((values[few], items[few], indptr), shape=block.shape)


def _compiled(left: Any, right: Any, k: int) -> Any:
    sp_matmul_topn = import_module("sparse_dot_topn").sp_matmul_topn
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    return sp_matmul_topn(_plain(left), _plain(right), top_n=k, threshold=0.0, sort=True, n_threads=threads)


def _plain(matrix: Any) -> Any:
    """The same cells as the matrix class that the kernel takes, with its 32-bit indices."""
    indices, indptr = matrix.indices.astype(np.int32, copy=False), matrix.indptr.astype(np.int32, copy=False)
    return csr_matrix((matrix.data.astype(np.float32, copy=False), indices, indptr), shape=matrix.shape, copy=False)


def _in_blocks(left: Any, right: Any, k: int) -> Any:
    return stacked([largest((left[block] @ right).tocsr(), k) for block in blocks(left, right)], right.shape[1])


def _first(found: Any, k: int, drop_diagonal: bool) -> Any:
    """The first k positive cells of each row, without the diagonal if so wanted; some rows at a time."""
    step = max(BLOCK_CELLS // max(k, 1), 1)
    parts = []
    for start in range(0, found.shape[0], step):
        ends = found.indptr[start : start + step + 1].astype(np.int64)
        indices, data = found.indices[ends[0] : ends[-1]], found.data[ends[0] : ends[-1]]
        owner = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        kept = (data > 0) & (indices != owner + start) if drop_diagonal else data > 0
        before = np.append(0, np.cumsum(kept))
        kept &= before[:-1] - before[ends[:-1] - ends[0]][owner] < k
        indptr = np.append(0, np.cumsum(np.bincount(owner[kept], minlength=len(ends) - 1)))
        parts.append(csr_array((data[kept], indices[kept], indptr), shape=(len(ends) - 1, found.shape[1])))
    return stacked(parts, found.shape[1])
