"""Windows Media: WMA and other ASF sound."""

from typing import BinaryIO

from app.library.mutagen_reader import reader
from app.library.tag_values import Said

_NAMES = {
    "title": "title",
    "author": "artist",
    "wm/albumartist": "album_artist",
    "wm/albumtitle": "album",
    "wm/tracknumber": "track",
    "wm/partofset": "disc",
    "wm/year": "date",
    "wm/genre": "genre",
    "wm/composer": "composer",
    "wm/iscompilation": "compilation",
    "musicbrainz/track id": "recording_mbid",
    "musicbrainz/album id": "release_mbid",
    "musicbrainz/release group id": "release_group_mbid",
    "musicbrainz/artist id": "artist_mbid",
    "musicbrainz/album artist id": "album_artist_mbid",
    "replaygain_track_gain": "rg_track_gain",
    "replaygain_track_peak": "rg_track_peak",
    "replaygain_album_gain": "rg_album_gain",
    "replaygain_album_peak": "rg_album_peak",
    "replaygain/track_gain": "rg_track_gain",
    "replaygain/track_peak": "rg_track_peak",
    "replaygain/album_gain": "rg_album_gain",
    "replaygain/album_peak": "rg_album_peak",
    "fmps/rating": "fmps_rating",
    "fmps_rating": "fmps_rating",
}
_STARS = {1: 20, 25: 40, 50: 60, 75: 80, 99: 100}


def read_asf(file: BinaryIO) -> Said:
    """A WMA file."""
    asf = reader("asf", "ASF")(file)
    said = Said("wma")
    said.stream(asf.info)
    for key, value in asf.tags:
        lower = key.lower()
        if name := _NAMES.get(lower):
            said.add(name, str(value))
        elif lower == "wm/shareduserrating" and isinstance(value.value, int):
            said.add("rating_100", str(_STARS.get(value.value, min(max(value.value, 0), 100))))
        elif lower == "wm/picture":
            said.has_cover = True
    return said
