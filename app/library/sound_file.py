"""An open sound file, read with few and bounded system calls: its head at once, its end and the rest where needed."""

import os
from typing import BinaryIO

_HEAD_BYTES = 16_384
_WINDOW_BYTES = 8_192
_TAIL_BYTES = 4_608
"""The last piece of the sound, with the usual tag behind it."""
_SMALL_BYTES = 1_024
_NOWHERE = 1 << 63


class SoundFile:
    """A file by its handle. Offsets count from its start; what lies behind its end is an empty answer."""

    __slots__ = ("_stream", "_tail", "_tail_at", "_window", "_window_at", "handle", "head", "size")

    def __init__(self, handle: int, size: int) -> None:
        self.handle, self.size = handle, size
        self.head = os.pread(handle, _HEAD_BYTES, 0)
        self._window, self._window_at = b"", _NOWHERE
        self._tail, self._tail_at = b"", _NOWHERE
        self._stream: BinaryIO | None = None

    def at(self, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``offset`` on.

        Raises:
            OSError: the disk fails.
        """
        behind = offset + length
        if behind <= len(self.head):
            return self.head[offset:behind]
        if offset >= self._tail_at:
            return self._tail[offset - self._tail_at : behind - self._tail_at]
        if offset < self._window_at or behind > self._window_at + len(self._window):
            if length > _SMALL_BYTES:
                return os.pread(self.handle, length, offset)
            # Small pieces come in groups: the neighbours are read along.
            self._window, self._window_at = os.pread(self.handle, _WINDOW_BYTES, offset), offset
        return self._window[offset - self._window_at : behind - self._window_at]

    def end(self, length: int) -> bytes:
        """The last ``length`` bytes, or all there are. They are kept: what stands there is often asked for again."""
        start = max(0, self.size - length)
        if self.size > len(self.head) and start < self._tail_at:
            at = max(0, self.size - max(length, _TAIL_BYTES))
            self._tail, self._tail_at = os.pread(self.handle, self.size - at, at), at
        return self.at(start, self.size - start)

    def stream(self) -> BinaryIO:
        """The same file for readers that want to seek and read, at its start."""
        if self._stream is None:
            self._stream = os.fdopen(self.handle, "rb", closefd=False)
        self._stream.seek(0)
        return self._stream
