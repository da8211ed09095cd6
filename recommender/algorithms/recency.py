"""How present each item is in memory: ACT-R base level over its plays (Anderson 1991; Reiter-Haas et al. 2021)."""

import numpy as np

from recommender.algorithms.base import Algorithm, Fact, Profile
from recommender.arrays import Floats, Ints
from recommender.history import History
from recommender.weighting import recency_weights

DECAY = 0.9
FLOOR = 1e-4


def base_level(history: History, now_s: float, decay: float) -> Floats:
    """log(1 + 1e4 * sum over listens of hours^-decay), float64 (n_items,): log(sum + 1e-4) moved so that never is 0."""
    weights = recency_weights(history.at_s, now_s, decay)
    return np.asarray(np.log1p(np.bincount(history.items, weights, history.n_items) / FLOOR), dtype=np.float64)


def artist_level(history: History, now_s: float, decay: float) -> Floats:
    """The same over all listens of the item's artist, float64 (n_items,); 0 for an unknown artist."""
    columns = history.columns
    weights = recency_weights(history.at_s, now_s, decay)
    artist = columns.artist[history.items] + 1
    totals = np.bincount(artist, weights, columns.n_artists + 1)
    totals[0] = 0.0
    return np.asarray(np.log1p(totals / FLOOR)[columns.artist + 1], dtype=np.float64)


class Recency(Algorithm):
    """Base level with decay .9, the best single signal for the next session. O(n_listens)."""

    name = "recency"

    def __init__(self, decay: float = DECAY) -> None:
        super().__init__()
        self.decay = decay

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,)."""
        return base_level(self.history, profile.now_s, self.decay)

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact an item; the count is its listens."""
        return self._one_fact(items, profile, self.history.tallies.listens)
