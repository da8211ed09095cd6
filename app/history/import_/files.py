"""The files of an export, plain or in a zip, opened so that none can hang, fill the memory or go on for ever."""

import contextlib
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from app.domain.clean import clean, shown_path
from app.domain.errors import SegueError
from app.domain.words import say
from app.history.import_.registry import source_of
from app.history.import_.source import HEAD_BYTES, Head, Source

Cancelled = Callable[[], bool]
_ENDINGS: Final = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".log")
_MOST_FILES: Final = 20_000
_MOST_DIRECTORY_BYTES: Final = 16 << 20
"""Of a zip: its list of names is read whole."""
_END_BYTES: Final = 22 + 65_535
_MOST_SWELL: Final = 250
_SWELL_FROM: Final = 16 << 20
"""Listens packed are a thirtieth of themselves; what grows more than this was made to."""
_ZIP_TROUBLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Part:
    """One file with plays in it, and who can read it."""

    path: bytes
    member: str
    """Its name inside the zip; empty where the file itself is meant."""
    size_bytes: int
    source: Source
    head: Head


class Reading:
    """A stream that counts what was read, and ends what swells."""

    def __init__(self, file: IO[bytes], packed_bytes: int = 0) -> None:
        self._file, self._most = file, max(packed_bytes * _MOST_SWELL, _SWELL_FROM) if packed_bytes else 0
        self.done_bytes = 0

    def read(self, size: int, /) -> bytes:
        """At most so many bytes.

        Raises:
            SegueError: it cannot be read, or grows beyond all measure.
        """
        try:
            piece = self._file.read(size)
        except (OSError, *_ZIP_TROUBLE) as error:
            raise SegueError(say("A file of the history is damaged ({reason}).", reason=error)) from error
        self.done_bytes += len(piece)
        if self._most and self.done_bytes > self._most:
            raise SegueError(say("A file of the history grows without end when it is unpacked; it was not read."))
        return piece


def parts_of(paths: Sequence[bytes], cancelled: Cancelled) -> list[Part]:
    """What can be read of these files, folders and zips; once it is cancelled, what was found by then.

    Raises:
        SegueError: one of them cannot be opened, or holds no plays.
    """
    found: list[Part] = []
    for path in dict.fromkeys(paths):
        there = [part for each in _files(path) for part in _parts(each, cancelled)]
        if cancelled():
            break
        if not there:
            raise _nothing_in(path)
        found += there
    return found


def holds_plays(path: bytes, cancelled: Cancelled, *, must: bool = False) -> bool:
    """Whether there are plays of a kind that is read in a file or a zip; looks no further than to the first.

    Raises:
        SegueError: there are none and there ``must`` be some; it cannot be opened, or is damaged.
    """
    found = next(_parts(path, cancelled), None) is not None
    if must and not found and not cancelled():
        raise _nothing_in(path)
    return found


def may_be_meant(name: str) -> bool:
    """Whether a file is called as exports are."""
    return name.lower().endswith((*_ENDINGS, ".zip"))


def _nothing_in(path: bytes) -> SegueError:
    return SegueError(
        say(
            "No listening history was found in {name}. Segue reads exports of ListenBrainz, Last.fm and "
            "Spotify, and .scrobbler.log files.",
            name=shown_path(path),
        )
    )


@contextlib.contextmanager
def opened(part: Part) -> Iterator[Reading]:
    """The stream of a part.

    Raises:
        SegueError: it cannot be opened.
    """
    with _file(part.path) as file:
        if not part.member:
            yield Reading(file)
            return
        with _zip(file, part.path) as archive, _member(archive, part.member) as inner:
            yield Reading(inner, max(archive.getinfo(part.member).compress_size, 1))


def _files(path: bytes) -> list[bytes]:
    """The file itself; of a folder those in it that may be meant, by name."""
    if not os.path.isdir(path):
        return [path]
    found: list[bytes] = []
    for folder, folders, names in os.walk(path):
        folders.sort()
        found += [os.path.join(folder, name) for name in sorted(names) if may_be_meant(os.fsdecode(name))]
        if len(found) > _MOST_FILES:
            raise SegueError(say("There are too many files in {name}.", name=shown_path(path)))
    return [one for one in found if os.path.isfile(one)]


def _parts(path: bytes, cancelled: Cancelled) -> Iterator[Part]:
    with _file(path) as file:
        if file.read(4) == b"PK\x03\x04":
            yield from _members(file, path, cancelled)
            return
        file.seek(0)
        head = Head.of(file.read(HEAD_BYTES))
        if (source := source_of(head)) is not None:
            yield Part(path, "", os.fstat(file.fileno()).st_size, source, head)


def _members(file: IO[bytes], path: bytes, cancelled: Cancelled) -> Iterator[Part]:
    with _zip(file, path) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if cancelled():
                return
            if not info.filename.lower().endswith(_ENDINGS) or info.is_dir():
                continue
            with _member(archive, info.filename) as inner:
                head = Head.of(Reading(inner, max(info.compress_size, 1)).read(HEAD_BYTES))
            if (source := source_of(head)) is not None:
                yield Part(path, info.filename, info.file_size, source, head)


@contextlib.contextmanager
def _file(path: bytes) -> Iterator[IO[bytes]]:
    """A file that is one: what waits for a writer, and devices, are not opened."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SegueError(say("{name} cannot be opened: {reason}.", name=shown_path(path), reason=reason)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SegueError(say("{name} is not a file.", name=shown_path(path)))
    with os.fdopen(handle, "rb") as file:
        yield file


@contextlib.contextmanager
def _zip(file: IO[bytes], path: bytes) -> Iterator[zipfile.ZipFile]:
    name = shown_path(path)
    if _directory_bytes(file) > _MOST_DIRECTORY_BYTES:
        raise SegueError(say("There are too many files in {name}.", name=name))
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, *_ZIP_TROUBLE) as error:
        raise SegueError(say("{name} is a damaged zip file ({reason}).", name=name, reason=error)) from error
    with archive:
        yield archive


def _directory_bytes(file: IO[bytes]) -> int:
    """How long a zip says its list of names is; the longest number there is where it is kept elsewhere."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - _END_BYTES))
    end = file.read(_END_BYTES)
    at = end.rfind(b"PK\x05\x06")
    file.seek(0)
    return int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0


@contextlib.contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    info = archive.getinfo(name)
    shown = clean(name, 200)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise SegueError(say("{name} is packed in a way that Segue does not unpack.", name=shown))
    try:
        inner = archive.open(info)
    except (OSError, *_ZIP_TROUBLE) as error:
        raise SegueError(say("{name} is damaged or locked ({reason}).", name=shown, reason=error)) from error
    with inner:
        yield inner
