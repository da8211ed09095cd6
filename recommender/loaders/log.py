"""What every loader gives: rows of who met what, with times, counts or ratings where the source has them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from recommender.arrays import Floats, Ints, integers, same_length
from recommender.sessions import LAST_TIME_S, Plays

LIKED_SHARE = 0.8
"""A rating from this share of the largest on (4 of 5) says that the item was liked."""


class DataError(ValueError):
    """Data that cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Parallel columns, one row an event (a play, a count, a rating). Users and items are numbered from 0."""

    name: str
    user: Ints
    item: Ints
    n_users: int
    n_items: int
    at_s: Ints | None = None
    weight: Floats | None = None
    """Counts; without them each row counts once."""
    rating: Floats | None = None
    artist: Ints | None = None
    """Codes, -1 unknown."""
    played_ms: Ints | None = None
    """-1 where the source does not say; then the play was a listen."""
    notes: tuple[str, ...] = ()
    """What was left out or taken in an unexpected way, a sentence each."""

    def __len__(self) -> int:
        return len(self.user)

    @property
    def has_plays(self) -> bool:
        """Whether rows are plays with their times."""
        return self.at_s is not None and self.rating is None

    def take(self, rows: NDArray[Any]) -> "Log":
        """The same log with these rows only (places or a mask)."""
        parts = {name: getattr(self, name) for name in _COLUMNS}
        return replace(self, **{name: part[rows] for name, part in parts.items() if part is not None})

    def events(self) -> "Log":
        """The rows that speak for an item: plays that were no skip, ratings of what was liked, all counts."""
        if self.rating is not None:
            return self.take(self.rating >= self.liked_from())
        if self.played_ms is not None:
            return self.take((self.played_ms < 0) | (self.played_ms >= 30_000))
        return self

    def liked_from(self) -> float:
        """The least rating that says that an item was liked; ratings are the same everywhere: all of them do."""
        if self.rating is None or len(self.rating) == 0:
            return -np.inf
        return float(min(LIKED_SHARE * self.rating.max(), self.rating.max()))

    def table(self) -> Any:
        """CSR (n_users, n_items) float32: the sum of the weights of each cell's events (ratings count once)."""
        rows = self.events()
        weight = np.ones(len(rows)) if rows.weight is None else rows.weight
        found = csr_array((weight, (rows.user, rows.item)), shape=(self.n_users, self.n_items))
        if rows.rating is not None:
            found.data[:] = 1.0
        return _finite_cells(found)

    def plays_by_user(self, users: Ints) -> Iterator[tuple[Plays, Ints]]:
        """Each user's plays by time, and the artist code of each (-1 unknown). Needs times; sorts once."""
        if self.at_s is None:
            raise DataError(f"{self.name} has no times, so it holds no plays in order.")
        order = np.lexsort((self.at_s, self.user))
        starts = np.searchsorted(self.user[order], np.arange(self.n_users + 1))
        for user in users.tolist():
            rows = order[starts[user] : starts[user + 1]]
            played = np.full(len(rows), -1) if self.played_ms is None else self.played_ms[rows]
            artist = np.full(len(rows), -1, dtype=np.int64) if self.artist is None else self.artist[rows]
            yield Plays.of(self.item[rows], self.at_s[rows], played), artist


_COLUMNS = ("user", "item", "at_s", "weight", "rating", "artist", "played_ms")


def from_arrays(
    name: str,
    *,
    user: ArrayLike,
    item: ArrayLike,
    at_s: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    artist: ArrayLike | None = None,
    played_ms: ArrayLike | None = None,
) -> Log:
    """A log from plain arrays of any integer ids: the door for an app's own store. Bad numbers are a DataError."""
    try:
        given = {"user": user, "item": item, "at_s": at_s, "artist": artist, "played_ms": played_ms}
        columns = {key: integers(values, key) for key, values in given.items() if values is not None}
        weights = None if weight is None else np.asarray(weight, dtype=np.float64)
        same_length({**columns, **({} if weights is None else {"weight": weights})})
    except ValueError as error:
        raise DataError(f"{name}: {error}.") from error
    if weights is not None and not (np.isfinite(weights) & (weights >= 0)).all():
        raise DataError(f"{name}: a weight is negative or not a finite number.")
    users, user_codes = np.unique(columns["user"], return_inverse=True)
    items, item_codes = np.unique(columns["item"], return_inverse=True)
    return Log(
        name,
        user_codes.astype(np.int64),
        item_codes.astype(np.int64),
        len(users),
        len(items),
        at_s=columns.get("at_s"),
        weight=weights,
        artist=columns.get("artist"),
        played_ms=columns.get("played_ms"),
    )


def is_time(at_s: Floats) -> NDArray[np.bool_]:
    """Which of these seconds are times between 1970 and the year 3000."""
    return np.asarray((at_s >= 0) & (at_s < LAST_TIME_S))


def _finite_cells(matrix: Any) -> Any:
    """Float32 cells, none of them empty; counts beyond float32 are cut to its largest."""
    found = matrix.tocsr()
    found.sum_duplicates()
    found.data = np.minimum(found.data, float(np.finfo(np.float32).max) / 2)
    found = csr_array(found, dtype=np.float32)
    found.eliminate_zeros()
    found.sort_indices()
    return found
