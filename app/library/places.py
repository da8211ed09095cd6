"""The music folders as a scan finds them: there, away, empty, or suddenly on another drive.

A folder that cannot be seen proves nothing about what was in it. Neither does an empty one that used to hold tracks,
nor one on another file system than before in which nothing is known: then a drive is away, and its mount point shows.
"""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from app.domain.ids import TrackId
from app.domain.scan import Known
from app.domain.text import shown_path
from app.domain.track import RefusedFile
from app.domain.words import plural, say
from app.library.walk import Walk, any_holds, below, hidden_below
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore


@dataclass(slots=True)
class Places:
    """What is looked at, and what is known there. ``known`` and ``refused`` keep what the walk has not met."""

    tracks: TrackStore
    store: RootStore
    only: Collection[bytes] | None
    """Folders below the roots; ``None``: all of them."""
    troubles: list[str] = field(default_factory=list)
    roots: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    """The folders that are there, with device and inode."""
    scope: set[bytes] = field(default_factory=set)
    """What is looked at: the roots, or the folders in them."""
    known: dict[bytes, Known] = field(default_factory=dict)
    refused: dict[bytes, RefusedFile] = field(default_factory=dict)
    away: set[bytes] = field(default_factory=set)
    """Roots that cannot be seen: nothing is known of what is below them, whichever other root holds them."""
    foreign: set[bytes] = field(default_factory=set)
    """Roots in which another drive seems to be mounted."""

    def enter(self, roots: Iterable[bytes]) -> Walk:
        """Takes the folders into the scan, except those that are away: their tracks stay as they are."""
        for root in dict.fromkeys(roots):
            self._enter(root)
        if self.only is None:
            self.scope = set(self.roots)
            return Walk(list(self.roots))
        inside = {os.path.abspath(folder) for folder in self.only}
        for folder in sorted(inside):
            if any_holds(self.roots, folder) and not any_holds(self.scope, folder):
                self.scope.add(folder)
                self._load(folder)
        return Walk([folder for folder in sorted(self.scope) if self._walkable(folder)], list(self.roots))

    def root_of(self, path: bytes) -> bytes:
        """The innermost music folder that holds a file."""
        return max((root for root in self.roots if below(path, root)), key=len, default=b"")

    def find_foreign(self) -> None:
        """After the walk: roots on another file system than before where nothing that was there is left."""
        for root, (device, _) in self.roots.items():
            before = self.store.device(root)
            if self.only is not None or before is None or before == device:
                continue
            left = sum(not row[4] for path, row in self.known.items() if below(path, root))
            if left and left == sum(not row[4] for row in self.tracks.known(root).values()):
                self.foreign.add(root)
                self.troubles.append(
                    say(
                        "The folder {} is on another drive than before, without anything that was there. ",
                        shown_path(root),
                    )
                    + _kept(left)
                )

    def went_away(self, walk: Walk) -> set[bytes]:
        """After the scan: roots, and drives mounted in them, that are no longer what they were at its start."""
        gone = {
            folder
            for folder, identity in (self.roots | walk.mounts).items()
            if any_holds(self.roots, folder) and _identity(folder) != identity
        }
        for folder in sorted(gone):
            self.troubles.append(say("The folder {} went away during the scan. Nothing is lost.", shown_path(folder)))
        return gone

    def scanned(self, now_ms: int, unseen: Collection[bytes]) -> None:
        """Remembers that the roots were scanned to the end, except those that could not be seen."""
        for root, (device, _) in self.roots.items():
            if self.only is None and root not in unseen and root not in self.foreign:
                self.store.scanned(root, now_ms, device)

    def left(self) -> dict[TrackId, tuple[bytes, bytes | None]]:
        """Tracks that were there until now and were not met, with their paths and, of those of sheets, their files."""
        return {row[1]: (path, row[7]) for path, row in self.known.items() if not row[4]}

    def _enter(self, root: bytes) -> None:
        try:
            with os.scandir(root) as listing:
                empty = next(listing, None) is None
        except OSError as error:
            self._away(
                say(
                    "The folder {shown_path} cannot be opened: {strerror}.",
                    shown_path=shown_path(root),
                    strerror=error.strerror,
                ),
                root,
            )
            return
        if empty and self._there(root):
            self._away(say("The folder {} is empty; its drive may be away.", shown_path(root)), root)
            return
        identity = _identity(root)
        if identity is not None:
            self.roots[root] = identity
            if self.only is None:
                self._load(root)

    def _load(self, folder: bytes) -> None:
        self.known |= self.tracks.known(folder)
        self.refused |= {file.path: file for file in self.store.refused(folder)}

    def _walkable(self, folder: bytes) -> bool:
        """A folder of ``only`` that is no more needs no walk: what was known there is gone."""
        return os.path.isdir(folder) and not hidden_below(os.path.join(folder, b"_"), self.root_of(folder))

    def _there(self, root: bytes) -> int:
        return sum(not row[4] for row in self.tracks.known(root).values())

    def _away(self, sentence: str, root: bytes) -> None:
        self.away.add(root)
        there = self._there(root)
        self.troubles.append(sentence + (f" {_kept(there)}" if there else ""))


def _kept(count: int) -> str:
    return say("Its {} in the library.", plural(count, "track stays", "tracks stay"))


def _identity(folder: bytes) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino
