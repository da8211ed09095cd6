"""One file to :class:`Tags`: opened with care, handed to the reader of its family, every kind of trouble put in words.

Runs in the tag worker, because some files make any reader loop or eat memory. Covers are seen but not decoded.
"""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from typing import BinaryIO

from app.domain.errors import UnreadableFile
from app.domain.track import Tags
from app.library.formats import kind_of
from app.library.tag_values import Said, to_tags
from app.library.tags_asf import read_asf
from app.library.tags_id3 import read_mp3
from app.library.tags_mp4 import read_mp4
from app.library.tags_plain import read_adts, read_with_ape, read_with_id3
from app.library.tags_vorbis import read_flac, read_ogg

_READERS: dict[str, Callable[[BinaryIO], Said]] = {
    "mp3": read_mp3,
    "flac": read_flac,
    "mp4": read_mp4,
    "asf": read_asf,
    "aac": read_adts,
}
_OGG = {"vorbis", "opus", "speex", "oggflac"}
_WITH_ID3 = {"wav", "aiff", "dsf", "dff", "tta"}


class FileTrouble(UnreadableFile):
    """The disk, not the file: worth another try at the next scan."""


def read_tags(path: bytes) -> Tags:
    """What a file says of itself.

    Raises:
        FileTrouble: it cannot be opened or read now.
        UnreadableFile: it is no sound file, or a damaged one; the message is the reason.
    """
    with opened(path) as (file, kind), worded():
        return to_tags(_read(file, kind))


@contextlib.contextmanager
def opened(path: bytes) -> Iterator[tuple[BinaryIO, str]]:
    """The file and its kind; refuses what is not a regular file without ever waiting for it."""
    try:
        # Without O_NONBLOCK a pipe put in the place of a file would wait for a writer.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise FileTrouble(f"It could not be opened: {error.strerror}.") from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("It is not a regular file.")
        if status.st_size == 0:
            raise UnreadableFile("It is empty.")
        with worded():
            kind = kind_of(file, path)
        if kind == "video":
            raise UnreadableFile("It is a video.")
        if not kind:
            raise UnreadableFile("It holds nothing that looks like sound.")
        yield file, kind


@contextlib.contextmanager
def worded() -> Iterator[None]:
    """Turns whatever a reader of tags throws into a reason."""
    try:
        yield
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile("Its tags would need too much memory.") from error
    except RecursionError as error:
        raise UnreadableFile("Its tags are nested too deeply.") from error
    except Exception as error:  # mutagen lets IndexError, struct.error, OverflowError and more through
        if (cause := _disk_error(error)) is not None:
            raise FileTrouble(f"It could not be read: {cause.strerror}.") from error
        raise UnreadableFile("It is damaged, or is not what its name says.") from error


def _disk_error(error: BaseException | None) -> OSError | None:
    """The error of the disk behind an error of mutagen, if there is one; a bad seek is the file's fault."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None and error.strerror:
            return None if error.errno == 22 else error
        error = error.__cause__ or error.__context__
    return None


def _read(file: BinaryIO, kind: str) -> Said:
    if kind in _OGG:
        return read_ogg(file, kind)
    if kind in _WITH_ID3:
        return read_with_id3(file, kind)
    reader = _READERS.get(kind)
    return reader(file) if reader is not None else read_with_ape(file, kind)
