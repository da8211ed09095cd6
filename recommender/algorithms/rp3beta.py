"""RP3beta: three random steps row-item-row-item, popular ends held back."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.table import Params, Scores, cells_from, cells_of
from recommender.algorithms.trial import Chooser, grid
from recommender.products import top_products
from recommender.weighting import Scheme, Weighting, scaled_rows, shortened


class RP3beta(Chooser):
    """Scores = rows @ W, W = (item to row)^alpha @ (row to item)^alpha / items' weight^beta, k a row kept.

    Paudel et al. 2017; weights as in Ferrari Dacrema 2019. Cost: the sum over rows of their squared length, bounded
    by ``weighting.shortened``; one compiled product.
    """

    name = "rp3beta"

    usual: ClassVar[Params] = {"k": 200, "alpha": 0.6, "beta": 0.3, "weighting": "tfidf"}
    steps = (
        tuple({"weighting": weighting, "alpha": alpha} for weighting in ("tfidf", "log") for alpha in (0.6, 1.0)),
        grid("beta", 0.1, 0.3, 0.45, 0.6),
    )

    k: int
    """Ends kept an item."""
    alpha: float
    """Power of a step."""
    beta: float
    """Power of popularity."""
    weighting: Scheme

    def __init__(
        self,
        k: int | None = None,
        alpha: float | None = None,
        beta: float | None = None,
        weighting: Scheme | None = None,
    ) -> None:
        super().__init__(k=k, alpha=alpha, beta=beta, weighting=weighting)

    def _learn_as_set(self, matrix: Any) -> None:
        self._weighting = Weighting(self.weighting).fitted(matrix)
        weighted = shortened(self._weighting.of(matrix))
        to_item = _steps(weighted, self.alpha)
        to_row = _steps(weighted.T.tocsr(), self.alpha)
        held = np.bincount(weighted.indices, weighted.data, weighted.shape[1])
        back = np.power(np.where(held > 0, held, 1.0), -self.beta)
        to_item.data = (to_item.data * back[to_item.indices]).astype(np.float32)
        self._walks = top_products(to_row, to_item, self.k, drop_diagonal=True)

    def _score(self, rows: Any) -> Scores:
        found: Scores = (self._weighting.of(rows) @ self._walks).toarray()
        return found

    def _state(self) -> dict[str, NDArray[Any]]:
        return {**cells_of(self._walks, "walks"), **self._weighting.arrays()}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._walks = cells_from(state, "walks", self.n_items, self.n_items)
        self._weighting = Weighting(self.weighting).restored(state)


def _steps(matrix: Any, alpha: float) -> Any:
    """Chance of each step from a row to what it holds, to the power alpha; float32 CSR."""
    totals = np.add.reduceat(np.append(matrix.data.astype(np.float64), 0.0), matrix.indptr[:-1])
    shares = scaled_rows(matrix, 1.0 / np.where((np.diff(matrix.indptr) > 0) & (totals > 0), totals, 1.0))
    shares.data = np.power(shares.data, np.float32(alpha))
    return shares
