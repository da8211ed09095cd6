"""Parameters chosen inside the table itself: a fifth of each row's cells is hidden, and what finds most of it is taken.

The usual parameters were found on a few tables and stay unless another setting is better by more than chance; so a
table of another kind (dense instead of long-tailed, ratings instead of plays) gets what suits it, and a tiny one
changes nothing.
"""

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, ClassVar, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.algorithms.table import Params, Scores, TableAlgorithm, blocks, checked
from recommender.arrays import Bools, Floats

HIDDEN = 0.2
TOP = 20
MOST_ROWS, MOST_ASKED, LEAST_ASKED = 3_000, 1_000, 20
MOST_CELLS = 400_000
"""A trial learns from so many rows and cells at most, so that it costs about what a fit costs, or less."""
FEW = 64
"""So many hidden items of a row are compared with all scores; more are looked up among them in order."""
CHANCE = 0.5
"""Standard errors by which another setting must be better."""

Made = TypeVar("Made")


class Trial:
    """A part of a table with something hidden: ``kept`` to learn from, ``given`` and what is ``wanted`` of each row."""

    def __init__(self, matrix: Any, seed: int = 0) -> None:
        rng = np.random.default_rng(seed)
        rows = _some_rows(matrix, rng)
        self.kept, apart = hidden_apart(matrix[rows], HIDDEN, seed)
        asked = np.flatnonzero(np.diff(apart.indptr))
        if len(asked) > MOST_ASKED:
            asked = np.sort(rng.choice(asked, MOST_ASKED, replace=False))
        self.given, self.wanted = self.kept[asked], apart[asked]
        self._made: dict[Hashable, Any] = {}

    @property
    def decides(self) -> bool:
        """Whether there is enough to tell one setting from another."""
        return int(self.given.shape[0]) >= LEAST_ASKED

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once for each key: what several settings share."""
        if key not in self._made:
            self._made[key] = make()
        found: Made = self._made[key]
        return found

    def forget(self) -> None:
        """Drops what was shared."""
        self._made.clear()

    def hits(self, fitted: TableAlgorithm) -> Floats:
        """How well each row's hidden items are found, nDCG of the first 20: float64 (n_asked,) in 0..1."""
        found = np.zeros(self.given.shape[0])
        for block in self.blocks():
            found[block] = self.hits_in(block, fitted.scores(self.given[block]))
        return found

    def blocks(self) -> Iterator[slice]:
        """The asked rows, so many at once as ``hits_in`` may be given scores of."""
        return blocks(*self.given.shape)

    def hits_in(self, block: slice, scores: Scores) -> Floats:
        """The hits of one block by its scores (n_rows, n_items), which are overwritten where something is given."""
        given, wanted = self.given[block], self.wanted[block]
        lengths = np.diff(wanted.indptr)
        rows = np.arange(len(scores))
        scores[np.repeat(rows, np.diff(given.indptr)), given.indices] = -np.inf
        ends = zip(wanted.indptr[:-1], wanted.indptr[1:], strict=True)
        places = [_places(found, wanted.indices[start:end]) for found, (start, end) in zip(scores, ends, strict=True)]
        place = np.concatenate([np.zeros(0, dtype=np.int64), *places])
        gains = np.where(place < TOP, 1.0 / np.log2(place + 2.0), 0.0)
        most = np.cumsum(1.0 / np.log2(np.arange(TOP) + 2.0))[np.minimum(lengths, TOP) - 1]
        return np.asarray(np.bincount(np.repeat(rows, lengths), gains, len(rows)) / most, dtype=np.float64)


class Chooser(TableAlgorithm):
    """A table algorithm that chooses the parameters it was not given, at every fit anew.

    ``steps`` are gone through one after the other; each is a few changes of parameters, of which that one stays that
    finds most. A change of a parameter that was given is left out, and without changes there is no trial.
    """

    usual: ClassVar[Params]
    """Every parameter by name, with what it is before a choice and where there is nothing to choose from."""
    steps: ClassVar[tuple[tuple[Params, ...], ...]] = ()

    def __init__(self, **given: float | str | None) -> None:
        super().__init__()
        self._given: Params = {name: value for name, value in given.items() if value is not None}
        self._set({**self.usual, **self._given})

    def params(self) -> Params:
        """Those in use: given, or chosen at the fit, or the usual ones. One made with them chooses nothing."""
        return {name: getattr(self, name) for name in self.usual}

    def choose(self, trial: Trial) -> Self:
        """Takes the parameters that do best in a trial, and gives what was fitted with them there."""
        made = self._tried({**self.usual, **self._given}, trial)
        hits = trial.hits(made)
        for step in self._open_steps() if trial.decides else ():
            rivals = [rival for change in step if (rival := {**made.params(), **change}) != made.params()]
            best, most = made, hits
            for rival in rivals:
                other = self._tried(rival, trial)
                found = trial.hits(other)
                if best is made or found.mean() > most.mean():
                    best, most = other, found
            if surely_more(most, hits):
                made, hits = best, most
        trial.forget()
        self._set(made.params())
        return made

    def fit_as_set(self, matrix: Any) -> Self:
        """``fit_matrix`` without a choice."""
        rows = checked(matrix)
        self._n_items = int(rows.shape[1])
        self._learn_as_set(rows)
        return self

    def _learn(self, matrix: Any) -> None:
        if any(True for _ in self._open_steps()):
            self._set({**self.usual, **self._given})
            trial = Trial(matrix)
            if trial.decides:
                self.choose(trial)
        self._learn_as_set(matrix)

    def _open_steps(self) -> Iterator[tuple[Params, ...]]:
        for step in self.steps:
            if left := tuple(change for change in step if not change.keys() & self._given.keys()):
                yield left

    def _tried(self, params: Params, trial: Trial) -> Self:
        one = type(self)(**params)
        one._n_items = int(trial.kept.shape[1])
        one._learn_in_trial(trial)
        return one

    def _set(self, params: Mapping[str, float | int | str]) -> None:
        for name, value in params.items():
            setattr(self, name, value)

    def _learn_in_trial(self, trial: Trial) -> None:
        """As ``_learn_as_set``, on what the trial has; what several settings share may be kept there."""
        self._learn_as_set(trial.kept)

    @abstractmethod
    def _learn_as_set(self, matrix: Any) -> None:
        """Learns with the parameters as they are from a checked CSR (n_rows, n_items), which it must not change."""


def grid(name: str, *values: float | str) -> tuple[Params, ...]:
    """One step: the values of one parameter."""
    return tuple({name: value} for value in values)


def hidden_apart(matrix: Any, share: float, seed: int) -> tuple[Any, Any]:
    """The table without a random share of each row's cells, and those cells; rows of one cell keep it."""
    rng = np.random.default_rng(seed)
    lengths = np.diff(matrix.indptr)
    owner = np.repeat(np.arange(matrix.shape[0]), lengths)
    order = np.lexsort((rng.random(matrix.nnz), owner))
    rank = np.empty(matrix.nnz, dtype=np.int64)
    rank[order] = np.arange(matrix.nnz) - np.repeat(matrix.indptr[:-1], lengths)
    hidden = rank < np.where(lengths > 1, np.maximum(np.rint(lengths * share), 1), 0)[owner]
    return _cells(matrix, ~hidden), _cells(matrix, hidden)


def _cells(matrix: Any, part: Bools) -> Any:
    indptr = np.append(0, np.cumsum(part))[matrix.indptr]
    return csr_array((matrix.data[part], matrix.indices[part], indptr), shape=matrix.shape)


def _some_rows(matrix: Any, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows drawn at random, as many as a trial may have, in their order; one longer than all that is left out."""
    order = rng.permutation(matrix.shape[0])
    if matrix.shape[0] <= MOST_ROWS and matrix.nnz <= MOST_CELLS:
        return np.arange(matrix.shape[0])
    lengths = np.diff(matrix.indptr)[order]
    order, lengths = order[lengths <= MOST_CELLS], lengths[lengths <= MOST_CELLS]
    few = np.cumsum(lengths) <= MOST_CELLS
    return np.sort(order[few][:MOST_ROWS])


def _places(scores: Scores, items: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where items stand by their scores, 0 the first; ties go to the lower item. Several times as fast as a list."""
    values = scores[items]
    if len(items) > FEW:
        found = len(scores) - np.searchsorted(np.sort(scores), values, side="right").astype(np.int64)
    else:
        found = np.count_nonzero(scores > values[:, None], axis=1).astype(np.int64)
    for near in np.flatnonzero(found < TOP):
        found[near] += np.count_nonzero(scores[: items[near]] == values[near])
    return found


def surely_more(some: Floats, others: Floats) -> bool:
    """Whether the hits of the same rows are more by over CHANCE standard errors of their difference."""
    more = some - others
    return bool(more.mean() > max(CHANCE * more.std() / np.sqrt(len(more)), 1e-9)) if len(more) else False
