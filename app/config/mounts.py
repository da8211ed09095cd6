"""What is mounted where, and so which drive a path is on: told without asking any drive."""

import re
from typing import Final

_MOUNTS: Final = "/proc/self/mounts"
_ESCAPED: Final = rb"\\([0-7]{3})"


def mounts(listing: str = _MOUNTS) -> list[tuple[bytes, str]]:
    """Every place where something is mounted, the innermost first, with its kind: ``nfs4``; none where nobody knows."""
    try:
        with open(listing, "rb") as file:
            fields = [words for line in file if len(words := line.split()) > 2]
    except OSError:
        return []
    found = [(_plain(one[1]), one[2].decode("ascii", "replace")) for one in fields]
    return sorted(found, key=lambda mount: len(mount[0]), reverse=True)


def mount_of(path: bytes, listing: str = _MOUNTS) -> bytes:
    """Where the drive of a whole path is mounted; ``/`` where nobody knows. Links are taken as they are written."""
    inside = (mount for mount, _ in mounts(listing) if path == mount or path.startswith(mount.rstrip(b"/") + b"/"))
    return next(inside, b"/")


def _plain(field: bytes) -> bytes:
    """Spaces and the like are written in octal there; hardly any name has one."""
    return re.sub(_ESCAPED, lambda found: bytes([int(found[1], 8) & 255]), field) if b"\\" in field else field
