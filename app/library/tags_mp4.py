"""MP4: AAC and ALAC in ``.m4a``, audio books, and sound in ``.mp4``."""

from typing import Any, BinaryIO

from mutagen.mp4 import MP4NoTrackError

from app.domain.errors import UnreadableFile
from app.library.mutagen_reader import reader
from app.library.tag_values import Said

_TEXT = {
    "\xa9nam": "title",
    "\xa9ART": "artist",
    "aART": "album_artist",
    "\xa9alb": "album",
    "\xa9day": "date",
    "\xa9gen": "genre",
    "\xa9wrt": "composer",
}
_PAIRS = {"trkn": "track", "disk": "disc"}
_FREE = {
    "musicbrainz track id": "recording_mbid",
    "musicbrainz album id": "release_mbid",
    "musicbrainz release group id": "release_group_mbid",
    "musicbrainz artist id": "artist_mbid",
    "musicbrainz album artist id": "album_artist_mbid",
    "replaygain_track_gain": "rg_track_gain",
    "replaygain_track_peak": "rg_track_peak",
    "replaygain_album_gain": "rg_album_gain",
    "replaygain_album_peak": "rg_album_peak",
    "fmps_rating": "fmps_rating",
    "rating": "rating",
}
_NOT_READ = {b"covr", b"\xa9lyr"}
_EMPTY_ATOM_BYTES = 24


def read_mp4(file: BinaryIO) -> Said:
    """An MP4 file's sound; a film is refused."""
    atoms = reader("mp4._atom", "Atoms")(file)
    if _has_video(atoms, file):
        raise UnreadableFile("It is a video.")
    info = reader("mp4", "MP4Info")()
    try:
        info.load(atoms, file)
    except MP4NoTrackError:
        raise UnreadableFile("It holds no sound.") from None
    said = Said("alac" if info.codec == "alac" else "m4a")
    said.stream(info)
    if b"moov.udta.meta.ilst" in atoms:
        listed = atoms[b"moov.udta.meta.ilst"]
        said.has_cover = any(a.name == b"covr" and a.length > _EMPTY_ATOM_BYTES for a in listed.children)
        listed.children = [atom for atom in listed.children if atom.name not in _NOT_READ]
        _take(said, reader("mp4", "MP4Tags")(atoms, file))
    return said


def _take(said: Said, tags: Any) -> None:
    for key, value in tags.items():
        if name := _TEXT.get(key):
            said.add(name, *map(str, value))
        elif name := _PAIRS.get(key):
            said.add(name, str(value[0][0]))
        elif key == "cpil":
            said.add("compilation", "1" if value else "0")
        elif key.startswith("----:"):
            free = key.rpartition(":")[2].lower()
            if name := _FREE.get(free):
                said.add(name, *(bytes(one).decode("utf-8", "replace") for one in value))


def _has_video(atoms: Any, file: BinaryIO) -> bool:
    if b"moov" not in atoms:
        raise UnreadableFile("It holds no sound.")
    kinds = set()
    for trak in atoms[b"moov"].findall(b"trak"):
        whole, data = trak[b"mdia", b"hdlr"].read(file)
        if whole:
            kinds.add(data[8:12])
    return b"vide" in kinds
