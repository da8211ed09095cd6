"""What is at a path that comes from outside: a file to play, a music folder, or a listening history to import."""

import os
from enum import Enum, auto

from app.domain.errors import SegueError
from app.qt.jobs import Cancelled

_LOOKED_AT = 2_000
"""After so many files without any sound a folder is one of music all the same: a scan will say what is in it."""
_BESIDE_MUSIC = (b".txt", b".log")
"""Such files lie in the folders of albums, and are nobody's history there."""


class PathKind(Enum):
    """What becomes of it."""

    FILE = auto()
    FOLDER = auto()
    HISTORY = auto()


def kind_of(path: bytes, asks: Cancelled) -> PathKind:
    """Looks at the name, and into what an export could be.

    Raises:
        SegueError: it is a file that is called as an export is, and holds no plays, or is damaged.
    """
    from app.history.import_.files import holds_plays, may_be_meant  # in the job: the window does not wait for it

    if os.path.isdir(path):
        exports = _only_exports(path, asks)
        return PathKind.HISTORY if any(_surely_holds(each, asks) for each in exports) else PathKind.FOLDER
    if not may_be_meant(os.fsdecode(path)) or not os.path.lexists(path):
        return PathKind.FILE
    is_surely_meant = not path.lower().endswith(_BESIDE_MUSIC) or os.path.basename(path).startswith(b".scrobbler")
    return PathKind.HISTORY if holds_plays(path, asks, must=is_surely_meant) else PathKind.FILE


def _surely_holds(path: bytes, asks: Cancelled) -> bool:
    """The same of a file in a folder: one that cannot be read says nothing of what the folder is."""
    from app.history.import_.files import holds_plays  # in the job, as above

    try:
        return holds_plays(path, asks)
    except SegueError:
        return False


def _only_exports(folder: bytes, asks: Cancelled) -> list[bytes]:
    """What may be exports in a folder without sound, as a service's zip leaves it; nothing where there is sound."""
    from app.history.import_.files import may_be_meant  # in the job, as above
    from app.library.formats import is_audio_name

    found, seen = list[bytes](), 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        if asks() or any(map(is_audio_name, names)) or (seen := seen + len(folders) + len(names)) > _LOOKED_AT:
            return []
        found += [os.path.join(place, name) for name in sorted(names) if may_be_meant(os.fsdecode(name))]
    return found
