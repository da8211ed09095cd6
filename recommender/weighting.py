"""Counts and times to weights.

``Weighting`` is for tables: what it learns of the columns at the fit (how rare each item is, how long rows are) it
applies to any later row, so that a row folded in weighs what it would have weighed in the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.arrays import Bools, Floats, Ints
from recommender.sessions import LISTEN_MS

LEAST_HOURS = 0.5
"""A play younger than this counts as this old: the power law has no limit at zero."""

Scheme = Literal["none", "binary", "log", "logidf", "tfidf", "bm25"]
SCHEMES: tuple[Scheme, ...] = ("none", "binary", "log", "logidf", "tfidf", "bm25")
WITH_IDF = ("logidf", "tfidf", "bm25")
K1, B = 1.2, 0.75


def log_weights(counts: Floats) -> Floats:
    """log(1 + count), float64, same shape: the tenth play says less than the second."""
    return np.asarray(np.log1p(counts), dtype=np.float64)


def recency_weights(started_at_s: Ints, now_s: float, decay: float) -> Floats:
    """(hours since)^-decay of each play, float64 (n,), 0 for plays after ``now_s``. Power-law memory, Anderson 1991."""
    seconds = now_s - started_at_s
    hours = np.maximum(seconds / 3600.0, LEAST_HOURS)
    # Single precision: half the time, and 1e-7 is far below what a half-life can tell apart.
    weights = 1.0 / hours if decay == 1.0 else np.power(hours.astype(np.float32), np.float32(-decay)).astype(np.float64)
    if len(seconds) and seconds.min() < 0:
        weights = np.where(seconds < 0, 0.0, weights)
    return np.asarray(weights, dtype=np.float64)


def half_life_weights(at_s: Ints, now_s: float, half_life_days: float) -> Floats:
    """2^-(age / half life), float64 (n,), at most 1: for rows (sessions) that grow old evenly. Later ones have 1."""
    if not half_life_days > 0:
        raise ValueError("the half life must be above 0 days")
    return np.asarray(np.exp2(-np.maximum(now_s - at_s, 0) / (half_life_days * 86_400.0)), dtype=np.float64)


def completion_weights(played_ms: Ints, duration_ms: Ints, skipped: Bools | None = None) -> Floats:
    """Share of the track that was heard, float64 (n,) in 0..1; unknown length: four minutes; unknown hearing: 1.

    ``skipped``: plays with weight 0, however much of them was heard (a negative weight gains under 1 %).
    """
    length = np.where(duration_ms > 0, duration_ms, LISTEN_MS)
    shares = np.where(played_ms < 0, 1.0, np.clip(played_ms / length, 0.0, 1.0))
    return np.asarray(shares if skipped is None else np.where(skipped, 0.0, shares), dtype=np.float64)


def scaled_rows(matrix: Any, weights: Floats) -> Any:
    """Each row of a CSR (n_rows, n_items) times its weight (n_rows,), float32. O(nnz)."""
    data = matrix.data * np.repeat(weights, np.diff(matrix.indptr))
    return csr_array((data.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """Counts of a table to weights. ``fitted`` first; then ``of`` for the table and for any other rows.

    none: as they are. binary: 1. log: log(1 + c). tfidf: sqrt(c) * idf, idf = log(n_rows / (1 + rows with the item)).
    logidf: log(1 + c) * idf.
    bm25: idf * c (k1 + 1) / (c + k1 (1 - b + b * row total / mean row total)); Robertson & Zaragoza 2009. An idf below
    ``LEAST_IDF`` is that, so that an item everybody has keeps a voice and no weight is negative.
    """

    scheme: Scheme = "none"
    k1: float = K1
    b: float = B
    idf: NDArray[np.float32] | None = None
    """(n_items,), for logidf, tfidf and bm25."""
    mean_total: float = 0.0

    LEAST_IDF = 0.05

    def __post_init__(self) -> None:
        if self.scheme not in SCHEMES:
            raise ValueError(f"no weighting is called {self.scheme!r}; there are {', '.join(SCHEMES)}")
        if not (self.k1 >= 0 and 0 <= self.b <= 1):
            raise ValueError("k1 must be at least 0 and b within 0..1")

    def fitted(self, matrix: Any) -> "Weighting":
        """This weighting with what it needs to know of a table, CSR (n_rows, n_items). O(nnz)."""
        if self.scheme not in WITH_IDF:
            return self
        n_rows = matrix.shape[0]
        held = np.bincount(matrix.indices, minlength=matrix.shape[1])
        idf = np.maximum(np.log(max(n_rows, 1)) - np.log1p(held), self.LEAST_IDF)
        mean = float(matrix.data.sum(dtype=np.float64)) / max(n_rows, 1)
        return replace(self, idf=idf.astype(np.float32), mean_total=mean)

    def of(self, rows: Any) -> Any:
        """Weighted copy of rows, CSR (n, n_items) float32 with the same cells. O(nnz)."""
        counts = rows.data.astype(np.float64)
        data = self._tempered(counts, rows.indptr)
        if self.scheme in WITH_IDF:
            if self.idf is None:
                raise ValueError(f"the weighting {self.scheme} is not fitted")
            data = data * self.idf[rows.indices]
        return csr_array((data.astype(np.float32), rows.indices, rows.indptr), shape=rows.shape)

    def _tempered(self, counts: Floats, indptr: NDArray[Any]) -> Floats:
        match self.scheme:
            case "none":
                return counts
            case "binary":
                return np.ones_like(counts)
            case "log" | "logidf":
                return log_weights(counts)
            case "tfidf":
                return np.sqrt(counts)
            case "bm25":
                total = np.concatenate([[0.0], np.cumsum(counts)])
                totals = total[indptr[1:]] - total[indptr[:-1]]
                long = 1.0 - self.b + self.b * totals / max(self.mean_total, 1e-12)
                return counts * (self.k1 + 1) / (counts + self.k1 * np.repeat(long, np.diff(indptr)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What ``fitted`` learned, by name."""
        if self.idf is None:
            return {}
        return {"idf": self.idf, "mean_total": np.asarray([self.mean_total], dtype=np.float64)}

    def restored(self, state: Mapping[str, NDArray[Any]]) -> "Weighting":
        """This weighting with what ``arrays`` gave."""
        if self.scheme not in WITH_IDF:
            return self
        return replace(self, idf=state["idf"], mean_total=float(state["mean_total"][0]))


def shortened(matrix: Any, most: int = 5_000) -> Any:
    """Rows longer than ``most`` cells keep those of the largest weight (equal: the lower item); others are as they are.

    What compares items pays the square of a row's length: a row of a million items would never end.
    """
    lengths = np.diff(matrix.indptr)
    kept = np.ones(matrix.nnz, dtype=bool)
    for row in np.flatnonzero(lengths > most):
        cells = slice(matrix.indptr[row], matrix.indptr[row + 1])
        kept[cells] = False
        kept[matrix.indptr[row] + np.lexsort((matrix.indices[cells], -matrix.data[cells]))[:most]] = True
    if kept.all():
        return matrix
    indptr = np.append(0, np.cumsum(np.minimum(lengths, most)))
    return csr_array((matrix.data[kept], matrix.indices[kept], indptr), shape=matrix.shape)
