"""Tells when something changes in the music folders, as sets of folders to scan again.

The kernel tells at once of what is on a disk of this machine. Of a network drive it tells nothing that other machines
do, and it watches only so many folders: there a look at every folder's time, now and then, has to do. Changes are
gathered until it is quiet for a while, so that an album that is being copied is one change. Files that were written
into stand beside their folders: one whose size and time were put back looks to ``stat`` as it did before.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from app.config.mounts import mounts
from app.library.formats import is_audio_name, is_cue_name
from app.library.framing import ADDED, DELETED, MODIFIED
from app.library.walk import any_holds, below, hidden_below
from app.library.watch_mounts import MountWatch
from app.library.watch_process import WatchProcess

Cancelled = Callable[[], bool]

POLL_S = 60.0
QUIET_S = 2.0
LONGEST_S = 30.0
_MOST_WRITTEN = 1_000
"""With more files at once, something went over all of them, such as a change of rights: they go by size and time."""
_TICK_S = 0.25
_NETWORK_NAMES = """
    nfs nfs4 cifs smb3 smbfs ncpfs 9p afs ceph glusterfs lustre virtiofs vboxsf vmhgfs prl_fs davfs fuse.sshfs
    fuse.rclone fuse.gvfsd-fuse fuse.s3fs fuse.davfs fuse.glusterfs fuse.smbnetfs fuse.vmhgfs-fuse
"""
_NETWORK = frozenset(_NETWORK_NAMES.split())


@dataclass(slots=True)
class Watch:
    """Watches music folders. Iterate ``changes``; ``troubles`` holds what the listener may want to know."""

    roots: Sequence[bytes]
    poll_s: float = POLL_S
    quiet_s: float = QUIET_S
    troubles: list[str] = field(default_factory=list)
    polled: set[bytes] = field(default_factory=set)
    """Roots that are looked at now and then."""
    _written: set[bytes] = field(default_factory=set)

    def changes(self, cancelled: Cancelled) -> Iterator[set[bytes]]:
        """Folders below the roots in which something may have changed, and files of theirs, until ``cancelled``.

        The first set is empty and says that the watch has begun: what changes from here on is told.
        """
        mount_watch, kernel = MountWatch(self.roots), None
        try:
            kernel = self._kernel(cancelled)
            polls = {root: _times(root) for root in self.polled}
            next_poll_s = time.monotonic() + self.poll_s
            gathered = _Gathered(self.quiet_s)
            yield set()
            while not cancelled():
                wait_s = _TICK_S if gathered.folders else max(next_poll_s - time.monotonic(), _TICK_S)
                heard = self._hear(kernel, cancelled, wait_s, mount_watch.alarms)
                if other := mount_watch.changed():
                    if kernel is not None:
                        kernel.close()
                    kernel = self._kernel(cancelled)
                    heard |= other | (set(self.roots) - self.polled)  # there it was blind for a while
                    polls = {root: polls.get(root) or _times(root) for root in self.polled}
                if time.monotonic() >= next_poll_s:
                    heard |= self._poll(polls)
                    next_poll_s = time.monotonic() + self.poll_s
                gathered.add(heard)
                if ready := gathered.ready():
                    yield ready | self._taken_written()
        finally:
            mount_watch.close()
            if kernel is not None:
                kernel.close()

    def _far(self) -> set[bytes]:
        """Roots on network drives, and network drives that are mounted below a root."""
        mounted = mounts()
        roots, inside = {root for root in self.roots if _is_network(root, mounted)}, set[bytes]()
        for root in set(self.roots) - roots:
            real = os.path.realpath(root)  # the table of mounts knows no links
            points = (point for point, kind in mounted if kind in _NETWORK and below(point, real))
            inside.update(os.path.join(root, os.path.relpath(point, real)) for point in points)
        return roots | inside

    def _kernel(self, cancelled: Cancelled) -> WatchProcess | None:
        """The kernel's watch over the roots that are there, but for those that it can tell nothing of."""
        self.polled = {root for root in self.roots if not _is_text(root) or not os.path.isdir(root)} | self._far()
        near = [root for root in self.roots if root not in self.polled]
        if not near:
            return None
        kernel = WatchProcess(near)
        kernel.begin(cancelled)
        self._give_up(kernel)
        return kernel

    def _give_up(self, kernel: WatchProcess) -> None:
        """Polls what the kernel does not watch."""
        if kernel.trouble:
            self.polled |= set(self.roots)
            if kernel.trouble not in self.troubles:
                self.troubles.append(kernel.trouble)

    def _hear(
        self, kernel: WatchProcess | None, cancelled: Cancelled, wait_s: float, alarms: Sequence[BinaryIO]
    ) -> set[bytes]:
        if kernel is None or kernel.trouble:
            time.sleep(_TICK_S)
            return set()
        near = set(self.roots) - self.polled
        heard = kernel.hear(cancelled, wait_s, alarms)
        if heard is None:  # it was blind for a while: look at everything
            self._give_up(kernel)
            return near
        self._written.update(path for kind, path in heard if kind == MODIFIED and self._is_sound(path))
        return {folder for kind, path in heard if (folder := self._folder(kind, path))}

    def _is_sound(self, path: bytes) -> bool:
        return is_audio_name(os.path.basename(path)) and any_holds(self.roots, path)

    def _taken_written(self) -> set[bytes]:
        written, self._written = self._written, set()
        return written if len(written) <= _MOST_WRITTEN else set()

    def _folder(self, kind: bytes, path: bytes) -> bytes:
        """The folder to scan for a change; ``b""`` where it does not matter."""
        root = max((root for root in self.roots if below(path, root)), key=len, default=b"")
        if not root or path == root or hidden_below(path, root):
            return root if path == root else b""
        name = os.path.basename(path)
        if is_audio_name(name) or is_cue_name(name) or name == b".nomedia":
            return os.path.dirname(path)
        if name.startswith(b"."):
            return b""
        if os.path.isdir(path):
            # What happens in it is told by itself, unless it is new.
            return path if kind == ADDED else b""
        # A folder that is gone looks like a file that is gone: it costs little to look for what was in it.
        return path if kind == DELETED else b""

    def _poll(self, polls: dict[bytes, dict[bytes, int]]) -> set[bytes]:
        changed: set[bytes] = set()
        self.polled |= self._far()
        for root in self.polled:
            before, now = polls.get(root, {}), _times(root)
            if now or not before:  # a root that is away has not changed
                different = {folder for folder in before.keys() | now.keys() if before.get(folder) != now.get(folder)}
                changed.update(different)
                polls[root] = now
        return changed


@dataclass(slots=True)
class _Gathered:
    """Changes that wait until it is quiet."""

    quiet_s: float
    folders: set[bytes] = field(default_factory=set)
    first_s: float = 0.0
    last_s: float = 0.0

    def add(self, heard: set[bytes]) -> None:
        if heard:
            self.last_s = time.monotonic()
            self.first_s = self.first_s if self.folders else self.last_s
            self.folders |= heard

    def ready(self) -> set[bytes]:
        """The outermost of the folders, once nothing more came for a while or the first has waited long."""
        now_s = time.monotonic()
        if not self.folders or (now_s - self.last_s < self.quiet_s and now_s - self.first_s < LONGEST_S):
            return set()
        folders, self.folders = self.folders, set()
        return {folder for folder in folders if not any_holds(folders - {folder}, folder)}


def watch(roots: Sequence[bytes], cancelled: Cancelled) -> Iterator[set[bytes]]:
    """Sets of folders in which something changed; see :class:`Watch`."""
    yield from Watch(roots).changes(cancelled)


def _times(root: bytes) -> dict[bytes, int]:
    """Every folder's time: it changes when a name in it comes, goes or changes, and when a file is written anew."""
    times: dict[bytes, int] = {}
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            newest = os.stat(folder).st_mtime_ns
            with os.scandir(folder) as listing:
                for entry in listing:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif is_audio_name(entry.name):
                        newest = hash((newest, entry.name, entry.stat(follow_symlinks=False).st_mtime_ns))
        except OSError:
            continue
        times[folder] = newest
    return times


def _is_network(root: bytes, mounted: list[tuple[bytes, str]]) -> bool:
    real = os.path.realpath(root)
    return next((kind in _NETWORK for point, kind in mounted if below(real, point)), False)


def _is_text(root: bytes) -> bool:
    try:
        root.decode()
    except UnicodeDecodeError:
        return False
    return True
