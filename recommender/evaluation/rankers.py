"""Who answers at a moment: any algorithm of the registry, a table over sessions, or the whole listener's ranker."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from recommender.algorithms.base import NOTHING, Algorithm, Profile, no_items
from recommender.arrays import Bools, Floats, Ints
from recommender.evaluation.moments import Life, Question
from recommender.history import History
from recommender.listener import Listener
from recommender.ranking import turns

LISTENER = "listener"
"""The name of the whole ranker in tables."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """All that may be known at a moment. The catalogue is the library, so it may hold tracks that are heard later."""

    life: Life
    place: int
    now_s: int
    history: History
    """The plays before the place."""

    @classmethod
    def before(cls, life: Life, place: int, now_s: int) -> "Past":
        """What was known at a place. O(n_plays log n_plays)."""
        return cls(life, place, now_s, History(life.columns, life.plays.take(np.arange(place))))


class Ranker(Protocol):
    """Ranks columns at moments that follow one another in time."""

    name: str
    params: dict[str, Any]

    def learn(self, past: Past) -> None:
        """Takes in the past; called before ``rank`` whenever it has grown."""

    def rank(self, question: Question, past: Past, candidates: Bools, n: int) -> Ints:
        """At most n columns, best first."""


class OfAlgorithm:
    """An algorithm asked with the running session, or at a session's start with the one before."""

    def __init__(self, algorithm: Algorithm, name: str = "") -> None:
        self.name = name or algorithm.name
        plain = {key: value for key, value in vars(algorithm).items() if not key.startswith("_")}
        self.params = {key: value for key, value in plain.items() if isinstance(value, int | float | str)}
        self._algorithm = algorithm

    def learn(self, past: Past) -> None:
        """Fits again."""
        self._algorithm.fit(past.history)

    def rank(self, question: Question, past: Past, candidates: Bools, n: int) -> Ints:
        """Candidates by score; what scores the same comes in an order of its own, not the catalogue's."""
        scores = self._algorithm.scores(profile_at(past.history, question, past.now_s))
        return best(scores, candidates, n)


class OfListener:
    """The ranker as the app calls it: with its caps, windows and freshness."""

    name = LISTENER

    def __init__(self) -> None:
        self.params: dict[str, Any] = {}
        self._listener: Listener | None = None
        self._life: Life | None = None
        self._known = 0

    def learn(self, past: Past) -> None:
        """Adds the plays since the last time."""
        if self._listener is None or self._life is not past.life:
            self._listener, self._life, self._known = Listener(past.life.catalogue), past.life, 0
        self._listener.load(past.life.plays.take(np.arange(self._known, past.place)))
        self._known = past.place

    def rank(self, question: Question, past: Past, candidates: Bools, n: int) -> Ints:
        """What it recommends, known tracks only, as the question wants."""
        if self._listener is None:
            return no_items()
        found = self._listener.recommend(question, past.now_s, n, dial="familiar")
        columns = np.array([one.item_id for one in found], dtype=np.int64)
        return columns[candidates[columns]]


class SameArtist(Algorithm):
    """Tracks by the artists just heard, the latest first, the most played first."""

    name = "same_artist"

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,): .8 to the power of how long ago each context track was, plus a little for listens."""
        artist = self.history.columns.artist
        total = np.zeros(self.history.n_items)
        latest = [code for code in dict.fromkeys(artist[profile.context[::-1]].tolist()) if code >= 0]
        for age, code in enumerate(latest):
            total[artist == code] = 0.8**age
        return total + 1e-3 * np.log1p(self.history.tallies.listens) * (total > 0)

    def explain(self, items: Ints, profile: Profile) -> list[Any]:
        """One fact an item; the count is its listens."""
        return self._one_fact(items, profile, self.history.tallies.listens)


def profile_at(history: History, question: Question, now_s: float) -> Profile:
    """The moment as an algorithm is asked: the running session, or at a session's start the one before."""
    if len(history) == 0:
        return Profile(now_s, no_items())
    context = history.running(now_s) if question == "next" else history.last_session()
    return Profile(now_s, context, own_session=history.last_run_start() if len(context) else NOTHING)


def best(scores: Floats, candidates: Bools, n: int) -> Ints:
    """The n best candidates, int64; ties in a fixed order that tells nothing."""
    places = np.flatnonzero(candidates)
    values = scores[places]
    if len(places) > n:
        least = np.partition(values, len(values) - n)[len(values) - n]
        places, values = places[values >= least], values[values >= least]
    order = np.lexsort((turns(places, 0), -values))[:n]
    return places[order].astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What one ranker said at each moment, and how long it took."""

    lists: list[Ints]
    learn_s: list[float]
    rank_s: list[float]


def answers_at(past: Past, asked: Sequence[tuple[Question, Bools]], ranker: Ranker, n: int, answers: Answers) -> None:
    """Asks one ranker all questions of one place, each with its candidates."""
    begun = time.perf_counter()
    ranker.learn(past)
    answers.learn_s.append(time.perf_counter() - begun)
    for question, candidates in asked:
        begun = time.perf_counter()
        answers.lists.append(ranker.rank(question, past, candidates, n))
        answers.rank_s.append(time.perf_counter() - begun)
