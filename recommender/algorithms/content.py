"""What the tags say: artist, album, genre and year, beside the context, the listener's taste, or the library."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.arrays import Codes, Floats, Ints, distinct
from recommender.history import History

KINDS = ("artist", "album", "genre", "year")
PARTS = {"artist": 1.0, "album": 0.5, "genre": 0.5, "year": 0.25}
"""Shares of the parts when content stands alone."""
YEARS_NEAR = 5.0
"""e-fold of nearness in years."""


class Content(Algorithm):
    """Weighted sum of four parts, each 0..1. With a context: the share of its tracks an item matches. Else: taste."""

    name = "content"

    def __init__(self) -> None:
        super().__init__()
        self._years: Ints = np.zeros(0, dtype=np.int64)
        self._year_place: NDArray[np.int16] = np.zeros(0, dtype=np.int16)
        """Years lie between two bounds (``YEARS``): there are few."""
        self._nearness: Floats = np.zeros((0, 0))

    def fit(self, history: History) -> Self:
        """Prepares the table of near years. O(n_items + distinct years squared)."""
        years, place = np.unique(history.columns.year, return_inverse=True)
        if history is not self._history:
            self._years, self._year_place = years.astype(np.int64), place.astype(np.int16)
            near = np.exp(-np.abs(years[:, None] - years[None, :]) / YEARS_NEAR)
            near[(years[:, None] <= 0) | (years[None, :] <= 0)] = 0.0
            self._nearness = near
        self._history = history
        return self

    def update(self, history: History) -> Self:
        """Nothing to do while the history is the same one."""
        return self if history is self._history else self.fit(history)

    def part(self, kind: str, counts: Floats) -> Floats:
        """Spreads counts a code over items, float64 (n_items,): for years, over near years; unknown codes get 0."""
        if kind == "year":
            by_year = self._nearness @ counts[self._years]
            return np.asarray(by_year[self._year_place], dtype=np.float64)
        codes = self.codes(kind)
        return np.where(codes >= 0, counts[codes], 0.0) if len(counts) else np.zeros(len(codes))

    def codes(self, kind: str) -> Codes:
        """int32 (n_items,), -1 unknown; for years the year, 0 unknown."""
        return np.asarray(getattr(self.history.columns, kind), dtype=np.int32)

    def matching(self, kind: str, profile: Profile) -> Floats:
        """Share of the context tracks an item matches, float64 (n_items,) in 0..1."""
        context = distinct(profile.context)
        if len(context) == 0:
            return np.zeros(self.history.n_items)
        codes = self.codes(kind)[context]
        counts = np.bincount(codes[codes >= 0], minlength=self._size(kind)).astype(np.float64)
        return self.part(kind, counts) / len(context)

    def taste(self, kind: str) -> Floats:
        """log(1 + listens of the item's artist, album, genre or near years) / the largest, (n_items,) in 0..1."""
        return _shares(np.log1p(self.part(kind, self.listens(kind).astype(np.float64))))

    def holdings(self, kind: str) -> Floats:
        """log(1 + items of the same artist, album, genre or year in the library) / the largest, (n_items,) in 0..1."""
        codes = self.codes(kind)
        known = codes >= (1 if kind == "year" else 0)
        held = np.zeros(len(codes))
        held[known] = self.held(kind)[codes[known]]
        return _shares(np.log1p(held))

    def held(self, kind: str) -> Ints:
        """How many items each code has in the library, int64."""
        codes = self.codes(kind)
        return np.bincount(codes[codes >= 0], minlength=self._size(kind)).astype(np.int64)

    def listens(self, kind: str) -> Ints:
        """How many listens each code has, int64."""
        return np.asarray(getattr(self.history.tallies, f"{kind}_listens"), dtype=np.int64)

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,)."""
        return np.asarray(sum(self._parts(profile).values(), np.zeros(self.history.n_items)), dtype=np.float64)

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact a part that says something."""
        parts = self._parts(profile)
        return [
            tuple(
                Fact(
                    f"{'same' if len(profile.context) else 'taste'}_{kind}",
                    float(part[item]),
                    *self.because(kind, item, profile),
                )
                for kind, part in parts.items()
            )
            for item in items.tolist()
        ]

    def because(self, kind: str, item: int, profile: Profile) -> tuple[int, int]:
        """The latest context track that matches best (or NOTHING), and the listens of the item's code."""
        codes = self.codes(kind)
        code = int(codes[item])
        count = int(self.listens(kind)[code]) if code >= 0 else 0
        context = profile.context[::-1]
        if len(context) == 0 or code < 0:
            return NOTHING, count
        distance = np.abs(codes[context] - code)
        best = int(np.argmin(distance))
        return (int(context[best]) if kind == "year" or distance[best] == 0 else NOTHING), count

    def _parts(self, profile: Profile) -> dict[str, Floats]:
        seeded = len(profile.context) > 0
        return {
            kind: weight * (self.matching(kind, profile) if seeded else self.taste(kind))
            for kind, weight in PARTS.items()
        }

    def _size(self, kind: str) -> int:
        columns = self.history.columns
        return {"artist": columns.n_artists, "album": columns.n_albums, "genre": columns.n_genres}.get(kind, 10_000)


def _shares(values: Floats) -> Floats:
    largest = float(values.max()) if len(values) else 0.0
    return np.asarray(values / largest if largest > 0 else np.zeros(len(values)), dtype=np.float64)
