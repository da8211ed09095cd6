"""What a source of plays is, and what it is recognised by: the head of a file, never its name alone."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.history.import_.row import Refused, Row
from app.history.import_.texts import Stream, json_line, json_lines, json_objects, lines

HEAD_BYTES = 1 << 20
"""A page of two hundred plays is one object, and has to be whole."""
_MOST_CHARS = 4_000
_MOST_LINES = 20
WRAPPERS = ("recenttracks", "payload", "scrobbles")
"""Pages of an interface that were saved as they came: the plays are in a list inside."""

Values = Iterator[dict[str, Any] | Refused]


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file."""

    lines: tuple[str, ...]
    first: dict[str, Any]
    """The first object of JSON; empty where there is none."""
    by_line: bool
    """Each line is an object of its own."""

    @classmethod
    def of(cls, raw: bytes) -> "Head":
        """Out of the first bytes."""
        raw = raw[:HEAD_BYTES]
        found = [line for line in lines(io.BytesIO(raw)) if isinstance(line, str)][:_MOST_LINES]
        alone = json_line(found[0]) if found else None
        by_line, first = isinstance(alone, dict), None
        if isinstance(alone, dict):
            first = next(_each_inside(iter([alone])), None)
        elif found and found[0][:1] in "[{":
            first = next(_each_inside(json_objects(io.BytesIO(raw))), None)
        shown = tuple(line[:_MOST_CHARS] for line in found)
        return cls(shown, first if isinstance(first, dict) else {}, by_line)


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of file."""

    client: str
    """What its plays are kept under."""
    label: str
    """What a person calls it; a name, the same in every language."""
    recognises: Callable[[Head], bool]
    read: Callable[[Stream, Head, int], Iterator[Row | Refused]] = field(repr=False)
    """The rows of a file: its stream, its head, and the time now in ms."""


def objects(stream: Stream, head: Head) -> Values:
    """The plays of a file of JSON: one a line, in an array, or in pages."""
    return _each_inside(json_lines(stream) if head.by_line else json_objects(stream))


def _each_inside(values: Values) -> Values:
    for value in values:
        inside = value if isinstance(value, Refused) else _plays_of(value)
        if isinstance(inside, list):
            yield from (one for one in inside if isinstance(one, dict))
        else:
            yield inside


def _plays_of(value: dict[str, Any]) -> dict[str, Any] | list[Any]:
    """The list inside a page; what is no page, as it is."""
    for name in WRAPPERS:
        page = value.get(name)
        if isinstance(page, dict):
            page = page.get("track", page.get("listens"))
        if isinstance(page, list):
            return page
    return value
