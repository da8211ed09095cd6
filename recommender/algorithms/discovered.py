"""What was discovered together: first plays close in time, as a new album or an evening's find."""

import numpy as np

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.algorithms.session_knn import context_weights
from recommender.arrays import Floats, Ints
from recommender.history import DAY_S, History

DAYS = 3.0
SHRINKAGE = 5.0


class Discovered(Algorithm):
    """Sum over context items c of near(c, i) / (sum over all items of near(c, .) + shrinkage).

    near = 2^-(days between the first listens / ``days``). On a day when everything is new (a library just imported)
    a common first day says little: that is what the division does. O(n_items) a context item, nothing kept.
    """

    name = "discovered"

    def __init__(self, days: float = DAYS, shrinkage: float = SHRINKAGE) -> None:
        super().__init__()
        self.days, self.shrinkage = days, shrinkage

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,); the context itself and what was never heard score 0."""
        history = self.history.until(profile.now_s)
        known, first_s = first_listens(history)
        total = np.zeros(history.n_items)
        weights = context_weights(profile, history.n_items)
        for column in dict.fromkeys(profile.context.tolist()):
            total[known] += weights[column] * self._near(column, known, first_s)
        total[profile.context] = 0.0
        return total

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact for each context item found near to an item, most first; the count is the days between."""
        history = self.history.until(profile.now_s)
        known, first_s = first_listens(history)
        weights = context_weights(profile, history.n_items)
        context = set(profile.context.tolist())
        place = {item: at for at, item in enumerate(known.tolist())}
        found: list[list[Fact]] = [[] for _ in items]
        for column in dict.fromkeys(profile.context.tolist()):
            near = self._near(column, known, first_s)
            for row, item in enumerate(items.tolist()):
                if item in place and item not in context and near[place[item]] > 0:
                    days = abs(int(first_s[place[item]]) - int(first_s[place[column]])) // DAY_S
                    found[row].append(Fact(self.name, float(weights[column] * near[place[item]]), column, days))
        none = (Fact(self.name, 0.0, NOTHING, 0),)
        return [tuple(sorted(facts, key=lambda fact: -fact.amount)) or none for facts in found]

    def _near(self, column: int, known: Ints, first_s: Ints) -> Floats:
        """Shrunk nearness of each known item to one, float64 (n_known,); all 0 when that one was never heard."""
        at = int(np.searchsorted(known, column))
        if at == len(known) or int(known[at]) != column:
            return np.zeros(len(known))
        near = np.exp2(-np.abs(first_s - first_s[at]) / (self.days * DAY_S))
        near[at] = 0.0
        return np.asarray(near / (near.sum() + self.shrinkage), dtype=np.float64)


def first_listens(history: History) -> tuple[Ints, Ints]:
    """Columns that were listened to, ascending, and when each was for the first time, both int64. O(n log n)."""
    known, place = np.unique(history.items, return_index=True)
    return known.astype(np.int64), history.at_s[place].astype(np.int64)
