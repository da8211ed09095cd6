"""Item kNN on a table: sum over a row's items of their similarity, the k nearest of each item kept."""

from typing import Any, ClassVar

from numpy.typing import NDArray

from recommender.algorithms.table import Params, Scores, cells_from, cells_of
from recommender.algorithms.trial import Chooser, Trial, grid
from recommender.similarity import Measure, nearest_cells
from recommender.weighting import Scheme, Weighting, shortened


class TableItemKNN(Chooser):
    """Scores = weighted rows @ W', W the k nearest of each item. Deshpande & Karypis 2004, Bell & Koren 2007.

    Cost: the sum over rows of their squared length (``weighting.shortened`` bounds it), then k a cell of a row.
    """

    name = "item_knn"
    usual: ClassVar[Params] = {
        "measure": "cosine",
        "k": 400,
        "shrinkage": 5.0,
        "weighting": "log",
        "profile": "tfidf",
    }
    steps = (grid("weighting", "log", "bm25"), grid("profile", "tfidf", "log"))

    measure: Measure
    k: int
    """Neighbours an item."""
    shrinkage: float
    """Doubt of what few rows say."""
    weighting: Scheme
    """For learning."""
    profile: Scheme
    """For asking."""

    def __init__(
        self,
        measure: Measure | None = None,
        k: int | None = None,
        shrinkage: float | None = None,
        weighting: Scheme | None = None,
        profile: Scheme | None = None,
    ) -> None:
        super().__init__(measure=measure, k=k, shrinkage=shrinkage, weighting=weighting, profile=profile)

    def _learn_as_set(self, matrix: Any) -> None:
        self._take_near(matrix, self._nearest(matrix))

    def _learn_in_trial(self, trial: Trial) -> None:
        key = (self.measure, self.k, self.shrinkage, self.weighting)
        self._take_near(trial.kept, trial.once(key, lambda: self._nearest(trial.kept)))

    def _nearest(self, matrix: Any) -> Any:
        weighted = shortened(Weighting(self.weighting).fitted(matrix).of(matrix))
        return nearest_cells(weighted, self.k, self.shrinkage, self.measure)

    def _take_near(self, matrix: Any, near: Any) -> None:
        self._profile = Weighting(self.profile).fitted(matrix)
        self._near, self._votes = near, near.T.tocsr()

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
        self._profile = Weighting(self.profile).restored(state)
