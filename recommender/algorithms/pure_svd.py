"""PureSVD: rows seen through their strongest common directions; blanks count as zero."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.table import Params, Scores, nearest_vectors
from recommender.algorithms.trial import Chooser, Trial, grid
from recommender.weighting import Scheme, Weighting

SEED = 0
WIDTHS, BETWEEN = (16, 32, 64, 128), (8, 24, 48, 96)


class PureSVD(Chooser):
    """Scores = rows @ V V', V the right singular vectors. Cremonesi et al. 2010. Any row is folded in by the same V.

    Small tables are decomposed whole, others by ARPACK (Lanczos) from a fixed start. Cost: O(nnz * factors) a pass.
    """

    name = "pure_svd"

    usual: ClassVar[Params] = {"factors": 48, "weighting": "bm25", "power": 0.0}
    steps = (
        tuple(
            {"weighting": weighting, "power": power, "factors": factors}
            for weighting in ("bm25", "log")
            for power in (0.0, 0.5)
            for factors in WIDTHS
        ),
        grid("factors", *BETWEEN),
    )

    factors: int
    weighting: Scheme
    power: float
    """How much items that many rows hold are held back."""

    def __init__(self, factors: int | None = None, weighting: Scheme | None = None, power: float | None = None) -> None:
        super().__init__(factors=factors, weighting=weighting, power=power)

    def _learn_as_set(self, matrix: Any) -> None:
        self._vectors = _right_vectors(self._prepared(matrix), self.factors)

    def _learn_in_trial(self, trial: Trial) -> None:
        table = self._prepared(trial.kept)
        most = max(self.factors, *WIDTHS)
        vectors = trial.once((self.weighting, self.power), lambda: _right_vectors(table, most))
        self._vectors = np.ascontiguousarray(vectors[:, : self.factors])

    def _prepared(self, matrix: Any) -> Any:
        """The table weighted and scaled; the scale is kept."""
        self._weighting = Weighting(self.weighting).fitted(matrix)
        weighted = self._weighting.of(matrix)
        squares = np.bincount(weighted.indices, weighted.data.astype(np.float64) ** 2, weighted.shape[1])
        self._scale = np.power(np.where(squares > 0, squares, 1.0), -0.5 * self.power).astype(np.float32)
        return self._scaled(weighted)

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
        self._weighting = Weighting(self.weighting).restored(state)


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
