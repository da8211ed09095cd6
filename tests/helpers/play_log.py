"""Stands for the log of plays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.domain.errors import DatabaseLocked
from app.domain.ids import PlayId
from app.domain.play import Play


@dataclass
class FakePlayLog:
    """Keeps plays in lists, and can be locked."""

    plays: list[Play] = field(default_factory=list)
    kept: list[Play] = field(default_factory=list)
    """What was told of plays that went on."""
    locked: bool = False
    waiting: list[Play] = field(default_factory=list)

    def ended(self, play: Play) -> None:
        self.waiting.append(play)

    def going(self, play: Play) -> None:
        self.kept.append(play)

    def write(self, written: Callable[[Play], None]) -> None:
        if self.waiting and self.locked:
            raise DatabaseLocked("Another program holds the database.")
        while self.waiting:
            self.plays.append(replace(self.waiting.pop(0), id=PlayId(len(self.plays) + 1)))
            written(self.plays[-1])
