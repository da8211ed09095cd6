"""The bytes of a file on this machine: opened without waiting, read from any byte on, looked at for changes."""

import io
import os
import stat

from app.config.read_only import READ_AT_ONCE
from app.domain.errors import UnreadableFile
from app.domain.words import say

_HEAD_BYTES = 4_096


class FromByte:
    """An open file as if it began at a byte."""

    def __init__(self, file: io.FileIO, begun: int) -> None:
        self._file, self._begun = file, begun

    def read(self, size: int) -> bytes:
        return self._file.read(size) or b""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        shift = self._begun if whence == os.SEEK_SET else 0
        return max(self._file.seek(offset + shift, whence) - self._begun, 0)

    def tell(self) -> int:
        return self._file.tell() - self._begun


def open_regular(path: bytes) -> int:
    """A descriptor of a regular file; never waits for a pipe, never follows an address."""
    try:
        descriptor = os.open(path, READ_AT_ONCE)
    except FileNotFoundError as error:
        raise UnreadableFile(say("The file is not there any more.")) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else say("the name cannot be used")
        raise UnreadableFile(say("The file cannot be opened ({}).", reason)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableFile(say("This is not a file that can be played."))
    return descriptor


class Looks:
    """What a file looked like when it was opened, to be compared with what it looks like now."""

    def __init__(self, file: io.FileIO) -> None:
        self._file = file
        self._status, self._head = self._now(), self._begin()

    @property
    def changed(self) -> bool:
        """Another program has written into it."""
        return self._now() != self._status

    @property
    def begins_differently(self) -> bool:
        """It has written another beginning, so that what follows is something else, too."""
        return self.changed and self._begin() != self._head

    def _now(self) -> tuple[int, int]:
        try:
            status = os.fstat(self._file.fileno())
        except OSError:  # the next read says so
            return (0, 0)
        return status.st_size, status.st_mtime_ns

    def _begin(self) -> bytes:
        try:
            return os.pread(self._file.fileno(), _HEAD_BYTES, 0)
        except OSError:  # as above
            return b""
