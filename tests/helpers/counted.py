"""A database that counts the steps SQLite takes in it: a measure of work that no machine and no clock changes."""

import sqlite3
from collections.abc import Callable

from app.storage.database import Database

_A_COUNT = 100


class Counted(Database):
    """Counts hundreds of steps."""

    steps = 0

    def here(self) -> sqlite3.Connection:
        found = super().here()
        found.set_progress_handler(self._step, _A_COUNT)
        return found

    def of(self, work: Callable[[], object]) -> int:
        """What one piece of work takes."""
        before = self.steps
        work()
        return self.steps - before

    def _step(self) -> int:
        self.steps += 1
        return 0
