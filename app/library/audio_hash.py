"""Who a sound is by its payload alone: a hash that retagging, padding and moved blocks leave as it was.

Not all of a file is read: three pieces of the payload (start, middle, end), its length and its kind are. Where nothing
is compressed, a few seconds in between may be all that differs, at the same length: there, many pieces all over it are
read. That tells recordings apart, not single bits. FLAC's own MD5 of the decoded sound is taken where it is there.
"""

import struct
from collections.abc import Iterable, Sequence

from app.domain.digest import blake2b
from app.library.sound_file import SoundFile

_PIECES, _PIECE_BYTES = 3, 4_096
_RAW_PIECES, _RAW_PIECE_BYTES = 64, 1_536
RAW = frozenset({"wav", "aiff", "dsf", "dff"})
"""Kinds of sound that is not compressed."""
MAY_BE_TWO = RAW | {"mp3", "wma"}
"""Formats of which two files may have one hash, and differ where it does not look: they are not compressed, or may have
a constant rate. Of others the length differs, or a sum of all the sound is in the hash."""
_BLOCK_BYTES = 1 << 20
_MAX_CHUNKS = 10_000
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")
_ASF_DATA_HEADER_BYTES = 50

Span = tuple[int, int]
"""Where a piece of payload starts and ends in the file."""


def digest(kind: str, length: int, pieces: Iterable[bytes]) -> str:
    """32 hexadecimal digits of a payload's kind, length and pieces."""
    found = blake2b(b"%s %d " % (kind.encode(), length), digest_size=16)
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def hash_span(file: SoundFile, kind: str, start: int, end: int) -> str:
    """The hash of a payload in one piece; ``""`` where there is none."""
    return hash_spans(file, kind, ((start, end),))


def hash_spans(file: SoundFile, kind: str, spans: Sequence[Span]) -> str:
    """The hash of a payload that may lie in several spans. Cost: at most 12 KiB read; uncompressed, 96 KiB."""
    size, count = (_RAW_PIECE_BYTES, _RAW_PIECES) if kind in RAW else (_PIECE_BYTES, _PIECES)
    spans = [(start, min(end, file.size)) for start, end in spans if 0 <= start < min(end, file.size)]
    length = sum(end - start for start, end in spans)
    if not length:
        return ""
    if length <= count * size:
        return digest(kind, length, (_piece(file, spans, 0, length),))
    places = ((length - size) * number // (count - 1) for number in range(count))
    return digest(kind, length, (_piece(file, spans, place, size) for place in places))


def hash_whole(file: SoundFile, kind: str) -> str:
    """The hash of all of the sound of a file of one of the kinds in ``RAW``; ``""`` where there is none.

    Raises:
        OSError: the disk fails.
    """
    return hash_between(file, kind, *sound_chunk(file, kind))


def hash_between(file: SoundFile, kind: str, start: int, end: int) -> str:
    """The hash of all that lies between two places; ``""`` where nothing does.

    Raises:
        OSError: the disk fails.
    """
    end = min(end, file.size)
    blocks = (file.at(at, min(_BLOCK_BYTES, end - at)) for at in range(start, end, _BLOCK_BYTES))
    return digest(kind, end - start, blocks) if start < end else ""


def _piece(file: SoundFile, spans: Sequence[Span], offset: int, length: int) -> bytes:
    if len(spans) == 1:
        return file.at(spans[0][0] + offset, length)
    found = bytearray()
    for start, end in spans:
        size = end - start
        if offset < size:
            found += file.at(start + offset, min(size - offset, length - len(found)))
            if len(found) >= length:
                break
        offset = max(0, offset - size)
    return bytes(found)


def hash_flac(file: SoundFile, md5: bytes, start: int, end: int) -> str:
    """FLAC: the MD5 its encoder made of the sound, else the frames."""
    return md5.hex() if any(md5) and len(md5) == 16 else hash_span(file, "flac", start, end)


def hash_chunks(file: SoundFile, kind: str) -> str:
    """WAV, AIFF, DSF and DSDIFF keep their sound in one chunk among others."""
    return hash_span(file, kind, *sound_chunk(file, kind))


def sound_chunk(file: SoundFile, kind: str) -> Span:
    """Where the sound of a file of one of the kinds in ``RAW`` starts, and where its head says that it ends."""
    order, width, names, at = {
        "wav": ("<", 4, (b"data",), 12),
        "aiff": (">", 4, (b"SSND",), 12),
        "dff": (">", 8, (b"DSD ", b"DST "), 16),
        "dsf": ("<", 8, (b"data",), 28),
    }[kind]
    head, long_bytes = struct.Struct(f"{order}4s{'I' if width == 4 else 'Q'}"), 0
    for _ in range(_MAX_CHUNKS):
        raw = file.at(at, head.size)
        if len(raw) < head.size:
            break
        name, size = head.unpack(raw)
        if kind == "dsf":
            size -= head.size  # there, the head counts
        start = at + head.size
        if name == b"ds64":  # RF64: the sizes that need more than 32 bits
            long_bytes = int.from_bytes(file.at(start + 8, 8), "little")
        if name in names:
            if width == 4 and size in {0, 0xFFFFFFFF}:
                # A size of nothing or everything: whoever wrote it did not come back to fill it in.
                return start, start + long_bytes if long_bytes else file.size
            return start, start + size
        at = start + size + (size % 2 if kind != "dsf" else 0)
        if size < 0:
            break
    return 0, 0


def hash_asf(file: SoundFile) -> str:
    """Windows Media: the packets of the data object."""
    return hash_span(file, "asf", *asf_span(file))


def asf_span(file: SoundFile) -> Span:
    """Where they lie; nowhere in a damaged file."""
    at = 0
    for _ in range(_MAX_CHUNKS):
        raw = file.at(at, 24)
        size = int.from_bytes(raw[16:24], "little")
        if len(raw) < 24 or size < 24:
            break
        if raw[:16] == _ASF_DATA:
            return at + _ASF_DATA_HEADER_BYTES, at + size
        at += size
    return 0, 0
