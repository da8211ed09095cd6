"""What the listener asks the library for: words in fields, ranges of numbers, marks. Values only."""

from dataclasses import dataclass
from typing import Literal

Field = Literal["any", "title", "artist", "album", "composer", "genre"]
"""``any``: title, artist, album and composer together."""
Number = Literal["year", "plays", "rating", "added"]
Mark = Literal["never-played", "missing"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand one after the other in a field; ``text`` is in the form of ``domain.text.search_form``."""

    text: str
    field: Field = "any"
    without: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A number of the track, both ends included; ``None`` is open.

    ``rating`` is 0 to 100, 0 for tracks without one; ``added`` is UTC milliseconds.
    """

    number: Number
    low: int | None = None
    high: int | None = None
    without: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A track without plays, or one whose file is missing."""

    mark: Mark
    without: bool = False


Part = Words | Between | Marked


@dataclass(frozen=True, slots=True)
class Query:
    """All parts must hold. ``text`` is what was typed, which is also how a query is kept."""

    text: str = ""
    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def words(self) -> tuple[Words, ...]:
        """The words that must be there."""
        return tuple(part for part in self.parts if isinstance(part, Words) and not part.without)

    @property
    def phrase(self) -> str:
        """The words outside named fields as one text: what a title or a name may begin with."""
        return " ".join(part.text for part in self.words if part.field == "any")
