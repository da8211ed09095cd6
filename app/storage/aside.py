"""Libraries that were set aside, damaged or replaced: the newest few stay, so that they never fill the disk.

Each may have side files, its log above all; they stay and go with it. What counts is when a file was put there, not
when it was written last: a damaged library may be older than its copy.
"""

import contextlib
from pathlib import Path

MOST = 5
_KINDS = ("damaged", "set-aside", "before")
_SIDE_FILES = ("", "-wal", "-shm")


def libraries(database: Path) -> list[Path]:
    """What was set aside of a library, newest first, without side files, unless one is all there is."""
    found = {_whole(path) for kind in _KINDS for path in database.parent.glob(f"{database.name}.{kind}-*")}
    return sorted(found, key=_put_there, reverse=True)


def files(library: Path) -> list[Path]:
    """The file and its side files, as far as they are there."""
    sides = (library.with_name(library.name + side) for side in _SIDE_FILES)
    return [path for path in sides if path.exists()]


def prune(database: Path) -> None:
    """Lets go of all but the newest. One that cannot be deleted now is tried again at the next time."""
    for library in libraries(database)[MOST:]:
        for path in files(library):
            with contextlib.suppress(OSError):
                path.unlink()


def _whole(path: Path) -> Path:
    for side in _SIDE_FILES[1:]:
        if path.name.endswith(side):
            return path.with_name(path.name.removesuffix(side))
    return path.with_name(path.name.removesuffix(".part"))


def _put_there(library: Path) -> tuple[int, str]:
    times = [0]
    for path in files(library):
        with contextlib.suppress(FileNotFoundError):  # it went away between the two looks at it
            times.append(path.stat().st_ctime_ns)
    return max(times), library.name
