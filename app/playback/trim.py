"""Where the music begins and ends in a file whose encoder wrote an ``iTunSMPB`` tag.

AAC and MP3 begin with silence that the encoder needed and end with silence that filled the last packet. The tag says
how much of both, in hexadecimal: nothing, delay, padding, frames of music.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TAG = "ITUNSMPB"
_NUMBERS = re.compile(r"\s*[0-9a-f]{8}\s+([0-9a-f]{8})\s+([0-9a-f]{8})\s+([0-9a-f]{16})(?![0-9a-f])", re.IGNORECASE)
_MOST_SILENCE = 16_384
_SLACK = 4_096
_MISJUDGED = 0.05
"""The length of a file without an index is a guess from its bit rate."""
_MP3_DECODER_DELAY = 529


@dataclass(frozen=True, slots=True)
class Trim:
    """Frames of silence before the music, and frames of music."""

    delay: int
    frames: int


def trim_of(tags: Mapping[str, str], length: int) -> Trim | None:
    """What the tag says of a file of about ``length`` frames; ``None`` where it is absent or belongs to another file.

    >>> trim_of({"iTunSMPB": " 00000000 00000840 000001C0 0000000000158800 00000000"}, 1_411_072)
    Trim(delay=2112, frames=1411072)
    """
    text = next((value for key, value in tags.items() if key.upper() == _TAG), "")
    found = _NUMBERS.match(text[:200])
    if found is None:
        return None
    delay, padding, frames = (int(number, 16) for number in found.groups())
    if not frames or max(delay, padding) > _MOST_SILENCE:
        return None
    believable = abs(length - frames) <= max(delay + padding + _SLACK, _MISJUDGED * frames)
    return Trim(delay, frames) if believable else None


def silence_left(container: str, begins_at: int, trim: Trim) -> int:
    """How many frames of the delay are still there after FFmpeg: it takes them away in MP4, and by a LAME header."""
    if "mov" in container or begins_at > 0:
        return 0
    return trim.delay + (_MP3_DECODER_DELAY if container == "mp3" else 0)
