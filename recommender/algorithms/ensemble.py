"""Several table algorithms voting: the sum of their scores, each row's set to mean 0 and spread 1 first."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.als import ALS
from recommender.algorithms.ease import EASE
from recommender.algorithms.pure_svd import PureSVD
from recommender.algorithms.rp3beta import RP3beta
from recommender.algorithms.table import Params, Scores, TableAlgorithm
from recommender.algorithms.trial import Chooser, Trial, surely_more
from recommender.algorithms.user_knn import UserKNN
from recommender.arrays import Floats

MEMBERS: dict[str, Callable[..., TableAlgorithm]] = {
    "als": ALS,
    "ease": EASE,
    "pure_svd": PureSVD,
    "rp3beta": RP3beta,
    "user_knn": UserKNN,
}
"""Members that err differently: a factorisation, a regression, a low rank, a walk, neighbours."""
POWER, POWERS = 4.0, (0.0, 2.0, 8.0, 16.0, 32.0, 100.0)
"""The usual one, and others to choose from: from equal voices to nearly the best member alone."""


class Ensemble(TableAlgorithm):
    """Sum of weight * (score - mean) / spread over its members; weight = (hits / most hits of a member)^power.

    Hits are those of one trial inside the table, in which each member chooses its parameters too, and in which the
    power is chosen unless it is given: so a member that is lost on this table has little voice. power 0: equal
    voices. Mean and spread are over what the row does not hold: some members score what is held far above the rest.
    Cost: what its members cost, with their choices.
    """

    name = "ensemble"

    def __init__(self, power: float | None = None, seed: int = 0, **members: float | str) -> None:
        """``members``: parameters of members, as ``params`` names them (``ease_weighting``)."""
        super().__init__()
        self.power, self.seed = POWER if power is None else power, seed
        self._given_power, self._given = power, members
        self.members = self._made()
        self.weights = np.ones(len(MEMBERS), dtype=np.float32)
        """One a member, the best has 1."""

    def _made(self) -> dict[str, TableAlgorithm]:
        own: dict[str, Params] = {name: {} for name in MEMBERS}
        for key, value in self._given.items():
            name = next((name for name in MEMBERS if key.startswith(f"{name}_")), None)
            if name is None:
                raise TypeError(f"no member of ensemble has a parameter {key!r}")
            own[name][key.removeprefix(f"{name}_")] = value
        return {name: make(**own[name]) for name, make in MEMBERS.items()}

    def params(self) -> Params:
        """How much better members are preferred, the seed of the trial, and the parameters of the members."""
        of_members = {f"{name}_{key}": value for name, it in self.members.items() for key, value in it.params().items()}
        return {"power": self.power, "seed": self.seed, **of_members}

    def _learn(self, matrix: Any) -> None:
        trial = Trial(matrix, self.seed)
        self.members = self._made()
        fitted = [_fitted_in(trial, member) for member in self.members.values()]
        self._weigh(fitted, trial)
        del fitted, trial
        for member in self.members.values():
            if isinstance(member, Chooser):
                member.fit_as_set(matrix)
            else:
                member.fit_matrix(matrix)

    def _weigh(self, fitted: list[TableAlgorithm], trial: Trial) -> None:
        """The power, if it is not given, and the weights, from members that were fitted in the trial."""
        hits = [trial.hits(member) for member in fitted]
        self.power = POWER if self._given_power is None else self._given_power
        if self._given_power is None and trial.decides:
            blends = _blends(fitted, trial, [voices(hits, power) for power in (POWER, *POWERS)])
            best = int(np.argmax([blend.mean() for blend in blends]))
            self.power = (POWER, *POWERS)[best] if surely_more(blends[best], blends[0]) else POWER
        self.weights = voices(hits, self.power)

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


def voices(hits: list[Floats], power: float) -> NDArray[np.float32]:
    """A weight a member, (n_members,): its mean hits as a share of the best's, to a power; 1 without any hits."""
    means = np.asarray([one.mean() if len(one) else 0.0 for one in hits])
    if not means.max() > 0:
        return np.ones(len(means), dtype=np.float32)
    return np.asarray((means / means.max()) ** power, dtype=np.float32)


def _fitted_in(trial: Trial, member: TableAlgorithm) -> TableAlgorithm:
    """One fitted on what the trial keeps; the member takes the parameters that did best there."""
    return member.choose(trial) if isinstance(member, Chooser) else member.fit_matrix(trial.kept)


def _blends(fitted: list[TableAlgorithm], trial: Trial, weights: list[NDArray[np.float32]]) -> list[Floats]:
    """The hits in the trial of each set of weights, each (n_asked,). Members are asked once."""
    found = [np.zeros(trial.given.shape[0]) for _ in weights]
    for block in trial.blocks():
        rows = trial.given[block]
        owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        parts = [standard(member.scores(rows), owner, rows.indices) for member in fitted]
        for hits, weight in zip(found, weights, strict=True):
            total = np.zeros_like(parts[0])
            for share, part in zip(weight, parts, strict=True):
                total += share * part
            hits[block] = trial.hits_in(block, total)
    return found
