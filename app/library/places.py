"""The music folders as a scan finds them: there, away, empty, or suddenly on another drive.

A folder that cannot be seen proves nothing about what was in it. Neither does an empty one that used to hold tracks,
nor one on another file system than before in which nothing is known: then a drive is away, and its mount point shows.
"""

import os
from collections.abc import Collection, Container, Iterable, Mapping
from itertools import chain

from app.domain.ids import TrackId
from app.domain.scan import Known, RefusedFile, Volume
from app.domain.words import plural, say
from app.library.formats import is_audio_name
from app.library.turns import take_turns
from app.library.volumes import is_another, volume_of
from app.library.walk import Found, Listing, Walk, any_holds, below, hidden_below
from app.storage.folders import FolderStore, looks
from app.storage.roots import RootStore
from app.storage.scanned import ScannedStore
from app.storage.shelves import is_shelved

_NOTHING = looks([])


class Places:
    """What is looked at, and what is known there. ``known`` and ``refused`` keep what the walk has not met.

    The tracks of a folder become known when the walk finds that it does not look as it was left, or not at all.
    """

    def __init__(self, tracks: ScannedStore, store: RootStore, only: Collection[bytes] | None) -> None:
        """``only``: folders below the roots, and files that were written into; ``None``: all of them."""
        self.tracks, self.store, self.only = tracks, store, only
        self.troubles: list[str] = []
        self.roots: dict[bytes, tuple[int, int]] = {}
        """The folders that are there, with device and inode."""
        self.scope: set[bytes] = set()
        """What is looked at: the roots, or the folders in them."""
        self.known: dict[bytes, Known] = {}
        self.refused: dict[bytes, RefusedFile] = {}
        self.refused_in: dict[bytes, set[bytes]] = {}
        """The names of the files in ``refused``, by folder."""
        self.away: set[bytes] = set()
        """Roots, and drives below them, that cannot be seen: nothing is known of what is there, whoever has it."""
        self.drives: dict[bytes, Volume] = {}
        """Drives that the walk met below the roots."""
        self._begun: dict[bytes, Volume] = {}
        """The drives of the roots as the scan began."""
        self.foreign: set[bytes] = set()
        """Roots in which another drive seems to be mounted."""
        self.written: dict[bytes, set[bytes]] = {}
        """Files that are read whatever they look like, by their folders."""
        self.touched: set[bytes] = set()
        """Files that were written into since the last scan, or are new, whatever their times say."""
        self._newest: dict[bytes, tuple[int, int]] = {}
        self._newest_found: dict[bytes, tuple[int, int]] = {}
        """The latest ctime of a file in each folder, and of those in the future: before, and where another now."""
        self._left: dict[bytes, bytes] = {}
        """How the folders looked when they were left, without those that the walk has come by."""
        self._differed: set[bytes] = set()
        """Folders that did not look as they were left."""
        self._idle: dict[bytes, bytes] = {}
        self._idle_found: dict[bytes, bytes] = {}
        """How folders looked whose cue sheets take nothing apart: before, and new ones."""
        self._folders = FolderStore(tracks.database)

    def enter(self, roots: Iterable[bytes]) -> Walk:
        """Takes the folders into the scan, except those that are away: their tracks stay as they are."""
        names = {root: self._spelled(root) for root in roots}
        self.troubles += take_turns(names.values(), self.store, self.tracks)
        for root in dict.fromkeys(names.values()):
            self._enter(root)
        if self.only is None:
            self.scope = set(self.roots)
            return Walk(list(self.roots))
        inside = {self._folder_of(_renamed(os.path.abspath(path), names)) for path in self.only}
        for folder in sorted(inside):
            if any_holds(self.roots, folder) and not any_holds(self.scope, folder):
                self.scope.add(folder)
                self._load(folder)
        return Walk([folder for folder in sorted(self.scope) if self._walkable(folder)], list(self.roots))

    def _folder_of(self, path: bytes) -> bytes:
        """One of ``only`` as a folder to look into."""
        folder, name = os.path.split(path)
        if not is_audio_name(name) or os.path.isdir(path):
            return path
        self.written.setdefault(folder, set()).add(path)
        return folder

    def whole(self) -> set[bytes]:
        """The roots of which nothing is left out."""
        return {root for root in self.roots if any_holds(self.scope, root)}

    def root_of(self, path: bytes) -> bytes:
        """The innermost music folder that holds a file."""
        if len(self.roots) == 1:  # asked of every file
            (root,) = self.roots
            return root if below(path, root) else b""
        return max((root for root in self.roots if below(path, root)), key=len, default=b"")

    def note_touched(self, listing: Listing) -> bool:
        """True where files of a folder were touched since the last scan; the time alone tells, so it costs no call."""
        before, now = self._newest.get(listing.folder), (listing.newest_ns, listing.ahead_ns)
        if before == now:
            return False
        self._newest_found[listing.folder] = now
        if before is None:
            return False
        if before[0] > listing.met_ns:  # the clock had run ahead, and says nothing of when anything was
            self.touched.update(listing.changed_after(0))
        elif now[0] <= before[0] and now[1] <= before[1]:
            return False
        else:
            self.touched.update(listing.changed_after(before[0]))
        return True

    def is_as_left(self, listing: Listing) -> bool:
        """True where a folder holds the tracks that it held and no other files but refused ones, all as they were."""
        folder, files = listing.folder, listing.looks
        if (refused := self.refused_in.get(folder)) is not None:
            files = _without(files, refused)
        if self._left.get(folder, _NOTHING) != looks(files):
            return False
        if listing.sheets and self._idle.pop(folder, None) != self._with_sheets(listing, self.refused):
            return False
        self._left.pop(folder, None)
        return True

    def keep_idle_sheets(self, listing: Listing, refused: Mapping[bytes, RefusedFile]) -> None:
        """Remembers that the sheets of this folder take nothing apart."""
        self._idle_found[listing.folder] = self._with_sheets(listing, refused)

    def learn(self, folder: bytes) -> list[Known]:
        """Takes the tracks of a folder into what is known, and gives them."""
        if (left := self._left.pop(folder, None)) is None:
            return []
        if left:
            self._differed.add(folder)
        return self._learn(folder)

    def learn_not_met(self) -> None:
        """After the walk: the tracks of the folders that it has not come by."""
        for folder in self._left:
            self._learn(folder)
        self._left.clear()
        in_order = sorted(self.known.items())
        self.known.clear()
        self.known.update(in_order)

    def find_foreign(self) -> None:
        """After the walk: roots on another drive than before where nothing that was there is left."""
        for root, (device, _) in self.roots.items():
            now = volume_of(root)._replace(device=device)
            if root not in self.whole() or not is_another(now, self.store.volume(root)):
                continue
            left = sum(not row[4] for path, row in self.known.items() if below(path, root))
            if left and left == self._there(root):
                self.foreign.add(root)
                self.troubles.append(
                    say(
                        "The folder {} is on another drive than before, without anything that was there. ",
                        _shown(root),
                    )
                    + _kept(left)
                )

    def exchanged(self) -> set[bytes]:
        """Roots, and drives below them, in whose places others are mounted by now: what is read there is theirs."""
        return {
            folder
            for folder, before in (self._begun | self.drives).items()
            if before.name and (now := volume_of(folder)).mount == before.mount and now.name != before.name
        }

    def went_away(self, walk: Walk) -> set[bytes]:
        """After the scan: roots, and drives mounted in them, that are no longer what they were at its start."""
        gone = {
            folder
            for folder, identity in (self.roots | walk.mounts).items()
            if any_holds(self.roots, folder) and _identity(folder) != identity
        } | self.exchanged()
        for folder in sorted(gone):
            self.troubles.append(say("The folder {} went away during the scan. Nothing is lost.", _shown(folder)))
        return gone

    def are_not_all(self) -> bool:
        """True where there are tracks in other places too."""
        outermost = (one for one in self.scope if not any_holds(self.scope - {one}, one))
        return self.tracks.total() > sum(map(self.tracks.total, outermost))

    def settle(self, *, whole: bool) -> None:
        """Writes down how the folders look that hold what was read, has moved or is gone."""
        self._folders.settle(self._differed)
        if whole and self._newest_found:
            self._folders.keep_newest(self._newest_found)
        if self._idle_found or self._idle:
            self._folders.keep_idle_sheets(self._idle_found, self._idle.keys() - self._idle_found.keys())

    def scanned(self, now_ms: int, unseen: Collection[bytes]) -> None:
        """Remembers that the roots were scanned to the end, except those that could not be seen."""
        for root, (device, _) in self.roots.items():
            if root in self.whole() and root not in unseen and root not in self.foreign:
                self.store.scanned(root, now_ms, volume_of(root)._replace(device=device))

    def left(self) -> dict[TrackId, tuple[bytes, bytes | None]]:
        """Tracks that were there until now and were not met, with their paths and, of those of sheets, their files."""
        return {row[1]: (path, row[7]) for path, row in self.known.items() if not row[4]}

    def _spelled(self, root: bytes) -> bytes:
        """A folder as its volume lists it, and by the name it has tracks under already, where links give it several.

        Where letter case does not count, and where a music folder is a link to another, one folder must not become two.
        """
        listed = as_listed(root)
        if self.tracks.any_below(root):
            return root
        real = os.path.realpath(listed)
        for known in self.store.all():
            if known != root and below(real, top := os.path.realpath(known)) and self.tracks.any_below(known):
                return known + real[len(top.rstrip(b"/")) :]
        return listed

    def _enter(self, root: bytes) -> None:
        try:
            with os.scandir(root) as listing:
                empty = next(listing, None) is None
        except OSError as error:
            self._away(
                say(
                    "The folder {shown_path} cannot be opened: {strerror}.",
                    shown_path=_shown(root),
                    strerror=error.strerror,
                ),
                root,
            )
            return
        if empty and self._there(root):
            self._away(say("The folder {} is empty; its drive may be away.", _shown(root)), root)
            return
        identity = _identity(root)
        if identity is not None:
            self.roots[root], self._begun[root] = identity, volume_of(root)
            if self.only is None:
                self._load(root)

    def _load(self, folder: bytes) -> None:
        left, newest = self._folders.below(folder)
        if is_shelved(b"/".join(left)):  # of all at once: seldom of any
            left = {path: looks for path, looks in left.items() if not is_shelved(path, folder)}
        self._left |= left
        self._newest |= newest
        self._idle |= self._folders.idle_sheets(folder)
        self.known.update((row[0], row) for row in self._folders.missing(folder) if not is_shelved(row[0], folder))
        for file in self.store.refused(folder):
            self.refused[file.path] = file
            parent, _, name = file.path.rpartition(b"/")
            self.refused_in.setdefault(parent or b"/", set()).add(name)

    def _learn(self, folder: bytes) -> list[Known]:
        rows = self._folders.tracks(folder)
        self.known.update((row[0], row) for row in rows)
        return rows

    def _with_sheets(self, listing: Listing, refused: Mapping[bytes, RefusedFile]) -> bytes:
        """The looks of a folder with its sheets and which of them were refused, and its time: that of its last name."""
        sheets = [
            (found.path, found.size_bytes, found.mtime_ns, _is_refused(found, refused.get(found.path)))
            for found in listing.sheets
        ]
        return looks([listing.mtime_ns, sheets, listing.looks])

    def _walkable(self, folder: bytes) -> bool:
        """A folder of ``only`` that is no more needs no walk: what was known there is gone."""
        return os.path.isdir(folder) and not hidden_below(os.path.join(folder, b"_"), self.root_of(folder))

    def _there(self, root: bytes) -> int:
        return sum(1 for _ in self.tracks.there(root))

    def _away(self, sentence: str, root: bytes) -> None:
        self.away.add(root)
        there = self._there(root)
        self.troubles.append(sentence + (f" {_kept(there)}" if there else ""))


def _renamed(path: bytes, names: Mapping[bytes, bytes]) -> bytes:
    """A path below a folder that goes by another name."""
    given = max((name for name in names if below(path, name)), key=len, default=b"")
    return names[given] + path[len(given) :] if given and names[given] != given else path


def as_listed(path: bytes) -> bytes:
    """The path in the letters in which its folders list it; as it is where letter case counts, or nothing is there."""
    parent, name = os.path.split(path)
    if not name:
        return path
    parent = as_listed(parent)
    path, other = os.path.join(parent, name), name.swapcase()
    if other == name or not os.path.lexists(os.path.join(parent, other)):
        return path
    try:
        names = os.listdir(parent)
    except OSError:
        return path
    alike = [one for one in names if os.fsdecode(one).casefold() == os.fsdecode(name).casefold()]
    return path if name in names or len(alike) != 1 else os.path.join(parent, alike[0])


def _without(files: list[bytes | int], names: Container[bytes]) -> list[bytes | int]:
    each = zip(*[iter(files)] * 4, strict=True)
    return list(chain.from_iterable(file for file in each if file[0] not in names))


def _is_refused(found: Found, refused: RefusedFile | None) -> bool:
    return refused is not None and (refused.size_bytes, refused.mtime_ns) == (found.size_bytes, found.mtime_ns)


def _shown(folder: bytes) -> str:
    from app.domain.clean import shown_path  # for trouble alone

    return shown_path(folder)


def _kept(count: int) -> str:
    return say("Its {} in the library.", plural(count, "track stays", "tracks stay"))


def _identity(folder: bytes) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino
