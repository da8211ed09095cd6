"""What a file is: judged by its first bytes, and by its name only where the bytes leave it open."""

import os

from app.library.sound_file import SoundFile

EXTENSIONS = frozenset(
    b".mp3 .mp2 .flac .ogg .oga .opus .spx .m4a .m4b .mp4 .aac .wav .aif .aiff .aifc .wma .asf "
    b".ape .wv .mpc .mp+ .tta .dsf .dff".split()
)
"""The names of files a scan looks into."""
USUAL = (b".mp3", b".flac", b".m4a", b".ogg", b".opus")
"""What nearly all of them end in."""

_HEAD_BYTES = 128
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MAGIC = {
    b"fLaC": "flac",
    b"wvpk": "wavpack",
    b"MAC ": "ape",
    b"MPCK": "musepack",
    b"TTA1": "tta",
    b"DSD ": "dsf",
    b"FRM8": "dff",
}
_OGG: tuple[tuple[bytes, str], ...] = (
    (b"\x01vorbis", "vorbis"),
    (b"OpusHead", "opus"),
    (b"Speex   ", "speex"),
    (b"\x7fFLAC", "oggflac"),
    (b"\x80theora", "video"),
)


def is_audio_name(name: bytes) -> bool:
    """True where the file name promises sound; Apple's ``._`` shadow files do not count."""
    dot = name.rfind(b".")
    if dot < 1 or name[dot:].lower() not in EXTENSIONS:
        return False
    # A name of dots and an extension is a hidden file without one.
    return name[:1] != b"." or (name[1:2] != b"_" and bool(name[:dot].strip(b".")))


def is_cue_name(name: bytes) -> bool:
    """True where the file name promises a cue sheet; Apple's shadow files do not count."""
    return name[-4:].lower() == b".cue" and name[:2] != b"._"


def kind_of(file: SoundFile, path: bytes) -> str:
    """The kind of sound file, or ``""`` where nothing is known that looks like it."""
    head = file.head[:_HEAD_BYTES]
    if head[:3] == b"ID3" and len(head) >= 10:
        # An ID3 tag may stand before anything: what counts is what follows it.
        behind = file.at(10 + synchsafe(head[6:10]), _HEAD_BYTES)
        return _by_magic(behind) or ("aac" if path[-4:].lower() == b".aac" else "mp3")
    return _by_magic(head) or _by_name(os.path.splitext(path)[1].lower())


def synchsafe(raw: bytes) -> int:
    """Seven bits a byte, as ID3 counts."""
    value = 0
    for byte in raw:
        value = value << 7 | byte & 0x7F
    return value


def _by_magic(head: bytes) -> str:
    first = head[:4]
    if (kind := _MAGIC.get(first)) is not None:
        return kind
    if first == b"OggS":
        return next((kind for magic, kind in _OGG if magic in head), "")
    if first in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "wav"
    if first == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return "aiff"
    if head.startswith(b"MP+"):
        return "musepack"
    if head.startswith(_ASF):
        return "asf"
    if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}:
        return "mp4"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0x06 == 0 else "mp3"
    return ""


def _by_name(extension: bytes) -> str:
    """MPEG streams may begin with anything: their readers look for the first whole frame."""
    return {b".mp3": "mp3", b".mp2": "mp3", b".aac": "aac"}.get(extension, "")
