"""Values out of somebody else's JSON: of the right type and size, or the answer is a bad one."""

import math
import re
from collections.abc import Iterator
from typing import Any

from recommender.remote.errors import BadAnswer
from recommender.remote.protocol import LONGEST_TEXT

MBID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def senseless() -> BadAnswer:
    """The one sentence for it."""
    return BadAnswer("The server's answer makes no sense.")


def rows(found: Any, most: int) -> Iterator[dict[str, Any]]:
    """The objects of a list of at most ``most``; more are left out, what is no object is a BadAnswer."""
    if not isinstance(found, list):
        raise senseless()
    for one in found[:most]:
        if not isinstance(one, dict):
            raise senseless()
        yield one


def text(one: dict[str, Any], name: str) -> str:
    """A text that can be shown: cut to a length, without what cannot be printed; "" where there is none."""
    value = one.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise senseless()
    return "".join(c for c in value[:LONGEST_TEXT] if c.isprintable())


def mbid(one: dict[str, Any], name: str) -> str:
    """A MusicBrainz id, or ""."""
    value = one.get(name)
    return value if isinstance(value, str) and MBID.fullmatch(value) else ""


def number(one: dict[str, Any], name: str) -> float:
    """A finite number."""
    value = one.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise senseless()
    try:
        found = float(value)
    except OverflowError as error:
        raise senseless() from error
    if not math.isfinite(found):
        raise senseless()
    return found
