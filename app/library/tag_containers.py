"""One face for the families of tags that mutagen writes: what a field says, saying something else, and all the rest.

A container knows its tags as a list of (key, value) pairs in a form that JSON can hold. The fields to edit own some of
the keys; what they held is given back exactly by :meth:`Container.restore`; everything else is the rest, which no edit
may change. Runs in the tag editor's child.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.domain.clean import clean
from app.domain.errors import SegueError
from app.domain.tag_edit import NUMBER_FIELDS, tempo
from app.library.edit_fields import with_partners

Pair = list[Any]
"""A key and what it holds, as JSON can hold it."""


class Container(ABC):
    """The tags of one family in one file."""

    names: Mapping[str, tuple[str, ...]]
    joins = False
    """A number and its total stand in one value: ``3/12``."""
    bare = False
    """The file has no tag of this family, and :meth:`take_out` can bring that about again."""
    taken_out = False
    beside = ""
    """An older tag that is written along with this one, as hexadecimal digits."""

    @abstractmethod
    def texts(self, field: str) -> list[str]:
        """What the keys of a field hold, as text; of a number with its total ``3/12``."""

    @abstractmethod
    def held(self, fields: Iterable[str]) -> list[Pair]:
        """Everything under the keys of these fields."""

    @abstractmethod
    def drop(self, fields: Iterable[str]) -> None:
        """Takes out everything under the keys of these fields."""

    @abstractmethod
    def put_back(self, pairs: Iterable[Pair]) -> None:
        """Adds what :meth:`held` gave."""

    @abstractmethod
    def put(self, field: str, values: tuple[str, ...]) -> None:
        """Adds values under the first key of a field, where none of its keys holds anything."""

    @abstractmethod
    def rest(self, fields: Iterable[str]) -> Iterator[bytes]:
        """Everything but what :meth:`held` gives."""

    @abstractmethod
    def save(self) -> None:
        """Writes the tags to the file."""

    def says(self, field: str) -> tuple[str, ...]:
        """What a field says, in the form that edits are compared in."""
        texts = [said for text in self.texts(field) if (said := clean(text))]
        if field.endswith("_total"):
            behind = self.texts(field.replace("_total", "_no"))
            return _number(texts) or _number([text.partition("/")[2] for text in behind])
        if field in NUMBER_FIELDS:
            return _number(texts)
        if field == "compilation":
            return ("1",) if texts and texts[0].lower() in {"1", "true", "yes"} else ()
        if field == "bpm":
            return _tempo(texts)
        if field == "date":
            return tuple(text[:10] for text in texts[:1])
        return tuple(dict.fromkeys(texts))

    def change(self, changes: Mapping[str, tuple[str, ...]]) -> None:
        """Makes fields say something else; the partner of a number keeps its value."""
        fields = with_partners(changes)
        whole = {field: changes.get(field, self.says(field)) for field in fields}
        self.drop(fields)
        for field, values in (_joined(whole) if self.joins else whole).items():
            if values:
                self.put(field, values)

    def fit(self, field: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """What this family can hold of values."""
        del field
        return values

    def restore(self, fields: Iterable[str], pairs: Iterable[Pair]) -> None:
        """Gives the keys of these fields what they held."""
        self.drop(fields)
        self.put_back(pairs)

    def take_out(self) -> None:
        """Where nothing is left in the tag, :meth:`save` leaves no tag; only families that can be bare heed it."""
        self.taken_out = True

    def put_beside(self, former: str) -> None:
        """Makes :meth:`save` leave the older tag as it was; only families that have one heed it."""
        self.beside = former

    def digest(self, fields: Iterable[str]) -> str:
        """A hash of the rest."""
        found = hashlib.blake2b()
        for piece in self.rest(fields):
            found.update(b"%d:" % len(piece) + piece)
        return found.hexdigest()

    def place(self, field: str, key: str) -> int | None:
        """How far in front a key stands among those of a field; ``None``: it is none of them."""
        small = key.lower()
        return next((n for n, name in enumerate(self.names[field]) if name.lower() == small), None)

    def owns(self, fields: Iterable[str], key: str) -> bool:
        """True where a key is one of these fields'."""
        return any(self.place(field, key) is not None for field in fields)

    def first_of(self, field: str, found: Iterable[tuple[str, list[str]]]) -> list[str]:
        """Out of (key, texts): the texts of the name that goes before the others."""
        placed = [(place, texts) for key, texts in found if (place := self.place(field, key)) is not None]
        first = min((place for place, _ in placed), default=0)
        return [text for place, texts in placed if place == first for text in texts]


def _joined(whole: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Numbers and their totals as one value under the number."""
    out = {field: values for field, values in whole.items() if not field.endswith("_total")}
    for field, values in whole.items():
        if field.endswith("_total") and values:
            number = field.replace("_total", "_no")
            out[number] = (f"{''.join(whole[number]) or '0'}/{values[0]}",)
    return out


def _number(texts: list[str]) -> tuple[str, ...]:
    digits = texts[0].partition("/")[0].strip() if texts else ""
    value = int(digits[:9]) if digits.isdecimal() and digits.isascii() else 0
    return (str(value),) if value else ()


def _tempo(texts: list[str]) -> tuple[str, ...]:
    try:
        return (tempo(texts[0]),) if texts else ()
    except SegueError:
        return ()
