"""The search language: what is typed into the one field, as a query. Any text is a query.

    pink floyd                  both words, anywhere in title, artist, album or composer
    "dark side"                 these words, one after the other
    -live                       without this word
    artist:floyd album:"the wall" title:hey genre:rock composer:bach
    year:1990  year:1990..1999  year:1990-1999  year:>=1990  year:1990s  year:90s
    plays:>5  plays:0  rating:>=4 (stars, 0 is unrated)  rating:3.5
    added:<30d                  in the last 30 days; d, w, m (30 days), y
    never-played  missing       put them in quotes to search for the words

What is no operator is a word: "year:soon" looks for "year soon".
"""

import re
import time
from dataclasses import replace

from app.domain.query import Between, Field, Mark, Marked, Number, Part, Query, Words
from app.domain.text import search_form

_MAX_CHARS = 1_000
_MAX_PARTS = 24
_MAX_WORD_CHARS = 100
_DAY_MS = 86_400_000
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365, "": 1}
_FIELDS: tuple[Field, ...] = ("title", "artist", "album", "composer", "genre")
_NUMBERS: tuple[Number, ...] = ("year", "plays", "rating")
_MARKS: tuple[Mark, ...] = ("never-played", "missing")
_SPACED = re.compile(
    rf"(?<![^\s-])({'|'.join((*_FIELDS, *_NUMBERS, 'added'))}):\s+(?=[^\s-])(?![a-z]+:)", re.ASCII | re.IGNORECASE
)
"""An operator with its value after a space; another operator is none."""
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "：": ":", "＂": '"', "\0": " "})
_PIECE = re.compile(r'(?P<minus>-)?(?:(?P<name>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))?|\S')
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""The letters, digits and signs that East Asian keyboards give, as those of ASCII."""
_RANGE = re.compile(r"(?P<low>[0-9]{1,9})?\.\.(?P<high>[0-9]{1,9})?")
_DASHED = re.compile(r"([0-9]{1,9})[-–]([0-9]{1,9})")
_SIGN = re.compile(r"(?P<sign>>=|<=|>|<|=)?(?P<value>[0-9]{1,9})(?P<decade>s)?")
_AGE = re.compile(r"(?P<sign>>=|<=|>|<|=)?(?P<value>[0-9]{1,6})(?P<unit>[dwmy]?)")
_HALVES = re.compile(r"[0-9][.,]5(?![0-9])")
_STARS = re.compile(r"([0-9]{1,9})([.,]5(?![0-9]))?")
_STAR = 20
_THIS_CENTURY = 30
"""The 20s are of this century, the 30s of the last."""


def parse(text: str, now_ms: int | None = None) -> Query:
    """The query that a text is; ``now_ms`` is what ages count from, the present by default.

    >>> [part.text for part in parse('Beyoncé "Crazy in"').words]
    ['beyonce', 'crazy in']
    """
    text = text[:_MAX_CHARS].encode("utf-8", "ignore").decode()
    now_ms = int(time.time() * 1000) if now_ms is None else now_ms
    parts: list[Part] = []
    for piece in _PIECE.finditer(_SPACED.sub(r"\1:", text.translate(_SAME))):
        part = _part(piece, now_ms)
        if part is not None and part not in parts:
            parts.append(part)
        if len(parts) == _MAX_PARTS:
            break
    return Query(text, _without_stray_marks(parts))


def words_alone(query: Query) -> str:
    """The words of a query that asks for more than words, to be looked for in all fields; else empty.

    >>> words_alone(parse("artist:floyd year:1970 wall")), words_alone(parse("floyd wall"))
    ('floyd wall', '')
    """
    return " ".join(part.text for part in query.words) if asks_closely(query) else ""


def asks_closely(query: Query) -> bool:
    """True where a query asks for more than words.

    >>> asks_closely(parse("missing")), asks_closely(parse("floyd wall"))
    (True, False)
    """
    return not all(isinstance(part, Words) and part.field == "any" and not part.without for part in query.parts)


def _part(piece: re.Match[str], now_ms: int) -> Part | None:
    without, name = bool(piece["minus"]), (piece["name"] or "").lower()
    quoted = piece["quoted"] is not None
    value = piece["quoted"] or piece["plain"] or ""
    if not name:
        if not quoted and value.lower() in _MARKS:
            return Marked(next(mark for mark in _MARKS if mark == value.lower()), without)
        return _words(value or piece[0], "any", without)
    if name in _FIELDS:  # nothing after it yet: still being typed
        return _words(value, next(field for field in _FIELDS if field == name), without)
    found = _number(name, value.translate(_NARROW).lower(), now_ms)
    if found is not None:
        return replace(found, without=without)
    if not value and (name in _NUMBERS or name == "added"):
        return None
    return _words(f"{name} {value}", "any", without)


def _words(value: str, field: Field, without: bool) -> Words | None:
    form = search_form(value[:_MAX_WORD_CHARS])
    return Words(form, field, without) if form else None


def _without_stray_marks(parts: list[Part]) -> tuple[Part, ...]:
    """A dash between words is no word, but a name of marks alone is ("!!!")."""

    def stray(part: Part) -> bool:
        return isinstance(part, Words) and not any(letter.isalnum() for letter in part.text)

    kept = tuple(part for part in parts if not stray(part))
    return kept or tuple(part for part in parts if not (isinstance(part, Words) and part.without))


def _number(name: str, value: str, now_ms: int) -> Between | None:
    if name == "added":
        return _age(value, now_ms)
    if name == "rating":
        return _stars(value)
    number = next((number for number in _NUMBERS if number == name), None)
    bounds = _bounds(value) if number else None
    return Between(number, *bounds) if number and bounds else None


def _stars(value: str) -> Between | None:
    """A star is twenty points, and what is nearer to it than to the next; who asks for half a star counts in halves."""
    step = _STAR
    if _HALVES.search(value):
        step = _STAR // 2
        value = _STARS.sub(lambda found: str(int(found[1]) * 2 + bool(found[2])), value)
    bounds = _bounds(value)
    if bounds is None:
        return None
    low, high = bounds
    low = None if low is None else max(low * step - step // 2, 0)
    return Between("rating", low, None if high is None else high * step + step // 2 - 1)


def _bounds(value: str) -> tuple[int | None, int | None] | None:
    if (found := _RANGE.fullmatch(value)) and (found["low"] or found["high"]):
        return _in_order(int(found["low"]) if found["low"] else None, int(found["high"]) if found["high"] else None)
    if dashed := _DASHED.fullmatch(value):
        return _in_order(int(dashed[1]), int(dashed[2]))
    found = _SIGN.fullmatch(value)
    if not found:
        return None
    number = int(found["value"])
    if found["decade"]:
        return None if found["sign"] else _decade(found["value"])
    return {
        ">=": (number, None),
        "<=": (None, number),
        ">": (number + 1, None),
        "<": (None, number - 1),
    }.get(found["sign"] or "", (number, number))


def _in_order(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """``1999..1990`` is the same time, looked at from its other end."""
    return (high, low) if low is not None and high is not None and high < low else (low, high)


def _decade(digits: str) -> tuple[int, int]:
    """``1990s``, or ``90s``, which is the same."""
    first = int(digits)
    if len(digits) == len("90"):
        first += 2000 if first < _THIS_CENTURY else 1900
    return first, first + 9


def _age(value: str, now_ms: int) -> Between | None:
    """``<30d``, as ``30d``, is what came in the last thirty days; ``>1y`` what has been here for longer."""
    found = _AGE.fullmatch(value)
    if not found:
        return None
    then = max(now_ms - int(found["value"]) * _UNITS[found["unit"]] * _DAY_MS, 0)
    return Between("added", None, then) if (found["sign"] or "").startswith(">") else Between("added", then, None)
