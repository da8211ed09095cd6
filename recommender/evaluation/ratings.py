"""How far ratings are off when a table algorithm's scores are read as ratings: RMSE and MAE.

A score is no rating, so a straight line turns one into the other. Predicted: the mean, plus what the user and the item
usually add (shrunk; Koren 2009, 2.1), plus a slope times the score's place among that user's scores. The slope is
fitted on ratings that the model did not see and that are not tested: ratings fall into 80 % for the fit, 10 % for the
slope, 10 % for the test. With a slope of nothing this is the plain baseline, so a model shows only what it adds.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.table import TableAlgorithm
from recommender.arrays import Floats, Ints
from recommender.evaluation.metrics import mae, rmse
from recommender.evaluation.results import Measured
from recommender.interactions import Interactions
from recommender.loaders.log import Log

USER_SHRINKAGE, ITEM_SHRINKAGE = 10.0, 25.0
BLOCK_CELLS = 4_000_000
MAX_TESTED = 200_000
FIT, SLOPE, TEST = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """mean + user + item."""

    mean: float
    user: Floats
    item: Floats

    @classmethod
    def of(cls, log: Log, ratings: Floats) -> "Baseline":
        """From all ratings of a log; a user or item without any adds nothing."""
        mean = float(ratings.mean())
        item = _shrunk(log.item, ratings - mean, log.n_items, ITEM_SHRINKAGE)
        user = _shrunk(log.user, ratings - mean - item[log.item], log.n_users, USER_SHRINKAGE)
        return cls(mean, user, item)

    def of_rows(self, log: Log) -> Floats:
        """Predictions for the rows of a log."""
        return self.mean + self.user[log.user] + self.item[log.item]


def with_errors(found: Measured, make: Callable[[], TableAlgorithm], log: Log, seed: int) -> Measured:
    """The same numbers with ``rmse`` and ``mae`` added, and those of the baseline beside them."""
    errors = rating_errors(make(), log, np.random.default_rng(seed))
    return replace(found, whole={**found.whole, **errors})


def rating_errors(algorithm: TableAlgorithm, log: Log, rng: np.random.Generator) -> dict[str, float]:
    """RMSE and MAE on a tenth of the ratings; nothing where there are too few. Costs one more fit."""
    ratings = log.rating
    if ratings is None or len(ratings) < 20:
        return {}
    part = rng.choice(3, len(ratings), p=[0.8, 0.1, 0.1])
    logs = [log.take(part == which) for which in (FIT, SLOPE, TEST)]
    if any(len(one) == 0 for one in logs):
        return {}
    logs = [logs[FIT], *(one.take(rng.permutation(len(one))[:MAX_TESTED]) for one in logs[1:])]
    baseline = Baseline.of(logs[FIT], _ratings(logs[FIT]))
    low, high = float(ratings.min()), float(ratings.max())
    liked = log.take((part == FIT) & (ratings >= log.liked_from()))
    table = csr_array((np.ones(len(liked)), (liked.user, liked.item)), shape=(log.n_users, log.n_items))
    algorithm.fit(Interactions.from_matrix(table))
    tuning, testing = (_standing(algorithm, table, one) for one in logs[1:])
    left = _ratings(logs[SLOPE]) - baseline.of_rows(logs[SLOPE])
    slope = float(tuning @ left / (tuning @ tuning + 1.0))
    plain = np.clip(baseline.of_rows(logs[TEST]), low, high)
    predicted = np.clip(baseline.of_rows(logs[TEST]) + slope * testing, low, high)
    truth = _ratings(logs[TEST])
    return {
        "rmse": rmse(predicted, truth),
        "mae": mae(predicted, truth),
        "baseline_rmse": rmse(plain, truth),
        "baseline_mae": mae(plain, truth),
    }


def _standing(algorithm: TableAlgorithm, table: Any, rows: Log) -> Floats:
    """Where each row's item stands among its user's scores, in standard deviations from their mean, (n_rows,)."""
    found = np.zeros(len(rows))
    users, owner = np.unique(rows.user, return_inverse=True)
    order = np.argsort(owner, kind="stable")
    step = max(1, BLOCK_CELLS // max(table.shape[1], 1))
    borders = np.searchsorted(owner[order], np.arange(0, len(users) + step, step))
    for block, (begin, end) in enumerate(pairwise(borders)):
        mine: Ints = order[begin:end]
        scores = algorithm.scores(table[users[block * step : (block + 1) * step]]).astype(np.float64)
        spread = scores.std(axis=1)
        local = owner[mine] - block * step
        moved = scores[local, rows.item[mine]] - scores.mean(axis=1)[local]
        found[mine] = np.divide(moved, spread[local], out=np.zeros(len(mine)), where=spread[local] > 0)
    return found


def _ratings(log: Log) -> Floats:
    return np.zeros(0) if log.rating is None else log.rating


def _shrunk(codes: Ints, values: Floats, size: int, shrinkage: float) -> Floats:
    total = np.bincount(codes, weights=values, minlength=size)
    return np.asarray(total / (np.bincount(codes, minlength=size) + shrinkage), dtype=np.float64)
