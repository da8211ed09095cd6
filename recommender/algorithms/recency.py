"""How present each item is in memory: ACT-R base level over its plays (Anderson 1991; Reiter-Haas et al. 2021)."""

import numpy as np

from recommender.algorithms.base import Algorithm, Fact, Profile
from recommender.arrays import Floats, Ints
from recommender.history import DAY_S, History

DECAY = 0.9
FLOOR = 1e-4


def base_level(history: History, now_s: float, decay: float) -> Floats:
    """log(1 + 1e4 * sum over listens of hours^-decay), float64 (n_items,): log(sum + 1e-4) moved so that never is 0."""
    return _level(history.base_level(now_s, decay))


def day_level(history: History, now_s: float, decay: float) -> Floats:
    """The same over distinct days with a listen: ten plays in one evening are one memory. float64 (n_items,)."""
    return _level(history.day_level(now_s, decay))


def artist_level(history: History, now_s: float, decay: float) -> Floats:
    """The same over all listens of the item's artist, float64 (n_items,); 0 for an unknown artist."""
    levels = np.append(_level(history.artist_level(now_s, decay)), 0.0)
    return np.asarray(levels[history.columns.artist], dtype=np.float64)


def listens_since(history: History, start_s: float) -> Ints:
    """Listens of each item that began at ``start_s`` or later, int64 (n_items,). O(n_items + found)."""
    first = int(np.searchsorted(history.at_s, start_s))
    return np.bincount(history.items[first:], minlength=history.n_items).astype(np.int64)


def days_known(history: History, now_s: float) -> Floats:
    """log(1 + days since the first listen), float64 (n_items,); 0 for what was never listened to."""
    first = history.tallies.first_listen_s
    return np.where(first >= 0, np.log1p(np.maximum(now_s - first, 0) / DAY_S), 0.0)


def _level(sums: Floats) -> Floats:
    level = np.zeros(len(sums))
    heard = np.flatnonzero(sums)
    level[heard] = np.log1p(sums[heard] / FLOOR)
    return level


class Recency(Algorithm):
    """Base level with decay .9, the best single signal for the next session. Cost: see ``History.base_level``."""

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
