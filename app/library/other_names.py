"""New files that are tracks already, by another path to the same file: through a link, from another music folder."""

import os
from collections.abc import Collection, Sequence

from app.library.walk import Found, any_holds
from app.storage.scanned import ScannedStore


def known_elsewhere(new: Sequence[Found], scope: Collection[bytes], tracks: ScannedStore) -> set[bytes]:
    """Those of the new files that are files of tracks outside of what the walk has looked at."""
    by_looks: dict[tuple[int, int, int], list[bytes]] = {}
    for inode, size_bytes, mtime_ns, path in tracks.holders({found.inode for found in new} - {0}, removed=False):
        if not any_holds(scope, path):
            by_looks.setdefault((inode, size_bytes, mtime_ns), []).append(path)
    return {
        found.path
        for found in new
        if any(_is_one(path, found.path) for path in by_looks.get((found.inode, found.size_bytes, found.mtime_ns), ()))
    }


def _is_one(one: bytes, other: bytes) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
