"""How we and our children talk: frames of a length, a letter and a body, which is JSON or bytes."""

import json
import re
import struct
from collections.abc import Callable
from operator import itemgetter
from typing import Any, get_type_hints

from app.domain.tags import Tags

HELLO, TAGS, REFUSED, TROUBLE, PICTURE, LYRICS = b"H", b"T", b"R", b"F", b"P", b"L"
ADDED, MODIFIED, DELETED = b"+", b"~", b"-"
MAX_PICTURE_BYTES = 16 * 1024 * 1024
MAX_BODY_BYTES = MAX_PICTURE_BYTES + 1024

_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u")
"""A character by its number; a backslash that stands before a ``u`` in a text is doubled."""
_MAX_INT = (1 << 63) - 1
_HEAD = struct.Struct("<IB")
_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False, ensure_ascii=False, allow_nan=False)
_KINDS: dict[Any, tuple[type, ...]] = {
    str: (str,),
    bool: (bool,),
    int: (int,),
    int | None: (int, type(None)),
    float | None: (float, int, type(None)),
}
_TYPES = [_KINDS[kind] for kind in get_type_hints(Tags).values()]
_DEFAULTS = [Tags._field_defaults[name] for name in Tags._fields]
_MOST_SHAPES = 2_048
_shapes: dict[tuple[type, ...], Callable[[list[Any]], tuple[int, ...]]] = {}
"""Types of all values that have been found right, with what takes the whole numbers out: most files are alike."""


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


_decode = json.JSONDecoder(parse_constant=_no_number).raw_decode


def frame(letter: bytes, body: bytes = b"") -> bytes:
    """One frame, ready to write."""
    return _HEAD.pack(len(body), letter[0]) + body


class Frames:
    """Puts frames together again from the pieces a pipe gives."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def feed(self, piece: bytes) -> list[tuple[bytes, bytes]]:
        """The frames that are whole now, as (letter, body).

        Raises:
            ValueError: a frame claims more than is ever sent.
        """
        self._pieces += piece
        found, start = list[tuple[bytes, bytes]](), 0
        while len(self._pieces) - start >= _HEAD.size:
            length, letter = _HEAD.unpack_from(self._pieces, start)
            if length > MAX_BODY_BYTES:
                raise ValueError("a frame is too long")
            end = start + _HEAD.size + length
            if len(self._pieces) < end:
                break
            found.append((bytes((letter,)), bytes(self._pieces[start + _HEAD.size : end])))
            start = end
        del self._pieces[:start]
        return found


def pack_values(values: dict[str, Any]) -> bytes:
    """The values of the fields of :class:`Tags`, by name, as a JSON list of them all."""
    return _ENCODER.encode(list(map(values.get, Tags._fields, _DEFAULTS))).encode("utf-8", "replace")


def unpack_tags(body: bytes) -> Tags:
    """The tags out of :func:`pack_values`, trusting nothing: a hostile file may have taken over the process that reads.

    Raises:
        ValueError: it is not what a tag reader says.
    """
    # We never write these; they could make lone surrogates, which no database takes.
    if b"\\u" in body and _ESCAPED.search(body):
        raise ValueError("these are no tags")
    try:
        values, end = _decode(text := body.decode())
        if type(values) is not list or end != len(text):
            raise ValueError("these are no tags")
        numbers = (_shapes.get(shape := tuple(map(type, values))) or _numbers(shape))(values)
        if max(numbers) > _MAX_INT or min(numbers) < -_MAX_INT:
            raise ValueError("a number is not what it should be")
    except RecursionError as error:
        raise ValueError("these are no tags") from error
    return Tags._make(values)


def _numbers(shape: tuple[type, ...]) -> Callable[[list[Any]], tuple[int, ...]]:
    """What takes the whole numbers out of values of these types, each of which must be one that its field may have."""
    for name, kinds, kind in zip(Tags._fields, _TYPES, shape, strict=True):
        if kind not in kinds:
            raise ValueError(f"{name} is not what it should be")
    first, *more = [at for at, kind in enumerate(shape) if kind is int]  # every file has a length
    found = itemgetter(first, first, *more)  # with one place alone it would give no tuple
    if len(_shapes) < _MOST_SHAPES:
        _shapes[shape] = found
    return found
