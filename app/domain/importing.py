"""What an import of a listening history comes to, before it is done and after."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far it is: bytes while the files are read, plays while they are compared."""

    done: int
    total: int
    comparing: bool = False


@dataclass(frozen=True, slots=True)
class Unusable:
    """Rows that are no plays, for one reason."""

    reason: str
    """In English, for ``say``."""
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was found; the same whether it was only looked at or taken over."""

    sources: tuple[str, ...] = ()
    """Who told it, as people call them."""
    read: int = 0
    """All rows, those that cannot be used among them."""
    matched: int = 0
    """Plays of music that the library has, known ones among them."""
    known: int = 0
    """Plays that are in the log already: from here, from the companion, or from an import before."""
    doubled: int = 0
    """Plays that these files tell twice."""
    new: int = 0
    """Plays that were added, or would be."""
    unusable: tuple[Unusable, ...] = ()
    first_ms: int = 0
    last_ms: int = 0
    """When the first and the last play began, of those that can be used; 0 where there are none."""
    strangers: tuple[tuple[str, int], ...] = ()
    """Artists whose plays match nothing here, those with most plays first."""
    seconds: float = 0.0
    dry: bool = True
    """Nothing was written."""
    cancelled: bool = False

    @property
    def refused(self) -> int:
        """Rows that cannot be used."""
        return sum(each.count for each in self.unusable)

    @property
    def usable(self) -> int:
        """Plays, however often they are told."""
        return self.read - self.refused

    @property
    def rate(self) -> float:
        """The share of the plays that is of music the library has."""
        return self.matched / self.usable if self.usable else 0.0
