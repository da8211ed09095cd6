"""Tells when drives are mounted and unmounted in music folders: the watch over folders hears nothing of either.

It goes on in the folder that a drive has hidden, and ends in one whose drive went. The kernel tells of any change in
the table of mounts; what it means is found by a look at the table.
"""

import contextlib
import os
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from app.config.mounts import Drive, drives
from app.library.walk import below, hidden_below

_TABLE = "/proc/self/mounts"
_WAITING = "autofs"
"""Stands at a mount point until somebody looks into it."""


class MountWatch:
    """Watches the mount points at, above and in some folders."""

    def __init__(self, roots: Iterable[bytes]) -> None:
        self._roots = {root: os.path.realpath(root) for root in roots}
        self.alarms: list[BinaryIO] = []
        """Files with exceptional news once something was mounted or unmounted anywhere."""
        with contextlib.suppress(OSError):
            self.alarms.append(open(_TABLE, "rb", buffering=0))  # noqa: SIM115 (until ``close``)
        self._seen = drives()

    def changed(self) -> set[bytes]:
        """The folders that have another drive than before, or another one in them.

        A drive that went because nobody used it is none: a look at its folder would only bring it back.
        """
        before, self._seen = self._seen, drives()
        if before == self._seen:
            return set()
        return {root for root, real in self._roots.items() if self._differs(real, before)}

    def close(self) -> None:
        """Ends the watch."""
        for file in self.alarms:
            file.close()

    def _differs(self, real: bytes, before: Mapping[bytes, Drive]) -> bool:
        was, now = _of(real, before), _of(real, self._seen)
        other = [now.get(point) for point in was.keys() | now.keys() if was.get(point) != now.get(point)]
        return any(drive is None or drive.kind != _WAITING for drive in other)


def _of(real: bytes, mounted: Mapping[bytes, Drive]) -> dict[bytes, Drive]:
    """The drive that a folder is on, and those in it, unless no walk would come there."""
    around = max((point for point in mounted if below(real, point)), key=len, default=b"/")
    inside = (point for point in mounted if below(point, real) and not hidden_below(os.path.join(point, b"_"), real))
    return {point: mounted[point] for point in (around, *inside) if point in mounted}
