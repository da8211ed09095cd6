"""What follows what inside sessions: Markov counts over distances 1..3, each 1/d, backing off to earlier tracks."""

import numpy as np

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.arrays import Floats, Ints

REACH = 3
BACK_OFF = (1.0, 0.4, 0.2)
"""Weight of the last track, the one before and the one before that."""
SHRINKAGE = 1.0
"""Added to a track's followers, so that one sole follower is no certainty."""


class Transitions(Algorithm):
    """Sum over context tracks c of weight(c) * followers(c, j) / (all followers of c + 1). O(n_listens) for each c."""

    name = "transitions"

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,). Seeds picked by hand have one equal vote each."""
        total = np.zeros(self.history.n_items)
        for column, weight in self._voices(profile):
            followers = self._followers(column)[0]
            total += weight * followers / (followers.sum() + SHRINKAGE)
        return total

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact for each context track an item followed, most first; the count is how many times it did."""
        found: list[list[Fact]] = [[] for _ in items]
        for column, weight in self._voices(profile):
            followers, times = self._followers(column)
            shares = weight * followers / (followers.sum() + SHRINKAGE)
            for place in np.flatnonzero(shares[items] > 0):
                item = items[place]
                found[place].append(Fact(self.name, float(shares[item]), column, int(times[item])))
        none = (Fact(self.name, 0.0, NOTHING, 0),)
        return [tuple(sorted(facts, key=lambda fact: -fact.amount)) or none for facts in found]

    def _voices(self, profile: Profile) -> list[tuple[int, float]]:
        """Context tracks with their weights, each once."""
        latest = list(dict.fromkeys(reversed(profile.context.tolist())))
        if profile.chosen:
            return [(column, 1.0) for column in latest]
        return list(zip(latest, BACK_OFF, strict=False))

    def _followers(self, column: int) -> tuple[Floats, Ints]:
        """Followers of one item, (n_items,): the sum of 1/distance, and how many times."""
        history = self.history
        items, runs = history.items, history.runs
        places = np.flatnonzero(items == column)
        follower, weight = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        for distance in range(1, REACH + 1):
            after = places[places + distance < len(items)] + distance
            after = after[runs[after] == runs[after - distance]]
            follower.append(items[after].astype(np.int64))
            weight.append(np.full(len(after), 1.0 / distance))
        followed = np.concatenate(follower)
        counts = np.bincount(followed, np.concatenate(weight), history.n_items).astype(np.float64)
        times = np.bincount(followed, minlength=history.n_items).astype(np.int64)
        counts[column] = 0.0
        return counts, times
