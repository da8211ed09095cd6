"""Several table algorithms voting: the sum of their scores, each row's set to mean 0 and spread 1 first."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.algorithms.als import ALS
from recommender.algorithms.ease import EASE
from recommender.algorithms.pure_svd import PureSVD
from recommender.algorithms.rp3beta import RP3beta
from recommender.algorithms.table import Params, Scores, TableAlgorithm

MEMBERS: dict[str, Callable[[], TableAlgorithm]] = {"als": ALS, "ease": EASE, "pure_svd": PureSVD, "rp3beta": RP3beta}
"""Members that err differently: a factorisation, a regression, a low rank, a walk."""
POWER = 4.0
HIDDEN = 0.2
TRIAL_ROWS, TRIAL_TOP = 2_000, 10


class Ensemble(TableAlgorithm):
    """Sum of weight * (score - mean) / spread over its members; weight = (hits / most hits of a member)^power.

    Hits are those of a trial inside the table: a fifth of each row's cells is hidden and each member asked for ten
    items; so a member that is lost on this table has little voice. power 0: equal voices, no trial. Mean and spread
    are over what the row does not hold: some members score what is held far above the rest. Cost: its members' twice.
    """

    name = "ensemble"

    def __init__(self, power: float = POWER, seed: int = 0) -> None:
        super().__init__()
        self.power, self.seed = power, seed
        self.members = {name: MEMBERS[name]() for name in MEMBERS}
        self.weights = np.ones(len(MEMBERS), dtype=np.float32)
        """One a member, the best has 1."""

    def params(self) -> Params:
        """How much better members are preferred, and the seed of the trial."""
        return {"power": self.power, "seed": self.seed}

    def _learn(self, matrix: Any) -> None:
        self.weights = np.ones(len(MEMBERS), dtype=np.float32)
        if self.power > 0:
            hits = np.asarray([_hits(make(), matrix, self.seed) for make in MEMBERS.values()], dtype=np.float64)
            if hits.max() > 0:
                self.weights = ((hits / hits.max()) ** self.power).astype(np.float32)
        for member in self.members.values():
            member.fit_matrix(matrix)

    def _score(self, rows: Any) -> Scores:
        owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        total = np.zeros(rows.shape, dtype=np.float32)
        for weight, member in zip(self.weights, self.members.values(), strict=True):
            total += weight * standard(member.scores(rows), owner, rows.indices)
        return total

    def _state(self) -> dict[str, NDArray[Any]]:
        parts = {f"{name}.{key}": array for name, it in self.members.items() for key, array in it.arrays().items()}
        return {"weights": self.weights, **parts}

    def _take(self, state: dict[str, NDArray[Any]]) -> None:
        self.weights = state["weights"]
        if self.weights.shape != (len(MEMBERS),):
            raise ValueError("these arrays are not those of ensemble: one weight a member is needed")
        for name, member in self.members.items():
            start = f"{name}."
            member.restore({key.removeprefix(start): array for key, array in state.items() if key.startswith(start)})
            if member.n_items != self.n_items:
                raise ValueError("these arrays are not those of ensemble: a member knows other items")


def standard(scores: Scores, owner: NDArray[Any], held: NDArray[Any]) -> Scores:
    """Each row shifted and scaled to mean 0 and spread 1 over all but the cells (owner, held); a flat row is 0."""
    counts = np.maximum(scores.shape[1] - np.bincount(owner, minlength=len(scores)), 1)
    own = scores[owner, held].astype(np.float64)
    mean = (scores.sum(axis=1, dtype=np.float64) - np.bincount(owner, own, len(scores))) / counts
    shifted = scores - mean[:, None].astype(np.float32)
    known = shifted[owner, held]
    shifted[owner, held] = 0.0
    spread = np.sqrt(np.einsum("ij,ij->i", shifted, shifted, dtype=np.float64) / counts)
    shifted[owner, held] = known
    # What differs only in the last digits of the largest score says nothing.
    flat = spread <= 1e-5 * np.maximum(np.abs(scores).max(axis=1, initial=0.0), 1e-30)
    shifted *= np.where(flat, 0.0, 1.0 / np.where(flat, 1.0, spread))[:, None].astype(np.float32)
    return np.asarray(shifted, dtype=np.float32)


def hidden_apart(matrix: Any, share: float, seed: int) -> tuple[Any, Any]:
    """The table without a random share of each row's cells, and those cells; rows of one cell keep it."""
    rng = np.random.default_rng(seed)
    lengths = np.diff(matrix.indptr)
    owner = np.repeat(np.arange(matrix.shape[0]), lengths)
    order = np.lexsort((rng.random(matrix.nnz), owner))
    rank = np.empty(matrix.nnz, dtype=np.int64)
    rank[order] = np.arange(matrix.nnz) - np.repeat(matrix.indptr[:-1], lengths)
    hidden = rank < np.where(lengths > 1, np.maximum(np.rint(lengths * share), 1), 0)[owner]
    kept, apart = (
        csr_array((matrix.data[part], (owner[part], matrix.indices[part])), shape=matrix.shape)
        for part in (~hidden, hidden)
    )
    return kept, apart


def _hits(member: TableAlgorithm, matrix: Any, seed: int) -> float:
    """How much of what is hidden from it a member finds: discounted hits among its first, over rows drawn at random."""
    kept, apart = hidden_apart(matrix, HIDDEN, seed)
    rows = np.flatnonzero(np.diff(apart.indptr))
    if len(rows) > TRIAL_ROWS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, TRIAL_ROWS, replace=False))
    if len(rows) == 0:
        return 0.0
    items, _ = member.fit_matrix(kept).recommend(kept[rows], TRIAL_TOP)
    wanted = apart[rows]
    cells = np.repeat(np.arange(len(rows)), np.diff(wanted.indptr)) * matrix.shape[1] + wanted.indices
    found = np.isin(np.arange(len(rows))[:, None] * matrix.shape[1] + items, cells) & (items >= 0)
    return float((found / np.log2(np.arange(TRIAL_TOP) + 2.0)).sum())
