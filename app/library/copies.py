"""Files that seem to hold the same sound, compared from end to end where the hash of a part does not say it.

Sound that is not compressed, or at a constant rate, may differ in a few seconds alone, with the same length: a word is
left out, a scratch was mended. Nobody is to delete the one for a copy of the other.
"""

from collections.abc import Iterable

from app.domain.errors import UnreadableFile
from app.library.audio_hash import MAY_BE_TWO, RAW, asf_span, hash_between, hash_whole
from app.library.sound_file import SoundFile
from app.storage.health import Copy

_HEADS = (b"Xing", b"Info", b"VBRI")
"""What stands in a first frame that counts the others; encoders write a sum of all the sound into it, too."""
_FIRST_FRAME_BYTES = 256
_AS_HASHED = "as its hash says"


def compared(groups: Iterable[list[Copy]]) -> list[list[Copy]]:
    """The groups of what really is the same; one of those that cannot be read is no copy of anything."""
    found: list[list[Copy]] = []
    for group in groups:
        alike: dict[str, list[Copy]] = {}
        for copy in group:
            whole = _whole(copy) if copy.format in MAY_BE_TWO else _AS_HASHED
            if whole:
                alike.setdefault(whole, []).append(copy)
        found += [copies for copies in alike.values() if len(copies) > 1]
    return found


def _whole(copy: Copy) -> str:
    from app.library.tags import opened

    try:
        with opened(copy.path) as (file, kind):
            if kind == "asf":
                return hash_between(file, kind, *asf_span(file))
            return _of_mpeg(file) if kind == "mp3" else hash_whole(file, kind) if kind in RAW else ""
    except UnreadableFile:
        return ""


def _of_mpeg(file: SoundFile) -> str:
    from app.library.tags_id3 import sound_start
    from app.library.tails import tails_of

    start = sound_start(file)
    if any(head in file.at(start, _FIRST_FRAME_BYTES) for head in _HEADS):
        return _AS_HASHED
    return hash_between(file, "mpeg", start, tails_of(file).end)
