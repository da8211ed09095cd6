"""How sure a mean over users is, and whether one ranking beats another: bootstrap and paired permutation, seeded.

Users (or moments) are the unit: they are independent, the items inside a list are not.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Floats

RESAMPLES = 1000
DRAWS = 4000
LEVEL = 0.95
MANY = 20_000
"""With more users than this both use the normal law, which is then exact enough."""
_TWO_SIDED = 1.959963984540054
_BLOCK_CELLS = 4_000_000
_EXACT_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another ranking minus this one, over the same users."""

    difference: Interval
    p: float
    """Two-sided: how often chance alone makes a difference as large."""


def interval(values: Floats, rng: np.random.Generator) -> Interval:
    """Percentile bootstrap of the mean over users (Efron 1979), 1,000 resamples. NaN where there are no users."""
    return intervals(values[:, None], rng)[0]


def intervals(values: NDArray[np.float64], rng: np.random.Generator) -> list[Interval]:
    """The same for each column of (n_users, m), with the same resamples for all. Memory: one block."""
    n, m = values.shape
    if n == 0:
        return [Interval(math.nan, math.nan, math.nan)] * m
    mean = values.mean(axis=0)
    if n == 1:
        low = high = mean
    elif n > MANY:
        spread = _TWO_SIDED * values.std(axis=0, ddof=1) / math.sqrt(n)
        low, high = mean - spread, mean + spread
    else:
        low, high = np.quantile(_resampled(values, rng), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return [Interval(*(float(part[column]) for part in (mean, low, high))) for column in range(m)]


def compare(values: Floats, others: Floats, rng: np.random.Generator) -> Comparison:
    """Paired: were ``values`` and ``others`` of the same users drawn from one ranking? Sign-flip permutation test.

    Under that claim each user's difference may as well have the other sign. All 2^n signs for up to 12 users, else
    4,000 draws: p = (as large + 1) / (draws + 1), never 0 (Phipson & Smyth 2010).
    """
    if values.shape != others.shape:
        raise ValueError(f"{len(values)} users against {len(others)}: the same users are needed")
    difference = values - others
    found = interval(difference, rng)
    moved = difference[difference != 0]
    if len(moved) == 0:
        return Comparison(found, 1.0)
    if len(moved) > MANY:
        z = abs(moved.sum()) / math.sqrt(float((moved**2).sum()))
        return Comparison(found, math.erfc(z / math.sqrt(2)))
    return Comparison(found, _sign_flip(moved, rng))


def holm(p_values: list[float]) -> list[float]:
    """p values made honest for having asked several questions at once (Holm 1979), in the given order."""
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = largest
    return adjusted


def _resampled(values: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Means of resamples, (RESAMPLES, m)."""
    n = len(values)
    step = max(1, _BLOCK_CELLS // n)
    means = []
    for begin in range(0, RESAMPLES, step):
        rows = min(step, RESAMPLES - begin)
        drawn = rng.integers(0, n, (rows, n)) + n * np.arange(rows)[:, None]
        times = np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n)
        means.append(times @ values / n)
    return np.concatenate(means)


def _sign_flip(moved: Floats, rng: np.random.Generator) -> float:
    n = len(moved)
    bar = abs(float(moved.sum())) * (1 - 1e-12)
    if n <= _EXACT_PAIRS:
        signs = 1.0 - 2.0 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
        return float(np.mean(np.abs(signs @ moved) >= bar))
    large, step = 0, max(1, _BLOCK_CELLS // n)
    for begin in range(0, DRAWS, step):
        rows = min(step, DRAWS - begin)
        signs = 1.0 - 2.0 * rng.integers(0, 2, (rows, n), dtype=np.int8)
        large += int(np.count_nonzero(np.abs(signs @ moved) >= bar))
    return (large + 1) / (DRAWS + 1)
