"""What a community model says of each item to this listener: signals of what was never heard, each with its reason.

Each is the square root of a score beside the largest of what was never played (``holders``: a logarithm), so that all
are 0..1 and may be added. Numpy alone; nothing is kept but the last moment.
"""

from typing import Self

import numpy as np

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.arrays import Codes, Floats, Ints
from recommender.community import NOBODY, Community, beside_largest
from recommender.history import DAY_S, History

SIGNALS = ("near", "near_lately", "factors", "own_artist", "near_artist", "holders")
HALF_LIFE_S = 7 * DAY_S
LATELY_S = 90 * DAY_S
ARTIST_DECAY = 0.8

Signal = tuple[Floats, Floats]
"""Values of all columns, and the weights (over recordings or artists of the model) they came from."""


class CommunitySignals(Algorithm):
    """The sum of its signals. ``rows``: which recording of the model each column of the history is, NOBODY for none.

    near: votes of the items listened to, log(1 + listens) each. near_lately: the same, each listen 2^-(age / 7 days)
    before the last. factors: iALS fold-in of those plays. own_artist: base level of the item's artist. near_artist:
    votes of the artists listened to. holders: log of how many have it beside log of all. Seeds chosen by hand take the
    place of the plays. Cost: O(n_items + items listened to * (k + f^2) + n_items * f).
    """

    name = "community"

    def __init__(self, model: Community, rows: Ints) -> None:
        super().__init__()
        if len(rows) and not (rows.min() >= NOBODY and rows.max() < len(model)):
            raise ValueError("a row is not one of the community model's")
        self.model, self.rows = model, rows
        self._moment: Profile | None = None
        self._signals: dict[str, Signal] = {}

    def fit(self, history: History) -> Self:
        """Finds the model's artist of each of the history's. O(n_items)."""
        if len(self.rows) != history.n_items:
            raise ValueError(f"{len(self.rows)} rows for {history.n_items} columns")
        self._history, self._moment = history, None
        columns = history.columns
        known = np.flatnonzero((self.rows != NOBODY) & (columns.artist >= 0))
        known = known[self.model.artist[self.rows[known]] != NOBODY]
        self._artists = np.full(columns.n_artists + 1, NOBODY, dtype=np.int64)
        self._artists[columns.artist[known]] = self.model.artist[self.rows[known]]
        return self

    def update(self, history: History) -> Self:
        """Lets go of the last moment; plays are read when asked."""
        if history is not self._history:
            return self.fit(history)
        self._moment = None
        return self

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,)."""
        return np.asarray(sum((self.signal(name, profile) for name in SIGNALS), np.zeros(self.history.n_items)))

    def signal(self, name: str, profile: Profile) -> Floats:
        """One of ``SIGNALS``, float64 (n_items,), finite, 0 where it says nothing."""
        return self._made(name, profile)[0]

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact a signal that says something."""
        facts: list[list[Fact]] = [[] for _ in items]
        for name in SIGNALS:
            values = self.signal(name, profile)
            for place, (source, count) in enumerate(self.because(name, items, profile)):
                if amount := float(values[items[place]]):
                    facts[place].append(Fact(name, amount, source, count))
        return [tuple(sorted(found, key=lambda fact: -fact.amount)) for found in facts]

    def because(self, name: str, items: Ints, profile: Profile) -> list[tuple[int, int]]:
        """(column that speaks loudest for it or NOTHING, its listens) of each item; of ``holders`` how many have it."""
        if len(items) == 0:
            return []
        listens, rows = self.history.tallies.listens, self.rows[items]
        if name == "holders":
            held = np.where(rows == NOBODY, 0, self.model.holders[rows]) if len(self.model) else np.zeros(len(rows))
            return [(NOTHING, int(count)) for count in held.tolist()]
        artists = self.history.columns.artist
        if name == "own_artist":
            return [(NOTHING, int(n)) for n in np.append(self.history.tallies.artist_listens, 0)[artists[items]]]
        weights = self._made(name, profile)[1]
        if name == "near_artist":
            wanted, place = np.unique(self._artists[artists[items]], return_inverse=True)
            best = self.model.near_artists.loudest(wanted, weights)[place]
            of_column = self._artists[artists]
        else:
            best = self._speaker(name, rows, weights)
            of_column = self.rows
        return [self._named(code, of_column, listens) for code in best.tolist()]

    def _speaker(self, name: str, rows: Ints, weights: Floats) -> Ints:
        """The recording of the model that speaks loudest for each of ``rows``, NOBODY for none."""
        best = np.full(len(rows), NOBODY, dtype=np.int64)
        known = np.flatnonzero(rows != NOBODY)
        if name == "factors":
            best[known] = self.model.folded(weights).loudest(rows[known])
        elif len(known):
            wanted, place = np.unique(rows[known], return_inverse=True)
            best[known] = self.model.near.loudest(wanted, weights)[place]
        return best

    def _named(self, code: int, of_column: Ints, listens: Codes) -> tuple[int, int]:
        """The most listened column of a recording or artist of the model, and its listens."""
        if code == NOBODY:
            return NOTHING, 0
        columns = np.flatnonzero(of_column == code)
        best = int(columns[np.argmax(listens[columns])])
        return best, int(listens[best])

    def _made(self, name: str, profile: Profile) -> Signal:
        if self._moment is not profile:
            self._moment, self._signals = profile, {}
            self._fresh = self.history.tallies.plays == 0
        if name not in self._signals:
            self._signals[name] = self._make(name, profile)
        return self._signals[name]

    def _make(self, name: str, profile: Profile) -> Signal:
        model, artists = self.model, self.history.columns.artist
        if name == "holders":
            share = np.log(np.maximum(model.holders, 1)) / np.log(max(model.n_listeners, 2))
            return self._of_rows(np.minimum(share, 1.0)), share
        if name in {"own_artist", "near_artist"}:
            levels = self._artist_levels(profile)
            if name == "own_artist":
                return beside_largest(np.append(levels, 0.0)[artists], self._fresh), levels
            weights = self._of_artists(np.sqrt(levels))
            votes = np.append(model.near_artists.votes(weights), 0.0)
            return beside_largest(votes[self._artists[artists]], self._fresh), weights
        if name == "near":
            weights = self._of_model(np.log1p(self._counts(profile)))
            return beside_largest(self._of_rows(model.near.votes(weights)), self._fresh), weights
        weights = self._of_model(self._lately(profile))
        found = model.near.votes(weights) if name == "near_lately" else model.folded(weights).scores()
        return beside_largest(self._of_rows(found), self._fresh), weights

    def _counts(self, profile: Profile) -> Floats:
        """Listens of each column, or 1 for seeds, float64 (n_items,)."""
        if profile.chosen:
            return (np.bincount(profile.context, minlength=self.history.n_items) > 0).astype(np.float64)
        return self.history.tallies.listens.astype(np.float64)

    def _lately(self, profile: Profile) -> Floats:
        """Listens that fade from the last one, adding up to all listens. float64 (n_items,). O(listens of 90 days)."""
        history = self.history
        if profile.chosen or len(history) == 0:
            return self._counts(profile)
        last = int(history.at_s[-1])
        recent = slice(int(np.searchsorted(history.at_s, last - LATELY_S)), len(history))
        fading = np.exp2((history.at_s[recent] - last) / HALF_LIFE_S)
        sums = np.bincount(history.items[recent], fading * (len(history) / fading.sum()), history.n_items)
        return np.asarray(sums, dtype=np.float64)

    def _artist_levels(self, profile: Profile) -> Floats:
        """Base level of each artist, float64 (n_artists,); with seeds, how many are by the artist."""
        size = self.history.columns.n_artists
        if profile.chosen:
            codes = self.history.columns.artist[profile.context]
            return np.bincount(codes[codes >= 0], minlength=size).astype(np.float64)
        return self.history.artist_level(profile.now_s, ARTIST_DECAY)

    def _of_artists(self, values: Floats) -> Floats:
        """Numbers of the history's artists as numbers of the model's, float64 (m,)."""
        known = self._artists[:-1] != NOBODY
        size = len(self.model.near_artists.places)
        return np.bincount(self._artists[:-1][known], values[known], size).astype(np.float64)

    def _of_model(self, values: Floats) -> Floats:
        """Numbers of columns as numbers of the model's recordings, float64 (n,)."""
        known = np.flatnonzero((self.rows != NOBODY) & (values != 0))
        return np.bincount(self.rows[known], values[known], len(self.model)).astype(np.float64)

    def _of_rows(self, values: Floats) -> Floats:
        """Numbers of the model's recordings as numbers of columns, float64 (n_items,), 0 for those it does not know."""
        return np.asarray(np.append(values, 0.0)[self.rows], dtype=np.float64)
