"""Files that seem to hold the same sound, compared from end to end where the hash of a part does not say it.

Sound that is not compressed may differ in a few seconds alone, with the same length: a word is left out, a scratch was
mended. Nobody is to delete the one for a copy of the other.
"""

from collections.abc import Iterable

from app.domain.errors import UnreadableFile
from app.library.audio_hash import RAW
from app.storage.health import Copy


def compared(groups: Iterable[list[Copy]]) -> list[list[Copy]]:
    """The groups of what really is the same; of uncompressed files, one that cannot be read is no copy of anything."""
    found: list[list[Copy]] = []
    for group in groups:
        alike: dict[str, list[Copy]] = {}
        for copy in group:
            whole = _whole(copy) if copy.format in RAW else "compressed"
            if whole:
                alike.setdefault(whole, []).append(copy)
        found += [copies for copies in alike.values() if len(copies) > 1]
    return found


def _whole(copy: Copy) -> str:
    from app.library.audio_hash import hash_whole
    from app.library.tags import opened

    try:
        with opened(copy.path) as (file, kind):
            return hash_whole(file, kind) if kind in RAW else ""
    except UnreadableFile:
        return ""
