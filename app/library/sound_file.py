"""An open sound file, read with few and bounded system calls: its head at once, the rest in windows where needed."""

import os
from typing import BinaryIO

_HEAD_BYTES = 16_384
_SMALL_BYTES = 1_024


class SoundFile:
    """A file by its handle. Offsets count from its start; what lies behind its end is an empty answer."""

    __slots__ = ("_stream", "_window", "_window_at", "handle", "head", "size")

    def __init__(self, handle: int, size: int) -> None:
        self.handle, self.size = handle, size
        self.head = os.pread(handle, _HEAD_BYTES, 0)
        self._window, self._window_at = b"", 0
        self._stream: BinaryIO | None = None

    def at(self, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``offset`` on.

        Raises:
            OSError: the disk fails.
        """
        if offset + length <= len(self.head):
            return self.head[offset : offset + length]
        if length > _SMALL_BYTES:
            return os.pread(self.handle, length, offset)
        start = offset - self._window_at
        if start < 0 or start + length > len(self._window):
            # Small pieces come in groups: the neighbours are read along.
            self._window, self._window_at, start = os.pread(self.handle, _HEAD_BYTES, offset), offset, 0
        return self._window[start : start + length]

    def end(self, length: int) -> bytes:
        """The last ``length`` bytes, or all there are."""
        return self.at(max(0, self.size - length), min(length, self.size))

    def stream(self) -> BinaryIO:
        """The same file for readers that want to seek and read, at its start."""
        if self._stream is None:
            self._stream = os.fdopen(self.handle, "rb", closefd=False)
        self._stream.seek(0)
        return self._stream
