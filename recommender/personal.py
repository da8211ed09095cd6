"""One listener's own weights: the shipped ones, refitted on the listener's past, and used only where that helps.

Moments are taken from the later part of the log, in order of time. A softmax regression (what was chosen against what
could have been), held to the shipped weights by a ridge, is fitted on the earlier moments and judged on the later ones;
where it wins by more than chance there, it is fitted on all of them. Deterministic; numpy alone.

Measured on the 11 of 22 listeners on whom ``RIDGE`` was not chosen: no gain (next equal, session .0003 better with a
laxer ``SURE`` and equal with this one, rediscovery .0007 worse). ``SURE`` was raised after a look at both halves.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from recommender.algorithms.blend import Blend, Weights
from recommender.arrays import Bools, Floats, Ints
from recommender.history import DAY_S, History
from recommender.moment import REDISCOVER_S, SHIPPED, Question, profile_for
from recommender.sessions import is_heard, run_numbers

QUESTIONS: tuple[Question, ...] = ("next", "session", "rediscover")
MOMENTS = 150
"""For each question."""
LEAST_MOMENTS = 30
LATEST_PLAYS = 20_000
RIVALS = 2000
"""Items kept for a moment: the best by the shipped weights. A choice beyond them is left out as well: kept alone, it
would teach that what the shipped weights rank low is good."""
RIDGE = 1.0
"""In units of a signal's spread. Of .3 and 1 the better on half of 22 listeners."""
EARLIER = 0.6
SURE = 2.0
"""Standard errors by which the gain on later moments must stand above 0."""
NEWTON_STEPS = 12
REDISCOVER_FOR_S = 7 * DAY_S
_NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a question's own weights did against the shipped ones on later moments (nDCG@10; next: reciprocal rank)."""

    moments: int
    shipped: float
    own: float
    used: bool


@dataclass(frozen=True, slots=True)
class Personal:
    """Weights to be used by question (only where they help), and how each question was judged. Plain values."""

    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """Signals of the items at a moment, float64 (n, n_signals), and which were chosen."""

    signals: Floats
    chosen: Bools


def fit(history: History, cancelled: Callable[[], bool] = lambda: False, seconds: float = 30.0) -> Personal:
    """Own weights for each question. Stops when cancelled or out of time, with what has been judged by then.

    Cost: one copy of the history, and a few milliseconds for each of at most 450 moments.
    """
    end = time.monotonic() + seconds
    choices: dict[Question, list[_Choice]] = {question: [] for question in QUESTIONS}
    for asked, choice in _choices(history):
        choices[asked].append(choice)
        if cancelled() or time.monotonic() > end:
            return Personal()
    found = Personal()
    for question, seen in choices.items():
        if cancelled():
            break
        if len(seen) >= LEAST_MOMENTS:
            own, found.verdicts[question] = judge(seen, SHIPPED[question], one_right=question == "next")
            if found.verdicts[question].used:
                found.weights[question] = own
    return found


def judge(seen: list[_Choice], shipped: Weights, *, one_right: bool) -> tuple[dict[str, float], Verdict]:
    """Fits on the earlier moments, compares on the later ones, and fits again on all."""
    names = list(shipped)
    start = np.array([shipped[name] for name in names])
    cut = int(EARLIER * len(seen))
    own = refit(seen[:cut], start)
    score = _reciprocal_rank if one_right else _ndcg
    gains = np.array([[score(c, start), score(c, own)] for c in seen[cut:]])
    difference = gains[:, 1] - gains[:, 0]
    error = float(difference.std()) / np.sqrt(len(difference))
    used = bool(difference.mean() > SURE * error and difference.mean() > 0)
    final = refit(seen, start) if used else start
    verdict = Verdict(len(seen), float(gains[:, 0].mean()), float(gains[:, 1].mean()), used)
    return dict(zip(names, final.tolist(), strict=True)), verdict


def refit(seen: list[_Choice], start: Floats) -> Floats:
    """Newton's method on the mean log-likelihood less ``RIDGE`` * squared distance from ``start``, per spread."""
    spread = np.sqrt(np.mean([c.signals.var(axis=0) for c in seen], axis=0)) + 1e-6
    weights = start.copy()
    for _ in range(NEWTON_STEPS):
        slope = 2 * RIDGE * spread**2 * (weights - start)
        curve = np.diag(2 * RIDGE * spread**2)
        for choice in seen:
            share = _softmax(choice.signals @ weights)
            mean = share @ choice.signals
            slope += (mean - choice.signals[choice.chosen].mean(axis=0)) / len(seen)
            curve += ((choice.signals.T * share) @ choice.signals - np.outer(mean, mean)) / len(seen)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step * spread).max()) < 1e-6:
            break
    return np.asarray(weights, dtype=np.float64)


def _choices(history: History) -> Iterator[tuple[Question, _Choice]]:
    """Walks through the later part of the log, and stops at evenly spread moments."""
    plays = history.plays
    first = max(len(plays) // 3, len(plays) - LATEST_PLAYS)
    heard = is_heard(plays.played_ms, plays.duration_ms, plays.ended)
    runs = run_numbers(plays.started_at_s, plays.played_ms)
    starts = np.flatnonzero(np.diff(runs, prepend=-1))
    inside = np.flatnonzero(heard[1:] & heard[:-1] & (runs[1:] == runs[:-1])) + 1
    stops: list[tuple[Question, int]] = [("next", place) for place in _spread(inside[inside > first]).tolist()]
    opened = _spread(starts[starts > first]).tolist()
    stops += [("session", place) for place in opened] + [("rediscover", place) for place in opened]
    past = History(history.columns, plays.take(np.arange(first)))
    blends = {question: Blend(dict.fromkeys(SHIPPED[question], 1.0)).fit(past) for question in QUESTIONS}
    known = first
    for question, place in sorted(stops, key=lambda stop: stop[1]):
        past.append(plays.take(np.arange(known, place)))
        known = place
        now_s = int(plays.started_at_s[place])
        if question == "next":
            right = plays.item_id[place : place + 1]
        elif question == "session":
            right = plays.item_id[place:][(runs[place:] == runs[place]) & heard[place:]]
        else:
            week = slice(place, int(np.searchsorted(plays.started_at_s, now_s + REDISCOVER_FOR_S)))
            right = plays.item_id[week][heard[week]]
        choice = _choice(past, blends[question], question, now_s, right)
        if choice is not None:
            yield question, choice


def _choice(past: History, blend: Blend, question: Question, now_s: int, right: Ints) -> _Choice | None:
    open_to = past.tallies.listens > 0
    if question == "rediscover":
        open_to &= past.tallies.last_play_s <= now_s - REDISCOVER_S
    wanted = np.unique(right)
    wanted = wanted[open_to[wanted]]
    if len(wanted) == 0:
        return None
    blend.update(past)
    profile = profile_for(past, question, float(now_s), _NOTHING, _NOTHING)
    shipped = np.array(list(SHIPPED[question].values()))
    places = np.flatnonzero(open_to)
    signals = np.stack([blend.shares(profile)[name].of(places) for name in SHIPPED[question]], axis=1)
    keep = np.argsort(-(signals @ shipped), kind="stable")[:RIVALS]
    chosen = np.isin(places[keep], wanted)
    return _Choice(signals[keep], chosen) if chosen.any() else None


def _spread(places: Ints) -> Ints:
    """At most ``MOMENTS`` of the places, evenly spread."""
    if len(places) <= MOMENTS:
        return places
    return places[np.linspace(0, len(places) - 1, MOMENTS).astype(np.int64)]


def _softmax(scores: Floats) -> Floats:
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _ndcg(choice: _Choice, weights: Floats) -> float:
    top = np.argsort(-(choice.signals @ weights), kind="stable")[:10]
    gains = 1 / np.log2(np.arange(2, 12))
    return float(gains[: len(top)][choice.chosen[top]].sum() / gains[: int(choice.chosen.sum())].sum())


def _reciprocal_rank(choice: _Choice, weights: Floats) -> float:
    scores = choice.signals @ weights
    return float(1 / (1 + (scores > scores[choice.chosen].max()).sum()))


def from_json(value: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Stored weights that can still be used: of known questions and signals, with finite numbers."""
    return {
        name: {signal: float(weight) for signal, weight in weights.items()}
        for name, weights in value.items()
        if name in SHIPPED and set(weights) == set(SHIPPED[name]) and np.isfinite(list(weights.values())).all()
    }
