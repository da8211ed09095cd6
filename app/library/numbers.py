"""Numbers, dates and identifiers out of the text of tags: what is absurd says nothing."""

import math
import re

_MAX_NUMBER = 99_999
_NUMBER = re.compile(r"\d{1,9}")
_OF = re.compile(r"\d\s*(?:/|of|-)\s*(\d{1,9})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DATE = re.compile(r"\s*([12]\d{3})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2})(?!\d))?(?!\d))?")
_STARTS_WITH_YEAR = re.compile(r"[12]\d{3}")
_DECIMAL = re.compile(r"[-+]?\d{1,6}(?:[.,]\d{1,9})?")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")
_HEX = re.compile(r"\s*([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})")


def number(values: list[str]) -> int | None:
    """The first number of ``3/12``; nought and absurd numbers say nothing."""
    found = _NUMBER.search(values[0][:40])
    value = int(found[0]) if found else 0
    return value if 0 < value <= _MAX_NUMBER else None


def total(values: list[str]) -> int | None:
    """The second number of ``3/12``."""
    found = _OF.search(values[0][:40])
    value = int(found[1]) if found else 0
    return value if 0 < value <= _MAX_NUMBER else None


def date(values: list[str]) -> str:
    """The first date, as ``1997``, ``1997-05`` or ``1997-05-21``; a time behind it is left out."""
    for value in values:
        if found := _DATE.match(value[:40]):
            year, month, day = found.groups()
            if month is None or not 1 <= int(month) <= 12:
                return str(year)
            return f"{year}-{month}" if day is None or not 1 <= int(day) <= 31 else f"{year}-{month}-{day}"
        if other := _YEAR.search(value[:40]):
            return other[0]
    return ""


def year(values: list[str]) -> int | None:
    """The year of the first value that holds one."""
    for value in values:
        if found := _YEAR.search(value[:40]) or _STARTS_WITH_YEAR.match(value):
            return int(found[0])
    return None


def mbid(values: list[str]) -> str:
    """The first MusicBrainz or AcoustID identifier, in its canonical form."""
    for value in values:
        candidate = value.strip("\0 {}").lower()[:36]
        if _UUID.fullmatch(candidate):
            return candidate
    return ""


def isrc(values: list[str]) -> str:
    """The first International Standard Recording Code, without hyphens."""
    for value in values:
        candidate = value[:40].upper().replace("-", "").replace(" ", "").strip("\0")
        if _ISRC.fullmatch(candidate):
            return candidate
    return ""


def decimal(values: list[str] | None, low: float, high: float) -> float | None:
    """The first decimal number, where it lies within the limits."""
    found = _DECIMAL.search(values[0][:40]) if values else None
    value = float(found[0].replace(",", ".")) if found else math.nan
    return value if low <= value <= high else None


def norm_gain(values: list[str]) -> float | None:
    """iTunes' ``iTunNORM`` in dB: its first two numbers are the two channels, 1000 being no change."""
    found = _HEX.match(values[0])
    loudest = max(int(found[1], 16), int(found[2], 16)) if found else 0
    return round(-10 * math.log10(loudest / 1000), 2) if 0 < loudest <= 65_536_000 else None
