"""Item kNN on a table: sum over a row's items of their similarity, the k nearest of each item kept."""

from typing import Any

from numpy.typing import NDArray

from recommender.algorithms.table import Params, Scores, TableAlgorithm, cells_from, cells_of
from recommender.similarity import Measure, nearest_cells
from recommender.weighting import Scheme, Weighting, shortened

K, SHRINKAGE = 400, 5.0


class TableItemKNN(TableAlgorithm):
    """Scores = weighted rows @ W', W the k nearest of each item. Deshpande & Karypis 2004, Bell & Koren 2007.

    Cost: the sum over rows of their squared length (``weighting.shortened`` bounds it), then k a cell of a row.
    """

    name = "item_knn"

    def __init__(
        self,
        measure: Measure = "cosine",
        k: int = K,
        shrinkage: float = SHRINKAGE,
        weighting: Scheme = "log",
        profile: Scheme = "tfidf",
    ) -> None:
        super().__init__()
        self.measure, self.k, self.shrinkage = measure, k, shrinkage
        self._weighting, self._profile = Weighting(weighting), Weighting(profile)

    def params(self) -> Params:
        """The measure, neighbours an item, doubt, and the weights for learning and for asking."""
        return {
            "measure": self.measure,
            "k": self.k,
            "shrinkage": self.shrinkage,
            "weighting": self._weighting.scheme,
            "profile": self._profile.scheme,
        }

    def _learn(self, matrix: Any) -> None:
        self._profile = self._profile.fitted(matrix)
        weighted = shortened(self._weighting.fitted(matrix).of(matrix))
        self._near = nearest_cells(weighted, self.k, self.shrinkage, self.measure)
        self._votes = self._near.T.tocsr()

    def _score(self, rows: Any) -> Scores:
        found: Scores = (self._profile.of(rows) @ self._votes).toarray()
        return found

    def similar(self, item: int, k: int) -> list[tuple[int, float]]:
        """The item's nearest, at most as many as were kept."""
        self._known(item)
        cells = slice(self._near.indptr[item], self._near.indptr[item + 1])
        pairs = zip(self._near.indices[cells].tolist(), self._near.data[cells].tolist(), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k]

    def _state(self) -> dict[str, NDArray[Any]]:
        return {**cells_of(self._near, "near"), **self._profile.arrays()}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._near = cells_from(state, "near", self.n_items, self.n_items)
        self._votes = self._near.T.tocsr()
        self._profile = self._profile.restored(state)
