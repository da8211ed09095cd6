"""Numbers, dates and identifiers out of the text of tags: what is absurd says nothing."""

import math
import re
import unicodedata
from functools import lru_cache

_MAX_NUMBER = 99_999
_NUMBER = re.compile(r"\d{1,9}")
_OF = re.compile(r"(?:\d\s*(?:/|of|-)|^\s*/)\s*(\d{1,9})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_DATE = re.compile(r"\s*([12]\d{3})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2})(?!\d))?(?!\d))?")
_YEAR_LAST = re.compile(r"\s*(\d{2})(\d{2})([12]\d{3})(?!\d)")
_SIDE = re.compile(r"\s*(?:side\s+)?([a-l])(?:[\s,.:-]*(\d{1,2}))?(?![^\W_])", re.IGNORECASE)
_DECIMAL = re.compile(r"[-+]?(?:\d{1,6}(?:[.,]\d{1,9})?|(?<!\w)[.,]\d{1,9})(?:[eE][-+]?\d{1,2}(?!\d))?")
_MINUS = str.maketrans(dict.fromkeys("\u2010\u2012\u2013\u2212\ufe63\uff0d", "-"))
"""What word processors and other scripts put in the place of the sign."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}(?![A-Z0-9])")
_MAX_IDS_CHARS = 4_000
_HEX = re.compile(r"\s*([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})")


def number(values: list[str]) -> int | None:
    """The first number of ``3/12``; nought, absurd numbers and nothing before the total (``/12``) say nothing."""
    return _number(values[0][:40].partition("/")[0])


@lru_cache(maxsize=512)
def _number(text: str) -> int | None:
    found = _NUMBER.search(text)
    value = int(found[0]) if found else 0
    return value if 0 < value <= _MAX_NUMBER else None


def total(values: list[str]) -> int | None:
    """The second number of ``3/12``."""
    return _total(values[0][:40])


@lru_cache(maxsize=512)
def _total(text: str) -> int | None:
    found = _OF.search(text)
    value = int(found[1]) if found else 0
    return value if 0 < value <= _MAX_NUMBER else None


def side(values: list[str]) -> tuple[int, int] | None:
    """Where a piece is on a vinyl record, as (side from 1 on, number on it): ``B2``; alone on a side, ``A`` or ``AA``.

    >>> side(["B2"]), side(["AA"]), side(["3/12"])
    ((2, 2), (2, 1), None)
    """
    text = values[0][:40].strip()
    if text.upper() == "AA":
        return 2, 1
    found = _SIDE.match(text)
    return (ord(found[1].lower()) - ord("a") + 1, int(found[2] or 1) or 1) if found else None


def date(values: list[str]) -> str:
    """The first date, as ``1997``, ``1997-05`` or ``1997-05-21``; a time behind it is left out.

    >>> date(["21051997"]), date(["5/21/1997"])
    ('1997-05-21', '1997')
    """
    return next((found for value in values if (found := _date(value[:40]))), "")


@lru_cache(maxsize=512)
def _date(value: str) -> str:
    """The files of one album say the same."""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value)
    found = _DATE.match(value)
    if found and (not found[2] or 1 <= int(found[2]) <= 12):
        year, month, day = found.groups()
        return f"{year}-{month}-{day}" if day and 1 <= int(day) <= 31 else f"{year}-{month}" if month else str(year)
    if (turned := _YEAR_LAST.match(value)) and (whole := _turned(turned[1], turned[2], turned[3])):
        return whole
    any_year = found or _YEAR.search(value)
    return str(any_year[1]) if any_year else ""


def _turned(first: str, second: str, year: str) -> str:
    """A date of day, month and year, or month, day and year; of the year alone where it might be either."""
    low, high = sorted((int(first), int(second)))
    if not 1 <= low <= 12 or high > 31:
        return ""
    if high <= 12 and low != high:
        return year
    return f"{year}-{low:02}-{high:02}"


def mbid(values: list[str]) -> str:
    """The first MusicBrainz or AcoustID identifier, in its canonical form."""
    for value in values:
        candidate = value.strip("\0 {}").lower()[:36]
        if _UUID.fullmatch(candidate):
            return candidate
    return ""


def mbids(values: list[str]) -> int:
    """How many different identifiers there are, also where ID3v2.3 has them in one text."""
    return len({found for value in values for found in _UUID.findall(value[:_MAX_IDS_CHARS].lower())})


def isrc(values: list[str]) -> str:
    """The first International Standard Recording Code, without hyphens; ID3v2.3 has several as ``A/B``."""
    for value in values:
        candidate = value[:40].upper().replace("-", "").replace(" ", "").strip("\0")
        if found := _ISRC.match(candidate):
            return found[0]
    return ""


def decimal(values: list[str] | None, low: float, high: float) -> float | None:
    """The first decimal number, where it lies within the limits."""
    if not values:
        return None
    text = values[0][:40]
    found = _DECIMAL.search(text if text.isascii() else text.translate(_MINUS))
    value = float(found[0].replace(",", ".")) if found else math.nan
    return value if low <= value <= high else None


def norm_gain(values: list[str]) -> float | None:
    """iTunes' ``iTunNORM`` in dB: its first two numbers are the two channels, 1000 being no change."""
    found = _HEX.match(values[0])
    loudest = max(int(found[1], 16), int(found[2], 16)) if found else 0
    return round(-10 * math.log10(loudest / 1000), 2) if 0 < loudest <= 65_536_000 else None
