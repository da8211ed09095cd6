"""How long an MP4 file is that comes in pieces, as from a live stream: there, the head does not know it."""

import struct

from app.library.mp4_atoms import Atom, atoms, body, child
from app.library.odd import OddError
from app.library.sound_file import SoundFile

_BASE, _INDEX, _DURATION = 0x1, 0x2, 0x8
"""What a head of a fragment says, by its flags."""
_OFFSET, _FIRST, _OF_EACH = 0x1, 0x4, 0x100
"""The same of a run of samples."""


def fragments_length(file: SoundFile, top: list[Atom], sound: Atom) -> float:
    """Seconds from where the first fragment begins to where the last ends; 0 where nobody knows.

    ``top``: the atoms of the file; ``sound``: the ``mdia`` of its sound track.
    """
    fragments = [atom for atom in top if atom.name == b"moof"]
    try:
        if not fragments:
            return 0.0
        mdhd = body(file, child(file, sound, b"mdhd"))
        (unit,) = struct.unpack_from(">I", mdhd, 20 if mdhd[0] else 12)
        (first, length), (last, last_length) = _span(file, fragments[0]), _span(file, fragments[-1])
        if first is not None and last is not None:
            length = last + last_length - first
        else:
            length += sum(_span(file, fragment)[1] for fragment in fragments[1:])
        return length / unit if unit else 0.0
    except (OddError, struct.error, IndexError):
        return 0.0


def _span(file: SoundFile, fragment: Atom) -> tuple[int | None, int]:
    """When a fragment begins, if it says so, and its length, in units of its track."""
    traf = child(file, fragment, b"traf")
    if traf is None:
        raise OddError
    begun, each, length = None, 0, 0
    for atom in atoms(file, traf.start, traf.end):
        if atom.name == b"tfdt":
            data = body(file, atom)
            (begun,) = struct.unpack_from(">Q" if data[0] else ">I", data, 4)
        elif atom.name == b"tfhd":
            each = _usual(body(file, atom))
        elif atom.name == b"trun":
            length += _of_run(body(file, atom), each)
    return begun, length


def _usual(head: bytes) -> int:
    flags = int.from_bytes(head[1:4], "big")
    at = 8 + 8 * bool(flags & _BASE) + 4 * bool(flags & _INDEX)
    return struct.unpack_from(">I", head, at)[0] if flags & _DURATION else 0


def _of_run(run: bytes, usual: int) -> int:
    flags, count = int.from_bytes(run[1:4], "big"), int.from_bytes(run[4:8], "big")
    if not flags & _OF_EACH:
        return count * usual
    at = 8 + 4 * bool(flags & _OFFSET) + 4 * bool(flags & _FIRST)
    step = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    return sum(struct.unpack_from(">I", run, place)[0] for place in range(at, min(len(run), at + count * step), step))
