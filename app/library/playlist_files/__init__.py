"""Playlist files: a format is one module and one line of the registry below.

Reading opens the list itself and nothing that it names. Writing replaces a file whole or not at all.
"""

import os
import stat
from collections.abc import Callable, Sequence
from functools import partial

from app.config.read_only import READ_AT_ONCE
from app.domain.clean import clean, shown_path
from app.domain.errors import SegueError
from app.domain.words import say
from app.library.playlist_files import jspf, m3u, pls, xspf
from app.library.playlist_files.entries import MAX_BYTES, FileEntry, NotAPlaylist, PlaylistFile

Read = Callable[[bytes, bytes], PlaylistFile]
Write = Callable[[str, Sequence[FileEntry], bytes | None], bytes]

FORMATS: dict[bytes, tuple[Read, Write]] = {
    b".m3u": (m3u.read, partial(m3u.write, utf8=False)),
    b".m3u8": (m3u.read, partial(m3u.write, utf8=True)),
    b".pls": (pls.read, pls.write),
    b".xspf": (xspf.read, xspf.write),
    b".jspf": (jspf.read, jspf.write),
}
"""How a file's name ends to (reads bytes, gives bytes)."""

_STARTS = ((b"#EXTM3U", b".m3u"), (b"[playlist]", b".pls"), (b"<", b".xspf"), (b"{", b".jspf"))


def read(path: bytes) -> PlaylistFile:
    """Reads a playlist file; one without a name of its own is called as its file.

    Raises:
        SegueError: it cannot be read, or is no playlist; the sentence names the file.
    """
    try:
        data = _bytes_of(path)
        found = _reader(path, data)(data, os.path.dirname(os.path.abspath(path)))
    except OSError as error:
        raise SegueError(
            say(
                "The playlist {shown_path} cannot be opened: {strerror}.",
                shown_path=shown_path(path),
                strerror=error.strerror,
            )
        ) from error
    except NotAPlaylist as error:
        raise SegueError(say("{shown_path} is not read: {error}", shown_path=shown_path(path), error=error)) from error
    found.name = found.name or clean(os.path.splitext(os.path.basename(path))[0].decode("utf-8", "replace"))
    return found


def write(name: str, entries: Sequence[FileEntry], path: bytes, *, relative: bool = False) -> None:
    """Writes a playlist file in the format its name ends with.

    Raises:
        SegueError: there is no such format, or the file cannot be written; what stood there is untouched.
    """
    path = os.path.realpath(path)
    extension = os.path.splitext(path)[1].lower()
    if extension not in FORMATS:
        raise SegueError(say("A playlist file ends with {}.", _endings()))
    data = FORMATS[extension][1](name, entries, os.path.dirname(path) if relative else None)
    try:
        _replace(path, data)
    except OSError as error:
        raise SegueError(
            say(
                "The playlist {shown_path} cannot be written: {strerror}.",
                shown_path=shown_path(path),
                strerror=error.strerror,
            )
        ) from error


def _replace(path: bytes, data: bytes) -> None:
    part = os.path.join(os.path.dirname(path), b".segue-%d.part" % os.getpid())
    try:
        with open(part, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        if os.path.lexists(part):
            os.unlink(part)


def _bytes_of(path: bytes) -> bytes:
    # Without O_NONBLOCK a pipe would wait for a writer.
    handle = os.open(path, READ_AT_ONCE)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotAPlaylist(say("It is not a regular file."))
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NotAPlaylist(say("It is larger than {} MB.", MAX_BYTES // 1024 // 1024))
    return data


def _reader(path: bytes, data: bytes) -> Read:
    extension = os.path.splitext(path)[1].lower()
    if extension in FORMATS:
        return FORMATS[extension][0]
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, kind in _STARTS:
        if start.lower().startswith(mark.lower()):
            return FORMATS[kind][0]
    raise NotAPlaylist(say("It is no playlist that Segue knows: those end with {}.", _endings()))


def _endings() -> str:
    names = [extension.decode() for extension in FORMATS]
    return ", ".join(names[:-1]) + " or " + names[-1]
