"""The families with one reader each: WAV, AIFF, DSF, DSDIFF, TTA (ID3 inside), ADTS, and those with APEv2."""

import struct
from typing import Any, BinaryIO

from app.library import id3_frames
from app.library.audio_hash import hash_chunks, hash_span
from app.library.mutagen_reader import reader
from app.library.sound_file import SoundFile
from app.library.tag_values import Said
from app.library.tags_ape import take_ape
from app.library.tags_id3 import take_id3, take_id3v1, take_leading_id3
from app.library.tails import tails_of

WITH_ID3 = {
    "wav": ("wave", "WAVE"),
    "aiff": ("aiff", "AIFF"),
    "dsf": ("dsf", "DSF"),
    "dff": ("dsdiff", "DSDIFF"),
    "tta": ("trueaudio", "TrueAudio"),
}
_WITH_APE = {
    "ape": ("monkeysaudio", "MonkeysAudio"),
    "wavpack": ("wavpack", "WavPack"),
    "musepack": ("musepack", "Musepack"),
}
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
_MAX_INFO_BYTES = 1_000_000
_MAX_CHUNKS = 1_000


def read_with_id3(file: SoundFile, kind: str) -> Said:
    """A container that keeps an ID3 tag in one of its chunks."""
    audio = _container(file.stream(), kind)
    said = Said(kind)
    said.stream(audio.info)
    if audio.tags is not None:
        take_id3(said, audio.tags)
    if kind == "wav":
        _take_info(said, file.stream())
    if kind == "tta":
        start = id3_frames.tag_end(file.head[:10], 0)
        said.audio_hash = hash_span(file, kind, start, tails_of(file).end)
    else:
        said.audio_hash = hash_chunks(file, kind)
    return said


def id3_of(file: BinaryIO, kind: str) -> Any:
    """The ID3 tag inside such a container, or ``None``."""
    return _container(file, kind).tags


def read_with_ape(file: SoundFile, kind: str) -> Said:
    """Monkey's Audio, WavPack or Musepack."""
    audio = reader(*_WITH_APE[kind])(file.stream())
    said, tails = Said(kind), tails_of(file)
    said.stream(audio.info)
    if audio.tags is not None:
        take_ape(said, audio.tags)
    if tails.id3v1:
        take_id3v1(said, tails.id3v1)
    start = id3_frames.tag_end(file.head[:10], 0)
    said.audio_hash = hash_span(file, kind, start, tails.end)
    return said


def read_adts(file: SoundFile) -> Said:
    """Bare AAC, with an ID3 tag before it or none."""
    said, tails = Said("aac"), tails_of(file)
    said.stream(reader("aac", "AAC")(file.stream()).info)
    start = take_leading_id3(said, file, tails)
    said.audio_hash = hash_span(file, "aac", start, tails.end)
    return said


def _container(file: BinaryIO, kind: str) -> Any:
    return reader(*WITH_ID3[kind])(file)


def _take_info(said: Said, file: BinaryIO) -> None:
    """RIFF's own LIST INFO chunk; an ID3 tag beside it goes first."""
    file.seek(12)
    for _ in range(_MAX_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        name, size = struct.unpack("<4sI", head)
        following = file.tell() + size + size % 2
        if name == b"LIST" and size <= _MAX_INFO_BYTES and (data := file.read(size))[:4] == b"INFO":
            _take_info_items(said, data)
        file.seek(following)


def _take_info_items(said: Said, data: bytes) -> None:
    offset = 4
    while offset + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, offset)
        raw = data[offset + 8 : offset + 8 + size].split(b"\0")[0]
        field = _INFO.get(name)
        if field is not None and raw and field not in said.values:
            said.add(field, _decoded(raw))
        offset += 8 + size + size % 2


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
