"""How many rows hold each item: the same list for everybody, and hard to beat where listeners are new."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.table import Scores, TableAlgorithm


class TablePopularity(TableAlgorithm):
    """log(1 + rows that hold the item). O(nnz) to fit."""

    name = "popularity"

    def _learn(self, matrix: Any) -> None:
        self._counts = np.bincount(matrix.indices, minlength=matrix.shape[1])

    def _score(self, rows: Any) -> Scores:
        return np.tile(np.log1p(self._counts).astype(np.float32), (rows.shape[0], 1))

    def _state(self) -> dict[str, NDArray[Any]]:
        return {"counts": self._counts.astype(np.int64)}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._counts = self._one_each(state, "counts")
