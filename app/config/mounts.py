"""Which drive a path is on, without asking that drive: by the list of what is mounted."""

import re
from typing import Final

_MOUNTS: Final = "/proc/self/mounts"
_ESCAPED: Final = re.compile(rb"\\([0-7]{3})")


def mount_of(path: bytes, mounts: str = _MOUNTS) -> bytes:
    """Where the drive of a whole path is mounted; ``/`` where nobody knows. Links are taken as they are written."""
    try:
        with open(mounts, "rb") as listing:
            found = [_plain(fields[1]) for line in listing if len(fields := line.split()) > 1]
    except OSError:
        return b"/"
    inside = [mount for mount in found if path == mount or path.startswith(mount.rstrip(b"/") + b"/")]
    return max(inside, key=len, default=b"/")


def _plain(field: bytes) -> bytes:
    """Spaces and the like are written in octal there."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 8) & 255]), field)
