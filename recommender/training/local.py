"""A community model from tables in memory, by scipy."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.als import ALS
from recommender.arrays import Ints
from recommender.community import Community, Factors, Near
from recommender.products import padded
from recommender.similarity import nearest_cells, top_k
from recommender.weighting import Weighting, shortened

K, K_ARTISTS, FACTORS = 100, 100, 32
ARTIST_SHRINKAGE = 5.0
LONGEST_ROW = 5_000


def train(listeners: Any, sessions: Any, artist: Ints, k: int = K, factors: int = FACTORS) -> Community:
    """A model of the columns of two tables of plays, CSR (listeners or sessions, n_items); ``artist``: (n_items,).

    Neighbours: cosine of sessions, top ``k``. Factors: iALS on listeners, BM25. Near artists: cosine of listeners with
    log weights and shrinkage. Cost: the sum of squared session lengths, and that of ``ALS``.
    """
    table = csr_array(listeners, dtype=np.float32)
    n_items = table.shape[1]
    if 0 in table.shape:
        return Community.of(Near.none(n_items), np.zeros(n_items), 0)
    cells = nearest_cells(csr_array(sessions, dtype=np.float32), k, shrinkage=0.0)
    found = ALS(factors=factors).fit_matrix(table).arrays()
    by_artist, n_artists = _by_artist(table, artist)
    weighted = shortened(Weighting("log").of(by_artist), LONGEST_ROW)
    near = top_k(weighted, K_ARTISTS, ARTIST_SHRINKAGE) if n_artists else None
    return Community.of(
        _near(cells, k),
        np.bincount(table.indices, minlength=n_items),
        table.shape[0],
        Factors(found["items"], float(found["penalty"][0]), float(found["mean_total"][0])),
        artist if near is not None else None,
        None if near is None else Near.of(near.items, near.values),
    )


def _by_artist(table: Any, artist: Ints) -> tuple[Any, int]:
    known = np.flatnonzero(artist >= 0)
    n_artists = int(artist.max(initial=-1)) + 1
    turn = csr_array((np.ones(len(known), np.float32), (known, artist[known])), shape=(table.shape[1], n_artists))
    return csr_array(table @ turn), n_artists


def _near(cells: Any, k: int) -> Near:
    return Near.of(*padded(cells, k))
