"""Values on their way to and from the bus. What comes is cut to size and made plain; what goes gets its type."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from dbus_fast import Variant

from app.domain.clean import clean
from app.domain.following import Following

MOST_TEXT = 12_400
"""Letters: the longest ``file:`` URI."""
_MOST_VALUES, _MOST_DEEP = 400, 4


def wire(values: Mapping[str, object]) -> dict[str, Variant]:
    """The same as ``a{sv}``."""
    return {name: _variant(value) for name, value in values.items()}


def _variant(value: object) -> Variant:
    match value:
        case bool():
            return Variant("b", value)
        case int():
            return Variant("x", max(min(value, (1 << 63) - 1), -(1 << 63)))
        case float():
            return Variant("d", value)
        case str():
            return Variant("s", sendable(value))
        case tuple() | list():
            return Variant("as", [sendable(str(each)) for each in value])
    raise TypeError(f"{type(value).__name__} has no type on the bus")


def sendable(text: str) -> str:
    """A text that the bus takes: UTF-8 without zeros."""
    return text[:MOST_TEXT].replace("\0", "").encode("utf-8", "replace").decode()


def following_values(players: Iterable[Following]) -> list[dict[str, Variant]]:
    """The players that are followed, for others."""
    return [
        wire(
            {
                "player": each.player,
                "name": each.name,
                "state": each.state.value,
                "title": each.track.title if each.track is not None else "",
                "artist": each.track.artist if each.track is not None else "",
                "ignored": each.ignored,
            }
        )
        for each in players
    ]


def plain_state(state: Mapping[str, Variant]) -> dict[str, object]:
    """What a plug-in told, without the bus's types: texts, numbers, and lists and tables of them, all of bounded size.

    What is longer, deeper or no number at all is left out.
    """
    left = [_MOST_VALUES]
    found = _plain(state, 0, left)
    return found if isinstance(found, dict) else {}


def _plain(value: Any, depth: int, left: list[int]) -> object:
    left[0] -= 1
    if left[0] < 0 or depth > _MOST_DEEP:
        return None
    match value:
        case Variant():
            return _plain(value.value, depth, left)
        case str():
            return value[:MOST_TEXT]
        case bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case Mapping():
            return _table(value, depth, left)
        case list() | tuple():
            return _list(value, depth, left)
    return None


def _table(value: Mapping[Any, Any], depth: int, left: list[int]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, each in value.items():
        if left[0] <= 0:
            break
        if isinstance(name, str) and (kept := _plain(each, depth + 1, left)) is not None:
            found[clean(name, 100)] = kept
    return found


def _list(value: list[Any] | tuple[Any, ...], depth: int, left: list[int]) -> list[object]:
    found: list[object] = []
    for each in value:
        if left[0] <= 0:
            break
        if (kept := _plain(each, depth + 1, left)) is not None:
            found.append(kept)
    return found
