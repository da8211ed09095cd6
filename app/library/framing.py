"""How we and our children talk: frames of a length, a letter and a body, which is JSON or bytes."""

import json
import re
import struct
from typing import Any, get_type_hints

from app.domain.track import Tags

HELLO, TAGS, REFUSED, TROUBLE, PICTURE, LYRICS = b"H", b"T", b"R", b"F", b"P", b"L"
ADDED, MODIFIED, DELETED = b"+", b"~", b"-"
MAX_PICTURE_BYTES = 16 * 1024 * 1024
MAX_BODY_BYTES = MAX_PICTURE_BYTES + 1024

_LONG_NUMBER = re.compile(rb"[0-9]{19}")
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
_shapes: set[tuple[type, ...]] = set()
"""Types of all values that have been found right: most files are like another one."""


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


_decode = json.JSONDecoder(parse_constant=_no_number).decode


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
        values = _decode(body.decode())
        if type(values) is not list:
            raise ValueError("these are no tags")
        shape = tuple(map(type, values))
        if shape not in _shapes or _LONG_NUMBER.search(body):
            _check(values)
            if len(_shapes) < _MOST_SHAPES:
                _shapes.add(shape)
    except RecursionError as error:
        raise ValueError("these are no tags") from error
    return Tags._make(values)


def _check(values: list[Any]) -> None:
    for name, kinds, value in zip(Tags._fields, _TYPES, values, strict=True):
        if type(value) not in kinds or (type(value) is int and not -_MAX_INT <= value <= _MAX_INT):
            raise ValueError(f"{name} is not what it should be")
