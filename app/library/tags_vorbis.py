"""Vorbis comments: FLAC, Ogg Vorbis, Opus, Speex and FLAC in Ogg."""

from typing import Any, BinaryIO

from mutagen.flac import FLAC, Picture, StreamInfo, VCFLACDict

from app.library.mutagen_reader import reader
from app.library.tag_values import PLAIN_NAMES, Said

_OGG = {
    "opus": ("oggopus", "OggOpus"),
    "vorbis": ("oggvorbis", "OggVorbis"),
    "speex": ("oggspeex", "OggSpeex"),
    "oggflac": ("oggflac", "OggFLAC"),
}
_COVERS = {"metadata_block_picture", "coverart"}


class _SeenPicture(Picture):
    """A picture that was passed over: that it is there is all a scan needs."""

    def load(self, data: Any) -> None:
        data.seek(4, 1)
        for _ in range(2):
            data.seek(int.from_bytes(data.read(4), "big"), 1)
        data.seek(16, 1)
        data.seek(int.from_bytes(data.read(4), "big"), 1)


class _LightFlac(FLAC):
    """FLAC without seek tables, cue sheets and pictures."""

    METADATA_BLOCKS: Any = (StreamInfo, None, None, None, VCFLACDict, None, _SeenPicture)

    def has_picture(self) -> bool:
        return any(isinstance(block, _SeenPicture) for block in self.metadata_blocks)


def read_flac(file: BinaryIO) -> Said:
    """A FLAC file, with or without an ID3 tag before it."""
    light: Any = _LightFlac
    flac = light(file)
    said = Said("flac", has_cover=flac.has_picture())
    said.stream(flac.info)
    if flac.tags is not None:
        take_comments(said, flac.tags)
    return said


def read_ogg(file: BinaryIO, kind: str) -> Said:
    """An Ogg file; ``kind`` says what is in it."""
    ogg = ogg_class(kind)(file)
    said = Said({"vorbis": "ogg", "oggflac": "flac"}.get(kind, kind))
    said.stream(ogg.info)
    if kind == "opus":
        said.sample_rate = 48_000
    if ogg.tags is not None:
        take_comments(said, ogg.tags)
    return said


def take_comments(said: Said, comments: Any) -> None:
    """Copies what Vorbis comments say, in one pass."""
    for key, value in comments:
        lower = key.lower()
        if name := PLAIN_NAMES.get(lower):
            said.add(name, value)
        elif lower in _COVERS:
            said.has_cover = True
        elif lower.startswith("rating:"):
            said.add("rating", value)


def ogg_class(kind: str) -> Any:
    """Mutagen's reader of what is in an Ogg file."""
    return reader(*_OGG[kind])
