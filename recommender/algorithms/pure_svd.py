"""PureSVD: rows seen through their strongest common directions; blanks count as zero."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.table import Params, Scores, TableAlgorithm, nearest_vectors
from recommender.weighting import Scheme, Weighting

FACTORS, SEED = 48, 0


class PureSVD(TableAlgorithm):
    """Scores = rows @ V V', V the right singular vectors. Cremonesi et al. 2010. Any row is folded in by the same V.

    Small tables are decomposed whole, others by ARPACK (Lanczos) from a fixed start. Cost: O(nnz * factors) a pass.
    """

    name = "pure_svd"

    def __init__(self, factors: int = FACTORS, weighting: Scheme = "bm25", power: float = 0.0) -> None:
        super().__init__()
        self.factors, self.power = factors, power
        self._weighting = Weighting(weighting)

    def params(self) -> Params:
        """How many directions, the weights, and how much items that many rows hold are held back."""
        return {"factors": self.factors, "weighting": self._weighting.scheme, "power": self.power}

    def _learn(self, matrix: Any) -> None:
        self._weighting = self._weighting.fitted(matrix)
        weighted = self._weighting.of(matrix)
        squares = np.bincount(weighted.indices, weighted.data.astype(np.float64) ** 2, weighted.shape[1])
        self._scale = np.power(np.where(squares > 0, squares, 1.0), -0.5 * self.power).astype(np.float32)
        self._vectors = _right_vectors(self._scaled(weighted), self.factors)

    def _scaled(self, weighted: Any) -> Any:
        weighted.data = weighted.data * self._scale[weighted.indices]
        return weighted

    def _score(self, rows: Any) -> Scores:
        found: Scores = (self._scaled(self._weighting.of(rows)) @ self._vectors) @ self._vectors.T
        return found

    def similar(self, item: int, k: int) -> list[tuple[int, float]]:
        """The k items of the nearest direction (cosine of their vectors)."""
        self._known(item)
        return nearest_vectors(self._vectors, item, k)

    def _state(self) -> dict[str, NDArray[Any]]:
        return {"vectors": self._vectors, "scale": self._scale, **self._weighting.arrays()}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._vectors, self._scale = state["vectors"], state["scale"]
        if self._vectors.ndim != 2 or len(self._vectors) != self.n_items or len(self._scale) != self.n_items:
            raise ValueError("these arrays are not those of pure_svd: one vector an item is needed")
        self._weighting = self._weighting.restored(state)


def _right_vectors(matrix: Any, factors: int) -> NDArray[np.float32]:
    """The strongest right singular vectors as columns, float32 (n_items, factors or fewer), none of strength 0."""
    least = min(matrix.shape)
    if matrix.nnz == 0:
        return np.zeros((matrix.shape[1], 1), dtype=np.float32)
    if factors >= least - 1 or (least <= 200 and max(matrix.shape) <= 5_000):
        _, strengths, vectors = np.linalg.svd(matrix.toarray().astype(np.float64), full_matrices=False)
    else:
        from scipy.sparse.linalg import svds

        start = np.random.default_rng(SEED).random(least)
        _, strengths, vectors = svds(matrix.astype(np.float64), k=factors, v0=start, return_singular_vectors="vh")
    order = np.argsort(-strengths, kind="stable")[:factors]
    order = order[strengths[order] > 1e-6 * strengths.max()]
    return np.ascontiguousarray(vectors[order].T, dtype=np.float32)
