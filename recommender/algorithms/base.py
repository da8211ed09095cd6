"""What every algorithm is: fitted on a history, it scores all items for a moment and says why.

The arrays of a history are read lazily, so most algorithms keep nothing and their ``update`` is free.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar, Self

import numpy as np

from recommender.arrays import Codes, Floats, Ints
from recommender.history import History

NOTHING = -1


def no_items() -> Ints:
    """An empty row of columns."""
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The moment to score for."""

    now_s: float
    context: Ints = field(default_factory=no_items)
    """Columns, oldest first: the running session, or seeds."""
    chosen: bool = False
    """The context are seeds picked by hand: each has one vote, order says nothing."""
    own_session: int = NOTHING
    """Number of the running session, which is no neighbour of itself."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One share of a score, and what words need: the item it comes from (column, or NOTHING) and how many."""

    signal: str
    amount: float
    because: int = NOTHING
    count: int = 0


class Algorithm(ABC):
    """One way to score. ``fit`` first; then ``scores`` and ``explain`` as often as wanted."""

    name: ClassVar[str]

    def __init__(self) -> None:
        self._history: History | None = None

    @property
    def history(self) -> History:
        """The history it was fitted on."""
        if self._history is None:
            raise ValueError(f"{self.name} is not fitted")
        return self._history

    def fit(self, history: History) -> Self:
        """Learns from the whole history."""
        self._history = history
        return self

    def update(self, history: History) -> Self:
        """Takes in what was appended to the history since; equal to ``fit`` on all of it."""
        self._history = history
        return self

    @abstractmethod
    def scores(self, profile: Profile) -> Floats:
        """Score of every item, float64 (n_items,), finite, 0 where it has nothing to say."""

    @abstractmethod
    def explain(self, items: Ints, profile: Profile) -> list[tuple[Fact, ...]]:
        """For each of ``items`` the facts behind its score; their amounts sum to it within 1e-6."""

    def _one_fact(self, items: Ints, profile: Profile, counts: Ints | Codes) -> list[tuple[Fact, ...]]:
        """One fact an item: the whole score, with a count."""
        amounts = self.scores(profile)[items]
        return [
            (Fact(self.name, float(amount), NOTHING, int(counts[item])),)
            for item, amount in zip(items, amounts, strict=True)
        ]
