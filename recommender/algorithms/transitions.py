"""What follows what inside sessions: Markov counts over distances 1..3, and the longest way that was gone before."""

from dataclasses import dataclass

import numpy as np

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.arrays import Codes, Floats, Ints
from recommender.history import DAY_S, History

REACH = 3
BACK_OFF = (1.0, 0.4, 0.2)
"""Weight of the last track, the one before and the one before that."""
SHRINKAGE = 1.0
"""Added to a track's followers, so that one sole follower is no certainty."""
LATEST = 1000
"""Only the latest listens of a context track are read: the cost of a question does not grow with the years."""
SAME_WAY, WAY = 2.0, 3
"""Each of up to three tracks before that agree with now adds this to the weight of an earlier time."""
WAY_AGE_POWER, WAY_SHRINKAGE = 0.3, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Followers:
    """What came after one item: distinct columns, the sum of their weights, and how many times each did."""

    items: Ints
    weights: Floats
    times: Ints


class Transitions(Algorithm):
    """Sum over context tracks c of weight(c) * followers(c, j) / (all followers of c + 1). O(listens of c) each."""

    name = "transitions"

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,). Seeds picked by hand have one equal vote each."""
        total = np.zeros(self.history.n_items)
        for column, weight in voices(profile):
            found = followers(self.history, column)
            total[found.items] += weight * found.weights / (found.weights.sum() + SHRINKAGE)
        return total

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact for each context track an item followed, most first; the count is how many times it did."""
        found: list[list[Fact]] = [[] for _ in items]
        for column, weight in voices(profile):
            near = followers(self.history, column)
            shares = weight * near.weights / (near.weights.sum() + SHRINKAGE)
            for place, at in _matches(items, near.items):
                found[place].append(Fact(self.name, float(shares[at]), column, int(near.times[at])))
        none = (Fact(self.name, 0.0, NOTHING, 0),)
        return [tuple(sorted(facts, key=lambda fact: -fact.amount)) or none for facts in found]


class Continues(Algorithm):
    """How surely an item comes right after the last track, judged by earlier times: more the longer the same way.

    An earlier time weighs (1 + 2 * tracks before it that agree, up to 3) * days^-.3. The score is the share of them
    after which the item came, shrunk: 0..1. Over several seeds: the mean.
    """

    name = "continues"

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,) in 0..1."""
        total = np.zeros(self.history.n_items)
        for _, found, shares in self._shares(profile):
            total[found.items] += shares
        return total

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact for each last track or seed an item came right after."""
        facts: list[list[Fact]] = [[] for _ in items]
        for column, found, shares in self._shares(profile):
            for place, at in _matches(items, found.items):
                facts[place].append(Fact(self.name, float(shares[at]), column, int(found.times[at])))
        none = (Fact(self.name, 0.0, NOTHING, 0),)
        return [tuple(sorted(each, key=lambda fact: -fact.amount)) or none for each in facts]

    def _shares(self, profile: Profile) -> list[tuple[int, Followers, Floats]]:
        if len(profile.context) == 0:
            return []
        ways = (
            [profile.context[i : i + 1] for i in range(len(profile.context))] if profile.chosen else [profile.context]
        )
        found = []
        for way in ways:
            near = self._after(way, profile.now_s)
            found.append((int(way[-1]), near, near.weights / (near.weights.sum() + WAY_SHRINKAGE) / len(ways)))
        return found

    def _after(self, way: Ints, now_s: float) -> Followers:
        history = self.history
        places = history.places_of(int(way[-1]), LATEST)
        weights, agrees = np.ones(len(places)), np.ones(len(places), dtype=bool)
        for back in range(1, min(WAY + 1, len(way))):
            agrees &= (places >= back) & (history.items[places - back] == way[-1 - back])
            weights += SAME_WAY * agrees
        weights *= np.maximum((now_s - history.at_s[places]) / DAY_S, 1.0) ** -WAY_AGE_POWER
        return _gathered(*_later(history, places, weights, 1), int(way[-1]))


def voices(profile: Profile) -> list[tuple[int, float]]:
    """Context tracks with their weights, each once."""
    latest = list(dict.fromkeys(reversed(profile.context.tolist())))
    if profile.chosen:
        return [(column, 1.0) for column in latest]
    return list(zip(latest, BACK_OFF, strict=False))


def followers(history: History, column: int) -> Followers:
    """Followers of one item within its session: the sum of 1/distance over distances 1..3."""
    places = history.places_of(column, LATEST)
    parts = [_later(history, places, np.full(len(places), 1.0 / d), d) for d in range(1, REACH + 1)]
    items, weights, places = (np.concatenate([part[k] for part in parts]) for k in range(3))
    return _gathered(items, weights, places, column)


def _later(history: History, places: Ints, weights: Floats, distance: int) -> tuple[Codes, Floats, Ints]:
    """What came ``distance`` after each place in the same session, with the place's weight, and its own place."""
    keep = places + distance < len(history)
    before, after = places[keep], places[keep] + distance
    same = history.runs[after] == history.runs[before]
    return history.items[after[same]], weights[keep][same], after[same]


def _gathered(items: Codes, weights: Floats, places: Ints, itself: int) -> Followers:
    distinct, inverse = np.unique(items, return_inverse=True)
    totals = np.bincount(inverse, weights, len(distinct)).astype(np.float64)
    # A listen that followed the item twice over (a b a b) is one time that it did.
    _, once = np.unique(places, return_index=True)
    times = np.bincount(inverse[once], minlength=len(distinct)).astype(np.int64)
    other = distinct != itself
    return Followers(distinct[other].astype(np.int64), totals[other], times[other])


def _matches(items: Ints, among: Ints) -> list[tuple[int, int]]:
    """Pairs (place in ``items``, place in ``among``, which ascends) of equal columns."""
    if len(among) == 0:
        return []
    at = np.minimum(np.searchsorted(among, items), len(among) - 1)
    hits = np.flatnonzero(among[at] == items)
    return list(zip(hits.tolist(), at[hits].tolist(), strict=True))
