"""No opinion: the same numbers for the same seed and day. What every other algorithm must beat."""

import numpy as np

from recommender.algorithms.base import Algorithm, Fact, Profile
from recommender.arrays import Floats, Ints
from recommender.history import DAY_S
from recommender.ranking import turns


class Random(Algorithm):
    """Uniform in 0..1 by item, seed and day."""

    name = "random"

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        self.seed = seed

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,)."""
        day = int(profile.now_s // DAY_S)
        return turns(np.arange(self.history.n_items, dtype=np.int64), day * 1_000_003 + self.seed)

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact an item, which says nothing."""
        return self._one_fact(items, profile, np.zeros(self.history.n_items, dtype=np.int64))
