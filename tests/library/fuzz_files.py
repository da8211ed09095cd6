"""Sound files to spoil: every format, tagged in every way a reader meets, and the ways to spoil them."""

import base64
import functools
import io
import os
import struct
import tempfile
from collections.abc import Callable
from typing import Any

import mutagen
from hypothesis import strategies as st
from mutagen import apev2, asf, flac, id3, mp4

from tests.library.sounds import ALAC, ENCODED, HAND_MADE, jpeg, sound

_ID3 = {"mp3", "aac", "wav", "aiff", "dsf", "dff", "tta"}
_VORBIS = {"flac", "ogg", "opus", "spx"}
_EXTREMES = [
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x7f\x7f\x7f\x7f",
    b"\0\0\0\0",
    b"\0\0\0\x01",
    b"\x01\0\0\0",
    b"\x80\0\0\0",
    b"\0\0\0\x80",
    b"\xff" * 8,
    bytes(8),
]
"""Sizes, counts and offsets that somebody forgot to doubt."""
SEEDS = (*ENCODED, *HAND_MADE, "mp3-id3v2.3", "mp3-ape", "mp3-bare", "m4a-alac", "mpc8", "oggflac")
"""Names of the files to begin with."""


@functools.cache
def seed(name: str) -> tuple[str, bytes]:
    """The extension and the bytes of a valid file with tags and a picture."""
    if name == "mpc8":
        return "mpc", _musepack_8()
    if name == "oggflac":
        return "oga", _ogg_flac()
    extension, _, way = name.partition("-")
    if way == "bare":
        return extension, sound(extension, 0.3)
    data = sound(ALAC if way == ALAC else extension, 0.01 if extension == "dff" else 0.3)
    return extension, _tagged(extension, data, way)


def _tagged(extension: str, data: bytes, way: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"a.{extension}")
        with open(path, "wb") as file:
            file.write(data)
        _tag(path, extension, way)
        with open(path, "rb") as file:
            return file.read()


def _tag(path: str, extension: str, way: str) -> None:
    if way == "ape":
        _ape_tags().save(path)
    elif extension in {"mp3", "aac"}:
        tags = id3.ID3()
        for frame in _frames():
            tags.add(frame)
        if way:
            tags.update_to_v23()
        tags.save(path, v1=2, v2_version=3 if way else 4)
    else:
        audio: Any = mutagen.File(path)
        _fill(audio, extension)
        audio.save()


def _fill(audio: Any, extension: str) -> None:
    if extension in _ID3:
        if audio.tags is None:
            audio.add_tags()
        for frame in _frames():
            audio.tags.add(frame)
    elif extension in _VORBIS:
        picture = flac.Picture()
        picture.data, picture.type, picture.mime = jpeg(), 3, "image/jpeg"
        audio.update({"TITLE": "Nuit", "ARTIST": ["Ida Ravn", "Otto Galt"], "TRACKNUMBER": "3/12", "RATING": "4"})
        audio.update({"REPLAYGAIN_TRACK_GAIN": "-7.25 dB", "R128_TRACK_GAIN": "-300", "DATE": "1995-06-14"})
        audio["METADATA_BLOCK_PICTURE"] = base64.b64encode(picture.write()).decode()
        if extension == "flac":
            audio.add_picture(picture)
    elif extension == "m4a":
        audio.update({"\xa9nam": "Nuit", "\xa9ART": ["Ida Ravn"], "trkn": [(3, 12)], "disk": [(2, 2)], "cpil": True})
        audio["----:com.apple.iTunes:RATING"] = b"4"
        audio["covr"] = [mp4.MP4Cover(jpeg())]
    elif extension == "wma":
        audio.update({"Title": "Nuit", "Author": ["Ida Ravn"], "WM/TrackNumber": "3"})
        audio["WM/SharedUserRating"] = asf.ASFDWordAttribute(75)
        audio["WM/Picture"] = asf.ASFByteArrayAttribute(b"\x03" + struct.pack("<I", len(jpeg())) + bytes(8) + jpeg())
    else:
        if audio.tags is None:
            audio.add_tags()
        audio.tags.update(_ape_tags())


def _frames() -> list[Any]:
    chapter = id3.CHAP(element_id="a", start_time=0, end_time=9, start_offset=0, end_offset=0)
    return [
        id3.TIT2(encoding=1, text="Nuit"),
        id3.TPE1(encoding=3, text=["Ida Ravn", "Otto Galt"]),
        id3.TALB(encoding=0, text="Été"),
        id3.TRCK(text="3/12"),
        id3.TDRC(text="1995-06-14"),
        id3.TCON(text="(8)(17)Jazz"),
        id3.UFID(owner="http://musicbrainz.org", data=b"6c135d50-0516-b3ec-74cd-deab9e135d01"),
        id3.TXXX(desc="REPLAYGAIN_TRACK_GAIN", text="-7.25 dB"),
        id3.RVA2(desc="track", channel=1, gain=-3, peak=0.5),
        id3.COMM(lang="eng", desc="iTunNORM", text="00000A2B 00000A2B 00003F2C 00003F2C"),
        id3.POPM(email="someone", rating=196, count=7),
        id3.USLT(lang="eng", desc="", text="la la"),
        id3.APIC(mime="image/jpeg", type=3, data=jpeg()),
        chapter,
    ]


def _ape_tags() -> apev2.APEv2:
    tags = apev2.APEv2()
    tags.update({"Title": "Nuit", "Artist": ["Ida Ravn", "Otto Galt"], "Track": "3/12", "Year": "1995", "Rating": "4"})
    tags["Cover Art (Front)"] = apev2.APEValue(b"cover.jpg\0" + jpeg(), apev2.BINARY)
    return tags


def _musepack_8() -> bytes:
    head = b"SH" + bytes([15]) + bytes(4) + b"\x08" + b"\x81\x00" + b"\x00" + b"\x1b\x40"
    head = head[:2] + bytes([len(head)]) + head[3:]
    gain = b"RG" + bytes([12, 1]) + bytes(8)
    file = io.BytesIO(b"MPCK" + head + gain + b"AP" + bytes([100]) + bytes(97) + b"SE\x03")
    _ape_tags().save(file)
    return file.getvalue()


def _ogg_flac() -> bytes:
    from mutagen.ogg import OggPage

    native = sound("flac", 0.3)
    streaminfo = native[8:42]
    comments = struct.pack("<I", 1) + b"x" + struct.pack("<II", 1, 10) + b"TITLE=Nuit"
    packets = [
        b"\x7fFLAC\x01\0\0\x01fLaC" + b"\0\0\0\x22" + streaminfo,
        b"\x84" + struct.pack(">I", len(comments))[1:] + comments,
        bytes(60),
    ]
    pages = []
    for number, packet in enumerate(packets):
        page = OggPage()
        page.packets, page.sequence, page.serial, page.version = [packet], number, 7, 0
        page.first, page.last, page.position = number == 0, number == 2, 13_230 if number == 2 else 0
        pages.append(page.write())
    return b"".join(pages)


Spoil = Callable[[bytes], bytes]


def _place(data: bytes, where: tuple[str, int]) -> int:
    """A position: tags and headers are at the two ends, so most are there."""
    side, offset = where
    if side == "end":
        return max(0, len(data) - offset)
    return min(len(data), offset) if side == "start" else offset * len(data) // 4_096


@st.composite
def spoiled_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """An extension and the bytes of a file that was valid once."""
    extension, data = seed(draw(st.sampled_from(SEEDS)))
    where = st.tuples(st.sampled_from(["start", "start", "start", "end", "any"]), st.integers(0, 4_095))
    for _ in range(draw(st.integers(1, 6))):
        at = _place(data, draw(where))
        match draw(st.sampled_from(["flip", "flip", "size", "size", "cut", "drop", "repeat", "insert", "splice"])):
            case "flip":
                piece = draw(st.binary(min_size=1, max_size=4))
                data = data[:at] + piece + data[at + len(piece) :]
            case "size":
                piece = draw(st.sampled_from(_EXTREMES))
                data = data[:at] + piece + data[at + len(piece) :]
            case "cut":
                data = data[:at]
            case "drop":
                data = data[:at] + data[at + draw(st.integers(1, 300)) :]
            case "repeat":
                length, times = draw(st.integers(1, 200)), draw(st.sampled_from([1, 2, 50, 3_000]))
                data = data[:at] + data[at : at + length] * times + data[at:]
            case "insert":
                data = data[:at] + draw(st.binary(max_size=40)) + data[at:]
            case "splice":
                other = seed(draw(st.sampled_from(SEEDS)))[1]
                data = data[:at] + other[_place(other, draw(where)) :]
    return extension, data[:2_000_000]
