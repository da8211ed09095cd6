"""What taggers put behind the sound: ID3v1, APEv2 and Lyrics3, in any order, found with one short read."""

from app.library.sound_file import SoundFile

_READ_BYTES = 512
ID3V1_BYTES = 128
_ENHANCED_BYTES = 227
_APE_FOOTER_BYTES = 32
_LYRICS_FOOTER_BYTES = 15
_LYRICS3V1_MAX_BYTES = 5_100
_HAS_HEADER = 1 << 31
_MAX_TAGS = 4


class Tails:
    """Where the sound ends, and what stands behind it."""

    __slots__ = ("ape", "end", "id3v1", "lyrics")

    def __init__(self, end: int) -> None:
        self.end, self.ape, self.id3v1, self.lyrics = end, False, b"", False


def tails_of(file: SoundFile) -> Tails:
    """The tags at the end of a file."""
    tails = Tails(file.size)
    last = file.end(_READ_BYTES)
    for _ in range(_MAX_TAGS):
        before = tails.end
        behind = file.size - before
        tail = last[: len(last) - behind] if behind < len(last) - ID3V1_BYTES else _before(file, before)
        _take_one(tails, tail, file)
        if tails.end == before:
            break
    return tails


def _before(file: SoundFile, end: int) -> bytes:
    start = max(0, end - _READ_BYTES)
    return file.at(start, end - start)


def _take_one(tails: Tails, tail: bytes, file: SoundFile) -> None:
    if tail[-ID3V1_BYTES : 3 - ID3V1_BYTES] == b"TAG" and len(tail) >= ID3V1_BYTES:
        tails.id3v1 = tails.id3v1 or tail[-ID3V1_BYTES:]
        tails.end -= ID3V1_BYTES
        if tail[-ID3V1_BYTES - _ENHANCED_BYTES :].startswith(b"TAG+") and len(tail) >= ID3V1_BYTES + _ENHANCED_BYTES:
            tails.end -= _ENHANCED_BYTES
    elif tail[-_APE_FOOTER_BYTES : 8 - _APE_FOOTER_BYTES] == b"APETAGEX" and len(tail) >= _APE_FOOTER_BYTES:
        size = int.from_bytes(tail[-20:-16], "little")
        size += _APE_FOOTER_BYTES if int.from_bytes(tail[-12:-8], "little") & _HAS_HEADER else 0
        if _APE_FOOTER_BYTES <= size <= tails.end:
            tails.ape = True
            tails.end -= size
    elif tail.endswith(b"LYRICS200") and tail[-_LYRICS_FOOTER_BYTES:-9].isdigit():
        size = int(tail[-_LYRICS_FOOTER_BYTES:-9]) + _LYRICS_FOOTER_BYTES
        if size <= tails.end:
            tails.lyrics = True
            tails.end -= size
    elif tail.endswith(b"LYRICSEND"):
        start = max(0, tails.end - _LYRICS3V1_MAX_BYTES - 20)
        begin = file.at(start, tails.end - start).rfind(b"LYRICSBEGIN")
        if begin >= 0:
            tails.lyrics = True
            tails.end = start + begin
