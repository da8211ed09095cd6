"""Editing what files say: which fields there are, what may stand in them, and what came of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.clean import clean
from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.words import mark, say

Value = str | int | float | bool | Sequence[str] | None
"""One value, several (artists, genres), or ``None``: take it out."""
Wanted = Mapping[str, tuple[str, ...]]
"""A field to what it shall say; ``()``: nothing."""

TEXT_FIELDS = ("title", "album", "title_sort", "artist_sort", "album_sort", "album_artist_sort")
LIST_FIELDS = ("artist", "artists", "album_artist", "genre", "composer")
NUMBER_FIELDS = ("track_no", "track_total", "disc_no", "disc_total")
FIELDS = (*TEXT_FIELDS, *LIST_FIELDS, *NUMBER_FIELDS, "date", "compilation", "bpm")
"""Everything that can be edited. A rating is the library's own; lyrics and pictures are left alone."""

_DATE = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MAX_NUMBER = 9_999
_MAX_BPM = 999.0
_MAX_VALUES = 64
_NAMES = {
    "track_no": mark("A track number"),
    "track_total": mark("The number of tracks"),
    "disc_no": mark("A disc number"),
    "disc_total": mark("The number of discs"),
}


@dataclass(frozen=True, slots=True)
class TagUndo:
    """What gives one file back exactly what it said before an edit."""

    track_id: TrackId
    path: bytes
    fields: tuple[str, ...]
    former: str
    left: str
    """What the fields held, and what the edit left in them: for the tag writer alone."""


@dataclass(frozen=True, slots=True)
class TagFailure:
    """A file that was left as it was, and why."""

    path: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class TagProgress:
    """How far an edit of many files is."""

    done: int
    total: int
    path: bytes
    """The file at hand."""


@dataclass(slots=True)
class TagReport:
    """What came of an edit."""

    changed: list[TrackId] = field(default_factory=list)
    unchanged: list[TrackId] = field(default_factory=list)
    """They said so already; their files were not touched."""
    failed: list[TagFailure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Sentences about side effects."""
    undo: list[TagUndo] = field(default_factory=list)
    cancelled: bool = False
    """Stopped between two files; those before it are changed."""
    took_back: bool = False
    """It undid another edit."""


def wanted(changes: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    """What the fields shall say, in the form they are compared in.

    Raises:
        SegueError: there is no such field, or it cannot say this; nothing has been touched.
    """
    if unknown := sorted(set(changes) - set(FIELDS)):
        raise SegueError(say("There is no field {!r} to edit.", clean(unknown[0], 50)))
    return {name: _said(name, value) for name, value in changes.items()}


def _said(name: str, value: Value) -> tuple[str, ...]:
    if name == "compilation":
        return ("1",) if value in (True, 1, "1") else ()
    given = [value] if isinstance(value, str | int | float) else list(value or ())
    texts = [said for one in given if (said := clean(str(one)))]
    if not texts:
        return ()
    if name in LIST_FIELDS:
        return tuple(dict.fromkeys(texts))[:_MAX_VALUES]
    if len(texts) > 1:
        raise SegueError(say("This field holds one value only."))
    return (_checked(name, texts[0]),)


def _checked(name: str, text: str) -> str:
    if name in NUMBER_FIELDS:
        if not (text.isascii() and text.isdecimal() and 0 < int(text[:10]) <= _MAX_NUMBER):
            raise SegueError(say("{field} lies between 1 and {most:,}.", field=say(_NAMES[name]), most=_MAX_NUMBER))
        return str(int(text))
    if name == "date" and not _DATE.fullmatch(text):
        raise SegueError(say("A date is a year, or year, month and day: 1997 or 1997-05-21."))
    if name == "bpm":
        return tempo(text)
    return text


def tempo(text: str) -> str:
    """Beats a minute in their shortest form.

    Raises:
        SegueError: it is no tempo.
    """
    try:
        value = float(text[:20].replace(",", "."))
    except ValueError:
        value = 0.0
    if not 1 <= value <= _MAX_BPM:
        raise SegueError(say("Beats a minute lie between 1 and {:g}.", _MAX_BPM))
    return f"{value:.2f}".rstrip("0").rstrip(".")
