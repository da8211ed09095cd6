"""Vorbis comments: FLAC, Ogg Vorbis, Opus, Speex and FLAC in Ogg."""

import functools
import struct
from collections.abc import Iterable
from typing import Any

from app.library import id3_frames
from app.library.audio_hash import hash_flac
from app.library.mutagen_reader import reader
from app.library.odd import OddError
from app.library.ogg_pages import hash_ogg, ogg_length, ogg_start
from app.library.sound_file import SoundFile
from app.library.tag_values import CUE_TRACK, PLAIN_NAMES, Said
from app.library.tags_id3 import take_leading_id3
from app.library.tails import tails_of

OGG = {
    "opus": ("oggopus", "OggOpus"),
    "vorbis": ("oggvorbis", "OggVorbis"),
    "speex": ("oggspeex", "OggSpeex"),
    "oggflac": ("oggflac", "OggFLAC"),
}
_FORMATS = {"vorbis": "ogg", "oggflac": "flac"}
_HEADER_PACKETS = {"vorbis": 3, "opus": 2}
_COVERS = {"metadata_block_picture", "coverart"}
_COVER_KEYS = (b"metadata_block_picture=", b"coverart=")
_LONG_BYTES = 8_192
_OPUS_RATE = 48_000
_NAMES = frozenset({"title", "artist", "album"})
_STREAMINFO, _COMMENT, _CUE_SHEET, _PICTURE = 0, 4, 5, 6
_STREAMINFO_BYTES = 34
_MAX_BLOCKS = 1_000
_MAX_CUE_BYTES = 1 << 20
_CD_RATE = 44_100
_MAX_COMMENTS = 10_000
_UINT = struct.Struct("<I")


def read_flac(file: SoundFile) -> Said:
    """A FLAC file, with or without an ID3 tag before it."""
    try:
        said = _read_flac(file)
    except OddError:
        said = _flac_by_mutagen(file)
    if said.values.keys().isdisjoint(_NAMES):
        _take_id3_around(said, file)
    return said


def read_ogg(file: SoundFile, kind: str) -> Said:
    """An Ogg file; ``kind`` says what is in it."""
    said = Said(_FORMATS.get(kind, kind))
    try:
        if kind == "vorbis":
            _read_vorbis(said, file)
        elif kind == "opus":
            _read_opus(said, file)
        else:
            raise OddError
    except OddError:
        said = _ogg_by_mutagen(file, kind)
    return said


def take_comments(said: Said, comments: Iterable[tuple[str, str]]) -> None:
    """Copies what Vorbis comments say, in one pass."""
    for key, value in comments:
        lower = key.lower()
        if name := PLAIN_NAMES.get(lower):
            said.add(name, value)
        elif lower in _COVERS:
            said.has_cover = True
        elif lower.startswith("rating:"):
            said.add("rating_share", value)
        elif lower.startswith("playcount:"):
            said.add("plays", value)
        elif lower.startswith(CUE_TRACK):
            said.add(lower, value)


def ogg_class(kind: str) -> Any:
    """Mutagen's reader of what is in an Ogg file."""
    return reader(*OGG[kind])


def _read_flac(file: SoundFile) -> Said:
    at = id3_frames.tag_end(file.head[:10], 0)
    if file.at(at, 4) != b"fLaC":
        raise OddError
    said, md5, at, commented = Said("flac"), b"", at + 4, False
    for number in range(_MAX_BLOCKS):
        head = file.at(at, 4)
        if len(head) < 4:
            raise OddError
        code, size = head[0] & 0x7F, int.from_bytes(head[1:], "big")
        at += 4 + size
        if at > file.size or (number == 0) != (code == _STREAMINFO):
            raise OddError
        if code == _STREAMINFO:
            md5 = _take_streaminfo(said, file.at(at - size, size))
        elif code == _COMMENT and not commented:
            commented = True
            if _take_block(said, file.at(at - size, size)) != size:
                raise OddError
        elif code == _PICTURE:
            said.has_cover = True
        elif code == _CUE_SHEET:
            _take_cue_block(said, file.at(at - size, min(size, _MAX_CUE_BYTES)))
        if head[0] & 0x80:
            break
    said.bitrate = int((file.size - at) * 8 / said.length_s) if said.length_s else 0
    said.audio_hash = hash_flac(file, md5, at, tails_of(file).end if not any(md5) else 0)
    return said


def _take_id3_around(said: Said, file: SoundFile) -> None:
    """What ID3 tags say of a FLAC file that says nothing in its own way: some taggers write no other."""
    more = Said(said.format)
    take_leading_id3(more, file, tails_of(file))
    said.values = more.values | said.values


def _take_streaminfo(said: Said, block: bytes) -> bytes:
    if len(block) != _STREAMINFO_BYTES:
        raise OddError
    packed = int.from_bytes(block[10:18], "big")
    said.sample_rate = packed >> 44
    if not said.sample_rate:
        raise OddError
    said.channels = (packed >> 41 & 7) + 1
    said.length_s = (packed & 0xFFFFFFFFF) / said.sample_rate
    return block[18:]


def _take_cue_block(said: Said, block: bytes) -> None:
    from app.library.cue_inside import from_block  # only for those who have sheets

    said.add("cue_block", from_block(block, said.sample_rate or _CD_RATE))


def _read_vorbis(said: Said, file: SoundFile) -> None:
    start = ogg_start(file, _HEADER_PACKETS["vorbis"])
    head, comments, _setup = start.packets
    if not head.startswith(b"\x01vorbis") or len(head) < 28 or not comments.startswith(b"\x03vorbis"):
        raise OddError
    said.channels, rate, high, nominal, low = struct.unpack_from("<BI3i", head, 11)
    if not rate:
        raise OddError
    end = _take_block(said, comments, 7)
    if end >= len(comments) or not comments[end] & 1:
        raise OddError
    said.sample_rate, said.bitrate = rate, _vorbis_bitrate(max(0, high), max(0, nominal), max(0, low))
    said.length_s = ogg_length(file, start.serial) / rate
    said.audio_hash = hash_ogg(file, "vorbis", start)


def _vorbis_bitrate(high: int, nominal: int, low: int) -> int:
    """The nominal rate, unless the limits say that it is wrong."""
    if nominal == 0:
        return (high + low) // 2
    if high and high < nominal:
        return high
    return max(low, nominal)


def _read_opus(said: Said, file: SoundFile) -> None:
    start = ogg_start(file, _HEADER_PACKETS["opus"])
    head, comments = start.packets
    if not head.startswith(b"OpusHead") or len(head) < 19 or head[8] >> 4 or not comments.startswith(b"OpusTags"):
        raise OddError
    _take_block(said, comments, 8)
    said.channels, said.sample_rate = head[9], _OPUS_RATE
    skipped = int.from_bytes(head[10:12], "little")
    said.length_s = (ogg_length(file, start.serial) - skipped) / _OPUS_RATE
    said.bitrate = round((file.size - start.comment_end) * 8 / said.length_s) if said.length_s else 0
    said.audio_hash = hash_ogg(file, "opus", start)


def _take_block(said: Said, data: bytes, at: int = 0) -> int:
    """Copies the comments that begin at ``at``; tells where they end."""
    found = list[tuple[str, str]]()
    try:
        at += 4 + _UINT.unpack_from(data, at)[0]
        (count,) = _UINT.unpack_from(data, at)
        at += 4
        if count > _MAX_COMMENTS:
            raise OddError
        for _ in range(count):
            (length,) = _UINT.unpack_from(data, at)
            at += 4 + length
            if at > len(data):
                raise OddError
            if length > _LONG_BYTES and data[at - length : at - length + 23].lower().startswith(_COVER_KEYS):
                said.has_cover = True
                continue
            key, equals, value = data[at - length : at].decode("utf-8", "replace").partition("=")
            if not equals or not key.isascii():
                raise OddError
            found.append((key, value))
    except struct.error as error:
        raise OddError from error
    take_comments(said, found)
    return at


def _ogg_by_mutagen(file: SoundFile, kind: str) -> Said:
    ogg = ogg_class(kind)(file.stream())
    said = Said(_FORMATS.get(kind, kind))
    said.stream(ogg.info)
    if kind == "opus":
        said.sample_rate = _OPUS_RATE
    if ogg.tags is not None:
        take_comments(said, ogg.tags)
    said.audio_hash = _ogg_hash(file, kind)
    return said


def _ogg_hash(file: SoundFile, kind: str) -> str:
    count = _HEADER_PACKETS.get(kind, 2)
    first = file.head[:512]
    if kind == "oggflac" and (at := first.find(b"\x7fFLAC")) >= 0:
        md5 = first[at + 35 : at + 51]
        if len(md5) == 16 and any(md5):
            return md5.hex()
        count = 1 + int.from_bytes(first[at + 7 : at + 9], "big")
    if kind == "speex" and (at := first.find(b"Speex   ")) >= 0:
        count = 2 + min(int.from_bytes(first[at + 68 : at + 72], "little"), 16)
    try:
        return hash_ogg(file, kind, ogg_start(file, count))
    except OddError:
        return ""


@functools.cache
def _light_flac() -> Any:
    """Mutagen's FLAC with seek tables and cue sheets as bytes; that a picture is there is all a scan needs."""
    picture = reader("flac", "Picture")

    def load(_self: Any, data: Any) -> None:
        data.seek(4, 1)
        for _ in range(2):
            data.seek(int.from_bytes(data.read(4), "big"), 1)
        data.seek(16, 1)
        data.seek(int.from_bytes(data.read(4), "big"), 1)

    seen = type("SeenPicture", (picture,), {"load": load})
    stream, comments = reader("flac", "StreamInfo"), reader("flac", "VCFLACDict")
    blocks = (stream, None, None, None, comments, None, seen)
    return type("LightFlac", (reader("flac", "FLAC"),), {"METADATA_BLOCKS": blocks})


def _flac_by_mutagen(file: SoundFile) -> Said:
    flac = _light_flac()(file.stream())
    said = Said("flac")
    said.has_cover = any(block.code == _PICTURE for block in flac.metadata_blocks)
    said.stream(flac.info)
    if flac.tags is not None:
        take_comments(said, flac.tags)
    for block in flac.metadata_blocks:
        if block.code == _CUE_SHEET:
            _take_cue_block(said, block.data)
    md5 = flac.info.md5_signature.to_bytes(16, "big")
    said.audio_hash = md5.hex() if any(md5) else ""
    return said
