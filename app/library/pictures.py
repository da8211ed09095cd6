"""The front cover inside a sound file, as the bytes that were put there. Runs in the tag worker."""

import base64
import binascii
from typing import Any, BinaryIO

from app.library.framing import MAX_PICTURE_BYTES
from app.library.mutagen_reader import reader
from app.library.tags import opened
from app.library.tags_plain import id3_of
from app.library.tags_vorbis import ogg_class

_FRONT = 3
OGG = {"vorbis", "opus", "speex", "oggflac"}


def read_picture(path: bytes) -> bytes:
    """The front cover, else the first picture, else nothing (``b""``).

    Raises:
        UnreadableFile: the file cannot be read.
    """
    with opened(path) as (file, kind):
        found = [(type_, data) for type_, data in _pictures(file.stream(), kind) if 0 < len(data) <= MAX_PICTURE_BYTES]
    # The sort is stable: among equals the first stays first.
    found.sort(key=lambda one: one[0] != _FRONT)
    return found[0][1] if found else b""


def _pictures(file: BinaryIO, kind: str) -> list[tuple[int, bytes]]:
    if kind == "flac":
        return [(picture.type, picture.data) for picture in reader("flac", "FLAC")(file).pictures]
    if kind in OGG:
        return _in_comments(ogg_class(kind)(file).tags or [])
    if kind == "mp4":
        tags = reader("mp4", "MP4")(file).tags
        return [(_FRONT, bytes(cover)) for cover in (tags or {}).get("covr", [])]
    if kind == "asf":
        return _in_asf(file)
    if kind in {"mp3", "aac", "tta"}:
        return _in_id3(or_none("id3", "ID3", file)) or _in_ape(or_none("apev2", "APEv2", file))
    if kind in {"wav", "aiff", "dsf", "dff"}:
        return _in_id3(id3_of(file, kind))
    return _in_ape(or_none("apev2", "APEv2", file))


def or_none(module: str, name: str, file: BinaryIO) -> Any:
    file.seek(0)
    try:
        return reader(module, name)(file)
    except (reader("_util", "MutagenError"), EOFError, ValueError, IndexError):
        return None


def _in_id3(tags: Any) -> list[tuple[int, bytes]]:
    return [(int(frame.type), frame.data) for frame in tags.getall("APIC")] if tags is not None else []


def _in_ape(tags: Any) -> list[tuple[int, bytes]]:
    """APEv2 puts a file name and a NUL before the picture."""
    found = []
    for key in tags if tags is not None else ():
        if key.lower().startswith("cover art"):
            _, _, data = bytes(tags[key].value).partition(b"\0")
            found.append((_FRONT if "front" in key.lower() else 0, data))
    return found


def _in_comments(comments: Any) -> list[tuple[int, bytes]]:
    found = []
    for key, value in comments:
        try:
            if key.lower() == "metadata_block_picture":
                picture = reader("flac", "Picture")(base64.b64decode(value))
                found.append((picture.type, picture.data))
            elif key.lower() == "coverart":
                found.append((_FRONT, base64.b64decode(value)))
        except (reader("_util", "MutagenError"), binascii.Error, ValueError):
            continue
    return found


def _in_asf(file: BinaryIO) -> list[tuple[int, bytes]]:
    """``WM/Picture``: a type byte, a length, two UTF-16 texts, each ended by a double NUL, then the picture."""
    found = []
    for key, value in reader("asf", "ASF")(file).tags:
        raw = value.value if key.lower() == "wm/picture" else b""
        if not isinstance(raw, bytes) or len(raw) < 9:
            continue
        size = int.from_bytes(raw[1:5], "little")
        if 0 < size <= len(raw) - 5:
            found.append((raw[0], raw[-size:]))
    return found
