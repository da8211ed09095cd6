"""How alike recordings (or artists) are by the listeners who have both: exact, so that two engines give one table.

A listener's say in a recording is 2, 3 or 4 for one, two or more plays, so a pair gets at most 16 from one of them,
four times what a single play each gives. With n(j) the sum of squared says of j,

    alike(i, j) = sum over listeners say(i) say(j) * c(i) c(j),    c(j) = 1 / sqrt(n(j) + DAMPED)

which is the cosine, lowered for what few have (the popular are held down by their own c). c is rounded to a multiple of
2^-bits so small that every partial sum is a whole multiple below 2^53: additions are exact in whatever order they are
made. A part in a thousand of c comes from the key: it breaks nearly all ties, the same way everywhere.
"""

import math
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from scipy.sparse import csr_array, csr_matrix

from recommender.arrays import Floats, Ints
from recommender.community import Near
from recommender.products import MOST_THREADS, largest, padded, stacked
from recommender.training.counted import Counted

DAMPED = 40.0
"""As if ten more listeners had played it once and nothing else."""

MOST_SAY = 4
TIE_SHARE = 2.0**-10
_EXACT_BITS = 53
_MOST_BITS = 32
ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One row a listener and thing: ``say`` 2, 3 or 4."""

    listener: Ints
    thing: Ints
    say: Ints
    n_listeners: int
    keys: Ints
    """(n,): of the things."""

    @property
    def bits(self) -> int:
        """How fine c may be."""
        most = int(np.bincount(self.thing, minlength=1).max(initial=1))
        return min(_EXACT_BITS - math.ceil(math.log2(MOST_SAY**2 * (most + 1))), _MOST_BITS)

    def scaled(self) -> Ints:
        """c of each thing times 2^bits, int64 (n,)."""
        squares = np.bincount(self.thing, (self.say**2).astype(np.float64), len(self.keys))
        tie = 1.0 + TIE_SHARE * (self.keys & 0xFFFFFF) / 2**24
        fine: Floats = np.rint(tie / np.sqrt(squares + DAMPED) * 2.0**self.bits)
        return fine.astype(np.int64)


def of_items(counted: Counted) -> Said:
    """Of recordings."""
    cells = counted.cells
    return Said(cells.listener, cells.item, says(cells.plays), cells.n_listeners, counted.items)


def of_artists(counted: Counted) -> Said:
    """Of artists: the plays of all their recordings together."""
    cells = counted.cells
    artist = counted.artist_of[cells.item]
    known = artist >= 0
    both, place = np.unique(cells.listener[known] << 32 | artist[known], return_inverse=True)
    plays = np.bincount(place, cells.plays[known], len(both)).astype(np.int64)
    return Said(both >> 32, both & 0xFFFFFFFF, says(plays), cells.n_listeners, counted.artists)


def says(plays: Ints) -> Ints:
    """2, 3 or 4 for one, two or more plays."""
    return np.minimum(plays + 1, MOST_SAY)


def most_alike(said: Said, k: int) -> Near:
    """The k most alike of each thing, the best first, of equal ones the lower. Cost: the sum of squared row lengths."""
    n = len(said.keys)
    if n == 0 or len(said.say) == 0:
        return Near.none(n)
    c: Floats = said.scaled().astype(np.float64) * 2.0**-said.bits
    shape = (said.n_listeners, n)
    table = csr_matrix((said.say.astype(np.float64), (said.listener, said.thing)), shape=shape)
    right = table.copy()
    right.data *= c[right.indices]
    return near_of(_largest(table.T.tocsr(), right, k), c, k)


def near_of(found: Any, c: Floats, k: int) -> Near:
    """Sums of ``say(i) say(j) c(j)``, CSR (n, n) with the best first, as neighbours."""
    found.data = found.data * np.repeat(c, np.diff(found.indptr))
    return Near.of(*padded(found, k))


def _largest(left: Any, right: Any, k: int) -> Any:
    """The k largest off the diagonal of each row of the product, equal ones by lower column. CSR float64."""
    if not find_spec("sparse_dot_topn"):
        return _exactly(left, right, np.arange(left.shape[0]), k)
    multiply = import_module("sparse_dot_topn").sp_matmul_topn
    wanted = min(k + 2, right.shape[1])  # itself, and the first that is left out
    found = csr_array(multiply(left, right, top_n=wanted, threshold=0.0, sort=True, n_threads=MOST_THREADS))
    owner = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    kept = (found.indices != owner) & (found.data > 0)
    owner, items, values = owner[kept], found.indices[kept], found.data[kept]
    order = np.lexsort((items, -values, owner))
    owner, items, values = owner[order], items[order], values[order]
    starts = np.searchsorted(owner, np.arange(found.shape[0] + 1))
    place = np.arange(len(owner)) - starts[owner]
    tied = owner[1:][(place[1:] == k) & (values[1:] == values[:-1])]
    few = place < k
    indptr = np.append(0, np.cumsum(np.minimum(np.diff(starts), k)))
    made = csr_array((values[few], items[few], indptr), shape=found.shape)
    return made if len(tied) == 0 else _with_rows(made, tied, _exactly(left, right, tied, k))


def _exactly(left: Any, right: Any, rows: Ints, k: int) -> Any:
    """The same by whole rows of the product, some at a time."""
    parts = []
    for start in range(0, len(rows), ROWS_AT_ONCE):
        here = rows[start : start + ROWS_AT_ONCE]
        product = csr_array(left[here] @ right)
        product.data[product.indices == np.repeat(here, np.diff(product.indptr))] = 0.0
        parts.append(largest(product, k))
    return stacked(parts, right.shape[1])


def _with_rows(found: Any, rows: Ints, other: Any) -> Any:
    """``found`` with these rows taken from ``other``."""
    lengths = np.diff(found.indptr)
    lengths[rows] = np.diff(other.indptr)
    indptr = np.append(0, np.cumsum(lengths))
    made = csr_array((np.zeros(indptr[-1]), np.zeros(indptr[-1], dtype=np.int32), indptr), shape=found.shape)
    untouched = np.ones(found.shape[0], dtype=bool)
    untouched[rows] = False
    to = np.repeat(untouched, lengths)
    was = np.repeat(untouched, np.diff(found.indptr))
    made.data[to], made.indices[to] = found.data[was], found.indices[was]
    made.data[~to], made.indices[~to] = other.data, other.indices
    return made
