"""The cue sheet inside a sound file: as text in its tags, or as a FLAC block of bare times.

Runs in the tag worker: what comes out of it is text that :mod:`app.library.cue_sheet` has read once and that takes its
file apart. A sheet that lists several files is of no use here: it was made for the files of a disc.
"""

import re
import struct
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.library.cue_sheet import BadSheet, SheetText, parse

_MAX_CHARS = 1 << 18
_UNWRITTEN = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]+")
_BLOCK_HEAD, _TRACK, _INDEX = 128 + 8 + 259 + 1, struct.Struct(">QB12sB13xB"), struct.Struct(">QB3x")
_TRACK_LINE = re.compile(r"\s*TRACK\s+(\d{1,3})\b", re.IGNORECASE | re.ASCII)
_SAID = (
    ("title", "TITLE"),
    ("artist", "PERFORMER"),
    ("performer", "PERFORMER"),
    ("composer", "REM COMPOSER"),
    ("isrc", "ISRC"),
    ("replaygain_track_gain", "REM REPLAYGAIN_TRACK_GAIN"),
    ("replaygain_track_peak", "REM REPLAYGAIN_TRACK_PEAK"),
)
_LEAD_OUT = {170, 255}
_MINUTE = 75 * 60


def best(sheets: Iterable[str], of_tracks: Mapping[str, str] = MappingProxyType({})) -> str:
    """The first of these texts that takes a file apart, in clean lines; ``""`` where none does.

    ``of_tracks``: what the file's tags say of single tracks, such as ``cue_track01_title``. It goes before the sheet:
    players that edit the tags of such a track write them there.
    """
    for text in sheets:
        if len(text) <= _MAX_CHARS:
            clean = _UNWRITTEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
            if takes_apart(read(clean)):
                return _with(of_tracks, clean) if of_tracks else clean
    return ""


def _with(of_tracks: Mapping[str, str], sheet: str) -> str:
    """The sheet, in which below each track stands first what the tags say of it: what is said first counts."""
    lines = list[str]()
    for line in sheet.split("\n"):
        lines.append(line)
        if (found := _TRACK_LINE.match(line)) is not None:
            track = f"cue_track{int(found[1]):02d}_"
            lines += [f'{says} "{value}"' for name, says in _SAID if (value := of_tracks.get(track + name))]
    return "\n".join(lines)


def read(text: str) -> SheetText:
    """The sheet, whose FILE line may be missing; an empty one where it makes no sense."""
    try:
        return parse(f'FILE "" WAVE\n{text}')
    except BadSheet:
        return SheetText()


def takes_apart(sheet: SheetText) -> bool:
    """True where a sheet is about one file with several tracks."""
    names = {file.name for file in sheet.files if file.tracks}
    return len(names) == 1 and sum(track.sound for file in sheet.files for track in file.tracks) > 1


def from_block(block: bytes, rate: int) -> str:
    """FLAC's block as the text of a sheet, as far as it can be read; it knows no titles."""
    lines, at = list[str](), _BLOCK_HEAD
    for _ in range(block[at - 1] if len(block) >= at else 0):
        if at + _TRACK.size > len(block):
            break
        begin, number, isrc, flags, count = _TRACK.unpack_from(block, at)
        at += _TRACK.size
        indexes = (
            [_INDEX.unpack_from(block, at + n * _INDEX.size) for n in range(count)] if _fits(block, at, count) else []
        )
        at += count * _INDEX.size
        if number not in _LEAD_OUT:
            lines.append(f"TRACK {number:02d} {'DATA' if flags & 0x80 else 'AUDIO'}")
            lines += [f"ISRC {isrc.decode('ascii')}"] if isrc.isalnum() else []
            lines += [f"INDEX {kind:02d} {_time(begin + offset, rate)}" for offset, kind in indexes if kind < 2]
    return "\n".join(lines)


def _fits(block: bytes, at: int, count: int) -> bool:
    return at + count * _INDEX.size <= len(block)


def _time(sample: int, rate: int) -> str:
    frames = round(sample * 75 / rate)
    return f"{frames // _MINUTE:02d}:{frames // 75 % 60:02d}:{frames % 75:02d}"
