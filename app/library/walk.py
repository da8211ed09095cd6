"""Finds the sound files below the music folders: regular files only, each folder once, whatever links say.

Paths are bytes throughout: a file name is whatever the file system gave. Real folders come first, links to folders
last, and a folder is known by device and inode, so that loops end and overlapping roots count once. The second name
of a file with hard links is told as such. What the disk would not tell is remembered in ``unlisted``.
"""

import contextlib
import os
import stat
import time
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from app.domain.words import say
from app.library.formats import USUAL, is_audio_name, is_cue_name

_SKIPPED = {b"System Volume Information", b"@eaDir", b"lost+found"}
_SKIPPED |= {b"$RECYCLE.BIN", b"RECYCLER", b"#recycle", b"@Recycle"}
_SKIPPED |= {b"#snapshot", b"~snapshot", b"@Recently-Snapshot"}
"""What systems keep beside the music on sticks and network drives: notes, what was deleted, and how all was before."""
_NOT_HERE = b".nomedia"
_MAX_TROUBLES = 100
_LAST_NS = (1 << 63) - 1
_DOT = ord(".")
_by_name = attrgetter("name")


class Found(NamedTuple):
    """A file as the walk saw it."""

    path: bytes
    size_bytes: int
    mtime_ns: int
    inode: int
    names: int = 1
    """1: the file has but this name; 2: it has more (hard links); 3: the walk has met it under another one."""


class Listing:
    """The sound files of one folder, by name, and its cue sheets."""

    __slots__ = ("ahead_ns", "count", "folder", "looks", "met_ns", "mtime_ns", "names", "newest_ns", "sheets")

    def __init__(self, folder: bytes, mtime_ns: int, met_ns: int) -> None:
        self.folder, self.mtime_ns, self.met_ns = folder, mtime_ns, met_ns
        """``met_ns``: when the walk came by."""
        self.newest_ns = self.ahead_ns = 0
        """The latest ctime of a file: that of its last change of any kind, which no program can put back. And the
        latest of those in the future, 0 where there is none: a clock ran ahead."""
        self.looks: list[bytes | int] = []
        """Of each file its name, size, time and inode. One list, because most folders are only compared as a whole."""
        self.names: dict[bytes, int] = {}
        """Files with more names than one; see :class:`Found`."""
        self.sheets: list[Found] = []
        self.count = 0
        """How many sound files it has; kept, because it is asked of every folder."""

    @property
    def files(self) -> list[Found]:
        """The sound files."""
        return self._found(range(0, len(self.looks), 4))

    def complete(self, newest_ns: int) -> None:
        """All are in ``looks``. The latest ctime: where it is in the future, they are asked for once more."""
        self.count = len(self.looks) // 4
        if newest_ns > self.newest_ns:
            self.newest_ns = newest_ns
        if self.newest_ns > self.met_ns:
            times = [changed_ns for _, changed_ns in self._times()]
            self.newest_ns = max((one for one in times if one <= self.met_ns), default=0)
            self.ahead_ns = min(max((one for one in times if one > self.met_ns), default=0), _LAST_NS)

    def changed_after(self, newest_ns: int) -> Iterator[bytes]:
        """The paths of those that were changed in any way after a ctime; asks for each."""
        return (path for path, changed_ns in self._times() if changed_ns > newest_ns)

    def _times(self) -> Iterator[tuple[bytes, int]]:
        for found in self.files:
            with contextlib.suppress(OSError):  # gone since: nothing of it has to be read
                yield found.path, os.stat(found.path).st_ctime_ns

    def named(self, names: Collection[bytes]) -> list[Found]:
        """Those of them with one of these names."""
        return self._found([4 * at for at, name in enumerate(self.looks[::4]) if name in names])

    def _found(self, places: Iterable[int]) -> list[Found]:
        base, looks, names = os.path.join(self.folder, b""), self.looks, self.names
        found: list[Found] = []
        for at in places:
            name, size_bytes, mtime_ns, inode = looks[at : at + 4]
            count = names.get(name, 1) if names else 1  # type: ignore[arg-type]
            found.append(_found(base + name, size_bytes, mtime_ns, inode, count))  # type: ignore[operator, arg-type]
        return found


class Walk:
    """One walk over some folders. Go through it once; then ``troubles`` and ``unlisted`` are complete."""

    def __init__(self, folders: list[bytes], roots: list[bytes] | None = None) -> None:
        """Walks ``folders``; ``roots``: the music folders that they lie in, if they are not these themselves."""
        self.folders = folders
        self.troubles: list[str] = []
        """A sentence for each folder that could not be listed."""
        self.unlisted: set[bytes] = set()
        """Those folders, and files that could not be looked at: nothing is known of what is there and below."""
        self.mounts: dict[bytes, tuple[int, int]] = {}
        """Folders and links that lead to another file system than that of the root they are in; device and inode."""
        self.folder = b""
        """Where the walk is."""
        self._been: set[tuple[int, int]] = set()
        self._many_names: set[tuple[int, int]] = set()
        self._links: list[bytes] = []
        self._devices: dict[bytes, int] = {}
        """Of each folder or link where the walk began: the file system it lies on."""
        self._real_roots = [os.path.realpath(root) for root in roots or folders]

    def __iter__(self) -> Iterator[Found]:
        for listing in self.listings():
            yield from listing.files

    def listings(self) -> Iterator[Listing]:
        """One for each folder; a folder without sound may give an empty one."""
        for folder in self.folders:
            yield from self._below(folder)
        while self._links:
            link = self._links.pop()
            around = max((top for top in self._devices if below(link, top)), key=len, default=b"")
            yield from self._below(link, self._devices.get(around, 0))

    def _below(self, top: bytes, device: int = 0) -> Iterator[Listing]:
        """``device``: the file system that the folder around is on; 0: that of the folder itself."""
        waiting, drive = [top], (b"\0", 0)
        while waiting:
            self.folder = folder = waiting.pop()
            status = self._first_time(folder)
            if status is None:
                continue
            device = device or status.st_dev
            if folder == top:
                self._devices[top] = status.st_dev
            if status.st_dev != device and not (status.st_dev == drive[1] and below(folder, drive[0])):
                self.mounts[folder], drive = (status.st_dev, status.st_ino), (folder, status.st_dev)
            try:
                with os.scandir(folder) as entered:
                    entries = list(entered)
            except OSError as error:
                self._lost(folder, error)
                continue
            # The names decide the order, so that two walks meet the same file first.
            entries.sort(key=_by_name)
            if entries and entries[0].name <= _NOT_HERE:  # not where every name comes after it
                at = bisect_left(entries, _NOT_HERE, key=_by_name)
                if at < len(entries) and entries[at].name == _NOT_HERE:
                    continue
            listing = Listing(folder, status.st_mtime_ns, time.time_ns())
            folders = self._list(entries, listing)
            yield listing
            folders.reverse()
            waiting += folders

    def _list(self, entries: list["os.DirEntry[bytes]"], listing: Listing) -> list[bytes]:
        """Takes the files and sheets of a folder into its listing, and gives the folders in it."""
        folders: list[bytes] = []
        looks, newest_ns = listing.looks, 0
        for entry in entries:
            name = entry.name
            try:
                # By far the most: asked first, and without a call where that is enough.
                usual = name.endswith(USUAL) and name[0] != _DOT
                if not usual and entry.is_dir(follow_symlinks=False):
                    if not _hidden(name):
                        folders.append(entry.path)
                elif (usual or is_audio_name(name)) and entry.is_file(follow_symlinks=False):
                    status = entry.stat()
                    looks += (name, status.st_size, status.st_mtime_ns, status.st_ino)
                    if (changed_ns := status.st_ctime_ns) > newest_ns:
                        newest_ns = changed_ns
                    if status.st_nlink > 1:
                        self._note_names(listing, name, status)
                elif usual and entry.is_dir(follow_symlinks=False):
                    if not _hidden(name):
                        folders.append(entry.path)
                elif entry.is_symlink():
                    self._linked(entry, listing)
                elif is_cue_name(name) and entry.is_file(follow_symlinks=False):
                    listing.sheets.append(found_at(entry.path, entry.stat(follow_symlinks=False)))
            except FileNotFoundError:
                continue  # it went away between the listing and the look at it
            except OSError:
                self.unlisted.add(entry.path)
        listing.complete(newest_ns)
        return folders

    def _linked(self, entry: "os.DirEntry[bytes]", listing: Listing) -> None:
        """A link to a file counts unless the file itself is found anyway; a link to a folder is walked at the end."""
        status = entry.stat()
        if stat.S_ISDIR(status.st_mode):
            if not _hidden(entry.name) and not self._leads_up(entry.path) and not self._is_real_folder(entry.path):
                self._links.append(entry.path)
        elif stat.S_ISREG(status.st_mode) and is_audio_name(entry.name):
            target = os.path.realpath(entry.path)
            if not (is_audio_name(os.path.basename(target)) and self._walked_anyway(target)):
                listing.looks += (entry.name, status.st_size, status.st_mtime_ns, status.st_ino)
                listing.newest_ns = max(listing.newest_ns, status.st_ctime_ns)
                if status.st_nlink > 1:
                    self._note_names(listing, entry.name, status)

    def _note_names(self, listing: Listing, name: bytes, status: os.stat_result) -> None:
        """A file that has more names than this one."""
        if status.st_ino:  # some network file systems give none
            identity = (status.st_dev, status.st_ino)
            listing.names[name] = 3 if identity in self._many_names else 2
            self._many_names.add(identity)

    def _leads_up(self, link: bytes) -> bool:
        """A link to a folder that a music folder lies in, such as Wine's ``z:`` to ``/``, is no part of the music."""
        target = os.path.realpath(link)
        return any(below(root, target) for root in self._real_roots)

    def _is_real_folder(self, link: bytes) -> bool:
        """A folder that is met by its own name, in this walk or in one of all the music folders."""
        return self._walked_anyway(os.path.join(os.path.realpath(link), b"_"))

    def _walked_anyway(self, target: bytes) -> bool:
        return any(below(target, root) and not hidden_below(target, root) for root in self._real_roots)

    def _first_time(self, folder: bytes) -> os.stat_result | None:
        try:
            status = os.stat(folder)
        except OSError as error:
            self._lost(folder, error)
            return None
        # Some network file systems give no inodes.
        identity = (status.st_dev, status.st_ino)
        if status.st_ino and identity in self._been:
            return None
        self._been.add(identity)
        return status

    def _lost(self, folder: bytes, error: OSError) -> None:
        self.unlisted.add(folder)
        if len(self.troubles) < _MAX_TROUBLES:
            from app.domain.clean import shown_path  # for trouble alone

            self.troubles.append(
                say(
                    "The folder {shown_path} could not be opened: {strerror}.",
                    shown_path=shown_path(folder),
                    strerror=error.strerror,
                )
            )


def any_holds(folders: Collection[bytes], path: bytes) -> bool:
    """True where one of the folders is the path or lies above it."""
    while folders and path not in folders:
        parent = os.path.dirname(path)
        if parent == path:
            return False
        path = parent
    return bool(folders)


def below(path: bytes, folder: bytes) -> bool:
    """True where the path is the folder or lies below it."""
    base = folder.rstrip(b"/")
    return path == base or path.startswith(base + b"/")


def found_at(path: bytes, status: os.stat_result) -> Found:
    """A file as ``stat`` sees it."""
    return _found(path, status.st_size, status.st_mtime_ns, status.st_ino, 1)


def _found(path: bytes, size_bytes: int, mtime_ns: int, inode: int, names: int) -> Found:
    """A time that 64 bits of nanoseconds, and so the database, cannot hold counts as the last one that they can."""
    if not -_LAST_NS <= mtime_ns <= _LAST_NS:
        mtime_ns = _LAST_NS if mtime_ns > 0 else -_LAST_NS
    return Found(path, size_bytes, mtime_ns, inode & _LAST_NS, names)


def _hidden(name: bytes) -> bool:
    return name.startswith(b".") or name in _SKIPPED


def hidden_below(target: bytes, root: bytes) -> bool:
    """True where a folder between the root and the file is one that is not looked into."""
    return any(_hidden(part) for part in os.path.dirname(target)[len(root) :].split(b"/"))
