"""The picture of a track: the one inside the file first, else one that lies in its folder. Raster pictures only."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from app.config.read_only import READ_AT_ONCE
from app.domain.recording import album_folder
from app.library.cage import TagCage
from app.library.framing import MAX_PICTURE_BYTES

_NAMES = (b"cover", b"folder", b"front", b"albumart")
_NO_FRONT = re.compile(rb"(?<![a-z])(?:disc|cd)\d*(?![a-z])|back|inside|inlay|booklet|artist")
"""What says so is taken for the cover only where it says front, too, or its name is a usual one."""
_EXTENSIONS = (b".jpg", b".jpeg", b".png", b".webp")
_OTHER = 2 * len(_NAMES)
_MAX_ENTRIES = 20_000
# SVG can name files and loop; animated formats are no covers.
_MAGIC = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"BM", "bmp"))


@dataclass(frozen=True, slots=True)
class PictureSource:
    """Where a picture would come from; ``key`` changes when that file does."""

    path: bytes
    embedded: bool
    key: bytes


def sources(track_path: bytes, has_cover: bool) -> Iterator[PictureSource]:
    """Where to look for a track's picture, the best place first."""
    if has_cover and (found := _source(track_path, embedded=True)) is not None:
        yield found
    folder = os.path.dirname(track_path)
    for place in dict.fromkeys((folder, album_folder(track_path))):
        if (picture := folder_picture(place)) and (found := _source(picture, embedded=False)) is not None:
            yield found


def folder_picture(folder: bytes) -> bytes | None:
    """``cover.jpg`` and its like in a folder, else ``Album (front).jpg``, else the only picture that is there.

    Upper and lower case are the same.
    """
    best: tuple[int, int, bytes] | None = None
    pictures = 0
    try:
        with os.scandir(folder) as listing:
            for count, entry in enumerate(listing):
                if count > _MAX_ENTRIES:
                    break
                stem, extension = os.path.splitext(entry.name.lower())
                if extension in _EXTENSIONS and not stem.startswith(b"."):
                    pictures += 1
                    rank = (_rank(stem), _EXTENSIONS.index(extension), entry.path)
                    best = min(best, rank) if best else rank
    except OSError:
        return None
    return best[2] if best and (pictures == 1 or best[0] < _OTHER) else None


def _rank(stem: bytes) -> int:
    if stem in _NAMES:
        return _NAMES.index(stem)
    if stem.endswith(b"small") or (b"front" not in stem and _NO_FRONT.search(stem)):
        return _OTHER
    return len(_NAMES) + next((place for place, name in enumerate(_NAMES) if name in stem), len(_NAMES))


def load(source: PictureSource, cage: TagCage) -> bytes:
    """The picture's bytes; ``b""`` where it is too large, gone, or no picture that is shown."""
    data = cage.picture(source.path) if source.embedded else _file_bytes(source.path)
    return data if picture_format(data) else b""


def picture_format(data: bytes) -> str:
    """``jpeg``, ``png``, ``webp`` or ``bmp``, judged by the first bytes; ``""`` for everything else."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def _source(path: bytes, *, embedded: bool) -> PictureSource | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return PictureSource(path, embedded, b"%s\0%d\0%d\0%d" % (path, status.st_mtime_ns, status.st_size, embedded))


def _file_bytes(path: bytes) -> bytes:
    try:
        handle = os.open(path, READ_AT_ONCE)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return b""
            data = file.read(MAX_PICTURE_BYTES + 1)
    except OSError:
        return b""
    return data if len(data) <= MAX_PICTURE_BYTES else b""
