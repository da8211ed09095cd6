"""The largest inner products with one vector, without looking at all rows.

Rows stand longest first. |y . q| <= |y| |q|, so that once the length of the next row times |q| is below the k-th best
found, nothing better can follow (LEMP, Teflioudi et al. 2015). Factors of rare recordings are short: the penalty holds
them down. Exact, unless the limit of rows comes first. Cost: O(rows looked at * f).
"""

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Floats, Ints

BLOCK = 16_384
MOST_LOOKED_AT = 200_000
"""Where all rows are of one length, the bound ends nothing: then the rest, which is no longer, is left out."""

Table = NDArray[np.float32]


class LongestFirst:
    """``items``: float32 (n, f), finite."""

    def __init__(self, items: Table) -> None:
        lengths = np.sqrt(np.einsum("ij,ij->i", items, items))
        self._rows = np.argsort(-lengths, kind="stable").astype(np.int32)
        self._items = np.ascontiguousarray(items[self._rows])
        self._lengths = lengths[self._rows]
        self._place = np.empty(len(items), dtype=np.int32)
        self._place[self._rows] = np.arange(len(items), dtype=np.int32)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def n_factors(self) -> int:
        """f."""
        return int(self._items.shape[1])

    def of(self, rows: Ints) -> Floats:
        """The vectors of some rows, float64 (m, f)."""
        return self._items[self._place[rows]].astype(np.float64)

    def largest(self, query: Floats, k: int) -> tuple[Ints, int]:
        """The rows of the k largest products, in no order, and how many rows were looked at. O(those * f)."""
        n, k = len(self._rows), min(k, len(self._rows))
        if k == 0:
            return np.zeros(0, dtype=np.int64), 0
        wanted = query.astype(np.float32)
        length = float(np.linalg.norm(query)) * (1.0 + 1e-5)  # above what rounding can add
        places: list[Ints] = []
        values: list[Table] = []
        held, least, at = 0, -np.inf, 0
        while at < min(n, MOST_LOOKED_AT) and (held < k or self._lengths[at] * length > least):
            products = self._items[at : at + BLOCK] @ wanted
            better = np.flatnonzero(products > least) if held >= k else np.arange(len(products))
            places.append(better + at)
            values.append(products[better])
            held += len(better)
            at += BLOCK
            if held > k:
                all_places, all_values = np.concatenate(places), np.concatenate(values)
                best = np.argpartition(-all_values, k - 1)[:k]
                places, values, held = [all_places[best]], [all_values[best]], k
                least = float(values[0].min())
        return self._rows[np.concatenate(places)].astype(np.int64), min(at, n)
