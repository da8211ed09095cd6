"""The atoms of an MP4 file: a walk that reads their heads, and only what is asked for of what is in them."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from app.library.odd import OddError
from app.library.sound_file import SoundFile

_HEAD = struct.Struct(">I4s")
_HEAD_BYTES = 8
_MAX_ATOMS = 20_000
_MAX_BODY_BYTES = 1 << 20
_LC, _ESDS_AT = 2, 36
_NO_SBR = b"\x56\xe5\x00"
_ASC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_ASC_CHANNELS = (0, 1, 2, 3, 4, 5, 6, 8)


class Atom(NamedTuple):
    """One atom: its name and where its content lies."""

    name: bytes
    start: int
    end: int


class Mp4Stream:
    """What the sound track says of itself."""

    __slots__ = ("bitrate", "channels", "codec", "length", "sample_rate")

    def __init__(self, length: float, sample_rate: int, channels: int, codec: bytes) -> None:
        self.length, self.bitrate, self.sample_rate, self.channels = length, 0, sample_rate, channels
        self.codec = codec


def atoms(file: SoundFile, start: int, end: int, *, top: bool = False) -> Iterator[Atom]:
    """The atoms between two places.

    Raises:
        OddError: they do not fit.
    """
    at, unpack = file.at, _HEAD.unpack_from
    for _ in range(_MAX_ATOMS):
        if start + _HEAD_BYTES > end:
            if start < end and not top:
                raise OddError
            return
        head = at(start, 16)
        if len(head) < _HEAD_BYTES:
            raise OddError
        (size, name), body = unpack(head), start + _HEAD_BYTES
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), start + 16
        elif size == 0 and top:
            size = end - start
        if size < body - start or start + size > end:
            raise OddError
        yield Atom(name, body, start + size)
        start += size
    raise OddError


def child(file: SoundFile, parent: Atom, *names: bytes) -> Atom | None:
    """The first atom by a path of names."""
    for name in names:
        skipped = 4 if parent.name == b"meta" else 0
        for atom in atoms(file, parent.start + skipped, parent.end):
            if atom.name == name:
                parent = atom
                break
        else:
            return None
    return parent


def body(file: SoundFile, atom: Atom | None) -> bytes:
    """What is in an atom.

    Raises:
        OddError: there is none, or too much.
    """
    if atom is None or atom.end - atom.start > _MAX_BODY_BYTES:
        raise OddError
    return file.at(atom.start, atom.end - atom.start)


def tracks(file: SoundFile, moov: Atom) -> list[tuple[bytes, Atom]]:
    """(handler, its ``mdia``) of every track: ``soun`` is sound, ``vide`` is a picture that moves."""
    found = []
    for trak in atoms(file, moov.start, moov.end):
        if trak.name == b"trak":
            mdia = child(file, trak, b"mdia")
            if mdia is None:
                raise OddError
            found.append((body(file, child(file, mdia, b"hdlr"))[8:12], mdia))
    return found


def sound_stream(file: SoundFile, mdia: Atom) -> Mp4Stream:
    """The stream of a sound track; AAC LC and ALAC only.

    Raises:
        OddError: it is another codec, or unusual.
    """
    try:
        return _stream(body(file, child(file, mdia, b"mdhd")), body(file, child(file, mdia, b"minf", b"stbl", b"stsd")))
    except (struct.error, IndexError) as error:
        raise OddError from error


def _stream(mdhd: bytes, stsd: bytes) -> Mp4Stream:
    if mdhd[0] > 1 or stsd[:4] != b"\0\0\0\0" or stsd[4:8] == b"\0\0\0\0":
        raise OddError
    unit, length = struct.unpack_from(">IQ", mdhd, 20) if mdhd[0] else struct.unpack_from(">II", mdhd, 12)
    size, codec = struct.unpack_from(">I4s", stsd, 8)
    entry = stsd[16 : 8 + size]
    if len(entry) != size - 8 or not unit:
        raise OddError
    extra_size, extra = struct.unpack_from(">I4s", entry, 28)
    inner = entry[36 : 28 + extra_size]
    if len(inner) != extra_size - 8 or inner[:4] != b"\0\0\0\0":
        raise OddError
    stream = Mp4Stream(length / unit, struct.unpack_from(">I", entry, 24)[0] >> 16, entry[17], codec)
    if (codec, extra) == (b"mp4a", b"esds"):
        _take_esds(stream, inner[4:])
    elif codec == extra == b"alac" and len(inner) >= 28 and inner[8] == 0:
        stream.channels = inner[13]
        stream.bitrate, stream.sample_rate = struct.unpack_from(">II", inner, 20)
    else:
        raise OddError
    return stream


def _take_esds(stream: Mp4Stream, data: bytes) -> None:
    """The descriptor of an AAC stream: bit rate, and the channels and rate of its decoder's set-up."""
    at = _descriptor(data, 0, 3)
    if data[at + 2]:
        raise OddError
    at = _descriptor(data, at + 3, 4)
    kind, flags = data[at], data[at + 1]
    stream.bitrate = int.from_bytes(data[at + 9 : at + 13], "big")
    if kind != 0x40 or flags >> 2 != 5:
        raise OddError
    length_at = at + 14
    at = _descriptor(data, at + 13, 5)
    size = data[at - 1]
    setup = data[at : at + size]
    if not 2 <= size <= 5 or len(setup) != size or length_at >= at or (size > 2 and setup[2:] != _NO_SBR):
        raise OddError
    packed = setup[0] << 8 | setup[1]
    rate, channels = packed >> 7 & 15, packed >> 3 & 15
    if packed >> 11 != _LC or rate >= len(_ASC_RATES) or not 0 < channels < len(_ASC_CHANNELS) or packed & 7:
        raise OddError
    stream.sample_rate, stream.channels = _ASC_RATES[rate], _ASC_CHANNELS[channels]


def _descriptor(data: bytes, at: int, tag: int) -> int:
    """Where the content of a descriptor starts."""
    if data[at] != tag:
        raise OddError
    for behind in range(at + 1, at + 5):
        if not data[behind] & 0x80:
            return behind + 1
    raise OddError
