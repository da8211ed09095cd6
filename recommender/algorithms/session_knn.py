"""What earlier sessions like this one held: V-SKNN (Ludewig & Jannach 2018), sessions in the place of users."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.arrays import Floats, Ints
from recommender.history import DAY_S, History

NEIGHBOURS = 100
AGE_POWER = 0.3
FADE = 0.8
"""Weight of each context track relative to the one after it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """Listens (places) of the neighbour sessions, each item once a session, and the likeness of their session."""

    places: Ints
    likeness: Floats


class SessionKNN(Algorithm):
    """Sum over the 100 nearest sessions that hold the item of their likeness. No model: O(n_listens) a question.

    Likeness: sum of the weights of the shared context tracks / sqrt(length) * (age in days)^-.3.
    """

    name = "session_knn"

    def __init__(self, k: int = NEIGHBOURS, age_power: float = AGE_POWER) -> None:
        super().__init__()
        self.k = k
        self.age_power = age_power

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,); the context itself scores 0."""
        near = self._near(profile)
        scores = np.bincount(self.history.items[near.places], near.likeness, self.history.n_items).astype(np.float64)
        scores[profile.context] = 0.0
        return scores

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact an item: the context track it shares most sessions with, and how many those are."""
        amounts = self.scores(profile)[items]
        because = np.full(len(items), NOTHING)
        most = np.zeros(len(items), dtype=np.int64)
        for column in dict.fromkeys(reversed(profile.context.tolist()[-10:])):
            shared = sessions_shared(self.history, column)[items]
            better = shared > most
            because[better], most[better] = column, shared[better]
        facts = zip(amounts, because, most, strict=True)
        return [(Fact(self.name, float(a), int(b) if a else NOTHING, int(n) if a else 0),) for a, b, n in facts]

    def _near(self, profile: Profile) -> _Near:
        history = self.history
        n_sessions = len(history.session_starts)
        if len(profile.context) == 0 or n_sessions == 0:
            return _Near(np.zeros(0, dtype=np.int64), np.zeros(0))
        lengths = np.diff(np.append(history.session_starts, len(history)))
        voice = context_weights(profile, history.n_items)[history.items]
        likeness = np.bincount(history.sessions, voice * history.first_in_session, n_sessions) / np.sqrt(lengths)
        if profile.own_session != NOTHING:
            likeness[profile.own_session :] = 0.0
        age_days = np.maximum((profile.now_s - history.at_s[history.session_starts]) / DAY_S, 1.0)
        likeness *= age_days**-self.age_power
        chosen = np.flatnonzero(likeness)
        if len(chosen) > self.k:
            chosen = np.sort(chosen[np.argpartition(-likeness[chosen], self.k)[: self.k]])
        places = _spans(history.session_starts[chosen], lengths[chosen])
        shares = np.repeat(likeness[chosen], lengths[chosen])
        first = history.first_in_session[places]
        return _Near(places[first], shares[first])


def context_weights(profile: Profile, n_items: int) -> Floats:
    """Weight of each item as context, float64 (n_items,): 1 for each seed; in a session .8 of the track after it."""
    weights = np.zeros(n_items)
    latest = list(dict.fromkeys(reversed(profile.context.tolist())))
    weights[latest] = 1.0 if profile.chosen else FADE ** np.arange(len(latest))
    return weights


def sessions_shared(history: History, column: int) -> Ints:
    """How many sessions hold both the item and each other item, int64 (n_items,)."""
    holds = np.zeros(len(history.session_starts), dtype=bool)
    holds[history.sessions[history.items == column]] = True
    both = holds[history.sessions] & history.first_in_session
    counts = np.bincount(history.items[both], minlength=history.n_items).astype(np.int64)
    counts[column] = 0
    return counts


def _spans(starts: Ints, lengths: NDArray[np.int64]) -> Ints:
    """All numbers of start..start+length of each span, one after the other."""
    before = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else np.zeros(0, dtype=np.int64)
    return np.asarray(np.repeat(starts - before, lengths) + np.arange(int(lengths.sum())), dtype=np.int64)
