"""Dates as people read them, in the listener's language."""

import datetime
from typing import Final

from app.domain.words import mark, say

_MONTHS: Final = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)
_LONG_MONTHS: Final = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def day_of_year(date: datetime.date) -> str:
    """``3 October``."""
    return say("{day} {month}", day=date.day, month=say(_LONG_MONTHS[date.month - 1]))


def day_of(date: datetime.date) -> str:
    """``3 October 2024``."""
    return say("{day} {month} {year}", day=date.day, month=say(_LONG_MONTHS[date.month - 1]), year=date.year)


def month(at_s: float) -> str:
    """The month of a moment, UTC seconds since 1970.

    >>> month(1_700_000_000)
    'Nov 2023'
    """
    date = datetime.datetime.fromtimestamp(at_s, datetime.UTC)
    return say("{month} {year}", month=say(_MONTHS[date.month - 1]), year=date.year)
