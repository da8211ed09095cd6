"""How often each item was listened to."""

import numpy as np

from recommender.algorithms.base import Algorithm, Fact, Profile
from recommender.arrays import Floats, Ints
from recommender.weighting import log_weights


class Popularity(Algorithm):
    """log(1 + listens). O(n_items)."""

    name = "popularity"

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,), the same at every moment."""
        return log_weights(self.history.until(profile.now_s).tallies.listens.astype(np.float64))

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact an item; the count is its listens."""
        return self._one_fact(items, profile, self.history.tallies.listens)
