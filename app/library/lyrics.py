"""The lyrics of a track: a file of its name beside it, or what is inside the sound file. Synced ones win."""

import os
import stat
from collections.abc import Iterator
from typing import Final

from app.config.read_only import READ_AT_ONCE
from app.domain.lyrics import Lyrics, parse
from app.library.cage import TagCage
from app.library.cue_text import decode

MAX_BYTES: Final = 1_000_000
_ENDINGS: Final = (b".lrc", b".txt")
_MAX_ENTRIES: Final = 20_000


def find(path: bytes, cage: TagCage) -> Lyrics | None:
    """The best lyrics there are; ``None`` where there are none. Trouble with a file means that it has none."""
    plain: Lyrics | None = None
    for found in _candidates(path, cage):
        if found.synced:
            return found
        plain = plain or found
    return plain


def _candidates(path: bytes, cage: TagCage) -> Iterator[Lyrics]:
    for beside in _beside(path):
        if (text := _read(beside)) and (lyrics := parse(text, f"from {_shown(beside)}")) is not None:
            yield lyrics
    embedded = cage.lyrics(path).decode("utf-8", "replace")
    if embedded and (lyrics := parse(embedded, "from the file")) is not None:
        yield lyrics


def _beside(path: bytes) -> list[bytes]:
    """``Song.lrc`` and ``Song.txt`` next to ``Song.mp3``, in whatever letter case."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0].lower()
    found = dict[bytes, bytes]()
    try:
        with os.scandir(folder or b".") as listing:
            for count, entry in enumerate(listing):
                if count > _MAX_ENTRIES:
                    break
                other, ending = os.path.splitext(entry.name.lower())
                if other == stem and ending in _ENDINGS:
                    found[ending] = entry.path
    except OSError:
        return []
    return [found[ending] for ending in _ENDINGS if ending in found]


def _read(path: bytes) -> str:
    try:
        handle = os.open(path, READ_AT_ONCE)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return ""
            data = file.read(MAX_BYTES + 1)
    except OSError:
        return ""
    return decode(data)[0] if len(data) <= MAX_BYTES else ""


def _shown(path: bytes) -> str:
    return os.fsdecode(os.path.basename(path)).encode("utf-8", "replace").decode()[:60]
