"""Music folders that cannot be seen while files turn up elsewhere: one that has moved takes its tracks along.

A copy of its files takes nothing while its drive is away: with the drive, the files of before come back. Where the
drive is there and the folder is not, most of its tracks under new paths are the sign that it is the folder itself that
has a new place; a copy of a few is not.
"""

import os
from collections.abc import Iterable, Iterator

from app.domain.scan import Trace
from app.library.places import Places
from app.library.volumes import is_away, volume_of
from app.library.walk import Found, any_holds


class Away:
    """Asked of tracks outside of what a scan looks at, once it knows which files are new."""

    def __init__(self, places: Places, new: Iterable[Found]) -> None:
        self._places, self._new = places, list(new)
        self._waiting: set[bytes] | None = None
        self._files: set[int] = set()
        """Inode, size and time of the new files, as one number each."""

    def is_met(self, trace: Trace) -> bool:
        """True where its very file seems to be among the new ones: its drive has another place."""
        if not self._files:
            self._files.update(_look(found.inode, found.size_bytes, found.mtime_ns) for found in self._new)
        return _look(trace.inode, trace.size_bytes, trace.mtime_ns) in self._files

    def may_come_back(self, trace: Trace) -> bool:
        """True for a track on a drive that is away: nothing is known of its file."""
        if self._waiting is None:
            self._waiting = set(self._not_moved())
        if not any_holds(self._waiting, trace.source_path or trace.path):
            return False
        return not self.is_met(trace)

    def _not_moved(self) -> Iterator[bytes]:
        unseen = [root for root in self._places.store.all() if root in self._places.away or self._is_away(root)]
        inner = self._places.store.drives_below()
        if not unseen and not inner:
            return
        seen = set[int]()  # numbers, because there may be very many
        for found in self._new:
            seen.update(map(hash, _ends(found.path)))
            seen.add(hash((found.size_bytes, found.mtime_ns)))
        volumes = [*map(volume_of, self._places.roots), *self._places.drives.values()]
        yield from (folder for folder, before in inner.items() if is_away(folder, before, volumes))
        for root in unseen:
            if is_away(root, self._places.store.volume(root), volumes):
                yield root
                continue
            there, again, below = 0, 0, len(root.rstrip(b"/")) + 1
            for path, size_bytes, mtime_ns in self._places.tracks.there(root):
                there += 1
                again += hash(_ends(path[below:])[0]) in seen or hash((size_bytes, mtime_ns)) in seen
            if again * 2 < there:
                yield root

    def _is_away(self, root: bytes) -> bool:
        """True for a folder that is not there, or as empty as a mount point without its drive."""
        if any_holds(self._places.scope, root):
            return False
        try:
            with os.scandir(root) as listing:
                return next(listing, None) is None
        except OSError:
            return True


def _look(inode: int | None, size_bytes: int, mtime_ns: int) -> int:
    return hash((inode, size_bytes, mtime_ns))


def _ends(path: bytes) -> list[bytes]:
    """The file's name with that of its folder, where it has one, and alone."""
    parts = path.rsplit(b"/", 2)
    return [b"/".join(parts[-2:]), parts[-1]]
