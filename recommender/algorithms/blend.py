"""A linear sum of signals, one set of weights a question. Linear, so that the evidence adds up to the score.

The weights of ``NEXT``, ``SESSION`` and ``REDISCOVER`` come from a logistic regression over many listeners; each signal
is moved by a constant so that saying nothing is 0. ``LOUDNESS`` was chosen on 8 listeners and confirmed on 14 others.
The weights for few plays and for what was never heard are set by hand: there tags lead.
"""

from collections.abc import Callable, Mapping
from typing import Self

import numpy as np

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.algorithms.content import KINDS, Content
from recommender.algorithms.recency import artist_level, base_level
from recommender.algorithms.session_knn import SessionKNN
from recommender.algorithms.transitions import Transitions
from recommender.arrays import Bools, Floats, Ints
from recommender.history import History

Weights = Mapping[str, float]

NEXT: Weights = {"recency": 0.30, "artist": 0.12, "together": 0.46, "follows": 0.56, "days": -0.53}
SESSION: Weights = {"recency": 0.55, "artist": 0.17, "together": 0.14, "follows": 0.21, "days": -0.19}
REDISCOVER: Weights = {"recency": 0.44, "artist": 0.12, "days": 0.57}
REDISCOVER_NEAR: Weights = {**REDISCOVER, "together": 0.46, "follows": 0.56}
FEW: Weights = {
    "same_artist": 6.0, "same_album": 2.5, "same_genre": 4.0, "same_year": 2.0,
    "taste_artist": 3.0, "taste_album": 1.0, "taste_genre": 2.0, "taste_year": 1.0,
    "recency": 0.10, "together": 1.0, "follows": 2.5, "unheard": 0.05,
}  # fmt: skip
NEVER: Weights = {
    "artist": 0.30, "taste_album": 1.0, "taste_genre": 1.5, "taste_year": 0.75, "unheard": 0.1,
    "same_artist": 4.0, "same_album": 1.5, "same_genre": 3.0, "same_year": 1.5,
}  # fmt: skip
LIBRARY: Weights = {"library_artist": 1.0, "library_genre": 0.6, "library_year": 0.4, "unheard": 0.1}

LOUDNESS = 100.0
"""log(1 + 100 * score / largest): differences between weak signals count too."""


class Blend(Algorithm):
    """The listener's ranker. Cost: the sum of the signals with a weight, each O(n_items + n_listens)."""

    name = "blend"

    def __init__(self, weights: Weights = NEXT) -> None:
        super().__init__()
        self.weights = weights
        self.transitions = Transitions()
        self.session_knn = SessionKNN()
        self.content = Content()
        self._last: tuple[Profile, int, dict[str, Floats]] | None = None

    def fit(self, history: History) -> Self:
        """Fits each signal."""
        self._history, self._last = history, None
        for part in (self.transitions, self.session_knn, self.content):
            part.fit(history)
        return self

    def update(self, history: History) -> Self:
        """Updates each signal."""
        self._history, self._last = history, None
        for part in (self.transitions, self.session_knn, self.content):
            part.update(history)
        return self

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,)."""
        total = np.zeros(self.history.n_items)
        for amount in self.amounts(profile).values():
            total += amount
        return total

    def amounts(self, profile: Profile) -> dict[str, Floats]:
        """Share of each signal in the score, float64 (n_items,) each. The last moment's are kept for ``explain``."""
        if self._last is None or self._last[0] is not profile or self._last[1] != len(self.history):
            values = {name: weight * self._signal(name, profile) for name, weight in self.weights.items()}
            self._last = (profile, len(self.history), values)
        return self._last[2]

    def speaks(self, profile: Profile) -> Bools:
        """Which items some signal says something about, bool (n_items,)."""
        heard = np.zeros(self.history.n_items, dtype=bool)
        for amount in self.amounts(profile).values():
            heard |= amount != 0
        return heard

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """The signals that say something about each item, loudest first."""
        found: list[list[Fact]] = [[] for _ in items]
        for name, amounts in self.amounts(profile).items():
            loud = np.flatnonzero(amounts[items])
            because = self._because(name, items[loud], profile)
            for place, (source, count) in zip(loud.tolist(), because, strict=True):
                found[place].append(Fact(name, float(amounts[items[place]]), source, count))
        return [tuple(sorted(facts, key=lambda fact: -fact.amount)) for facts in found]

    def _signal(self, name: str, profile: Profile) -> Floats:
        """One signal, float64 (n_items,), 0 where it says nothing."""
        source, _, kind = name.partition("_")
        if kind in KINDS and source == "same":
            return self.content.matching(kind, profile)
        if kind in KINDS and source == "taste":
            return self.content.taste(kind)
        if kind in KINDS and source == "library":
            return self.content.holdings(kind)
        history = self.history
        plain: dict[str, Callable[[], Floats]] = {
            "recency": lambda: base_level(history, profile.now_s, 1.0),
            "artist": lambda: artist_level(history, profile.now_s, 0.8),
            "together": lambda: _loud(self.session_knn.scores(profile)),
            "follows": lambda: _loud(self.transitions.scores(profile)),
            "days": lambda: np.log1p(history.tallies.days.astype(np.float64)),
            "unheard": lambda: (history.tallies.plays == 0).astype(np.float64),
        }
        return plain[name]()

    def _because(self, name: str, items: Ints, profile: Profile) -> list[tuple[int, int]]:
        """(column it comes from, how many) for each item."""
        if name in {"together", "follows"}:
            part: Algorithm = self.session_knn if name == "together" else self.transitions
            return [(facts[0].because, facts[0].count) for facts in part.explain(items, profile)]
        source, _, kind = name.partition("_")
        if kind in KINDS and source == "library":
            held, codes = self.content.held(kind), self.content.codes(kind)
            return [(NOTHING, int(held[codes[item]])) for item in items.tolist()]
        if kind in KINDS:
            about = profile if source == "same" else Profile(profile.now_s)
            return [self.content.because(kind, item, about) for item in items.tolist()]
        counts = self._counts(name)[items]
        return [(NOTHING, int(count)) for count in counts]

    def _counts(self, name: str) -> Ints:
        tallies = self.history.tallies
        if name == "artist":
            artist = self.history.columns.artist
            return (
                np.where(artist >= 0, tallies.artist_listens[artist], 0)
                if len(tallies.artist_listens)
                else 0 * tallies.plays
            )
        return {"recency": tallies.listens, "days": tallies.days}.get(name, tallies.plays)


def _loud(scores: Floats) -> Floats:
    largest = float(scores.max()) if len(scores) else 0.0
    return np.log1p(LOUDNESS * scores / largest) if largest > 0 else np.zeros(len(scores))
