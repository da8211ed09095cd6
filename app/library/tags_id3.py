"""ID3 in all its versions, as it stands in MP3, and inside AIFF, WAV, DSF, DSDIFF, TTA and AAC files."""

from typing import Any, BinaryIO

from mutagen import MutagenError
from mutagen.id3 import Frames, Frames_2_2

from app.library.mutagen_reader import reader
from app.library.tag_values import Said
from app.library.tags_ape import take_ape

_TEXT = {
    "TIT2": "title",
    "TPE1": "artist",
    "TPE2": "album_artist",
    "TALB": "album",
    "TRCK": "track",
    "TPOS": "disc",
    "TDRC": "date",
    "TYER": "date",
    "TCOM": "composer",
    "TCMP": "compilation",
}
_DESCRIBED = {
    "musicbrainz album id": "release_mbid",
    "musicbrainz release group id": "release_group_mbid",
    "musicbrainz artist id": "artist_mbid",
    "musicbrainz album artist id": "album_artist_mbid",
    "musicbrainz track id": "recording_mbid",
    "replaygain_track_gain": "rg_track_gain",
    "replaygain_track_peak": "rg_track_peak",
    "replaygain_album_gain": "rg_album_gain",
    "replaygain_album_peak": "rg_album_peak",
    "fmps_rating": "fmps_rating",
    "rating": "rating",
    "album artist": "album_artist",
    "albumartist": "album_artist",
    "compilation": "compilation",
}
_WANTED = {*_TEXT, "TCON", "TXXX", "UFID", "POPM", "RVA2"}
# Frames that are not here, pictures above all, are left undecoded.
_KNOWN: dict[str, Any] = {
    **{name: Frames[name] for name in _WANTED},
    **{name: cls for name, cls in Frames_2_2.items() if cls.__mro__[1].__name__ in _WANTED},
}
_ID3, _APEV2, _MPEG = reader("id3", "ID3"), reader("apev2", "APEv2"), reader("mp3", "MPEGInfo")
_PICTURES = (b"APIC", b"PIC")
_TAIL_BYTES = 160
_STARS = ((224, 100), (160, 80), (96, 60), (32, 40), (1, 20))


def read_mp3(file: BinaryIO) -> Said:
    """An MPEG stream with any of ID3v2, ID3v1 and APEv2; broken tags do not hide good sound."""
    said = Said("mp3")
    offset = 0
    try:
        tags = _ID3(file, known_frames=_KNOWN, translate=False)
    except (MutagenError, EOFError, ValueError, IndexError):
        tags = None
    if tags is not None:
        offset = tags.size
        take_id3(said, tags)
    file.seek(0)
    said.stream(_MPEG(file, offset))
    _take_ape_at_end(said, file)
    return said


def take_id3(said: Said, tags: Any) -> None:
    """Copies what an ID3 tag says."""
    for frame in tags.values():
        name = frame.FrameID
        if field := _TEXT.get(name):
            said.add(field, *map(str, frame.text))
        elif name == "TCON":
            said.add("genre", *frame.genres)
        elif name == "TXXX":
            if field := _DESCRIBED.get(frame.desc.strip().lower()):
                said.add(field, *map(str, frame.text))
        elif name == "UFID":
            if frame.owner == "http://musicbrainz.org":
                said.add("recording_mbid", frame.data.decode("ascii", "replace"))
        elif name == "POPM":
            if stars := next((value for low, value in _STARS if frame.rating >= low), 0):
                said.add("rating_100", str(stars))
        elif name == "RVA2":
            _take_rva2(said, frame)
        elif name == "APIC":
            said.has_cover = True
    if any(raw.startswith(_PICTURES) for raw in tags.unknown_frames):
        said.has_cover = True


def _take_rva2(said: Said, frame: Any) -> None:
    scope = {"track": "track", "album": "album"}.get(frame.desc.strip().lower())
    if scope is not None and frame.channel == 1 and f"rg_{scope}_gain" not in said.values:
        said.add(f"rg_{scope}_gain", f"{frame.gain:.4f}")
        if frame.peak:
            said.add(f"rg_{scope}_peak", f"{frame.peak:.6f}")


def _take_ape_at_end(said: Said, file: BinaryIO) -> None:
    """APEv2 behind MPEG sound: where mp3gain keeps its values, and some players everything."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _TAIL_BYTES))
    if b"APETAGEX" not in file.read(_TAIL_BYTES):
        return
    more = Said("ape")
    file.seek(0)
    try:
        take_ape(more, _APEV2(file))
    except (MutagenError, EOFError, ValueError, IndexError):
        return
    for name, values in more.values.items():
        said.values.setdefault(name, values)
    said.has_cover = said.has_cover or more.has_cover
