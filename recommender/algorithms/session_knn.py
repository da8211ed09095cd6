"""What earlier sessions like this one held: V-SKNN (Ludewig & Jannach 2018), sessions in the place of users."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.arrays import Bools, Floats, Ints
from recommender.history import DAY_S, History

NEIGHBOURS = 100
AGE_POWER = 0.6
FADE = 0.8
"""Weight of each context track relative to the one after it."""
LATEST = 1000
"""Only the latest sessions of a context track are read (as in the paper)."""
CITED = 10
"""Context tracks that a reason may name."""


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """The neighbour sessions: places of their listens (each item once a session), and whose listen each place is."""

    places: Ints
    session: Ints
    """Place in ``likeness`` of each of ``places``."""
    likeness: Floats
    numbers: Ints
    """Session numbers, ascending."""


class SessionKNN(Algorithm):
    """Sum over the 100 nearest sessions that hold the item of their likeness. No model; O(listens of the context).

    Likeness: sum of the weights of the shared context tracks / sqrt(length) * (age in days)^-.6.
    """

    name = "session_knn"

    def __init__(self, k: int = NEIGHBOURS, age_power: float = AGE_POWER) -> None:
        super().__init__()
        self.k = k
        self.age_power = age_power

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,); the context itself scores 0."""
        near = self._near(profile)
        items = self.history.items[near.places]
        scores = np.bincount(items, near.likeness[near.session], self.history.n_items).astype(np.float64)
        scores[profile.context] = 0.0
        return scores

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact an item: the context track it shares most neighbour sessions with, and how many those are."""
        near = self._near(profile)
        order = np.argsort(items, kind="stable")
        held = self.history.items[near.places]
        at = np.minimum(np.searchsorted(items[order], held), max(len(items) - 1, 0))
        mine = np.flatnonzero(items[order][at] == held) if len(items) else np.zeros(0, dtype=np.int64)
        rows, sessions = order[at[mine]], near.session[mine]
        amounts = np.bincount(rows, near.likeness[sessions], len(items))
        amounts[np.isin(items, profile.context)] = 0.0
        context = np.array(list(dict.fromkeys(reversed(profile.context.tolist())))[:CITED], dtype=np.int64)
        shared = np.zeros((len(items), max(len(context), 1)), dtype=np.int64)
        for number, column in enumerate(context.tolist()):
            shared[:, number] = np.bincount(rows, self._holds(column, near)[sessions], len(items))
        most = np.argmax(shared, axis=1)
        return [
            (Fact(self.name, float(amounts[row]), int(context[most[row]]), int(shared[row, most[row]])),)
            if amounts[row] and shared[row, most[row]]
            else (Fact(self.name, float(amounts[row])),)
            for row in range(len(items))
        ]

    def _holds(self, column: int, near: _Near) -> Bools:
        """Which neighbour sessions hold a column, bool (n_near,)."""
        return np.isin(near.numbers, self.history.sessions[self.history.places_of(column, LATEST)])

    def _near(self, profile: Profile) -> _Near:
        history = self.history
        none = np.zeros(0, dtype=np.int64)
        n_sessions = len(history.session_starts)
        if len(profile.context) == 0 or n_sessions == 0:
            return _Near(none, none, np.zeros(0), none)
        likeness = np.zeros(n_sessions)
        for column, weight in zip(*_weighted(profile), strict=True):
            places = history.places_of(column, LATEST)
            likeness[history.sessions[places[history.first_in_session[places]]]] += weight
        if profile.own_session != NOTHING:
            likeness[profile.own_session :] = 0.0
        chosen = np.flatnonzero(likeness)
        starts = history.session_starts[chosen]
        ends = np.append(history.session_starts, len(history))[chosen + 1]
        age_days = np.maximum((profile.now_s - history.at_s[starts]) / DAY_S, 1.0)
        alike = likeness[chosen] / np.sqrt(ends - starts) * age_days**-self.age_power
        if len(chosen) > self.k:
            best = np.sort(np.argpartition(-alike, self.k)[: self.k])
            chosen, starts, ends, alike = chosen[best], starts[best], ends[best], alike[best]
        places = _spans(starts, ends - starts)
        session = np.repeat(np.arange(len(chosen)), ends - starts)
        first = history.first_in_session[places]
        return _Near(places[first], session[first], alike, chosen)


def _weighted(profile: Profile) -> tuple[list[int], list[float]]:
    """Context columns, the latest first, each once, with their weights."""
    latest = list(dict.fromkeys(reversed(profile.context.tolist())))
    return latest, [1.0 if profile.chosen else FADE**age for age in range(len(latest))]


def context_weights(profile: Profile, n_items: int) -> Floats:
    """Weight of each item as context, float64 (n_items,): 1 for each seed; in a session .8 of the track after it."""
    weights = np.zeros(n_items)
    latest, values = _weighted(profile)
    weights[latest] = values
    return weights


def sessions_shared(history: History, column: int) -> Ints:
    """How many sessions hold both the item and each other item, int64 (n_items,)."""
    holds = np.zeros(len(history.session_starts), dtype=bool)
    holds[history.sessions[history.places_of(column, len(history))]] = True
    both = holds[history.sessions] & history.first_in_session
    counts = np.bincount(history.items[both], minlength=history.n_items).astype(np.int64)
    counts[column] = 0
    return counts


def _spans(starts: Ints, lengths: NDArray[np.int64]) -> Ints:
    """All numbers of start..start+length of each span, one after the other."""
    before = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else np.zeros(0, dtype=np.int64)
    return np.asarray(np.repeat(starts - before, lengths) + np.arange(int(lengths.sum())), dtype=np.int64)
