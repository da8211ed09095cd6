"""What a model says to seeds: recordings with a score and the seed that speaks loudest for each.

The signals and weights are those the player gives a community model for *Never heard* (``algorithms.community``,
``algorithms.blend.DISCOVER``), over candidates alone: the largest products of the folded-in seeds with the factors,
the seeds' nearest neighbours, the most held, and what is by the seeds' artists and those near them. What is no
candidate of any signal could only get ahead by being middling in all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.blend import DISCOVER
from recommender.arrays import Floats, Ints
from recommender.community import K1, LEAST_IDF, NOBODY, B, Near, beside_largest
from recommender.files.community_files import KeyedCommunity
from recommender.ranking import recommend
from recommender.service.longest_first import LongestFirst

FROM_FACTORS, FROM_NEAR, FROM_HOLDERS = 250, 400, 150
OF_ARTIST, OF_NEAR_ARTIST, NEAR_ARTISTS = 8, 3, 30
NO_SEED = -1


@dataclass(frozen=True, slots=True)
class Found:
    """One recommendation. ``seed``: place of the seed that speaks loudest, NO_SEED when none does."""

    row: int
    score: float
    seed: int
    signal: str


@dataclass(frozen=True, slots=True, eq=False)
class _Seeds:
    """The seeds a model knows, with all that is worked out once. Votes are of rows (or artists) in ascending order."""

    places: Ints
    """Where each stands in what was sent."""
    rows: Ints
    amounts: Floats
    inverse: Floats
    pulls: Floats
    near: "tuple[Ints, Floats]"
    artists: "tuple[Ints, Floats]"
    near_artists: "tuple[Ints, Floats]"

    @property
    def taste(self) -> Floats:
        """The listener among the factors, float64 (f,)."""
        return np.asarray(self.inverse @ self.pulls.sum(axis=0), dtype=np.float64)


class Answering:
    """One model, ready to answer. Read by many requests, changed by none. O(n log n) to make."""

    def __init__(self, model_id: str, keyed: KeyedCommunity) -> None:
        self.model_id, self.keyed = model_id, keyed
        model = keyed.community
        self._near, self._near_artists, self._artist = model.near, model.near_artists, model.artist
        self._mean_total = max(model.factors.mean_total, 1e-12)
        self._idf = np.maximum(np.log(model.n_listeners) - np.log1p(model.holders), LEAST_IDF)
        share = np.log(np.maximum(model.holders, 1)) / np.log(max(model.n_listeners, 2))
        self._held = np.minimum(share, 1.0)
        self._gram = model.factors.gram()
        self._factors = LongestFirst(model.factors.items)
        self._most_held = np.argsort(-model.holders, kind="stable")[:FROM_HOLDERS].astype(np.int64)
        self._by_artist = _most_held_by(model.artist, model.holders, len(model.near_artists.places))

    def recommended(self, rows: Sequence[int], weights: Sequence[float], n: int, exclude: Ints) -> list[Found]:
        """At most n for seeds; NOBODY among ``rows`` is a seed that is not in the model. Seeds never come back."""
        seeds = self._read(np.asarray(rows, dtype=np.int64), np.asarray(weights, dtype=np.float64))
        out = np.unique(np.concatenate((seeds.rows, exclude)))
        candidates = self._candidates(seeds, out)
        signals = self._signals(candidates, seeds)
        scores = sum((DISCOVER[name] * values for name, values in signals.items()), np.zeros(len(candidates)))
        best = recommend(np.where(scores > 0, scores, -np.inf), n, artists=self._artist[candidates])
        speakers = self._speakers(candidates[best], seeds)
        return [
            self._found(
                int(candidates[at]), float(scores[at]), {name: float(signals[name][at]) for name in signals}, says
            )
            for at, says in zip(best.tolist(), speakers, strict=True)
        ]

    def similar(self, row: int, n: int) -> list[Found]:
        """At most n like one recording."""
        return self.recommended([row], [1.0], n, np.zeros(0, dtype=np.int64))

    def _read(self, given: Ints, weights: Floats) -> _Seeds:
        known = np.flatnonzero(given != NOBODY)
        rows, amounts = given[known], weights[known]
        inverse, pulls = self._folded(rows, amounts)
        codes = self._artist[rows]
        artists, counts = np.unique(codes[codes != NOBODY].astype(np.int64), return_counts=True)
        near_artists = _votes(self._near_artists, artists, np.sqrt(counts))
        near = _votes(self._near, rows, np.log1p(amounts))
        return _Seeds(known, rows, amounts, inverse, pulls, near, (artists, counts.astype(np.float64)), near_artists)

    def _folded(self, rows: Ints, amounts: Floats) -> tuple[Floats, Floats]:
        """As ``Community.folded``, for few rows of many: (f, f) and (seeds, f)."""
        vectors = self._factors.of(rows)
        length = 1.0 - B + B * float(amounts.sum()) / self._mean_total
        weights = self._idf[rows] * amounts * (K1 + 1) / (amounts + K1 * length)
        inverse = np.linalg.inv(self._gram + (vectors.T * weights) @ vectors)
        return np.asarray(inverse, dtype=np.float64), vectors * (1.0 + weights)[:, None]

    def _candidates(self, seeds: _Seeds, out: Ints) -> Ints:
        found: list[NDArray[np.int64]] = [self._most_held]
        if len(seeds.rows):
            found.append(_loudest(*seeds.near, FROM_NEAR + len(out)))
            near = _loudest(*seeds.near_artists, NEAR_ARTISTS)
            found += [self._by_artist[seeds.artists[0]].ravel(), self._by_artist[near, :OF_NEAR_ARTIST].ravel()]
            taste = seeds.taste
            if taste.any():
                found.append(self._factors.largest(taste, FROM_FACTORS + len(out))[0])
        rows: Ints = np.unique(np.concatenate(found))
        kept: Ints = rows[(rows != NOBODY) & ~np.isin(rows, out, assume_unique=True)]
        return kept

    def _signals(self, candidates: Ints, seeds: _Seeds) -> dict[str, Floats]:
        """Each signal of the candidates, 0..1."""
        signals = {"holders": self._held[candidates]}
        if len(seeds.rows) and len(candidates):
            artists = self._artist[candidates]
            signals["near"] = beside_largest(_of(seeds.near, candidates))
            signals["factors"] = beside_largest(self._factors.of(candidates) @ seeds.taste)
            signals["own_artist"] = beside_largest(_of(seeds.artists, artists))
            signals["near_artist"] = beside_largest(_of(seeds.near_artists, artists))
        return signals

    def _speakers(self, rows: Ints, seeds: _Seeds) -> list[dict[str, int]]:
        """For each of a few rows and each signal: the place in what was sent of the seed that speaks loudest."""
        if len(seeds.rows) == 0:
            return [{} for _ in rows]
        artists, codes = self._artist[seeds.rows], self._artist[rows]
        near = self._near.values[seeds.rows] * np.log1p(seeds.amounts)[:, None]
        own = (codes[:, None] == artists[None, :]).astype(np.float64)
        loudest = {
            "near": _said(rows, self._near.places[seeds.rows], near),
            "factors": self._factors.of(rows) @ seeds.inverse @ seeds.pulls.T,
            "own_artist": own,
        }
        if len(self._near_artists.places):
            said = _said(codes, self._near_artists.places[artists], self._near_artists.values[artists])
            loudest["near_artist"] = np.where(artists == NOBODY, 0.0, said)
        best = {name: np.argmax(values, axis=1) for name, values in loudest.items()}
        return [{name: int(seeds.places[best[name][at]]) for name in best} for at in range(len(rows))]

    @staticmethod
    def _found(row: int, score: float, signals: dict[str, float], speakers: dict[str, int]) -> Found:
        loudest = max(signals, key=lambda name: DISCOVER[name] * signals[name])
        return Found(row, score, speakers.get(loudest, NO_SEED), loudest)


def _most_held_by(artist: NDArray[np.int32], holders: Ints, n_artists: int) -> NDArray[np.int64]:
    """Of each artist the most held recordings, int64 (m, OF_ARTIST), NOBODY pads."""
    table = np.full((n_artists, OF_ARTIST), NOBODY, dtype=np.int64)
    order = np.lexsort((-holders, artist))
    codes = artist[order]
    place = np.arange(len(codes)) - np.searchsorted(codes, codes)
    kept = (place < OF_ARTIST) & (codes != NOBODY)
    table[codes[kept], place[kept]] = order[kept]
    return table


def _votes(near: Near, voters: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """What some say of their neighbours: whom, ascending, and the sum of weight * likeness."""
    whom, where = np.unique(near.places[voters].ravel().astype(np.int64), return_inverse=True)
    sums = np.bincount(where.ravel(), (near.values[voters] * weights[:, None]).ravel(), len(whom)).astype(np.float64)
    begin = int(len(whom) > 0 and whom[0] == NOBODY)
    return whom[begin:], sums[begin:]


def _loudest(whom: Ints, votes: Floats, most: int) -> Ints:
    return whom if len(whom) <= most else whom[np.argpartition(-votes, most - 1)[:most]]


def _of(votes: tuple[Ints, Floats], wanted: NDArray[np.int64] | NDArray[np.int32]) -> Floats:
    """The votes for some, 0 for those nobody voted for."""
    whom, sums = votes
    if len(whom) == 0:
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(whom, wanted), len(whom) - 1)
    return np.where(whom[at] == wanted, sums[at], 0.0)


def _said(wanted: NDArray[Any], places: NDArray[np.int32], values: NDArray[Any]) -> Floats:
    """What each of some voters says of each of a few, float64 (wanted, voters): ``places``, ``values`` (voters, k)."""
    same = places[None, :, :] == wanted[:, None, None]
    said: Floats = np.einsum("wvk,vk->wv", same, values, dtype=np.float64)
    return said
