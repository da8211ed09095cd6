"""Finds the sound files below the music folders: regular files only, each folder once, whatever links say.

Paths are bytes throughout: a file name is whatever the file system gave. Real folders come first, links to folders
last, and a folder is known by device and inode, so that loops end and overlapping roots count once.
"""

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.text import shown_path
from app.library.formats import is_audio_name

_SKIPPED = {b"$RECYCLE.BIN", b"System Volume Information", b"@eaDir", b"lost+found"}
_NOT_HERE = b".nomedia"
_MAX_TROUBLES = 100
_LAST_NS = (1 << 63) - 1


class Found(NamedTuple):
    """A file as the walk saw it."""

    path: bytes
    size_bytes: int
    mtime_ns: int


class Walk:
    """One walk over some folders. Iterate it once; then ``troubles`` and ``unlisted`` are complete."""

    def __init__(self, roots: list[bytes]) -> None:
        self.roots = roots
        self.troubles: list[str] = []
        """A sentence for each folder that could not be listed."""
        self.unlisted: list[bytes] = []
        """Those folders: nothing is known of what is below them."""
        self.folder = b""
        """Where the walk is."""
        self._been: set[tuple[int, int]] = set()
        self._links: list[bytes] = []
        self._real_roots = [os.path.realpath(root) for root in roots]

    def __iter__(self) -> Iterator[Found]:
        for root in self.roots:
            yield from self._below(root)
        while self._links:
            yield from self._below(self._links.pop())

    def _below(self, top: bytes) -> Iterator[Found]:
        waiting = [top]
        while waiting:
            self.folder = waiting.pop()
            if not self._first_time(self.folder):
                continue
            try:
                with os.scandir(self.folder) as listing:
                    entries = list(listing)
            except OSError as error:
                self._lost(self.folder, error)
                continue
            if any(entry.name == _NOT_HERE for entry in entries):
                continue
            # The names decide the order, so that two walks meet the same file first.
            entries.sort(key=lambda entry: entry.name)
            folders = list[bytes]()
            yield from self._files(entries, folders)
            waiting += reversed(folders)

    def _files(self, entries: list["os.DirEntry[bytes]"], folders: list[bytes]) -> Iterator[Found]:
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not _hidden(entry.name):
                        folders.append(entry.path)
                elif entry.is_symlink():
                    yield from self._linked(entry)
                elif is_audio_name(entry.name) and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    yield _found(entry, status)
            except OSError:
                # It went away between the listing and the look at it.
                continue

    def _linked(self, entry: "os.DirEntry[bytes]") -> Iterator[Found]:
        """A link to a file counts unless the file itself is found anyway; a link to a folder is walked at the end."""
        status = entry.stat()
        if stat.S_ISDIR(status.st_mode):
            if not _hidden(entry.name) and not self._leads_up(entry.path):
                self._links.append(entry.path)
        elif stat.S_ISREG(status.st_mode) and is_audio_name(entry.name):
            target = os.path.realpath(entry.path)
            if not (is_audio_name(os.path.basename(target)) and self._walked_anyway(target)):
                yield _found(entry, status)

    def _leads_up(self, link: bytes) -> bool:
        """A link to a folder that a music folder lies in, such as Wine's ``z:`` to ``/``, is no part of the music."""
        target = os.path.realpath(link)
        return any(below(root, target) for root in self._real_roots)

    def _walked_anyway(self, target: bytes) -> bool:
        return any(below(target, root) and not _hidden_below(target, root) for root in self._real_roots)

    def _first_time(self, folder: bytes) -> bool:
        try:
            status = os.stat(folder)
        except OSError as error:
            self._lost(folder, error)
            return False
        # Some network file systems give no inodes.
        identity = (status.st_dev, status.st_ino)
        if status.st_ino and identity in self._been:
            return False
        self._been.add(identity)
        return True

    def _lost(self, folder: bytes, error: OSError) -> None:
        self.unlisted.append(folder)
        if len(self.troubles) < _MAX_TROUBLES:
            self.troubles.append(f"The folder {shown_path(folder)} could not be opened: {error.strerror}.")


def below(path: bytes, folder: bytes) -> bool:
    """True where the path is the folder or lies below it."""
    base = folder.rstrip(b"/")
    return path == base or path.startswith(base + b"/")


def _found(entry: "os.DirEntry[bytes]", status: os.stat_result) -> Found:
    """File systems hold times that 64 bits of nanoseconds, and so the database, cannot: those count as the last one."""
    return Found(entry.path, status.st_size, min(max(status.st_mtime_ns, -_LAST_NS), _LAST_NS))


def _hidden(name: bytes) -> bool:
    return name.startswith(b".") or name in _SKIPPED


def _hidden_below(target: bytes, root: bytes) -> bool:
    return any(_hidden(part) for part in os.path.dirname(target)[len(root) :].split(b"/"))
