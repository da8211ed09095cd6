"""Which recording each listen is of: listens that name an id, a name or both meet in one key.

A listen with a MusicBrainz id is of the recording that most listens with this id name; without a name anywhere the id
itself is the key. A listen without an id is of what it names. Everything is done once for each different way to say a
recording, never for each listen.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Bools, Codes, Ints
from recommender.keys import NO_KEY, artist_key, folded, hashed, joined, mbid_key
from recommender.training.listens import Listens


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """What each listen is of, and what the keys are called."""

    item: Codes
    """(listens,): places in ``keys``, -1 where nothing is named."""
    keys: Ints
    """Ascending."""
    artist: Ints
    """Of each key the artist's key, NO_KEY unknown; of several the highest."""
    said: Codes
    """Of each key the way to say it that most listens use, (keys, 2): codes of artist and title."""
    mbid_keys: Ints
    """Hashed MusicBrainz ids, ascending ..."""
    mbid_of: Ints
    """... the key each is of ..."""
    mbid_code: Codes
    """... and its code among the listens' ids."""


def resolved(listens: Listens) -> Resolved:
    """Keys of all listens. Cost: two sorts of the listens, and each different text once."""
    pair, named = _different(listens.artist, listens.title)
    way, ways = _different(listens.mbid, pair.astype(np.int32))
    mbid, (artist, title) = ways[:, 0], named[ways[:, 1]].T
    times = np.bincount(way, minlength=len(ways))
    by_names, by_mbid, artists = _hashes(listens, artist, title, mbid)
    mbid_keys, mbid_of = agreed(by_mbid, by_names, times)
    key = np.where(by_mbid == NO_KEY, by_names, _looked_up(mbid_keys, mbid_of, by_mbid))
    keys = np.unique(key[key != NO_KEY])
    code = np.where(key == NO_KEY, -1, np.searchsorted(keys, key)).astype(np.int32)
    known = np.flatnonzero(code >= 0)
    of_key = np.full(len(keys), NO_KEY, dtype=np.int64)
    np.maximum.at(of_key, code[known], artists[known])
    said = _first(code, _ranks(listens.titles)[title], _ranks(listens.artists)[artist], -times, by_names == NO_KEY)
    return Resolved(
        code[way],
        keys,
        of_key,
        np.stack([artist[said], title[said]], axis=1),
        mbid_keys,
        mbid_of,
        _code_of(mbid_keys, by_mbid, mbid),
    )


def agreed(by_mbid: Ints, by_names: Ints, times: Ints) -> tuple[Ints, Ints]:
    """Each different id, ascending, and the key that most listens with it name (of several the lowest), else the id.

    Rows: ways to say a recording, said so many ``times``.
    """
    has = by_mbid != NO_KEY
    order = np.lexsort((by_names[has], by_mbid[has]))
    mbids, names, times = by_mbid[has][order], by_names[has][order], times[has][order]
    begins = np.flatnonzero(borders(mbids, names))
    counts = np.add.reduceat(times, begins) if len(begins) else times
    mbids, names = mbids[begins], names[begins]
    best = np.lexsort((names, -counts, names == NO_KEY, mbids))
    first = best[borders(mbids[best])]
    return mbids[first], np.where(names[first] == NO_KEY, mbids[first], names[first])


def borders(*columns: NDArray[Any]) -> Bools:
    """Where rows that stand together begin, bool (n,)."""
    new = np.zeros(len(columns[0]), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new


def _different(left: Codes, right: Codes) -> tuple[Ints, Codes]:
    """The number of each row's pair, and the different pairs, (pairs, 2). Codes are at least -1."""
    both = (left.astype(np.int64) + 1) << 32 | (right.astype(np.int64) + 1)
    different, number = np.unique(both, return_inverse=True)
    return number, np.stack([(different >> 32) - 1, (different & 0xFFFFFFFF) - 1], axis=1).astype(np.int32)


def _hashes(listens: Listens, artist: Codes, title: Codes, mbid: Codes) -> tuple[Ints, Ints, Ints]:
    """Keys by names, by id, and of artists, of each way."""
    by = [*(folded(name, False) for name in listens.artists), ""]
    called = [*(folded(name, True) for name in listens.titles), ""]
    names = hashed([joined(by[one], called[other]) for one, other in zip(artist.tolist(), title.tolist(), strict=True)])
    ids = hashed([*map(mbid_key, listens.mbids), ""])
    artists = hashed([*map(artist_key, listens.artists), ""])
    return names, ids[mbid], artists[artist]


def _ranks(texts: list[str]) -> Ints:
    """Where each text stands in order, and 0 for none at the end."""
    ranks = np.zeros(len(texts) + 1, dtype=np.int64)
    ranks[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts)) + 1
    return ranks


def _first(code: Codes, *by: NDArray[Any]) -> Ints:
    """Of each code from 0 the row that comes first by these."""
    order = np.lexsort((*by, code))
    first = order[borders(code[order])]
    return first[code[first] >= 0]


def _code_of(mbid_keys: Ints, by_mbid: Ints, mbid: Codes) -> Codes:
    found = np.zeros(len(mbid_keys), dtype=np.int32)
    has = by_mbid != NO_KEY
    found[np.searchsorted(mbid_keys, by_mbid[has])] = mbid[has]
    return found


def _looked_up(keys: Ints, values: Ints, wanted: Ints) -> Ints:
    if len(keys) == 0:
        return np.full(len(wanted), NO_KEY, dtype=np.int64)
    return values[np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)]
