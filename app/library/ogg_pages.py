"""Ogg, read from both ends: the header packets at its start, the last page at its end, and the sound's hash.

A page is a head of 27 bytes, a table of segment lengths and the segments; a packet ends with a segment shorter than
255. Streams that are interleaved with others, or damaged, are left to mutagen.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from app.library.audio_hash import digest
from app.library.odd import OddError
from app.library.sound_file import SoundFile

_MAX_PAGE_BYTES = 65_536
_PAGE = struct.Struct("<4sBBqIIIB")
_LAST = 4
_MAX_HEADER_BYTES = 16 << 20
_MAX_PAGES = 4_096
_PIECE_BYTES = 8_192
_BEGINNINGS, _ENDINGS = (12_288, 4 * _MAX_PAGE_BYTES), (40_960, 4 * _MAX_PAGE_BYTES)
"""So much is read for a piece of sound: mostly the first is enough. The last page of Opus may be long, or short."""


class OggStart:
    """The header packets, and what stands where."""

    __slots__ = ("comment_end", "packets", "serial", "sound_at")

    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self.serial = -1
        self.comment_end = 0
        """Behind the page that holds the end of the second packet."""
        self.sound_at = 0
        """The first page of sound."""


class _Page(NamedTuple):
    flags: int
    position: int
    serial: int
    lacing: bytes
    body_at: int
    end: int


def ogg_start(file: SoundFile, count: int) -> OggStart:
    """The first ``count`` packets, which must fill their pages.

    Raises:
        OddError: something is unusual.
    """
    start, at, begun, size = OggStart(), 0, bytearray(), 0
    packets, data, base = start.packets, file.head, 0
    for _ in range(_MAX_PAGES):
        page = _page(data, at - base, base)
        if page is None or page.end > base + len(data):  # there is a picture in the comments
            data, base = file.at(at, _MAX_PAGE_BYTES), at
            page = _page(data, 0, base)
        if page is None or page.end > base + len(data):
            raise OddError
        if start.serial == -1:
            start.serial = page.serial
        size += page.end - at
        if page.serial != start.serial or size > _MAX_HEADER_BYTES:
            raise OddError
        before = len(packets)
        _take_packets(packets, begun, page.lacing, data[page.body_at - base : page.end - base])
        at = page.end
        if before < 2 <= len(packets):
            start.comment_end = at
        if len(packets) >= count:
            if len(packets) > count or begun:
                raise OddError
            start.sound_at = at
            return start
    raise OddError


def ogg_length(file: SoundFile, serial: int) -> int:
    """The position, in samples, at which the last page ends.

    Raises:
        OddError: the stream does not end in a plain way.
    """
    for window in _ENDINGS:
        data = file.end(min(window, _MAX_PAGE_BYTES))
        if (at := data.rfind(b"OggS")) >= 0:
            page = _page(data, at)
            if page is None or page.end > len(data) or page.serial != serial or not page.flags & _LAST:
                raise OddError
            if page.position == -1:
                raise OddError
            return page.position
    raise OddError


def hash_ogg(file: SoundFile, kind: str, start: OggStart) -> str:
    """The sound's packets, wherever the borders of pages lie: their start, their end, and the last page's position."""
    first, last, position = b"", b"", -1
    for window in (max(0, len(file.head) - start.sound_at), *_BEGINNINGS):
        length = min(window, file.size - start.sound_at)
        whole = length == file.size - start.sound_at
        data = file.at(start.sound_at, length)
        first = b"".join(_bodies(data, start.serial))[:_PIECE_BYTES]
        if len(first) == _PIECE_BYTES or whole:
            break
    for window in _ENDINGS:
        length = min(window, file.size - start.sound_at)
        whole = length == file.size - start.sound_at
        data = file.at(file.size - length, length)
        last, position = _ending(data, start.serial, from_first=whole)
        if len(last) == _PIECE_BYTES or whole:
            break
    return digest(kind, position, (first, last)) if first and position >= 0 else ""


def _ending(data: bytes, serial: int, *, from_first: bool) -> tuple[bytes, int]:
    """The last bytes of sound in what may begin in the middle of a page, and the last position."""
    at = 0 if from_first else data.find(b"OggS")
    while at >= 0:
        pages, behind = list[_Page](), at
        while (page := _page(data, behind)) is not None and page.end <= len(data):
            pages.append(page)
            behind = page.end
        # A chain of pages that reaches the end is no chance; what only looks like a page's head breaks off.
        if pages and (behind == len(data) or pages[-1].flags & _LAST or data[behind : behind + 4] == b"OggS"):
            ours = [page for page in pages if page.serial == serial]
            sound = b"".join(data[page.body_at : page.end] for page in ours)[-_PIECE_BYTES:]
            return sound, max((page.position for page in ours), default=-1)
        at = data.find(b"OggS", at + 1)
    return b"", -1


def _bodies(data: bytes, serial: int) -> Iterator[bytes]:
    at = 0
    while (page := _page(data, at)) is not None:
        if page.serial == serial:
            yield data[page.body_at : page.end]
        at = page.end


def _page(data: bytes, at: int, base: int = 0) -> _Page | None:
    """The page whose head stands at ``at`` in what was read from ``base`` on; its body need not be in it."""
    body_at = at + _PAGE.size
    if body_at > len(data):
        return None
    magic, version, flags, position, serial, _sequence, _sum, segments = _PAGE.unpack_from(data, at)
    lacing = data[body_at : body_at + segments]
    if magic != b"OggS" or version != 0 or len(lacing) != segments:
        return None
    body_at += base + segments
    return _Page(flags, position, serial, lacing, body_at, body_at + sum(lacing))


def _take_packets(packets: list[bytes], begun: bytearray, lacing: bytes, body: bytes) -> None:
    start = end = 0
    if lacing.count(255) == len(lacing):  # the middle of a long packet, a picture perhaps
        begun += body
        return
    for length in lacing:
        end += length
        if length < 255:
            packets.append(bytes(begun) + body[start:end])
            begun.clear()
            start = end
    begun += body[start:end]
