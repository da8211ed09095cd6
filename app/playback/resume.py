"""Where reading can begin again in a file that FFmpeg gives up on.

Its reader of WavPack loses the way behind a damaged block, and that of Ogg stops where another stream is joined on
whose rate, channels or codec differ. Both formats mark such places, so that a reader that is opened there goes on.
"""

import os
import struct
from dataclasses import dataclass

_PIECE_BYTES = 1 << 20
_FARTHEST = 64 << 20
_WAVPACK = struct.Struct("<4sIHBBIIIII")
"""Magic, size, version, high bytes of index and total, total, index, samples, flags, checksum."""
_BLOCK_BYTES = range(24, 1 << 20)
_VERSIONS = range(0x402, 0x411)
_BEGINS_FRAME = 0x800
_OGG = struct.Struct("<4sBB")
_BEGINS_STREAM = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a packet stands: its byte in the file, and its time in the stream's own units; -1: none."""

    byte: int = 0
    pts: int = -1


def next_beginning(descriptor: int, format_name: str, behind: Place) -> Place | None:
    """The next place behind a packet at which a reader of this format can begin; ``None`` where there is none.

    Raises:
        OSError: the file cannot be read.
    """
    looks = {"wv": (b"wvpk", _WAVPACK.size, _block_at), "ogg": (b"OggS", _OGG.size, _stream_at)}
    if format_name not in looks:
        return None
    magic, head_bytes, time_of = looks[format_name]
    at = behind.byte + 1
    while at < behind.byte + _FARTHEST:
        piece = os.pread(descriptor, _PIECE_BYTES, at)
        found = piece.find(magic)
        while 0 <= found <= len(piece) - head_bytes:
            pts = time_of(piece[found : found + head_bytes], behind)
            if pts is not None:
                return Place(at + found, pts)
            found = piece.find(magic, found + 1)
        if len(piece) < _PIECE_BYTES:
            return None
        at += _PIECE_BYTES - head_bytes + 1
    return None


def _block_at(head: bytes, behind: Place) -> int | None:
    """The time of a WavPack block with sound that is later than the packet, by its head; else ``None``."""
    _, size, version, high, _, _, index, samples, flags, _ = _WAVPACK.unpack(head)
    pts = index + (high << 32)
    is_one = size in _BLOCK_BYTES and version in _VERSIONS and bool(flags & _BEGINS_FRAME) and samples > 0
    return pts if is_one and pts > behind.pts else None


def _stream_at(head: bytes, _behind: Place) -> int | None:
    """0 where this is the head of the first page of an Ogg stream, whose times begin there; else ``None``."""
    _, version, flags = _OGG.unpack(head)
    return 0 if version == 0 and flags & _BEGINS_STREAM else None
