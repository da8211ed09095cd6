"""How we and our children talk: frames of a length, a letter and a body."""

import os
import struct

HELLO, TAGS, REFUSED, TROUBLE, PICTURE, LYRICS = b"H", b"T", b"R", b"F", b"P", b"L"
ADDED, MODIFIED, DELETED = b"+", b"~", b"-"
MAY_I, GO_ON, STOP = b"?", b".", b"!"
"""What a scan asks its parent, in a line of its own, and the letters that answer it."""
MAX_PICTURE_BYTES = 16 * 1024 * 1024
MAX_BODY_BYTES = MAX_PICTURE_BYTES + 1024

_HEAD = struct.Struct("<IB")


def frame(letter: bytes, body: bytes = b"") -> bytes:
    """One frame, ready to write."""
    return _HEAD.pack(len(body), letter[0]) + body


def write_all(pipe: int, data: bytes) -> None:
    """Writes to a pipe, however little of it the pipe takes at once."""
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


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
