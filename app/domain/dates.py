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


def month(at_s: float) -> str:
    """The month of a moment, UTC seconds since 1970.

    >>> month(1_700_000_000)
    'Nov 2023'
    """
    date = datetime.datetime.fromtimestamp(at_s, datetime.UTC)
    return say("{month} {year}", month=say(_MONTHS[date.month - 1]), year=date.year)
