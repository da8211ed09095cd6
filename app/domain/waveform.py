"""How loud a track is along its way: what the seek bar draws, one byte a piece of its time."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_LEVELS: Final = 2_048
MOST_BYTES: Final = MOST_LEVELS + 32

_MAGIC: Final = b"SgW1"
"""Changes with what a level means: files of another version are made anew."""
_HEAD: Final = struct.Struct("<4sIH")
_CHECK: Final = struct.Struct("<I")
_FULL: Final = 255


@dataclass(frozen=True, slots=True)
class Waveform:
    """``levels`` are the square roots of the loudness (RMS, 255 is full scale) of equally long pieces."""

    length_ms: int
    levels: bytes

    def heights(self, count: int, whole_ms: int) -> list[float]:
        """So many bars over ``whole_ms``, 0 to 1, the loudest 1; a bar behind the end of the sound is 0.

        Cost: one step a level.
        """
        loud = [(level / _FULL) ** 2 for level in self.levels]
        end = len(loud) * max(whole_ms, 1) / max(self.length_ms, 1)
        border, bars = round if end >= count else int, []
        for number in range(count):
            first = border(number * end / count)
            piece = loud[first : max(border((number + 1) * end / count), first + 1)]
            bars.append(sum(piece) / len(piece) if piece else 0.0)
        most = max(bars, default=0.0)
        return [bar / most for bar in bars] if most else bars


def waveform_of(mean_squares: Sequence[float], length_ms: int) -> Waveform:
    """From the mean square (0 to 1) of each piece."""
    return Waveform(length_ms, bytes(round(_FULL * min(max(each, 0.0), 1.0) ** 0.25) for each in mean_squares))


def pack(waveform: Waveform) -> bytes:
    """As it is kept in a file."""
    body = _HEAD.pack(_MAGIC, waveform.length_ms, len(waveform.levels)) + waveform.levels
    return body + _CHECK.pack(zlib.crc32(body))


def unpack(data: bytes) -> Waveform | None:
    """What :func:`pack` made; ``None`` for anything else, of which a disk and a hostile file may give a lot."""
    body, check = data[: -_CHECK.size], data[-_CHECK.size :]
    if len(data) > MOST_BYTES or len(body) < _HEAD.size or check != _CHECK.pack(zlib.crc32(body)):
        return None
    magic, length_ms, count = _HEAD.unpack_from(body)
    levels = body[_HEAD.size :]
    if magic != _MAGIC or not length_ms or not count or len(levels) != count:
        return None
    return Waveform(length_ms, levels)
