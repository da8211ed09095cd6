"""How long an MPEG stream is and how it is made, read from its first frames: Xing, Info and LAME headers.

The answers are those of mutagen's ``MPEGInfo``, which is asked wherever a stream does not begin plainly.
"""

import re
from typing import NamedTuple

from app.library.odd import OddError
from app.library.sound_file import SoundFile

_LOOK_BYTES = 256
_FRAMES_TO_TRUST = 4
_MONO = 3
_BITRATES = {
    (1, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {0: (11025, 12000, 8000), 2: (22050, 24000, 16000), 3: (44100, 48000, 32000)}
_MPEG1 = 3
_LAME = re.compile(rb"LAME(\d)\.(\d{2,3})(?!\d)")
_LAME_HEADER_AT, _LAME_BYTES = 9, 36


class MpegStream(NamedTuple):
    """What the first frames say."""

    length: float
    bitrate: int
    sample_rate: int
    channels: int


class _Frame(NamedTuple):
    bitrate: int
    sample_rate: int
    channels: int
    samples: int
    size: int
    xing_at: int


def mpeg_stream(file: SoundFile, start: int) -> MpegStream:
    """The stream whose first frame stands at ``start``.

    Raises:
        OddError: it begins in an unusual way.
    """
    data, offset = file.at(start, _LOOK_BYTES), start
    frame = first = _frame(data)
    for number in range(_FRAMES_TO_TRUST):
        if number:
            data = file.at(offset, _LOOK_BYTES)
            frame = _frame(data)
        kind = data[frame.xing_at : frame.xing_at + 4] if frame.xing_at else b""
        if kind in {b"Xing", b"Info"}:
            if offset != start:
                raise OddError
            return _from_xing(data[frame.xing_at :], frame)
        if frame.xing_at and data[36:40] == b"VBRI":
            raise OddError
        offset += frame.size
    return MpegStream(8 * (file.size - start) / first.bitrate, first.bitrate, first.sample_rate, first.channels)


def _frame(data: bytes) -> _Frame:
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        raise OddError
    version, layer = data[1] >> 3 & 3, 4 - (data[1] >> 1 & 3)
    rate, bits, padding = data[2] >> 2 & 3, data[2] >> 4, data[2] >> 1 & 1
    if version == 1 or layer == 4 or rate == 3 or bits in {0, 15}:
        raise OddError
    bitrate = _BITRATES[1 if version == _MPEG1 else 2, layer][bits] * 1000
    sample_rate = _RATES[version][rate]
    mono = data[3] >> 6 == _MONO
    samples, slot = (384, 4) if layer == 1 else (576, 1) if version != _MPEG1 and layer == 3 else (1152, 1)
    size = (samples // 8 * bitrate // sample_rate + padding) * slot
    xing_at = 0 if layer != 3 else (21 if mono else 36) if version == _MPEG1 else (13 if mono else 21)
    return _Frame(bitrate, sample_rate, 1 if mono else 2, samples, size, xing_at)


def _from_xing(data: bytes, frame: _Frame) -> MpegStream:
    flags = int.from_bytes(data[4:8], "big")
    if flags & ~0xF or not flags & 1:
        raise OddError
    frames, at, size = int.from_bytes(data[8:12], "big"), 12, -1
    if flags & 2:
        size, at = int.from_bytes(data[at : at + 4], "big"), at + 4
    at += (100 if flags & 4 else 0) + (4 if flags & 8 else 0)
    if len(data) < at + _LAME_BYTES:
        raise OddError
    samples = frame.samples * frames
    bitrate = frame.bitrate
    if size != -1 and samples > 0:
        bitrate = round(max(0, size - frame.size) * 8 * frame.sample_rate / float(samples))
    samples = max(0, samples - _trimmed(data[at : at + _LAME_BYTES]))
    return MpegStream(float(samples) / frame.sample_rate, bitrate, frame.sample_rate, frame.channels)


def _trimmed(lame: bytes) -> int:
    """The samples the encoder put before and behind the sound."""
    if not lame.startswith((b"LAME", b"L3.99")):
        return 0
    found = _LAME.match(lame)
    if not found or (int(found[1]), int(found[2])) <= (3, 90):
        raise OddError
    header = lame[_LAME_HEADER_AT:]
    if header[0] >> 4:
        return 0  # a revision nobody knows
    delays = int.from_bytes(header[12:15], "big")
    return (delays >> 12) + (delays & 0xFFF)
