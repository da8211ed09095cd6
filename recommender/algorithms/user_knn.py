"""User kNN: what the rows most like this one hold. Sessions as rows make it a session kNN without time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.algorithms.table import Params, Scores, TableAlgorithm, cells_from, cells_of
from recommender.products import top_products
from recommender.weighting import Scheme, Weighting

K = 300


class UserKNN(TableAlgorithm):
    """Sum over the k rows nearest by cosine, to a power, of what they hold. Nothing is learned beyond the rows.

    Cost: a question is one sparse product with the table. A row of the table is its own nearest; that adds only to
    what it holds already.
    """

    name = "user_knn"

    def __init__(self, k: int = K, power: float = 2.0, weighting: Scheme = "bm25", votes: Scheme = "tfidf") -> None:
        super().__init__()
        self.k, self.power = k, power
        self._weighting, self._votes = Weighting(weighting), Weighting(votes)

    def params(self) -> Params:
        """Neighbours, how much the nearest count above others, and the weights for likeness and for votes."""
        return {
            "k": self.k,
            "power": self.power,
            "weighting": self._weighting.scheme,
            "votes": self._votes.scheme,
        }

    def _learn(self, matrix: Any) -> None:
        self._weighting, self._votes = self._weighting.fitted(matrix), self._votes.fitted(matrix)
        self._keep(matrix)

    def _keep(self, matrix: Any) -> None:
        self._matrix = matrix
        self._by_item = _unit_rows(self._weighting.of(matrix)).T.tocsr()
        self._voices = _unit_rows(self._votes.of(matrix))

    def _score(self, rows: Any) -> Scores:
        likeness = top_products(_unit_rows(self._weighting.of(rows)), self._by_item, self.k)
        likeness.data = likeness.data ** np.float32(self.power)
        found: Scores = (likeness @ self._voices).toarray()
        return found

    def _state(self) -> dict[str, NDArray[Any]]:
        return {**cells_of(self._matrix, "rows"), **self._weighting.arrays()}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._weighting = self._weighting.restored(state)
        matrix = cells_from(state, "rows", self.n_items)
        self._votes = self._votes.fitted(matrix)
        self._keep(matrix)


def _unit_rows(matrix: Any) -> Any:
    """Rows of length 1, float32 CSR."""
    squares = np.add.reduceat(np.append(matrix.data.astype(np.float64) ** 2, 0.0), matrix.indptr[:-1])
    lengths = np.sqrt(np.where(np.diff(matrix.indptr) > 0, squares, 1.0))
    data = matrix.data / np.repeat(np.maximum(lengths, 1e-30), np.diff(matrix.indptr))
    return csr_array((data.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)
