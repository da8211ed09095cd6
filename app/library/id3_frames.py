"""The frames of an ID3v2 tag, read straight from the bytes: the wanted ones whole, of the others only that they exist.

A picture of a megabyte costs ten bytes of reading. Compressed, encrypted or unsynchronised frames, extended headers
and sizes that do not add up are left to mutagen.
"""

import struct
from collections.abc import Iterator

from app.library.odd import OddError
from app.library.sound_file import SoundFile

HEADER_BYTES = 10
_MAX_FRAME_BYTES = 65_536
_MAX_FRAMES = 2_000
_UNSYNCHRONISED, _EXTENDED, _FOOTER = 0x80, 0x40, 0x10
# "Tag or file alteration preservation" and "read only": flags of a frame that do not change how it is read.
_HARMLESS_V3, _HARMLESS_V4 = 0xE000, 0x7000
_FRAME = struct.Struct(">4sIH")
_EIGHTH_BITS = 0x80808080
_PADDING = b"\0\0\0\0"
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")

V22_NAMES = {
    b"TT2": b"TIT2",
    b"TP1": b"TPE1",
    b"TP2": b"TPE2",
    b"TAL": b"TALB",
    b"TRK": b"TRCK",
    b"TPA": b"TPOS",
    b"TYE": b"TYER",
    b"TDA": b"TDAT",
    b"TOR": b"TORY",
    b"TCM": b"TCOM",
    b"TCO": b"TCON",
    b"TCP": b"TCMP",
    b"TBP": b"TBPM",
    b"TRC": b"TSRC",
    b"TST": b"TSOT",
    b"TSP": b"TSOP",
    b"TS2": b"TSO2",
    b"TSA": b"TSOA",
    b"TXX": b"TXXX",
    b"UFI": b"UFID",
    b"POP": b"POPM",
    b"COM": b"COMM",
    b"CNT": b"PCNT",
    b"ULT": b"USLT",
    b"SLT": b"SYLT",
    b"PIC": b"APIC",
}


def tag_end(head: bytes, at: int) -> int:
    """Where the tag that starts at ``at`` ends; ``head`` holds its first ten bytes. Not positive: there is none."""
    if head[:3] != b"ID3" or len(head) < HEADER_BYTES:
        return 0
    a, b, c, d = head[6:10]
    footer = HEADER_BYTES if head[3] == 4 and head[5] & _FOOTER else 0
    return at + HEADER_BYTES + footer + ((a & 0x7F) << 21 | (b & 0x7F) << 14 | (c & 0x7F) << 7 | d & 0x7F)


def frames(file: SoundFile, wanted: frozenset[bytes], start: int = 0) -> Iterator[tuple[bytes, int, bytes]]:
    """(name as in ID3v2.4, size, body) of each frame; the body is ``b""`` where the name is not ``wanted``.

    Raises:
        OddError: something is unusual.
    """
    head = file.at(start, HEADER_BYTES)
    version, flags, sizes = head[3], head[5], head[6:10]
    if version not in {2, 3, 4} or flags & ~0x20 or max(sizes) > 0x7F:
        raise OddError
    offset, end = start + HEADER_BYTES, tag_end(head, start)
    if end > file.size:
        raise OddError
    if version == 2:
        return _old_frames(file, wanted, offset, end)
    return _frames(file, wanted, offset, end, newest=version == 4)


def _frames(
    file: SoundFile, wanted: frozenset[bytes], offset: int, end: int, *, newest: bool
) -> Iterator[tuple[bytes, int, bytes]]:
    data, base, harmless = file.head, 0, _HARMLESS_V4 if newest else _HARMLESS_V3
    limit = len(data)
    for _ in range(_MAX_FRAMES):
        if offset + 10 > end:
            return
        at = offset - base
        if at + 10 > limit:
            data, base, at = file.at(offset, min(4096, end - offset)), offset, 0
            limit = len(data)
        name, size, flags = _FRAME.unpack_from(data, at)
        if name == _PADDING:
            return
        if newest:
            # iTunes once wrote plain sizes here, which mutagen tells apart by trying both.
            if size & _EIGHTH_BITS:
                raise OddError
            size = size >> 3 & 0xFE00000 | size >> 2 & 0x1FC000 | size >> 1 & 0x3F80 | size & 0x7F
        offset += 10 + size
        if offset > end:
            raise OddError
        if name in wanted:  # these are made of capitals and digits
            if flags & ~harmless or size > _MAX_FRAME_BYTES:
                raise OddError
            body = data[at + 10 : at + 10 + size] if at + 10 + size <= limit else file.at(offset - size, size)
            yield name, size, body
        elif not name.isalnum() or not name.isupper():
            raise OddError
        else:
            yield name, size, b""
    raise OddError


def _old_frames(file: SoundFile, wanted: frozenset[bytes], offset: int, end: int) -> Iterator[tuple[bytes, int, bytes]]:
    for _ in range(_MAX_FRAMES):
        head = file.at(offset, 6) if offset + 6 <= end else b""
        if not head.strip(b"\0"):
            return
        size = int.from_bytes(head[3:6], "big")
        offset += 6 + size
        if offset > end:
            raise OddError
        name = V22_NAMES.get(head[:3], b"")
        if name in wanted and size > _MAX_FRAME_BYTES:
            raise OddError
        yield name, size, file.at(offset - size, size) if name in wanted else b""
    raise OddError


def texts(body: bytes) -> list[str]:
    """The values of a text frame.

    Raises:
        OddError: it is no proper text.
    """
    return _split(body[1:], body[0]) if body else []


def described(body: bytes) -> tuple[str, list[str]]:
    """The description of a frame like TXXX, and its values.

    Raises:
        OddError: it is no proper text.
    """
    desc, *values = _split(body[1:], body[0]) if body else [""]
    return desc, values


def _split(data: bytes, encoding: int) -> list[str]:
    if encoding > 3:
        raise OddError
    try:
        if encoding == 1 or encoding == 2:
            return _wide(data, _ENCODINGS[encoding])
        text = data.decode(_ENCODINGS[encoding])
    except UnicodeDecodeError as error:
        raise OddError from error
    text = text.rstrip("\0")
    return text.split("\0") if "\0" in text else [text]


def _wide(data: bytes, encoding: str) -> list[str]:
    if len(data) % 2:
        raise OddError
    if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise OddError
    found = []
    for piece in _wide_pieces(data):
        # Each value has its own mark of the byte order.
        if encoding == "utf-16" and piece and not piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise OddError
        found.append(piece.decode(encoding))
    while len(found) > 1 and not found[-1]:
        found.pop()
    return found


def _wide_pieces(data: bytes) -> list[bytes]:
    if b"\0\0" not in data:
        return [data]
    pieces, start, at = [], 0, data.find(b"\0\0")
    while at >= 0:
        if (at - start) % 2:
            at = data.find(b"\0\0", at + 1)
            continue
        pieces.append(data[start:at])
        start = at + 2
        at = data.find(b"\0\0", start)
    if start < len(data):
        pieces.append(data[start:])
    return pieces
