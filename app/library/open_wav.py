"""WAVE files whose heads do not say how long they are: what wrote them could not come back to fill the sizes in.

With the true sizes they are WAVE files like any other, and so can be tagged. The sound is the same to the byte. RF64,
for more than four gigabytes, is left as it is: what writes tags knows nothing of its sizes.
"""

import os
import shutil
import struct
import time

from app.config.read_only import READ
from app.domain.errors import UnreadableFile
from app.library.audio_hash import hash_whole, sound_chunk
from app.library.sound_file import SoundFile

_OPEN = frozenset({b"\0\0\0\0", b"\xff\xff\xff\xff"})
_LONGEST_BYTES = 0xFFFFFFFF - (64 << 20)
"""With room for tags."""
_STILL_S = 60.0
_HEAD_BYTES = 8


def is_open(path: bytes) -> bool:
    """True for a WAVE file that does not say how long it, or its sound, is.

    Raises:
        UnreadableFile: it is RF64.
        OSError: the disk fails.
    """
    handle = os.open(path, READ)
    try:
        file = SoundFile(handle, os.fstat(handle).st_size)
        if file.head[:4] == b"RF64":
            raise UnreadableFile(
                "It is an RF64 file, made for more than four gigabytes: Segue does not write into those."
            )
        start, _ = sound_chunk(file, "wav")
        return start > 0 and (file.head[4:8] in _OPEN or file.at(start - 4, 4) in _OPEN)
    finally:
        os.close(handle)


def close(source: bytes, copy: bytes) -> None:
    """Makes ``copy`` a copy of ``source`` with the sizes that are true, and proves that it holds the same sound.

    Raises:
        UnreadableFile: it may still be written to, or is too long for a WAVE file.
        OSError: the disk fails.
    """
    status = os.stat(source)
    if 0 <= time.time() - status.st_mtime < _STILL_S:
        raise UnreadableFile("It does not say how long it is and is new: it may be a recording that goes on.")
    if status.st_size > _LONGEST_BYTES:
        raise UnreadableFile("It does not say how long it is, and is too long for a WAVE file that does.")
    shutil.copyfile(source, copy)
    before = _sound(source)
    with open(copy, "r+b") as file:
        start, sound = before[0], SoundFile(file.fileno(), status.st_size)
        if sound.at(start - 4, 4) in _OPEN:
            length = status.st_size - start
            file.seek(start - 4)
            file.write(struct.pack("<I", length))
            file.seek(0, os.SEEK_END)
            file.write(b"\0" * (length % 2))
        size = file.seek(0, os.SEEK_END)
        file.seek(4)
        file.write(struct.pack("<I", size - _HEAD_BYTES))
    if _sound(copy) != before:
        raise UnreadableFile("The sound would have changed with it.")


def _sound(path: bytes) -> tuple[int, str]:
    """Where it begins, and the hash of all of it."""
    handle = os.open(path, READ)
    try:
        file = SoundFile(handle, os.fstat(handle).st_size)
        return sound_chunk(file, "wav")[0], hash_whole(file, "wav")
    finally:
        os.close(handle)
