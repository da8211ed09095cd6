"""What is played in the same sessions: item-item cosine, shrunk, the k nearest of each item."""

from typing import Self

import numpy as np

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.algorithms.session_knn import context_weights, sessions_shared
from recommender.arrays import Floats, Ints
from recommender.history import History
from recommender.interactions import Interactions
from recommender.similarity import NOBODY, Neighbours, disturbed, top_k

NEIGHBOURS = 100
SHRINKAGE = 10.0


class ItemKNN(Algorithm):
    """Sum over context items of their shrunk cosine. Rows of neighbours are made when first asked for and kept.

    After new plays only the rows they disturb are made again, so that an updated model equals a new one.
    """

    name = "item_knn"

    def __init__(self, k: int = NEIGHBOURS, shrinkage: float = SHRINKAGE) -> None:
        super().__init__()
        self.k = k
        self.shrinkage = shrinkage
        self._table = Interactions()
        self._seen = 0
        self._rows: dict[int, tuple[Ints, Floats]] = {}

    def fit(self, history: History) -> Self:
        """Builds the sessions x items table. O(n_listens)."""
        self._history = history
        self._table = Interactions.from_sessions(history.sessions, history.items, history.at_s, history.n_items)
        self._seen = len(history)
        self._rows = {}
        return self

    def update(self, history: History) -> Self:
        """Appends the listens since and forgets the rows they disturb. O(new) and one pass over the shared sessions."""
        if history is not self._history or len(history) < self._seen:
            return self.fit(history)
        new = np.arange(self._seen, len(history))
        for place in new.tolist():
            self._take_in(int(history.sessions[place]), int(history.items[place]), int(history.at_s[place]))
        self._seen = len(history)
        if self._rows and len(new):
            stale = disturbed(self._table.matrix, np.unique(history.items[new]).astype(np.int64))
            self._rows = {item: row for item, row in self._rows.items() if not stale[item]}
        return self

    def neighbours(self) -> Neighbours:
        """The k nearest of every item. Cost and memory: see ``similarity.top_k``."""
        return top_k(self._table.matrix, self.k, self.shrinkage)

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,); the context itself scores 0."""
        weights = context_weights(profile, self.history.n_items)
        total = np.zeros(self.history.n_items)
        for column in self._fresh(profile):
            items, values = self._rows[column]
            total[items] += weights[column] * values
        total[profile.context] = 0.0
        return total

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact for each context item near to an item, most first; the count is the sessions that held both."""
        weights = context_weights(profile, self.history.n_items)
        context = set(profile.context.tolist())
        found: list[list[Fact]] = [[] for _ in items]
        for column in self._fresh(profile):
            near = dict(zip(self._rows[column][0].tolist(), self._rows[column][1].tolist(), strict=True))
            shared = sessions_shared(self.history, column)
            for place, item in enumerate(items.tolist()):
                if item in near and item not in context:
                    amount = float(weights[column]) * near[item]
                    found[place].append(Fact(self.name, amount, column, int(shared[item])))
        none = (Fact(self.name, 0.0, NOTHING, 0),)
        return [tuple(sorted(facts, key=lambda fact: -fact.amount)) or none for facts in found]

    def _take_in(self, session: int, item: int, at_s: int) -> None:
        ids = self._table.row_ids
        if len(ids) == 0 or int(ids[-1]) != session:
            self._table.append(session, [item], at_s=at_s)
        elif item not in self._table.items_of(len(ids) - 1):
            self._table.extend_last([item], at_s=at_s)

    def _fresh(self, profile: Profile) -> list[int]:
        """Context items, with their rows made where they were missing."""
        context = list(dict.fromkeys(profile.context.tolist()))
        missing = np.asarray([column for column in context if column not in self._rows], dtype=np.int64)
        if len(missing):
            made = top_k(self._table.matrix, self.k, self.shrinkage, missing)
            for column, items, values in zip(missing.tolist(), made.items, made.values, strict=True):
                real = items != NOBODY
                self._rows[column] = (items[real].astype(np.int64), values[real])
        return context
