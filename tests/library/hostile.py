"""Files made to hurt whoever reads them: endless loops, bombs, bottomless nesting, and numbers that lie."""

import functools
import struct
import zlib

from tests.library.sounds import sound

_ASF_HEAD = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_CONTENT = bytes.fromhex("3326b2758e66cf11a6d900aa0062ce6c")


@functools.cache
def small_ones() -> dict[str, bytes]:
    """File name to content: loops and lies."""
    return _loops() | _lies()


@functools.cache
def large_ones() -> dict[str, bytes]:
    """File name to content: nests, crowds and bombs."""
    return _nests() | _crowds() | _bombs()


def id3(frames: bytes, version: int = 4, flags: int = 0, size: int | None = None) -> bytes:
    """A tag around frames; ``size`` lies about its length."""
    return b"ID3" + bytes((version, 0, flags)) + synchsafe(len(frames) if size is None else size) + frames


def frame(name: bytes, body: bytes, flags: int = 0, size: int | None = None) -> bytes:
    """One ID3v2.4 frame; ``size`` lies about its length."""
    return name + synchsafe(len(body) if size is None else size) + struct.pack(">H", flags) + body


def synchsafe(value: int) -> bytes:
    """Seven bits a byte."""
    return bytes(value >> shift & 0x7F for shift in (21, 14, 7, 0))


def _loops() -> dict[str, bytes]:
    """Sizes of nothing: whoever adds them to a position never moves on."""
    return {
        "mpc-no-size.mp3": b"MPCKAA\0",
        "mpc-no-size.mpc": b"MPCK" + b"SH\0" * 50,
        "mpc-size-backwards.mpc": b"MPCKSH" + b"\xff" * 12 + b"\x01",
        "asf-no-size.wma": _ASF_HEAD + struct.pack("<QIBB", 54, 2**32 - 1, 1, 2) + (_ASF_CONTENT + bytes(8)) * 3,
        "mp4-no-size.m4a": b"\0\0\0\x18ftypM4A " + bytes(12) + struct.pack(">I4sQ", 1, b"moov", 0) * 10,
        "mp4-child-no-size.m4a": b"\0\0\0\x18ftypM4A " + bytes(12) + struct.pack(">I4s", 40, b"moov") + bytes(32),
        "wav-no-size.wav": b"RIFF\xff\xff\xff\xffWAVE" + (b"LIST" + bytes(4)) * 100,
        "wv-no-size.wv": (b"wvpk" + bytes(28)) * 50,
        "ogg-no-segments.ogg": sound("ogg")[:60] + (b"OggS" + bytes(23)) * 2_000,
        "dsf-tag-is-the-file.dsf": b"DSD " + struct.pack("<QQQ", 28, 92, 0) + sound("dsf")[28:],
        "dff-no-size.dff": b"FRM8" + struct.pack(">Q", 100) + b"DSD " + (b"FVER" + bytes(8)) * 20,
        "aiff-no-size.aiff": b"FORM\0\0\xff\xffAIFF" + (b"COMM" + bytes(4)) * 100,
        "id3-in-id3.mp3": id3(b"", size=0) * 20_000 + sound("mp3"),
        "ape-no-size.ape": sound("ape") + b"APETAGEX" + struct.pack("<IIII", 2000, 32, 0xFFFFFFFF, 0) + bytes(8),
    }


def _lies() -> dict[str, bytes]:
    """Counts and lengths far beyond the end of the file."""
    most = b"\xff\xff\xff\xff"
    flac = sound("flac")
    ape = bytearray(sound("ape"))
    ape[56:68] = most * 3
    return {
        "flac-comments.flac": flac[:42] + b"\x84\0\0\x10" + most * 4,
        "flac-block.flac": flac[:42] + b"\x06\xff\xff\xff" + flac[42:],
        "flac-picture.flac": flac[:42] + b"\x86\0\0\x20" + b"\0\0\0\3" + most * 7,
        "flac-length.flac": flac[:18] + b"\0\0\x01\xff" + most + flac[26:],
        "ogg-comments.ogg": sound("ogg").replace(b"\x03vorbis", b"\x03vorbis" + most * 3, 1),
        "opus-comments.opus": sound("opus").replace(b"OpusTags", b"OpusTags" + most * 3, 1),
        "speex-rate.spx": sound("spx").replace(struct.pack("<i", 16_000), bytes(4), 1),
        "ape-length.ape": bytes(ape),
        "ape-tag.mp3": sound("mp3") + b"APETAGEX" + struct.pack("<I", 2000) + most * 3 + bytes(8),
        "id3-frame.mp3": id3(frame(b"TIT2", b"\0abc", size=(1 << 28) - 1)) + sound("mp3"),
        "id3-extended.mp3": id3(b"\x7f\x7f\x7f\x7f" + bytes(20), flags=0x40) + sound("mp3"),
        "wav-chunk.wav": sound("wav")[:36] + b"data" + most,
        "wav-no-rate.wav": sound("wav")[:20] + bytes(16) + sound("wav")[36:],
        "aiff-rate.aiff": sound("aiff").replace(b"COMM", b"COMM" + most, 1),
        "dsf-rate.dsf": sound("dsf")[:52] + most * 4 + sound("dsf")[68:],
        "tta-length.tta": b"TTA1\x01\0\x01\0\x10\0\0\0\0\0" + most + bytes(40),
        "mp4-length.m4a": sound("m4a")
        .replace(b"mvhd\0\0\0\0", b"mvhd\x01\0\0\0", 1)
        .replace(b"mdhd", b"mdhd" + most, 1),
        "mp4-data.m4a": sound("m4a").replace(b"moov", b"moov" + struct.pack(">I4s", 0xFFFFFFFF, b"udta"), 1),
        "gbk.mp3": id3(frame(b"TIT2", b"\0" + "月亮代表我的心".encode("gb18030"))) + sound("mp3"),
        "surrogates.mp3": id3(frame(b"TIT2", b"\x01\xff\xfe\x00\xd8\x41\x00") + frame(b"TPE1", b"\x02\xdc\x00"))
        + sound("mp3"),
        "turned-around.flac": flac[:42] + _comments(b"TITLE=\xe2\x80\xae\x01\x1b[31m<img src=x>" + b"x" * 2_000_000),
        "not-utf-8.flac": flac[:42] + _comments(b"TITLE=\xff\xfe\xed\xa0\x80"),
        "numbers.mp3": id3(
            frame(b"TRCK", b"\0" + b"9" * 6_000)
            + frame(b"TBPM", b"\x001e999")
            + frame(b"TYER", b"\0-99999999999")
            + frame(b"POPM", b"a\0\xff" + b"\xff" * 40)
        )
        + sound("mp3"),
    }


def _comments(*pairs: bytes) -> bytes:
    body = struct.pack("<II", 0, len(pairs)) + b"".join(struct.pack("<I", len(pair)) + pair for pair in pairs)
    return b"\x84" + struct.pack(">I", len(body))[1:] + body


def _nests() -> dict[str, bytes]:
    """Boxes in boxes in boxes."""
    chapters = b""
    for _ in range(3_000):
        chapters = frame(b"CHAP", b"a\0" + bytes(16) + chapters)
    unknown = b""
    for _ in range(3_000):
        unknown = frame(b"CTOC", b"a\0\x03\0" + unknown)
    start = b"\0\0\0\x18ftypM4A " + bytes(12)
    proper = b""
    for _ in range(20_000):
        proper = struct.pack(">I4s", len(proper) + 8, b"moov") + proper
    return {
        "chapters.mp3": id3(chapters) + sound("mp3"),
        "contents.mp3": id3(unknown) + sound("mp3"),
        "atoms.m4a": start + proper,
        "endless-atoms.m4a": start + struct.pack(">I4s", 0x7FFFFFFF, b"moov") * 20_000,
        "tracks.m4a": start + struct.pack(">I4s", 0x7FFFFFFF, b"trak") * 20_000,
        "lists.wav": b"RIFF\xff\xff\xff\x7fWAVE" + b"LIST\xff\xff\xff\x7fINFO" * 20_000,
    }


def _crowds() -> dict[str, bytes]:
    """A great many of something small."""
    flac = sound("flac")
    ilst = b"".join(struct.pack(">I4s", 8, b"free") for _ in range(100_000))
    return {
        "frames.mp3": id3(frame(b"TXXX", b"\0a\0b") * 200_000) + sound("mp3"),
        "title-frames.mp3": id3(frame(b"TIT2", b"\0abcd") * 180_000) + sound("mp3"),
        "blocks.flac": flac[:42] + b"\x01\0\0\0" * 200_000 + flac[42:],
        "comments.flac": flac[:42] + _comments(*[b"ARTIST=a"] * 150_000) + flac[42:],
        "atoms-flat.m4a": b"\0\0\0\x18ftypM4A " + bytes(12) + struct.pack(">I4s", len(ilst) + 8, b"moov") + ilst,
        "chunks.wav": b"RIFF\xff\xff\xff\x7fWAVE" + b"junk\0\0\0\0" * 200_000,
        "chunks.aiff": b"FORM\x7f\xff\xff\xffAIFF" + b"junk\0\0\0\0" * 200_000,
        "pages.ogg": sound("ogg")[:58] + (b"OggS\0\0" + bytes(20) + b"\x01\0\0") * 60_000,
        "almost-frames.mp3": b"\xff\xfb\x90\x00" * 500_000,
        "all-ones.mp3": b"\xff" * 3_000_000,
        "all-ones.aac": b"\xff" * 3_000_000,
        "zeros.mp3": bytes(3_000_000),
        "unsynced.mp3": id3(frame(b"APIC", b"\xff\0" * 500_000), flags=0x80) + sound("mp3"),
    }


def _bombs() -> dict[str, bytes]:
    """A little that unpacks to a lot."""
    packed = zlib.compress(bytes(400_000_000), 9)  # seconds: once for all three
    length = synchsafe(400_000_000 % (1 << 28))
    return {
        "packed-title.mp3": id3(frame(b"TIT2", length + packed, flags=0x0009)) + sound("mp3"),
        "packed-picture.mp3": id3(frame(b"APIC", length + packed, flags=0x0009)) + sound("mp3"),
        "packed-unknown.mp3": id3(frame(b"XYZW", length + packed, flags=0x0009)) + sound("mp3"),
    }
