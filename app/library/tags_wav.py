"""WAVE: RIFF and, beyond four gigabytes, RF64; what a stream is, and ID3 and RIFF's own names in it.

Sizes lie here more than anywhere: who writes into a pipe cannot come back to fill them in.
"""

import contextlib
import io
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from app.library.audio_hash import hash_chunks, sound_chunk
from app.library.mutagen_reader import reader
from app.library.odd import OddError
from app.library.sound_file import SoundFile
from app.library.tag_values import Said, says
from app.library.tags_id3 import known_frames, take_id3

_INFO = {
    b"INAM": "title",
    b"IART": "artist",
    b"IPRD": "album",
    b"ITRK": "track",
    b"IPRT": "track",
    b"ICRD": "date",
    b"IGNR": "genre",
    b"IMUS": "composer",
}
_FIRST_CHUNK = 12
_FORMAT = struct.Struct("<HHIIHH")
_PLAIN = {1, 3, 0xFFFE}
"""Whole numbers, floating point, and either with more channels: nothing is compressed."""
_OPEN_SIZE = 0xFFFFFFFF
_MAX_INFO_BYTES = 1_000_000
_MAX_ID3_BYTES = 64 << 20
_MAX_CHUNKS = 1_000


def read_wav(file: SoundFile) -> Said:
    """A WAVE file; its ID3 tag goes before RIFF's own names."""
    said, stream = Said("wav"), file.stream()
    _take_stream(said, file, stream)
    tags = _id3(stream, known_frames=known_frames(), translate=False)
    if tags is not None:
        take_id3(said, tags)
    for name, size in _chunks(stream):
        if name == b"LIST" and size <= _MAX_INFO_BYTES and (data := stream.read(size))[:4] == b"INFO":
            _take_info(said, data)
    said.audio_hash = hash_chunks(file, "wav")
    return said


def wav_id3(file: BinaryIO) -> Any:
    """The ID3 tag in a chunk of a WAVE file, or ``None``."""
    return _id3(file)


def decoded(raw: bytes) -> str:
    """A text up to its NUL, in whatever it is written."""
    raw = raw.split(b"\0")[0]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _take_stream(said: Said, file: SoundFile, stream: BinaryIO) -> None:
    form = next((stream.read(_FORMAT.size) for name, _ in _chunks(stream) if name == b"fmt "), b"")
    if len(form) < _FORMAT.size:
        raise OddError
    kind, said.channels, said.sample_rate, bytes_a_second, block_bytes, bits = _FORMAT.unpack(form)
    start, end = sound_chunk(file, "wav")
    if kind in _PLAIN or not bytes_a_second:
        bytes_a_second, said.bitrate = block_bytes * said.sample_rate, said.channels * bits * said.sample_rate
    else:
        said.bitrate = bytes_a_second * 8
    said.length_s = max(0, min(end, file.size) - start) / bytes_a_second if bytes_a_second else 0.0


def _id3(file: BinaryIO, **how: Any) -> Any:
    found = (file.read(size) for name, size in _chunks(file) if name.lower() == b"id3 " and size <= _MAX_ID3_BYTES)
    if raw := next(found, b""):
        with contextlib.suppress(reader("_util", "MutagenError"), EOFError, ValueError, IndexError):
            return reader("id3", "ID3")(io.BytesIO(raw), load_v1=False, **how)
    return None


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """The name and size of each chunk; the file stands at its content."""
    at, long_bytes = _FIRST_CHUNK, 0
    for _ in range(_MAX_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        name, size = struct.unpack("<4sI", head)
        if name == b"ds64":
            long_bytes = int.from_bytes(file.read(16)[8:], "little")
            file.seek(at + 8)
        elif name == b"data" and size == _OPEN_SIZE and long_bytes:
            size = long_bytes
        at += 8 + size + size % 2
        yield name, size


def _take_info(said: Said, data: bytes) -> None:
    offset = 4
    while offset + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, offset)
        text, field = decoded(data[offset + 8 : offset + 8 + size]), _INFO.get(name)
        if field is not None and text and not says(said, field):
            said.values[field] = [text]
        offset += 8 + size + size % 2
