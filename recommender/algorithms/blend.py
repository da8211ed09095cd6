"""A linear sum of signals, one set of weights a question. Linear, so that the evidence adds up to the score.

The weights of ``NEXT``, ``SESSION`` and ``REDISCOVER``: a softmax regression (what was chosen against all that could
have been) with a small ridge, every listener weighing the same. Weights fitted on each half of 22 listeners were judged
on the other half; the signals were chosen by those numbers of both halves, so that no listener there is unseen as to
the form. The numbers here are the fit on all 22, rounded. Each signal is moved by a constant so that saying nothing is
0. The weights for few plays and for what was never heard are set by hand: there tags lead.
"""

from collections.abc import Callable, Mapping
from typing import Self

import numpy as np

from recommender.algorithms import session_shape
from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.algorithms.community import SIGNALS, CommunitySignals
from recommender.algorithms.content import KINDS, Content
from recommender.algorithms.recency import artist_level, base_level, day_level, days_known, listens_since
from recommender.algorithms.session_knn import SessionKNN
from recommender.algorithms.transitions import Continues, Transitions
from recommender.arrays import Bools, Codes, Floats, Ints
from recommender.community import Community
from recommender.history import DAY_S, History

Weights = Mapping[str, float]

NEXT: Weights = {
    "recency": 0.35, "week": 0.17, "together": 0.79, "follows": 0.18, "continues": 4.2, "session_artist": 1.65,
    "artist_run": 1.8, "again": 1.65, "round_again": 2.3, "day": -0.72, "replay": 0.3,
}  # fmt: skip
SESSION: Weights = {"recency": 0.67, "week": 0.47, "session_artist": 1.62}
REDISCOVER: Weights = {"spread": 1.18, "artist": 0.13, "days": -0.38, "known": 0.56}
REDISCOVER_NEAR: Weights = {**REDISCOVER, "together": 0.79, "follows": 0.18, "continues": 4.2}
FEW: Weights = {
    "same_artist": 6.0, "same_album": 2.5, "same_genre": 4.0, "same_year": 2.0,
    "taste_artist": 3.0, "taste_album": 1.0, "taste_genre": 2.0, "taste_year": 1.0,
    "recency": 0.10, "together": 1.0, "follows": 2.5, "unheard": 0.05,
}  # fmt: skip
NEVER: Weights = {
    "artist": 0.30, "taste_album": 1.0, "taste_genre": 1.5, "taste_year": 0.75, "unheard": 0.1,
    "same_artist": 4.0, "same_album": 1.5, "same_genre": 3.0, "same_year": 1.5,
}  # fmt: skip
DISCOVER: Weights = {
    "near": 1.0, "near_lately": 1.0, "factors": 1.0, "own_artist": 1.0, "near_artist": 0.3, "holders": 0.5,
    "taste_album": 0.25, "taste_genre": 0.5, "taste_year": 0.25,
    "same_artist": 2.0, "same_album": 0.5, "same_genre": 1.0, "same_year": 0.5,
}  # fmt: skip
LIBRARY: Weights = {"library_artist": 1.0, "library_genre": 0.6, "library_year": 0.4, "unheard": 0.1}
LIBRARY_MANY: Weights = {**LIBRARY, "holders": 2.0}
"""With a community's model: before the first play, what many have says more than what there is much of."""

LOUDNESS = 100.0
"""log(1 + 100 * score / largest): differences between weak signals count too."""
ODDS = 1000.0
"""log(1 + 1000 * probability): transitions are probabilities already and need no largest beside them."""
WEEK_S = 7 * DAY_S
PAIRS = ("together", "follows", "continues")
"""Signals that rest on a pair of tracks: with several seeds each seed has one vote, its whole signal / seeds."""


class Share:
    """What a signal gives to the score of each item. Most speak of a few only, and nothing is held of the others."""

    __slots__ = ("_amounts", "_items")

    def __init__(self, amounts: Floats, weight: float = 1.0) -> None:
        """``amounts``: float64 (n_items,), each taken ``weight`` times."""
        items = np.flatnonzero(amounts != 0).astype(np.int32)  # of what is true or false in a third of the time
        few = 2 * len(items) < len(amounts)
        self._items: Codes | None = items if few else None
        self._amounts: Floats = weight * (amounts[items] if few else amounts)

    def add_to(self, total: Floats) -> None:
        """Adds it to the score of each item, float64 (n_items,)."""
        if self._items is None:
            total += self._amounts
        else:
            total[self._items] += self._amounts

    def mark(self, heard: Bools) -> None:
        """Marks the items it says something of, bool (n_items,)."""
        if self._items is None:
            heard |= self._amounts != 0
        else:
            heard[self._items] = True

    def of(self, items: Ints) -> Floats:
        """What it gives these items, float64 (n,)."""
        if self._items is None:
            return self._amounts[items]
        found = np.zeros(len(items))
        if len(self._items):
            places = np.minimum(np.searchsorted(self._items, items), len(self._items) - 1)
            known = self._items[places] == items
            found[known] = self._amounts[places[known]]
        return found


class Blend(Algorithm):
    """The listener's ranker. Cost: the sum of the signals with a weight, each O(n_items + n_listens)."""

    name = "blend"

    def __init__(
        self, weights: Weights = NEXT, *, votes: bool = True, community: tuple[Community, Ints] | None = None
    ) -> None:
        super().__init__()
        self.weights = weights
        self.votes = votes
        """Off: several seeds are averaged before the logarithm, for comparison."""
        self.pairs: dict[str, Algorithm] = {
            "together": SessionKNN(),
            "follows": Transitions(),
            "continues": Continues(),
        }
        self.content = Content()
        self.community = None if community is None else CommunitySignals(*community)
        """For the signals of a community model: the model, and which of its recordings each column is."""
        self._last: tuple[Profile, int, dict[str, Share]] | None = None

    def fit(self, history: History) -> Self:
        """Fits each signal."""
        self._history, self._last = history, None
        for part in self._parts():
            part.fit(history)
        return self

    def update(self, history: History) -> Self:
        """Updates each signal."""
        self._history, self._last = history, None
        for part in self._parts():
            part.update(history)
        return self

    def _parts(self) -> list[Algorithm]:
        more = [] if self.community is None else [self.community]
        return [*self.pairs.values(), self.content, *more]

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,)."""
        total = np.zeros(self.history.n_items)
        for share in self.shares(profile).values():
            share.add_to(total)
        return total

    def shares(self, profile: Profile) -> dict[str, Share]:
        """Share of each signal in the score. The last moment's are kept for ``explain``."""
        if self._last is None or self._last[0] is not profile or self._last[1] != len(self.history):
            values = {name: Share(self._signal(name, profile), weight) for name, weight in self.weights.items()}
            self._last = (profile, len(self.history), values)
        return self._last[2]

    def forget(self) -> None:
        """Lets go of what was kept of the last moment."""
        self._last = None

    def speaks(self, profile: Profile) -> Bools:
        """Which items some signal says something about, bool (n_items,)."""
        heard = np.zeros(self.history.n_items, dtype=bool)
        for share in self.shares(profile).values():
            share.mark(heard)
        return heard

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """The signals that say something about each item, loudest first."""
        found: list[list[Fact]] = [[] for _ in items]
        for name, share in self.shares(profile).items():
            amounts = share.of(items)
            loud = np.flatnonzero(amounts)
            because = self._because(name, items[loud], profile)
            for place, (source, count) in zip(loud.tolist(), because, strict=True):
                found[place].append(Fact(name, float(amounts[place]), source, count))
        return [tuple(sorted(facts, key=lambda fact: -fact.amount)) for facts in found]

    def _signal(self, name: str, profile: Profile) -> Floats:
        """One signal, float64 (n_items,), 0 where it says nothing."""
        if name in SIGNALS:
            return np.zeros(self.history.n_items) if self.community is None else self.community.signal(name, profile)
        source, _, kind = name.partition("_")
        if kind in KINDS and source == "same":
            return self.content.matching(kind, profile)
        if kind in KINDS and source == "taste":
            return self.content.taste(kind)
        if kind in KINDS and source == "library":
            return self.content.holdings(kind)
        if name in PAIRS:
            return self._pair(name, profile)
        history, now_s = self.history, profile.now_s
        plain: dict[str, Callable[[], Floats]] = {
            "recency": lambda: base_level(history, now_s, 1.0),
            "spread": lambda: day_level(history, now_s, 1.1),
            "artist": lambda: artist_level(history, now_s, 0.8),
            "week": lambda: _log(listens_since(history, now_s - WEEK_S)),
            "day": lambda: session_shape.heard_since(history, now_s - DAY_S).astype(np.float64),
            "days": lambda: _log(history.tallies.days),
            "known": lambda: days_known(history, now_s),
            "unheard": lambda: (history.tallies.plays == 0).astype(np.float64),
            "session_artist": lambda: session_shape.session_artist(history, profile),
            "artist_run": lambda: session_shape.artist_run(history, profile),
            "again": lambda: session_shape.again(history, profile),
            "round_again": lambda: session_shape.round_again(history, profile),
            "replay": lambda: session_shape.replay(history, profile),
        }
        return plain[name]()

    def _pair(self, name: str, profile: Profile) -> Floats:
        seeds = list(dict.fromkeys(profile.context.tolist()))
        if not (self.votes and profile.chosen and len(seeds) > 1):
            return _loud(name, self.pairs[name].scores(profile))
        total = np.zeros(self.history.n_items)
        for seed in seeds:
            alone = Profile(profile.now_s, np.array([seed], dtype=np.int64), chosen=True)
            total += _loud(name, self.pairs[name].scores(alone)) / len(seeds)
        total[seeds] = 0.0
        return total

    def _because(self, name: str, items: Ints, profile: Profile) -> list[tuple[int, int]]:
        """(column it comes from, how many) for each item."""
        if name in SIGNALS and self.community is not None:
            return self.community.because(name, items, profile)
        if name in PAIRS:
            return [(facts[0].because, facts[0].count) for facts in self.pairs[name].explain(items, profile)]
        if name in {"session_artist", "artist_run", "round_again"}:
            return [self._in_session(name, item, profile) for item in items.tolist()]
        source, _, kind = name.partition("_")
        if kind in KINDS and source == "library":
            held, codes = self.content.held(kind), self.content.codes(kind)
            return [(NOTHING, int(held[codes[item]])) for item in items.tolist()]
        if kind in KINDS:
            about = profile if source == "same" else Profile(profile.now_s)
            return [self.content.because(kind, item, about) for item in items.tolist()]
        counts = self._counts(name, profile)
        return [(NOTHING, int(counts[item])) for item in items.tolist()]

    def _in_session(self, name: str, item: int, profile: Profile) -> tuple[int, int]:
        """The latest context track by the same artist and how many of the last ten are; the last track for a round."""
        tail = profile.context[-session_shape.TAIL :]
        artists = self.history.columns.artist
        same = tail[artists[tail] == artists[item]]
        if name == "round_again" or len(same) == 0:
            return int(profile.context[-1]), 1
        return int(same[-1]), len(same)

    def _counts(self, name: str, profile: Profile) -> Ints | Codes:
        tallies = self.history.tallies
        if name == "artist":
            return np.asarray(np.append(tallies.artist_listens, 0)[self.history.columns.artist], dtype=np.int64)
        if name == "week":
            return listens_since(self.history, profile.now_s - WEEK_S)
        if name == "known":
            return np.asarray(np.maximum(profile.now_s - tallies.first_listen_s, 0) // DAY_S, dtype=np.int64)
        if name == "again":
            return np.asarray(np.bincount(profile.context, minlength=self.history.n_items), dtype=np.int64)
        counts: dict[str, Codes] = {"recency": tallies.listens, "days": tallies.days, "spread": tallies.days}
        return counts.get(name, tallies.plays)


def _log(counts: Ints | Codes) -> Floats:
    """log(1 + count), float64, same length; touches what is not 0."""
    found = np.flatnonzero(counts)
    logs = np.zeros(len(counts))
    logs[found] = np.log1p(counts[found])
    return logs


def _loud(name: str, scores: Floats) -> Floats:
    """The pair signals as they are weighed, (n_items,): as they are, as log odds, or loud beside the largest."""
    if name == "continues" or not scores.any():
        return scores
    found = np.flatnonzero(scores)
    factor = ODDS if name == "follows" else LOUDNESS / float(scores.max())
    logs = np.zeros(len(scores))
    logs[found] = np.log1p(factor * scores[found])
    return logs
