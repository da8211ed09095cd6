"""Tags in bytes, on their way from a tag worker to its parent: all numbers in one block, then all texts.

What comes is believed no further than that: a block of numbers can only hold numbers, and texts are UTF-8.
"""

import math
import struct
from collections.abc import Mapping
from itertools import repeat
from operator import itemgetter
from typing import Any

from app.domain.tags import Tags

_KINDS = {str: "s", int: "i", int | None: "i", float | None: "d", bool: "?"}
_BY_KIND = {
    kind: [name for name, one in Tags.__annotations__.items() if _KINDS[one] == kind] for kind in _KINDS.values()
}
_TEXTS, _INTS, _FLOATS, _BOOLS = (_BY_KIND[kind] for kind in "sid?")
_NUMBERS = struct.Struct(f"<{len(_INTS)}i{len(_FLOATS)}d{len(_BOOLS)}?")
_FIRST_FLOAT, _FIRST_BOOL = len(_INTS), len(_INTS) + len(_FLOATS)
_NOT_SAID = -(1 << 31)
_DEFAULTS = [Tags._field_defaults[name] for name in _INTS]
_BETWEEN = "\x1f"
"""No text holds it but that of a cue sheet, which comes last."""
_as_tags = itemgetter(*map([*_TEXTS, *_INTS, *_FLOATS, *_BOOLS].index, Tags._fields))


def pack_values(values: Mapping[str, Any]) -> bytes:
    """The values of the fields of :class:`Tags`, by name; what is not there is not said."""
    get = values.get
    numbers = _NUMBERS.pack(
        *[_NOT_SAID if (value := get(name)) is None else value for name in _INTS],
        *[math.nan if (value := get(name)) is None else value for name in _FLOATS],
        *map(get, _BOOLS, repeat(False)),
    )
    return numbers + _BETWEEN.join(map(get, _TEXTS, repeat(""))).encode("utf-8", "replace")


def unpack_tags(body: bytes) -> Tags:
    """The tags out of :func:`pack_values`, trusting nothing: a hostile file may have taken over the process that reads.

    Raises:
        ValueError: it is not what a tag reader says.
    """
    if len(body) < _NUMBERS.size:
        raise ValueError("these are no tags")
    numbers = _NUMBERS.unpack_from(body)
    texts = body[_NUMBERS.size :].decode().split(_BETWEEN, len(_TEXTS) - 1)
    floats = numbers[_FIRST_FLOAT:_FIRST_BOOL]
    if len(texts) != len(_TEXTS) or math.inf in floats or -math.inf in floats:
        raise ValueError("these are no tags")
    ints = [value if value != _NOT_SAID else default for value, default in zip(numbers, _DEFAULTS, strict=False)]
    said = [value if value == value else None for value in floats]  # one is no number
    return Tags._make(_as_tags((*texts, *ints, *said, *numbers[_FIRST_BOOL:])))
