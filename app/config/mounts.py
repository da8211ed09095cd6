"""What is mounted where, and so which drive a path is on: told without asking any drive."""

import re
from typing import Final, NamedTuple

_MOUNTS: Final = "/proc/self/mounts"
_ESCAPED: Final = rb"\\([0-7]{3})"


class Drive(NamedTuple):
    """What is mounted somewhere."""

    source: bytes
    """What it is, as far as that has a name: ``/dev/sdb1``, ``nas:/music``, ``tmpfs``."""
    kind: str
    """Of its file system: ``ext4``, ``nfs4``."""
    options: bytes


def mounts(listing: str = _MOUNTS) -> list[tuple[bytes, str]]:
    """Every place where something is mounted, the innermost first, with its kind; none where nobody knows."""
    found = [(point, drive.kind) for point, drive in _listed(listing)]
    return sorted(found, key=lambda mount: len(mount[0]), reverse=True)


def drives(listing: str = _MOUNTS) -> dict[bytes, Drive]:
    """What is mounted at each place: the last, which hides what was mounted there before."""
    return dict(_listed(listing))


def mount_of(path: bytes, listing: str = _MOUNTS) -> bytes:
    """Where the drive of a whole path is mounted; ``/`` where nobody knows. Links are taken as they are written."""
    inside = (mount for mount, _ in mounts(listing) if path == mount or path.startswith(mount.rstrip(b"/") + b"/"))
    return next(inside, b"/")


def _listed(listing: str) -> list[tuple[bytes, Drive]]:
    try:
        with open(listing, "rb") as file:
            fields = [words for line in file if len(words := line.split()) > 3]
    except OSError:
        return []
    return [(_plain(one[1]), Drive(_plain(one[0]), one[2].decode("ascii", "replace"), one[3])) for one in fields]


def _plain(field: bytes) -> bytes:
    """Spaces and the like are written in octal there; hardly any name has one."""
    return re.sub(_ESCAPED, lambda found: bytes([int(found[1], 8) & 255]), field) if b"\\" in field else field
