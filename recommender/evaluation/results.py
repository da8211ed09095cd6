"""What an evaluation found: one result an algorithm, with intervals and a paired test against the best."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from recommender.arrays import Floats
from recommender.evaluation.certainty import Interval, compare, holm, intervals

HEADLINE = "ndcg@10"
"""What results are ranked by."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One algorithm's numbers before they are summed up."""

    algorithm: str
    params: Mapping[str, Any]
    by_user: Mapping[str, Floats]
    """Measure to one number a unit (NaN where it has none); the same units in the same order for all algorithms.

    Units are users; of one user alone, moments.
    """
    whole: Mapping[str, float]
    """Measures of all lists together: coverage and the like."""
    fit_s: float
    recommend_ms: float
    memory_mb: float
    users: int


@dataclass(frozen=True, slots=True)
class Result:
    """One algorithm's numbers, summed up."""

    algorithm: str
    params: Mapping[str, Any]
    means: Mapping[str, Interval]
    whole: Mapping[str, float]
    fit_s: float
    recommend_ms: float
    memory_mb: float
    users: int
    vs_best: Mapping[str, Any] | None = None
    """The paired test on the headline, this minus the best; None for the best itself."""

    def as_json(self) -> dict[str, Any]:
        """Plain values, no NaN: a measure that nobody has is null."""
        found: dict[str, Any] = {"algorithm": self.algorithm, "params": dict(self.params)}
        found |= {name: _plain(mean.mean) for name, mean in self.means.items()}
        found |= {name: _plain(value) for name, value in self.whole.items()}
        found |= {"fit_s": self.fit_s, "recommend_ms": self.recommend_ms, "memory_mb": self.memory_mb}
        found["users"] = self.users
        found["intervals"] = {name: [_plain(mean.low), _plain(mean.high)] for name, mean in self.means.items()}
        found["vs_best"] = None if self.vs_best is None else dict(self.vs_best)
        return found


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole run."""

    data: str
    split: str
    headline: str
    shown: tuple[str, ...]
    """Measures that a small table shows."""
    results: tuple[Result, ...]
    """Best first."""
    notes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    """Longer names of measures."""

    def as_json(self) -> dict[str, Any]:
        """``{"data", "split", "results"}`` in plain values."""
        return {"data": self.data, "split": self.split, "results": [result.as_json() for result in self.results]}


def summed_up(measured: Sequence[Measured], seed: int, headline: str = HEADLINE) -> tuple[Result, ...]:
    """Results by falling headline, each with its intervals and its paired test. All use the same resamples."""
    ranked = sorted(measured, key=lambda one: (-_mean(one.by_user[headline]), one.algorithm))
    tests = _against_best(ranked, headline, seed)
    return tuple(
        Result(
            one.algorithm,
            one.params,
            _means(one.by_user, np.random.default_rng(seed)),
            one.whole,
            one.fit_s,
            one.recommend_ms,
            one.memory_mb,
            one.users,
            test,
        )
        for one, test in zip(ranked, tests, strict=True)
    )


def _against_best(ranked: Sequence[Measured], headline: str, seed: int) -> list[dict[str, Any] | None]:
    """For each its difference from the best with p, and p made honest for the number of rivals (Holm)."""
    found = []
    best = ranked[0]
    for other in ranked[1:]:
        mine, theirs = other.by_user[headline], best.by_user[headline]
        both = np.isfinite(mine) & np.isfinite(theirs)
        found.append(compare(mine[both], theirs[both], np.random.default_rng(seed)))
    honest = holm([test.p for test in found])
    tests: list[dict[str, Any] | None] = [
        {
            "measure": headline,
            "algorithm": best.algorithm,
            "difference": _plain(test.difference.mean),
            "low": _plain(test.difference.low),
            "high": _plain(test.difference.high),
            "p": test.p,
            "p_holm": p,
        }
        for test, p in zip(found, honest, strict=True)
    ]
    return [None, *tests]


def _means(by_user: Mapping[str, Floats], rng: np.random.Generator) -> dict[str, Interval]:
    """Intervals of all measures; those that hold for the same users share their resamples."""
    found: dict[str, Interval] = {}
    groups: dict[bytes, list[str]] = {}
    for name, values in by_user.items():
        groups.setdefault(np.isfinite(values).tobytes(), []).append(name)
    for names in groups.values():
        kept = np.isfinite(by_user[names[0]])
        stacked = np.stack([by_user[name][kept] for name in names], axis=1)
        found |= dict(zip(names, intervals(stacked, rng), strict=True))
    return {name: found[name] for name in by_user}


def _mean(values: Floats) -> float:
    real = values[np.isfinite(values)]
    return float(real.mean()) if len(real) else -math.inf


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
