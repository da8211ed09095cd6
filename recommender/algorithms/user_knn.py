"""User kNN: what the rows most like this one hold. Sessions as rows make it a session kNN without time."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.algorithms.table import Params, Scores, cells_from, cells_of
from recommender.algorithms.trial import Chooser, grid
from recommender.products import top_products
from recommender.weighting import Scheme, Weighting


class UserKNN(Chooser):
    """Sum over the k rows nearest by cosine, to a power, of what they hold. Nothing is learned beyond the rows.

    Cost: a question is one sparse product with the table. A row of the table is its own nearest; that adds only to
    what it holds already.
    """

    name = "user_knn"

    usual: ClassVar[Params] = {"k": 300, "power": 2.0, "weighting": "bm25", "votes": "tfidf"}
    steps = (
        tuple({"votes": votes, "k": k} for votes in ("tfidf", "log") for k in (50, 100, 300)),
        grid("power", 1.0, 2.0, 3.0),
    )

    k: int
    """Neighbours."""
    power: float
    """How much the nearest count above others."""
    weighting: Scheme
    """For likeness."""
    votes: Scheme
    """For votes."""

    def __init__(
        self,
        k: int | None = None,
        power: float | None = None,
        weighting: Scheme | None = None,
        votes: Scheme | None = None,
    ) -> None:
        super().__init__(k=k, power=power, weighting=weighting, votes=votes)

    def _learn_as_set(self, matrix: Any) -> None:
        self._weighting = Weighting(self.weighting).fitted(matrix)
        self._keep(matrix)

    def _keep(self, matrix: Any) -> None:
        self._matrix = matrix
        self._by_item = _unit_rows(self._weighting.of(matrix)).T.tocsr()
        self._voices = _unit_rows(Weighting(self.votes).fitted(matrix).of(matrix))

    def _score(self, rows: Any) -> Scores:
        likeness = top_products(_unit_rows(self._weighting.of(rows)), self._by_item, self.k)
        likeness.data = likeness.data ** np.float32(self.power)
        found: Scores = (likeness @ self._voices).toarray()
        return found

    def _state(self) -> dict[str, NDArray[Any]]:
        return {**cells_of(self._matrix, "rows"), **self._weighting.arrays()}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._weighting = Weighting(self.weighting).restored(state)
        self._keep(cells_from(state, "rows", self.n_items))


def _unit_rows(matrix: Any) -> Any:
    """Rows of length 1, float32 CSR."""
    squares = np.add.reduceat(np.append(matrix.data.astype(np.float64) ** 2, 0.0), matrix.indptr[:-1])
    lengths = np.sqrt(np.where(np.diff(matrix.indptr) > 0, squares, 1.0))
    data = matrix.data / np.repeat(np.maximum(lengths, 1e-30), np.diff(matrix.indptr))
    return csr_array((data.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)
