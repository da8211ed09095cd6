"""The library as the recommender sees it: one row an item (the app's track), and one column a recording.

Copies of one recording share a column, hence one play history; a column's facts are those of its first copy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recommender.arrays import Bools, Codes, Ints, distinct, integers, same_length

YEARS = np.arange(1000, 2101)
"""Other years are taken as unknown, which also bounds the table of near years."""


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Parallel columns, one row an item. Codes are any integers; -1 is unknown (year: 0)."""

    item_ids: ArrayLike
    recording: ArrayLike
    artist: ArrayLike
    album: ArrayLike
    genre: ArrayLike
    year: ArrayLike
    duration_ms: ArrayLike
    version: ArrayLike | None = None
    """Versions of one song (live, remastered, mono) share a code: they keep their own plays, but a list holds one."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Facts of each column: int32 codes (n_columns,), -1 unknown; ``n_`` counts of codes. Codes are made dense."""

    artist: Codes
    album: Codes
    genre: Codes
    year: Codes
    version: Codes
    n_artists: int
    n_albums: int
    n_genres: int

    def __len__(self) -> int:
        return len(self.artist)


class ItemSpace:
    """Goes from item ids to columns and back. Built once a catalogue; O(n log n)."""

    def __init__(self, catalogue: Catalogue) -> None:
        given = {name: getattr(catalogue, name) for name in Catalogue.__slots__}
        if given["version"] is None:
            given["version"] = np.full(len(np.asarray(given["item_ids"])), -1)
        parts = {name: integers(values, name) for name, values in given.items()}
        same_length(parts)
        ids = parts["item_ids"]
        if len(distinct(ids)) != len(ids):
            raise ValueError("item_ids holds an id twice")
        column, first = _columns(parts["recording"])
        self.first_id: Ints = ids[first]
        """The id of each column's first copy."""
        artist, n_artists = _dense(parts["artist"][first])
        album, n_albums = _dense(parts["album"][first])
        genre, n_genres = _dense(parts["genre"][first])
        year = np.where(np.isin(parts["year"], YEARS), parts["year"], 0)[first].astype(np.int32)
        version, _ = _dense(parts["version"][first])
        self.columns = Columns(artist, album, genre, year, version, n_artists, n_albums, n_genres)
        order = np.argsort(ids, kind="stable")
        self._sorted = ids[order]
        if np.array_equal(self._sorted, self.first_id):  # as libraries are read: once is enough
            self._sorted = self.first_id
        self._columns = column[order].astype(np.int32)
        """Of each of the sorted ids."""
        self.duration_ms = np.minimum(parts["duration_ms"][first], np.iinfo(np.int32).max).astype(np.int32)

    def __len__(self) -> int:
        return len(self.first_id)

    def columns_of(self, item_ids: Ints) -> tuple[Ints, Bools]:
        """Columns of the known ids, and which of ``item_ids`` are known."""
        if len(self._sorted) == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(len(item_ids), dtype=bool)
        place = np.minimum(np.searchsorted(self._sorted, item_ids), len(self._sorted) - 1)
        known = self._sorted[place] == item_ids
        return self._columns[place[known]].astype(np.int64), known


def _columns(recording: Ints) -> tuple[Ints, Ints]:
    """Column of each row in order of first appearance, and the first row of each column. Negative: its own column."""
    codes = recording.copy()
    alone = codes < 0
    codes[alone] = -1 - np.arange(len(codes))[alone]
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[inverse].astype(np.int64), first[order].astype(np.int64)


def _dense(codes: Ints) -> tuple[NDArray[np.int32], int]:
    known = codes >= 0
    values, inverse = np.unique(codes[known], return_inverse=True)
    dense = np.full(len(codes), -1, dtype=np.int32)
    dense[known] = inverse
    return dense, len(values)
