"""How good ranked lists are, one number a user; how wide a whole set of lists is; how far off ratings are.

A list is a row of item numbers, best first, padded at its end with ``NOBODY``. Truth is binary: a CSR (n_users,
n_items) that stores a cell for each hidden item. Users without truth are not users here: ``with_truth`` drops them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from recommender.arrays import Bools, Floats, Ints

NOBODY = -1
BLOCK_CELLS = 4_000_000
"""Cells that a block of lists may spread over when diversity is measured: about 48 MB."""

Lists = NDArray[np.integer[Any]]
"""(n_users, length)."""


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Where lists met the truth."""

    at: Bools
    """(n_users, length)."""
    relevant: Ints
    """How many hidden items each user has, (n_users,), at least 1."""

    def first(self, k: int) -> Bools:
        """The hits among the first ``k`` places, (n_users, min(k, length))."""
        return self.at[:, :k]


def with_truth(truth: Any) -> Ints:
    """The users with at least one hidden item, int64."""
    return np.flatnonzero(np.diff(truth.indptr)).astype(np.int64)


def hits_of(lists: Lists, truth: Any) -> Hits:
    """Compares lists with the truth. O(cells log cells). A list that names an item twice is a ValueError."""
    n_users, length = lists.shape
    if truth.shape[0] != n_users:
        raise ValueError(f"{n_users} lists but the truth of {truth.shape[0]} users")
    relevant = np.diff(truth.indptr).astype(np.int64)
    if n_users and int(relevant.min()) == 0:
        raise ValueError("a user has nothing hidden: nothing can be measured there")
    n_items = int(truth.shape[1])
    if lists.size and int(lists.max()) >= n_items:
        raise ValueError("a list names an item that does not exist")
    owner = np.arange(n_users, dtype=np.int64) * n_items
    keys = (lists.astype(np.int64) + owner[:, None]).ravel()
    named = lists.ravel() != NOBODY
    if len(np.unique(keys[named])) != int(named.sum()):
        raise ValueError("a list names an item twice")
    hidden = np.repeat(owner, relevant) + truth.indices
    at = np.isin(keys, hidden) & named
    return Hits(at.reshape(n_users, length), relevant)


def precision(hits: Hits, k: int) -> Floats:
    """Share of the k places that hit, (n_users,). A short list's empty places are misses."""
    return np.asarray(hits.first(k).sum(axis=1) / k, dtype=np.float64)


def recall(hits: Hits, k: int) -> Floats:
    """Share of the user's hidden items among the first k, (n_users,)."""
    return np.asarray(hits.first(k).sum(axis=1) / hits.relevant, dtype=np.float64)


def f1(hits: Hits, k: int) -> Floats:
    """Harmonic mean of precision and recall, (n_users,); 0 without a hit."""
    found = 2.0 * hits.first(k).sum(axis=1)
    return np.asarray(found / (k + hits.relevant), dtype=np.float64)


def ndcg(hits: Hits, k: int) -> Floats:
    """Sum of 1 / log2(place + 1) over hits, divided by the best possible, (n_users,). Järvelin & Kekäläinen 2002."""
    gain: Floats = 1.0 / np.log2(np.arange(2, k + 2))
    best = np.cumsum(gain)[np.minimum(hits.relevant, k) - 1]
    top = hits.first(k)
    return np.asarray(top @ gain[: top.shape[1]] / best, dtype=np.float64)


def average_precision(hits: Hits, k: int) -> Floats:
    """Sum over hits of the precision there, divided by min(k, hidden items), (n_users,). Its mean is MAP@k."""
    top = hits.first(k)
    there = np.cumsum(top, axis=1) / np.arange(1, top.shape[1] + 1)
    return np.asarray((there * top).sum(axis=1) / np.minimum(hits.relevant, k), dtype=np.float64)


def reciprocal_rank(hits: Hits, k: int) -> Floats:
    """1 / place of the first hit, (n_users,); 0 without one. Its mean is MRR@k."""
    top = hits.first(k)
    if top.shape[1] == 0:
        return np.zeros(len(top))
    return np.asarray(np.where(top.any(axis=1), 1.0 / (1 + np.argmax(top, axis=1)), 0.0), dtype=np.float64)


def hit_rate(hits: Hits, k: int) -> Floats:
    """1 where a hit is among the first k, (n_users,)."""
    return np.asarray(hits.first(k).any(axis=1), dtype=np.float64)


BY_USER = {
    "ndcg": ndcg,
    "recall": recall,
    "precision": precision,
    "f1": f1,
    "map": average_precision,
    "mrr": reciprocal_rank,
    "hr": hit_rate,
}


def exposure(lists: Lists, n_items: int, k: int) -> Ints:
    """In how many lists each item stands, int64 (n_items,)."""
    top = lists[:, :k].ravel()
    return np.bincount(top[top != NOBODY].astype(np.int64), minlength=n_items).astype(np.int64)


def coverage(shown: Ints) -> float:
    """Share of the catalogue that stands in at least one list."""
    return float(np.count_nonzero(shown) / len(shown)) if len(shown) else 0.0


def gini(shown: Ints) -> float:
    """How unequal exposure is: 0, every item as often; towards 1, one item alone. 0 where nothing was shown."""
    total, n = int(shown.sum()), len(shown)
    if total == 0:
        return 0.0
    ordered = np.sort(shown).astype(np.float64)
    return float((2.0 * np.arange(1, n + 1) - n - 1) @ ordered / (n * total))


def novelty(lists: Lists, owners: Ints, n_users: int, k: int) -> Floats:
    """Mean of log2(n_users / users who have the item) over each list, (n_lists,); 0 for an empty one.

    ``owners``: training users an item has, (n_items,); an item that nobody has counts as one that one user has. Mean
    self-information, Zhou et al. 2010.
    """
    surprise = np.log2(max(n_users, 1) / np.maximum(owners, 1))
    top = lists[:, :k]
    named = top != NOBODY
    total = np.where(named, surprise[np.where(named, top, 0)], 0.0).sum(axis=1) if len(surprise) else 0.0 * top.sum(1)
    return np.asarray(total / np.maximum(named.sum(axis=1), 1), dtype=np.float64)


def diversity(lists: Lists, train: Any, k: int) -> Floats:
    """Mean of 1 - cosine over the pairs of a list, (n_lists,); 0 for lists of fewer than two.

    Cosine of the columns of ``train``, CSR (n_users, n_items), by who has them; a column without cells is like nothing.
    The sum over pairs comes from the length of the sum of the unit columns, so that no pair is formed. Intra-list
    diversity, Ziegler et al. 2005. Cost: the users of the items shown; memory: one block.
    """
    columns = csr_array(train, dtype=np.float64).T.tocsr()
    held = np.diff(columns.indptr)
    columns.data = np.repeat(1.0 / np.sqrt(np.maximum(held, 1)), held)
    alike = np.zeros(len(lists))
    top = lists[:, :k]
    step = max(1, BLOCK_CELLS // max(columns.shape[1], 1))
    for begin in range(0, len(top), step):
        alike[begin : begin + step] = _pairs_alike(top[begin : begin + step], columns, held > 0)
    count = (top != NOBODY).sum(axis=1)
    pairs = count * (count - 1) / 2
    return np.asarray(np.where(pairs > 0, 1.0 - alike / np.maximum(pairs, 1), 0.0), dtype=np.float64)


def _pairs_alike(top: Lists, columns: Any, real: Bools) -> Floats:
    """Sum of the cosines of all pairs of each list, (n_lists,)."""
    rows, places = np.nonzero(top != NOBODY)
    items = top[rows, places].astype(np.int64)
    chosen = csr_array((np.ones(len(items)), (rows, items)), shape=(len(top), columns.shape[0]))
    together = chosen @ columns
    squared = np.asarray(together.multiply(together).sum(axis=1)).ravel()
    own = np.bincount(rows, weights=real[items], minlength=len(top))
    return np.asarray((squared - own) / 2, dtype=np.float64)


def rmse(predicted: ArrayLike, actual: ArrayLike) -> float:
    """Root of the mean squared error."""
    return float(np.sqrt(np.mean(_errors(predicted, actual) ** 2)))


def mae(predicted: ArrayLike, actual: ArrayLike) -> float:
    """Mean absolute error."""
    return float(np.mean(np.abs(_errors(predicted, actual))))


def _errors(predicted: ArrayLike, actual: ArrayLike) -> Floats:
    guess, truth = np.asarray(predicted, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    if guess.shape != truth.shape or guess.size == 0:
        raise ValueError(f"{guess.size} predictions for {truth.size} ratings")
    if not np.isfinite(guess).all() or not np.isfinite(truth).all():
        raise ValueError("a rating or a prediction is not a finite number")
    return guess - truth
