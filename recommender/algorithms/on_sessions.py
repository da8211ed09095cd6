"""A table algorithm for one listener: the sessions are the rows, the running session is the row to complete."""

from collections.abc import Callable
from typing import Self

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.base import NOTHING, Algorithm, Fact, Profile
from recommender.algorithms.session_knn import context_weights
from recommender.algorithms.table import TableAlgorithm
from recommender.arrays import Floats, Ints
from recommender.history import History
from recommender.interactions import Interactions


class OnSessions(Algorithm):
    """Scores of the context as one row, later tracks weighing more. Fitted when first asked after a change.

    The fit costs what the table's does on (sessions, items); a question one row of its ``scores``.
    """

    name = "on_sessions"

    def __init__(self, make: Callable[[], TableAlgorithm]) -> None:
        super().__init__()
        self._make = make
        self._fitted: TableAlgorithm | None = None
        self._seen = -1

    @property
    def table(self) -> TableAlgorithm:
        """The table algorithm, fitted on all of the history."""
        history = self.history
        if self._fitted is None or self._seen != len(history):
            rows = Interactions.from_sessions(history.sessions, history.items, history.at_s, history.n_items)
            self._fitted, self._seen = self._make().fit(rows), len(history)
        return self._fitted

    def fit(self, history: History) -> Self:
        """Remembers the history; the table is made when it is needed."""
        self._fitted = None
        return super().fit(history)

    def update(self, history: History) -> Self:
        """As ``fit`` when it is another history; else what was appended is noticed at the next question."""
        return super().update(history) if history is self._history else self.fit(history)

    def scores(self, profile: Profile) -> Floats:
        """float64 (n_items,); the context itself scores 0."""
        weights = context_weights(profile, self.history.n_items)
        columns = np.flatnonzero(weights)
        if len(columns) == 0:
            return np.zeros(self.history.n_items)
        cells = (weights[columns].astype(np.float32), columns, np.array([0, len(columns)]))
        found: Floats = self.table.scores(csr_array(cells, shape=(1, self.history.n_items)))[0].astype(np.float64)
        found[columns] = 0.0
        return found

    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """One fact an item: the whole score, and the context item without which it would be lowest."""
        amounts = self.scores(profile)
        context = list(dict.fromkeys(profile.context.tolist()))
        lost = np.zeros((len(context), self.history.n_items))
        for place, column in enumerate(context if len(context) > 1 else []):
            rest = profile.context[profile.context != column]
            without = self.scores(Profile(profile.now_s, rest, profile.chosen, profile.own_session))
            lost[place] = amounts - without
        because = [context[int(np.argmax(lost[:, item]))] if context else NOTHING for item in items.tolist()]
        return [
            (Fact(self.name, float(amounts[item]), why if amounts[item] else NOTHING, 0),)
            for item, why in zip(items.tolist(), because, strict=True)
        ]
