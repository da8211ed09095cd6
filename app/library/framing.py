"""How the tag reader's two processes talk: frames of a length, a letter and a body, which is JSON or bytes."""

import json
import struct
from dataclasses import fields
from typing import Any

from app.domain.track import Tags

HELLO, TAGS, REFUSED, TROUBLE, PICTURE = b"H", b"T", b"R", b"F", b"P"
MAX_PICTURE_BYTES = 16 * 1024 * 1024
MAX_BODY_BYTES = MAX_PICTURE_BYTES + 1024

_HEAD = struct.Struct("<IB")
_FIELDS = tuple(field.name for field in fields(Tags))


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


def pack_tags(tags: Tags) -> bytes:
    """Tags as JSON: their values in the order of the fields."""
    return json.dumps([getattr(tags, name) for name in _FIELDS], separators=(",", ":")).encode()


def unpack_tags(body: bytes) -> Tags:
    """The reverse of :func:`pack_tags`."""
    values: list[Any] = json.loads(body)
    return Tags(*values)
