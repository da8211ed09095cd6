"""Which drive a folder is on, and whether that drive is still where it was: told by its mount point and its name.

A number of a device says little by itself: the next stick gets it, and some file systems get another at each start. So
what is kept of a music folder is where its drive was mounted, and the name of the file system, where it has one.
"""

import os
import re
from collections.abc import Iterable

from app.config.mounts import drives, mounts
from app.domain.scan import Volume
from app.library.walk import below

_NAMES = b"/dev/disk/by-uuid"
_BTRFS = b"/sys/fs/btrfs"
_TOP = b"5"
"""The number of the subvolume in which all the others of a btrfs lie."""
_WAITING = "autofs"
"""Stands at a mount point until somebody looks into it: nothing is mounted there."""


def volume_of(path: bytes) -> Volume:
    """The drive of a folder, or of the nearest folder above it that is there."""
    device, mount = _device(path), mount_of(path)
    return Volume(device, mount, name_of(device) or _name_on_btrfs(mount))


def mount_of(path: bytes) -> bytes:
    """Where the drive of a path is mounted, links followed; ``/`` where nobody knows."""
    real = os.path.realpath(path)
    return next((point for point, kind in mounts() if kind != _WAITING and below(real, point)), b"/")


def name_of(device: int | None) -> str:
    """What a file system is called by, wherever it is plugged in; ``""`` where it has no such name."""
    try:
        with os.scandir(_NAMES) as names:
            return next((os.fsdecode(one.name) for one in names if device == one.stat().st_rdev), "")
    except OSError:
        return ""


def _name_on_btrfs(mount: bytes) -> str:
    """Its devices have numbers of their own, which no list of names knows; a subvolume is like a drive by itself."""
    drive = drives().get(mount)
    if drive is None or drive.kind != "btrfs":
        return ""
    part = os.path.basename(os.path.realpath(drive.source))
    try:
        names = [name for name in os.listdir(_BTRFS) if os.path.lexists(os.path.join(_BTRFS, name, b"devices", part))]
    except OSError:
        return ""
    number = re.search(rb"\bsubvolid=(\d+)", drive.options)
    inside = b"" if number is None or number[1] == _TOP else b"." + number[1]
    return os.fsdecode(names[0] + inside) if names else ""


def is_away(root: bytes, before: Volume, others: Iterable[Volume]) -> bool:
    """True where the drive that held a folder is not where it was, and none of the others is that drive.

    A folder that is gone from a drive that is there was moved, or deleted.
    """
    if before.device is None:
        return False
    now = volume_of(root)
    if before.mount is None:  # seen last by an older Segue
        there = now.device == before.device
    else:
        if not below(os.path.realpath(root), before.mount):  # it was a link that led there, and is one no more
            now = volume_of(before.mount)
        there = now.mount == before.mount and _may_be(now, before)
    return not there and not any(_may_be(other, before) for other in others)


def is_another(now: Volume, before: Volume) -> bool:
    """True where another drive is mounted than before: by their names, else by their numbers."""
    if now.name and before.name:
        return now.name != before.name
    return before.device is not None and now.device != before.device


def is_unplugged(before: Volume) -> bool:
    """True where nothing is mounted any more where the drive was. Asks no drive."""
    points = {point for point, kind in mounts() if kind != _WAITING}
    return before.mount not in {None, b"/"} and bool(points) and before.mount not in points


def _may_be(one: Volume, other: Volume) -> bool:
    """By their names, else by their numbers; those of file systems without a device of their own are new each time."""
    if one.name and other.name:
        return one.name == other.name
    if one.device is None or other.device is None:
        return False
    nameless = not os.major(one.device) and not os.major(other.device)
    return one.device == other.device or (nameless and one.mount == other.mount)


def _device(path: bytes) -> int | None:
    """The number of the device of the nearest folder that is there."""
    path = os.path.realpath(path)
    while True:
        try:
            return os.stat(path).st_dev
        except OSError:
            above = os.path.dirname(path)
            if above == path:
                return None
            path = above
