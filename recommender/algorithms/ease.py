"""EASE: the linear item-item model with zero diagonal that predicts each item best from the others, in closed form."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from recommender.algorithms.table import Params, Scores, cells_from, cells_of
from recommender.algorithms.trial import Chooser, grid
from recommender.weighting import Scheme, Weighting

MOST_SIDE = 12_000
"""A dense square of this side is inverted at most (576 MB); beyond it the items that most rows hold stand for all."""
DOUBLE_SIDE = 6_000


class EASE(Chooser):
    """Steck 2019. B = I - P / diag(P), P = (X'X + lambda I)^-1; scores = rows @ B.

    With fewer rows than items the dual form inverts rows x rows instead (Woodbury): P = (I - X'K X) / lambda,
    K = (X X' + lambda I)^-1, so that B is never made. lambda is ``regularisation`` times the mean square of a weight,
    so that it means the same whatever the weights: between 100 and 1,000 on every table known.
    Cost: O(min(rows, items)^3); memory: that square twice.
    """

    name = "ease"

    usual: ClassVar[Params] = {"regularisation": 300.0, "weighting": "logidf"}
    steps = (
        tuple(
            {"weighting": weighting, "regularisation": penalty}
            for weighting in ("logidf", "bm25", "log")
            for penalty in (100.0, 300.0)
        ),
        grid("regularisation", 30.0, 1000.0),
    )

    regularisation: float
    """How strongly towards nothing."""
    weighting: Scheme

    def __init__(self, regularisation: float | None = None, weighting: Scheme | None = None) -> None:
        super().__init__(regularisation=regularisation, weighting=weighting)

    def _learn_as_set(self, matrix: Any) -> None:
        self._weighting = Weighting(self.weighting).fitted(matrix)
        table = self._weighting.of(matrix)
        penalty = self.regularisation * _scale(table)
        self._columns = np.arange(table.shape[1], dtype=np.int64)
        if min(table.shape) > MOST_SIDE:
            held = np.bincount(table.indices, minlength=table.shape[1])
            self._columns = np.sort(np.lexsort((self._columns, -held))[:MOST_SIDE])
            table = table[:, self._columns]
        kind = np.float64 if min(table.shape) <= DOUBLE_SIDE else np.float32
        if table.shape[0] < table.shape[1]:
            self._learn_dual(table, penalty, kind)
        else:
            self._learn_primal(table, penalty, kind)

    def _learn_primal(self, table: Any, penalty: float, kind: Any) -> None:
        inverse = _inverse((table.T @ table).toarray().astype(kind), penalty)
        weights = inverse / -np.diagonal(inverse)
        np.fill_diagonal(weights, 0.0)
        self._rows, self._left = None, weights.astype(np.float32)
        self._slack = np.ones(len(self._columns), dtype=np.float32)

    def _learn_dual(self, table: Any, penalty: float, kind: Any) -> None:
        inverse = _inverse((table @ table.T).toarray().astype(kind), penalty)
        by_item = table.T.tocsr().astype(kind)
        owner = np.repeat(np.arange(table.shape[1]), np.diff(by_item.indptr))
        slack = np.ones(table.shape[1])
        for start in range(0, table.shape[1], 2_000):
            part = by_item[start : start + 2_000]
            cells = slice(by_item.indptr[start], by_item.indptr[start] + part.nnz)
            shares = (part @ inverse)[owner[cells] - start, part.indices] * part.data
            slack[start : start + 2_000] -= np.bincount(owner[cells] - start, shares, part.shape[0])
        self._rows, self._left = table, inverse.astype(np.float32)
        self._slack = np.maximum(slack, 1e-9).astype(np.float32)

    def _score(self, rows: Any) -> Scores:
        weighted = self._weighting.of(rows)[:, self._columns]
        if self._rows is None:
            part: Scores = weighted @ self._left
        else:
            shadow = ((weighted @ self._rows.T) @ self._left) @ self._rows
            owner = np.repeat(np.arange(weighted.shape[0]), np.diff(weighted.indptr))
            part = shadow / self._slack
            own = weighted.data * (1.0 - 1.0 / self._slack[weighted.indices])
            part[owner, weighted.indices] += own
        found = np.zeros(rows.shape, dtype=np.float32)
        found[:, self._columns] = part
        return found

    def _state(self) -> dict[str, NDArray[Any]]:
        dual: dict[str, NDArray[Any]] = {} if self._rows is None else cells_of(self._rows, "rows")
        own = {"left": self._left, "slack": self._slack, "columns": self._columns}
        return {**own, **dual, **self._weighting.arrays()}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._left, self._slack, self._columns = state["left"], state["slack"], state["columns"]
        self._rows = cells_from(state, "rows", len(self._columns)) if "rows_data" in state else None
        side = len(self._columns) if self._rows is None else self._rows.shape[0]
        if self._left.shape != (side, side) or self._slack.shape != self._columns.shape:
            raise ValueError("these arrays are not those of ease: their shapes do not fit")
        if len(self._columns) and not (self._columns.min() >= 0 and self._columns.max() < self.n_items):
            raise ValueError("these arrays are not those of ease: a column is not an item")
        self._weighting = Weighting(self.weighting).restored(state)


def _scale(table: Any) -> float:
    """Mean square of the weights; 1 where there is nothing."""
    return float(np.mean(table.data.astype(np.float64) ** 2)) if table.nnz else 1.0


def _inverse(gram: NDArray[Any], penalty: float) -> NDArray[Any]:
    """(gram + penalty I)^-1 of a symmetric square, in place, by Cholesky. O(n^3)."""
    if len(gram) == 0:
        return gram
    gram[np.diag_indices_from(gram)] += penalty
    factor, invert = (lapack.dpotrf, lapack.dpotri) if gram.dtype == np.float64 else (lapack.spotrf, lapack.spotri)
    lower, failed = factor(gram.T, lower=False, overwrite_a=True)
    inverse, failed_too = invert(lower, lower=False, overwrite_c=True) if not failed else (lower, failed)
    if failed or failed_too:
        raise ValueError("this table cannot be inverted: raise the regularisation")
    above = np.triu(inverse, 1)
    inverse = np.triu(inverse)
    inverse += above.T
    return np.asarray(inverse)
