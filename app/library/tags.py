"""One file to :class:`Tags`: opened with care, handed to the reader of its family, every kind of trouble put in words.

Runs in the tag worker, because some files make any reader loop or eat memory. Covers are seen but not decoded. Mutagen
is imported when the first file needs it: the common formats are read without.
"""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from typing import Any

from app.config.read_only import READ_AT_ONCE
from app.domain.errors import UnreadableFile
from app.domain.tags import Tags
from app.library.formats import kind_of
from app.library.sound_file import SoundFile
from app.library.tag_values import Said, to_values
from app.library.tags_asf import read_asf
from app.library.tags_id3 import read_mp3
from app.library.tags_mp4 import read_mp4
from app.library.tags_plain import read_adts, read_with_ape, read_with_id3
from app.library.tags_vorbis import read_flac, read_ogg
from app.library.tags_wav import read_wav

_READERS: dict[str, Callable[[SoundFile], Said]] = {
    "mp3": read_mp3,
    "flac": read_flac,
    "mp4": read_mp4,
    "asf": read_asf,
    "aac": read_adts,
    "wav": read_wav,
}
_OGG = {"vorbis", "opus", "speex", "oggflac"}
_WITH_ID3 = {"aiff", "dsf", "dff"}


class FileTrouble(UnreadableFile):
    """The disk, not the file: worth another try at the next scan."""


def read_tags(path: bytes) -> Tags:
    """What a file says of itself.

    Raises:
        FileTrouble: it cannot be opened or read now.
        UnreadableFile: it is no sound file, or a damaged one; the message is the reason.
    """
    return Tags(**read_values(path))


def read_values(path: bytes) -> dict[str, Any]:
    """The same as the values of the fields of :class:`Tags`."""
    handle = _open(path)
    try:
        return to_values(_read(*_known(handle, path)))
    except Exception as error:
        raise _reason(error) from error
    finally:
        os.close(handle)


@contextlib.contextmanager
def opened(path: bytes) -> Iterator[tuple[SoundFile, str]]:
    """The file and its kind; whatever goes wrong inside becomes an :class:`UnreadableFile`."""
    handle = _open(path)
    try:
        yield _known(handle, path)
    except Exception as error:
        raise _reason(error) from error
    finally:
        os.close(handle)


def _open(path: bytes) -> int:
    try:
        # Without O_NONBLOCK a pipe put in the place of a file would wait for a writer.
        return os.open(path, READ_AT_ONCE)
    except OSError as error:
        raise FileTrouble(f"It could not be opened: {error.strerror}.") from error


def _known(handle: int, path: bytes) -> tuple[SoundFile, str]:
    """Refuses what is not a regular file without ever waiting for it, and what is no sound."""
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile("It is not a regular file.")
    if status.st_size == 0:
        raise UnreadableFile("It is empty.")
    file = SoundFile(handle, status.st_size)
    kind = kind_of(file, path)
    if kind == "video":
        raise UnreadableFile("It is a video.")
    if not kind:
        raise UnreadableFile("It holds nothing that looks like sound.")
    return file, kind


def _reason(error: Exception) -> UnreadableFile:
    """Turns whatever a reader of tags throws into a reason."""
    if isinstance(error, UnreadableFile):
        return error
    if isinstance(error, MemoryError):
        return UnreadableFile("Its tags would need too much memory.")
    if isinstance(error, RecursionError):
        return UnreadableFile("Its tags are nested too deeply.")
    # Mutagen lets IndexError, struct.error, OverflowError and more through.
    if (cause := _disk_error(error)) is not None:
        return FileTrouble(f"It could not be read: {cause.strerror}.")
    return UnreadableFile("It is damaged, or is not what its name says.")


def _disk_error(error: BaseException | None) -> OSError | None:
    """The error of the disk behind an error of mutagen, if there is one; a bad seek is the file's fault."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None and error.strerror:
            return None if error.errno == 22 else error
        error = error.__cause__ or error.__context__
    return None


def _read(file: SoundFile, kind: str) -> Said:
    if kind in _OGG:
        return read_ogg(file, kind)
    if kind in _WITH_ID3:
        return read_with_id3(file, kind)
    reader = _READERS.get(kind)
    return reader(file) if reader is not None else read_with_ape(file, kind)
