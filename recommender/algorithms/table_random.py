"""No opinion: numbers drawn once a fit. What every other algorithm must beat."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.table import Params, Scores, TableAlgorithm

_ODD = np.uint64(0x9E3779B97F4A7C15)


class TableRandom(TableAlgorithm):
    """Uniform in 0..1 by item, seed and what the row holds: the same row gets the same numbers wherever it stands."""

    name = "random"

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        self.seed = seed

    def params(self) -> Params:
        """The seed."""
        return {"seed": self.seed}

    def _learn(self, matrix: Any) -> None:
        self._keys = np.random.default_rng(self.seed).integers(0, 2**63, matrix.shape[1], dtype=np.uint64)

    def _score(self, rows: Any) -> Scores:
        held = np.add.reduceat(np.append(self._keys[rows.indices], np.uint64(0)), rows.indptr[:-1])
        held[np.diff(rows.indptr) == 0] = 0
        mixed = (self._keys[None, :] ^ (held[:, None] * _ODD)) * _ODD
        found: Scores = ((mixed >> np.uint64(40)).astype(np.float32) + 1.0) / np.float32(2**24 + 2)
        return found

    def _state(self) -> dict[str, NDArray[Any]]:
        return {"keys": self._keys.astype(np.int64)}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self._keys = self._one_each(state, "keys").astype(np.uint64)
