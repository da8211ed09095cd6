"""What every table algorithm is: fitted on rows (listeners or sessions) by items, it scores all items for any row.

A row to score need not have been there at the fit: it is folded in. What is kept is a few arrays (``arrays``), so that
a fitted algorithm can be written to a file and read again; nothing here knows files.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.arrays import Ints
from recommender.interactions import Interactions

Scores = NDArray[np.float32]
Params = dict[str, float | int | str]

NOBODY = -1
"""Stands in a list of items where there is no further one; its score is 0."""
BLOCK_CELLS = 4_000_000
"""Dense scores made at once: 16 MB."""


class TableAlgorithm(ABC):
    """One way to score rows over the same columns. ``fit`` first; then ``scores``, ``recommend`` and ``similar``."""

    name: ClassVar[str]

    def __init__(self) -> None:
        self._n_items: int | None = None

    @property
    def n_items(self) -> int:
        """How many columns it was fitted on."""
        if self._n_items is None:
            raise ValueError(f"{self.name} is not fitted")
        return self._n_items

    def params(self) -> Params:
        """What it was made with: ``type(it)(**it.params())`` is one like it."""
        return {}

    def fit(self, interactions: Interactions) -> Self:
        """Learns from a whole table. Weights that are not finite or are negative are a ValueError."""
        return self.fit_matrix(interactions.matrix)

    def fit_matrix(self, matrix: Any) -> Self:
        """As ``fit``, on a CSR (n_rows, n_items) alone."""
        rows = checked(matrix)
        self._n_items = int(rows.shape[1])
        self._learn(rows)
        return self

    def scores(self, rows: Any) -> Scores:
        """float32 (n_rows, n_items), finite, for any rows over the same columns (CSR); a row of nothing scores 0.

        Dense: ask for few rows at a time, or use ``recommend``.
        """
        matrix = checked(rows)
        if matrix.shape[1] != self.n_items:
            raise ValueError(f"{self.name} knows {self.n_items} items but the rows have {matrix.shape[1]}")
        if 0 in matrix.shape:
            return np.zeros(matrix.shape, dtype=np.float32)
        found = np.asarray(self._score(matrix), dtype=np.float32)
        return found if np.isfinite(found).all() else np.nan_to_num(found)

    def recommend(self, rows: Any, k: int, exclude_seen: bool = True) -> tuple[NDArray[np.int32], Scores]:
        """The k best items of each row, best first, and their scores: (n_rows, k) int32 and float32.

        Ties go to the lower item; what the row holds is left out when ``exclude_seen``; short lists end in NOBODY
        and 0. Cost: that of ``scores``; memory: one block of BLOCK_CELLS scores and the answer.
        """
        if k < 1:
            raise ValueError("k must be at least 1")
        matrix = csr_array(rows)
        items = np.full((matrix.shape[0], k), NOBODY, dtype=np.int32)
        values = np.zeros((matrix.shape[0], k), dtype=np.float32)
        for block in blocks(matrix.shape[0], self.n_items):
            part = matrix[block]
            found = self.scores(part)
            if exclude_seen:
                owner = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
                found[owner, part.indices] = -np.inf
            _best(found, k, items[block], values[block])
        return items, values

    def similar(self, item: int, k: int) -> list[tuple[int, float]]:
        """The k items nearest to one, best first, without itself; only what has a positive score.

        Unless an algorithm knows better: what it would suggest to a row that holds this item alone.
        """
        self._known(item)
        one = csr_array((np.ones(1, np.float32), np.array([item]), np.array([0, 1])), shape=(1, self.n_items))
        items, values = self.recommend(one, k)
        pairs = zip(items[0].tolist(), values[0].tolist(), strict=True)
        return [(place, value) for place, value in pairs if place != NOBODY and value > 0]

    def _known(self, item: int) -> None:
        if not 0 <= item < self.n_items:
            raise ValueError(f"there is no item {item}: {self.name} knows {self.n_items}")

    def _one_each(self, state: Mapping[str, NDArray[Any]], name: str) -> NDArray[Any]:
        """An array of ``state`` that must have one number an item."""
        if state[name].shape != (self.n_items,):
            raise ValueError(f"these arrays are not those of {self.name}: {name} needs one number an item")
        return state[name]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All that ``fit`` learned, by name: with ``params`` enough to go on without the table."""
        return {"n_items": np.asarray([self.n_items], dtype=np.int64), **self._state()}

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Takes back what ``arrays`` gave. A missing array or one of a wrong shape is a ValueError."""
        state = dict(arrays)
        try:
            self._n_items = int(state.pop("n_items")[0])
            if "idf" in state:
                self._one_each(state, "idf")
            self._take(state)
        except (KeyError, IndexError, TypeError) as missing:
            raise ValueError(f"these arrays are not those of {self.name}: {missing}") from missing
        return self

    @abstractmethod
    def _learn(self, matrix: Any) -> None:
        """Learns from a checked CSR (n_rows, n_items) float32, which it must not change."""

    @abstractmethod
    def _score(self, rows: Any) -> Scores:
        """Scores of checked rows, CSR (n_rows, n_items) float32, which it must not change."""

    @abstractmethod
    def _state(self) -> dict[str, NDArray[Any]]:
        """What ``_learn`` kept."""

    @abstractmethod
    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        """Takes back what ``_state`` gave."""


def checked(rows: Any) -> Any:
    """``rows`` as a CSR array float32 with finite weights, none negative, each cell once and none of them zero."""
    matrix = csr_array(rows, dtype=np.float32)
    if not np.isfinite(matrix.data).all():
        raise ValueError("a weight is not a finite number")
    if matrix.data.size and float(matrix.data.min()) < 0:
        raise ValueError("a weight is negative")
    if not matrix.has_canonical_format or (matrix.data == 0).any():
        matrix = matrix.copy()
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
    return matrix


def nearest_vectors(vectors: Scores, item: int, k: int) -> list[tuple[int, float]]:
    """The k items of the nearest direction (cosine, above 0) among (n_items, factors), without itself."""
    lengths = np.linalg.norm(vectors, axis=1)
    near = vectors @ vectors[item] / np.maximum(lengths * lengths[item], 1e-12)
    near[item] = 0.0
    best = np.lexsort((np.arange(len(near)), -near))[:k]
    return [(int(place), float(near[place])) for place in best if near[place] > 0]


def cells_of(matrix: Any, name: str) -> dict[str, NDArray[Any]]:
    """A CSR array as three named arrays, for ``arrays``."""
    return {
        f"{name}_data": matrix.data,
        f"{name}_indices": matrix.indices.astype(np.int32),
        f"{name}_indptr": matrix.indptr.astype(np.int64),
    }


def cells_from(state: Mapping[str, NDArray[Any]], name: str, n_columns: int, n_rows: int | None = None) -> Any:
    """The CSR array that ``cells_of`` took apart; indices outside it, or too few rows, are a ValueError."""
    data, indices, indptr = (state[f"{name}_{part}"] for part in ("data", "indices", "indptr"))
    rows = len(indptr) - 1 if n_rows is None else n_rows
    if indptr.shape != (rows + 1,) or indptr[-1] != len(indices):
        raise ValueError(f"the cells of {name} do not fit together")
    matrix = csr_array((data, indices, indptr), shape=(rows, n_columns))
    matrix.check_format(full_check=True)
    return matrix


def blocks(n_rows: int, n_items: int) -> Iterator[slice]:
    """Slices of the rows, BLOCK_CELLS scores each."""
    step = max(BLOCK_CELLS // max(n_items, 1), 1)
    yield from (slice(start, min(start + step, n_rows)) for start in range(0, n_rows, step))


def _best(scores: Scores, k: int, items: NDArray[np.int32], values: Scores) -> None:
    """Writes the k largest finite scores of each row, by score, then by lower item."""
    n_items = scores.shape[1]
    few = min(k, n_items)
    for row, found in enumerate(scores):
        if few < n_items:
            least = np.partition(found, n_items - few)[n_items - few]
            above, level = np.flatnonzero(found > least), np.flatnonzero(found == least)
            kept = np.concatenate([above, level[: few - len(above)]])
        else:
            kept = np.arange(n_items)
        kept = kept[np.isfinite(found[kept])]
        order: Ints = kept[np.lexsort((kept, -found[kept]))]
        items[row, : len(order)] = order
        values[row, : len(order)] = found[order]
