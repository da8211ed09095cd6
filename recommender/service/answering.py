"""What a model says to seeds: recordings with a score and the seed that speaks loudest for each.

The signals and weights are those the player gives a community model for *Never heard* (``algorithms.community``,
``algorithms.blend.DISCOVER``), over candidates alone: the largest products of the folded-in seeds with the factors,
the seeds' neighbours, the most held, and what is by the seeds' artists and those near them. What is no candidate of any
signal could only get ahead by being middling in all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.blend import DISCOVER
from recommender.arrays import Floats, Ints
from recommender.community import K1, LEAST_IDF, NOBODY, B
from recommender.files.community_files import KeyedCommunity
from recommender.ranking import recommend
from recommender.service.longest_first import LongestFirst

FROM_FACTORS, FROM_HOLDERS, OF_ARTIST, OF_NEAR_ARTIST, NEAR_ARTISTS = 400, 200, 10, 3, 40
NO_SEED = -1


@dataclass(frozen=True, slots=True)
class Found:
    """One recommendation. ``seed``: place of the seed that speaks loudest, NO_SEED when none does."""

    row: int
    score: float
    seed: int
    signal: str


class Answering:
    """One model, ready to answer. Read by many requests, changed by none. O(n log n) to make."""

    def __init__(self, model_id: str, keyed: KeyedCommunity) -> None:
        self.model_id, self.keyed = model_id, keyed
        model = keyed.community
        self.n_items = len(model)
        self._near, self._holders, self._artist = model.near, model.holders, model.artist
        self._near_artists, self._mean_total = model.near_artists, max(model.factors.mean_total, 1e-12)
        self._idf = np.maximum(np.log(model.n_listeners) - np.log1p(model.holders), LEAST_IDF)
        self._held = np.log(np.maximum(model.holders, 1)) / np.log(max(model.n_listeners, 2))
        self._gram = model.factors.gram()
        self._factors = LongestFirst(model.factors.items)
        self._most_held = np.argsort(-model.holders, kind="stable")[:FROM_HOLDERS].astype(np.int64)
        self._by_artist = np.lexsort((-model.holders, model.artist)).astype(np.int64)
        codes = np.arange(len(model.near_artists.places) + 1)
        self._artist_starts = np.searchsorted(model.artist[self._by_artist], codes)

    def recommended(self, rows: Sequence[int], weights: Sequence[float], n: int, exclude: Ints) -> list[Found]:
        """At most n for seeds; NOBODY among ``rows`` is a seed that is not in the model. Seeds never come back."""
        given = np.asarray(rows, dtype=np.int64)
        known = np.flatnonzero(given != NOBODY)
        seeds, amounts = given[known], np.asarray(weights, dtype=np.float64)[known]
        out = np.union1d(seeds, exclude[exclude != NOBODY])
        inverse, pulls = self._folded(seeds, amounts)
        candidates = self._candidates(seeds, inverse @ pulls.sum(axis=0), out)
        signals = self._signals(candidates, seeds, amounts, inverse, pulls)
        scores = sum((DISCOVER[name] * values for name, (values, _) in signals.items()), np.zeros(len(candidates)))
        best = recommend(np.where(scores > 0, scores, -np.inf), n, artists=self._artist[candidates])
        return [self._found(int(at), candidates, scores, signals, known) for at in best]

    def similar(self, row: int, n: int) -> list[Found]:
        """At most n like one recording."""
        return self.recommended([row], [1.0], n, np.zeros(0, dtype=np.int64))

    def _folded(self, seeds: Ints, amounts: Floats) -> tuple[Floats, Floats]:
        """As ``Community.folded``, for few rows of many: (f, f) and (seeds, f)."""
        vectors = self._factors.of(seeds)
        length = 1.0 - B + B * float(amounts.sum()) / self._mean_total
        weights = self._idf[seeds] * amounts * (K1 + 1) / (amounts + K1 * length)
        inverse = np.linalg.inv(self._gram + (vectors.T * weights) @ vectors)
        return np.asarray(inverse, dtype=np.float64), vectors * (1.0 + weights)[:, None]

    def _candidates(self, seeds: Ints, taste: Floats, out: Ints) -> Ints:
        found = [self._most_held]
        if len(seeds):
            found.append(self._near.places[seeds].ravel().astype(np.int64))
            found += self._by_seeds_artists(seeds)
            if taste.any():
                found.append(self._factors.largest(taste, FROM_FACTORS + len(out))[0])
        rows: Ints = np.unique(np.concatenate(found))
        kept: Ints = rows[(rows != NOBODY) & ~np.isin(rows, out)]
        return kept

    def _by_seeds_artists(self, seeds: Ints) -> list[Ints]:
        """The most held by the seeds' artists, and by the artists nearest to them."""
        codes = self._artist[seeds]
        own, counts = np.unique(codes[codes != NOBODY], return_counts=True)
        if len(own) == 0:
            return []
        places, values = self._near_artists.places[own], self._near_artists.values[own] * counts[:, None]
        near, where = np.unique(places.ravel(), return_inverse=True)
        votes = np.bincount(where.ravel(), values.ravel())
        near = near[np.argsort(-votes, kind="stable")][: NEAR_ARTISTS + 1]
        wanted = [(int(code), OF_ARTIST) for code in own] + [(int(c), OF_NEAR_ARTIST) for c in near if c != NOBODY]
        return [self._most_held_by(code, most) for code, most in wanted]

    def _most_held_by(self, artist: int, most: int) -> Ints:
        start, end = self._artist_starts[artist], self._artist_starts[artist + 1]
        return self._by_artist[start : min(end, start + most)]

    def _signals(
        self, candidates: Ints, seeds: Ints, amounts: Floats, inverse: Floats, pulls: Floats
    ) -> dict[str, tuple[Floats, Ints]]:
        """Each signal of the candidates, 0..1, and the place among the seeds of who speaks loudest."""
        nobody = np.full(len(candidates), NO_SEED)
        held = np.minimum(self._held[candidates], 1.0)
        signals = {"holders": (held, nobody)}
        if len(seeds) == 0 or len(candidates) == 0:
            return signals
        near, near_seed = _votes(self._near.places[seeds], self._near.values[seeds], np.log1p(amounts), candidates)
        shares = self._factors.of(candidates) @ inverse @ pulls.T
        artists = self._artist[seeds]
        has = np.flatnonzero(artists != NOBODY)
        own, own_seed = _counted(artists[has], self._artist[candidates])
        voters, first, counts = np.unique(artists[has], return_index=True, return_counts=True)
        of_artist, place = np.unique(self._artist[candidates], return_inverse=True)
        close, close_seed = _votes(
            self._near_artists.places[voters], self._near_artists.values[voters], np.sqrt(counts), of_artist
        )
        signals["near"] = _beside_largest(near), near_seed
        signals["factors"] = _beside_largest(shares.sum(axis=1)), np.argmax(shares, axis=1)
        signals["own_artist"] = _beside_largest(own), _at(has, own_seed)
        signals["near_artist"] = _beside_largest(close[place]), _at(_at(has, first), close_seed[place])
        return signals

    def _found(
        self, at: int, candidates: Ints, scores: Floats, signals: dict[str, tuple[Floats, Ints]], known: Ints
    ) -> Found:
        loudest = max(signals, key=lambda name: float(DISCOVER[name] * signals[name][0][at]))
        seed = int(signals[loudest][1][at])
        given = NO_SEED if seed == NO_SEED else int(known[seed])
        return Found(int(candidates[at]), float(scores[at]), given, loudest)


def _votes(places: NDArray[Any], values: NDArray[Any], weights: Floats, wanted: NDArray[Any]) -> tuple[Floats, Ints]:
    """Of each of ``wanted`` (ascending): the sum of the voters' votes, and which voter's is largest.

    ``places``, ``values``: (voters, k). O(voters * k * log).
    """
    speaker = np.full(len(wanted), NO_SEED)
    if places.size == 0 or len(wanted) == 0:
        return np.zeros(len(wanted)), speaker
    flat = places.ravel()
    at = np.minimum(np.searchsorted(wanted, flat), len(wanted) - 1)
    hit = np.flatnonzero((wanted[at] == flat) & (flat != NOBODY))
    votes = (values * weights[:, None]).ravel()[hit]
    total = np.bincount(at[hit], votes, len(wanted)).astype(np.float64)
    order = np.argsort(votes, kind="stable")
    speaker[at[hit][order]] = hit[order] // places.shape[1]  # the last write, the largest vote, stays
    return total, speaker


def _counted(artists: NDArray[Any], of: NDArray[Any]) -> tuple[Floats, Ints]:
    """Of each candidate: how many seeds are by its artist, and the first of them."""
    known, first, counts = np.unique(artists, return_index=True, return_counts=True)
    if len(known) == 0:
        return np.zeros(len(of)), np.full(len(of), NO_SEED)
    at = np.minimum(np.searchsorted(known, of), len(known) - 1)
    same = (known[at] == of) & (of != NOBODY)
    return np.where(same, counts[at], 0).astype(np.float64), np.where(same, first[at], NO_SEED)


def _at(values: Ints, places: Ints) -> Ints:
    """``values[places]``, NO_SEED where a place is NO_SEED."""
    return np.append(values, NO_SEED)[places]


def _beside_largest(values: Floats) -> Floats:
    """sqrt(value / largest), 0 for what is below 0."""
    largest = float(values.max(initial=0.0))
    if largest <= 0:
        return np.zeros(len(values))
    return np.sqrt(np.clip(values, 0.0, largest) / largest)
