"""What many listeners together say of recordings: neighbours, factors, holders, near artists. Facts about recordings.

A listener's own profile is folded in on the device and never leaves it. Numpy alone, so that the app starts light.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recommender.arrays import Bools, Codes, Floats, Ints

NOBODY = -1
K1, B, LEAST_IDF = 1.2, 0.75, 0.05
"""BM25 as ``weighting.Weighting`` has it."""

Table = NDArray[np.float32]


def beside_largest(values: Floats, among: Bools | None = None) -> Floats:
    """sqrt(value / the largest of those ``among``, or of all), from 0 to 1: so that signals can be added."""
    largest = float((values if among is None else values[among]).max(initial=0.0))
    if largest <= 0:
        return np.zeros(len(values))
    return np.sqrt(np.clip(values, 0.0, largest) / largest)


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The k nearest of each of n things: ``places`` int32 (n, k), NOBODY pads; ``values`` float32 (n, k)."""

    places: Codes
    values: Table

    @classmethod
    def of(cls, places: ArrayLike, values: ArrayLike) -> "Near":
        """From arrays of one shape (n, k). Places that do not exist or values that are not finite are a ValueError."""
        near = cls(np.asarray(places, dtype=np.int32), np.asarray(values, dtype=np.float32))
        if near.places.ndim != 2 or near.places.shape != near.values.shape:
            raise ValueError("neighbours and their values must be two tables of one shape")
        if not np.isfinite(near.values).all():
            raise ValueError("a similarity is not a finite number")
        if near.places.size and not (near.places.min() >= NOBODY and near.places.max() < len(near.places)):
            raise ValueError("a neighbour does not exist")
        return near

    @classmethod
    def none(cls, n: int) -> "Near":
        """Nobody is near to anything."""
        return cls(np.zeros((n, 0), dtype=np.int32), np.zeros((n, 0), dtype=np.float32))

    def votes(self, weights: Floats) -> Floats:
        """Sum over what has a weight of weight * similarity, float64 (n,). O(n + things with a weight * k)."""
        n = len(self.places)
        voters = np.flatnonzero(weights)
        shares = self.values[voters] * weights[voters, None].astype(np.float32)
        # Padding points at NOBODY: one place to the right of all takes what it says.
        return np.bincount(self.places[voters].ravel() + 1, shares.ravel(), n + 1)[1:].astype(np.float64)

    def loudest(self, wanted: Ints, weights: Floats) -> Ints:
        """For each of ``wanted`` the thing whose vote for it is largest, NOBODY without one. O(n + votes)."""
        place = np.full(len(self.places) + 1, NOBODY, dtype=np.int64)
        place[wanted + 1] = np.arange(len(wanted))
        place[0] = NOBODY  # what pads is nobody's vote
        voters = np.flatnonzero(weights)
        rows, columns = np.nonzero(place[self.places[voters] + 1] != NOBODY)
        voter = voters[rows]
        of = place[self.places[voter, columns] + 1]
        votes = self.values[voter, columns] * weights[voter]
        best = np.full(len(wanted), NOBODY, dtype=np.int64)
        order = np.lexsort((-voter, votes))
        best[of[order]] = voter[order]  # the last write, the largest vote, stays
        return best


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """Matrix factorisation of listeners by items: enough to fold a listener in (``algorithms.als``)."""

    items: Table
    """(n, f)."""
    penalty: float
    mean_total: float
    """Mean plays of a listener, for BM25."""
    _gram: list[Floats] = field(default_factory=list)

    def gram(self) -> Floats:
        """Y'Y + penalty I, float64 (f, f); made once, O(n f^2)."""
        if not self._gram:
            square = (self.items.T @ self.items).astype(np.float64)
            self._gram.append(square + self.penalty * np.eye(len(square)))
        return self._gram[0]


@dataclass(frozen=True, slots=True, eq=False)
class Community:
    """A model over n recordings and m artists. Made with ``of``, which looks at everything."""

    near: Near
    """Of recordings, over sessions."""
    holders: Ints
    """(n,): listeners who have it."""
    n_listeners: int
    factors: Factors
    artist: Codes
    """(n,): which of the m artists, NOBODY unknown."""
    near_artists: Near

    @classmethod
    def of(
        cls,
        near: Near,
        holders: ArrayLike,
        n_listeners: int,
        factors: Factors | None = None,
        artist: ArrayLike | None = None,
        near_artists: Near | None = None,
    ) -> "Community":
        """From its parts; what a model does not have says nothing. What does not fit together is a ValueError."""
        held = np.asarray(holders, dtype=np.float64)
        n = len(near.places)
        artists = Near.none(0) if near_artists is None else near_artists
        codes = np.full(n, NOBODY, dtype=np.int32) if artist is None else np.asarray(artist, dtype=np.int32)
        vectors = factors or Factors(np.zeros((n, 0), dtype=np.float32), 1.0, 1.0)
        if held.shape != (n,) or codes.shape != (n,) or vectors.items.ndim != 2 or len(vectors.items) != n:
            raise ValueError("the parts of a community model differ in length")
        if not (np.isfinite(held).all() and np.isfinite(vectors.items).all()):
            raise ValueError("a number of a community model is not finite")
        if not (np.isfinite([vectors.penalty, vectors.mean_total]).all() and vectors.penalty > 0):
            raise ValueError("the penalty must be above 0 and finite")
        if (held < 0).any() or (n and (codes.min() < NOBODY or codes.max() >= max(len(artists.places), 1))):
            raise ValueError("a community model has an artist or a count that cannot be")
        if artist is not None and near_artists is None:
            codes = np.full(n, NOBODY, dtype=np.int32)
        return cls(near, held.astype(np.int64), max(int(n_listeners), 1), vectors, codes, artists)

    def __len__(self) -> int:
        return len(self.holders)

    def confidence(self, counts: Floats) -> Floats:
        """BM25 weights of a listener's plays, float64 (n,): as ``Weighting("bm25")`` of the community's table."""
        idf = np.maximum(np.log(self.n_listeners) - np.log1p(self.holders), LEAST_IDF)
        length = 1.0 - B + B * float(counts.sum()) / max(self.factors.mean_total, 1e-12)
        return np.asarray(idf * counts * (K1 + 1) / (counts + K1 * length), dtype=np.float64)

    def folded(self, counts: Floats) -> "Folded":
        """A listener with these plays, float64 (n,), among the factors, as ``ALS``. O(items played * f^2 + f^3)."""
        mine = np.flatnonzero(counts)
        weights = self.confidence(counts)[mine]
        vectors = self.factors.items[mine].astype(np.float64)
        inverse: Floats = np.linalg.inv(self.factors.gram() + (vectors.T * weights) @ vectors).astype(np.float64)
        return Folded(self.factors.items, mine, inverse, vectors * (1.0 + weights)[:, None])


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """One listener among the factors: score of i = y_i' inverse (sum over played p of (1 + w_p) y_p)."""

    items: Table
    played: Ints
    inverse: Floats
    pulls: Floats
    """(played, f): (1 + w_p) y_p."""

    def scores(self) -> Floats:
        """float64 (n,). O(n f)."""
        taste = self.inverse @ self.pulls.sum(axis=0)
        return np.asarray(self.items @ taste.astype(np.float32), dtype=np.float64)

    def loudest(self, wanted: Ints) -> Ints:
        """For each of ``wanted`` the played item whose share of its score is largest; NOBODY without plays."""
        if len(self.played) == 0:
            return np.full(len(wanted), NOBODY, dtype=np.int64)
        shares = self.items[wanted].astype(np.float64) @ self.inverse @ self.pulls.T
        return np.asarray(self.played[np.argmax(shares, axis=1)], dtype=np.int64)
