"""Matrix factorisation for plays (iALS): preferences 0 or 1 with confidence, by alternating conjugate gradients."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.table import Params, Scores, TableAlgorithm, nearest_vectors
from recommender.blas import one_thread
from recommender.weighting import Scheme, Weighting, shortened

FACTORS, ITERATIONS, STEPS = 128, 15, 3
FOLD_STEPS = 12
"""Steps for a row folded in: it starts from nothing."""
BLOCK_CELLS = 60_000
"""Gathered numbers of a block: small enough for a core's cache."""

MOST_CELLS = 50_000
"""Of a longer row only the largest weights are learned from."""

Table = NDArray[np.float32]


class ALS(TableAlgorithm):
    """Minimises sum (1 + alpha w)(p - x.y)^2 + lambda (|x|^2 + |y|^2), p = 1 where w > 0.

    lambda is ``regularisation`` times a typical singular value of the confidences (the root of their sum of squares
    over the smaller side): what is weaker than lambda vanishes, whatever the weights and the size of the table.

    Hu, Koren & Volinsky 2008; conjugate gradients after Takács et al. 2011. Rows of about the same length are solved
    together, all factors by all steps in a few dense products. A row's factors are solved for from the items' when
    asked, so nothing is kept of the rows. Cost an iteration: O(nnz * factors + (rows + items) * factors^2) a step.
    """

    name = "als"

    def __init__(
        self,
        factors: int = FACTORS,
        iterations: int = ITERATIONS,
        regularisation: float = 0.8,
        alpha: float = 1.0,
        weighting: Scheme = "bm25",
        seed: int = 0,
    ) -> None:
        super().__init__()
        self.factors, self.iterations = factors, iterations
        self.regularisation, self.alpha, self.seed = regularisation, alpha, seed
        self._weighting = Weighting(weighting)

    def params(self) -> Params:
        """Factors, rounds, how strongly towards nothing, weight of a play, the weights and the start."""
        return {
            "factors": self.factors,
            "iterations": self.iterations,
            "regularisation": self.regularisation,
            "alpha": self.alpha,
            "weighting": self._weighting.scheme,
            "seed": self.seed,
        }

    def _learn(self, matrix: Any) -> None:
        self._weighting = self._weighting.fitted(matrix)
        table = shortened(self._confidence(matrix), MOST_CELLS)
        held = np.flatnonzero(np.bincount(table.indices, minlength=self.n_items))
        table = table[:, held]
        by_item = table.T.tocsr()
        strength = np.sum((table.data.astype(np.float64) + 1.0) ** 2) / max(min(table.shape), 1)
        self._penalty = np.float32(self.regularisation * max(np.sqrt(strength), 1e-3))
        rng = np.random.default_rng(self.seed)
        rows = rng.standard_normal((table.shape[0], self.factors), dtype=np.float32) * np.float32(0.01)
        items = rng.standard_normal((table.shape[1], self.factors), dtype=np.float32) * np.float32(0.01)
        with one_thread():
            for _ in range(self.iterations):
                rows = self._solved(table, items, rows, STEPS)
                items = self._solved(by_item, rows, items, STEPS)
        self._items = np.zeros((self.n_items, self.factors), dtype=np.float32)
        self._items[held] = items

    def _confidence(self, rows: Any) -> Any:
        weighted = self._weighting.of(rows)
        weighted.data = weighted.data * np.float32(self.alpha)
        return weighted

    def _solved(self, table: Any, other: Table, start: Table, steps: int) -> Table:
        """Factors of each row of ``table`` given the other side's, after so many steps from ``start``."""
        gram = other.T @ other
        gram[np.diag_indices_from(gram)] += self._penalty
        found = np.zeros_like(start)
        for rows, columns, weights in batches(table, self.factors):
            found[rows] = _conjugate(gram, other[columns], weights, start[rows], steps)
        return found

    def _score(self, rows: Any) -> Scores:
        start = np.zeros((rows.shape[0], self.factors), dtype=np.float32)
        found: Scores = self._solved(self._confidence(rows), self._items, start, FOLD_STEPS) @ self._items.T
        return found

    def similar(self, item: int, k: int) -> list[tuple[int, float]]:
        """The k items of the nearest direction (cosine of their factors)."""
        self._known(item)
        return nearest_vectors(self._items, item, k)

    def _state(self) -> dict[str, NDArray[Any]]:
        return {"items": self._items, "penalty": np.asarray([self._penalty]), **self._weighting.arrays()}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._items, self._penalty = state["items"], np.float32(state["penalty"][0])
        if self._items.shape != (self.n_items, self.factors):
            raise ValueError("these arrays are not those of als: one row of factors an item is needed")
        self._weighting = self._weighting.restored(state)


def batches(table: Any, factors: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], Table]]:
    """Rows of about the same length: (places, columns (b, n), weights (b, n)); short ones are padded with weight 0."""
    lengths = np.diff(table.indptr)
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    start = 0
    while start < len(order):
        least = int(lengths[order[start]])
        room = max(BLOCK_CELLS // (factors * max(least, 1)), 1)
        end = int(np.searchsorted(lengths[order], least + least // 8, side="right"))
        rows = order[start : min(end, start + room)]
        longest = int(lengths[rows[-1]])
        step = np.arange(longest)
        real = step < lengths[rows][:, None]
        cells = np.where(real, table.indptr[rows][:, None] + step, 0)
        yield rows, table.indices[cells], np.where(real, table.data[cells], np.float32(0))
        start += len(rows)


def _conjugate(gram: Table, near: Table, weights: Table, start: Table, steps: int) -> Table:
    """Solves (gram + sum w y y') x = sum (1 + w) y for b rows at once; near (b, n, f), weights (b, n), start (b, f)."""

    def applied(x: Table) -> Table:
        dots = np.matmul(near, x[:, :, None])[:, :, 0] * weights
        product: Table = x @ gram + np.matmul(dots[:, None, :], near)[:, 0, :]
        return product

    wanted = np.where(weights > 0, weights + np.float32(1), np.float32(0))
    x = start.copy()
    left = np.matmul(wanted[:, None, :], near)[:, 0, :] - applied(x)
    way = left.copy()
    size = np.einsum("bf,bf->b", left, left)
    for _ in range(steps):
        if float(size.max(initial=0.0)) < 1e-20:
            break
        turned = applied(way)
        along = np.einsum("bf,bf->b", way, turned)
        stride = np.divide(size, along, out=np.zeros_like(size), where=along > 0)
        x += stride[:, None] * way
        left -= stride[:, None] * turned
        fresh = np.einsum("bf,bf->b", left, left)
        way = left + np.divide(fresh, size, out=np.zeros_like(size), where=size > 0)[:, None] * way
        size = fresh
    return x
