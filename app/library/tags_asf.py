"""Windows Media: WMA and other ASF sound."""

from app.library.audio_hash import hash_asf
from app.library.mutagen_reader import reader
from app.library.numbers import number
from app.library.ratings import shared_user_rating
from app.library.sound_file import SoundFile
from app.library.tag_values import DESCRIBED_NAMES, Said

_NAMES = {
    **DESCRIBED_NAMES,
    "title": "title",
    "author": "artist",
    "wm/artists": "artists",
    "wm/albumartist": "album_artist",
    "wm/albumtitle": "album",
    "wm/titlesortorder": "title_sort",
    "wm/artistsortorder": "artist_sort",
    "wm/albumartistsortorder": "album_artist_sort",
    "wm/albumsortorder": "album_sort",
    "wm/tracknumber": "track",
    "wm/partofset": "disc",
    "wm/year": "date",
    "wm/originalreleasetime": "original_date",
    "wm/originalreleaseyear": "original_year",
    "wm/genre": "genre",
    "wm/composer": "composer",
    "wm/iscompilation": "compilation",
    "wm/beatsperminute": "bpm",
    "wm/isrc": "isrc",
    "wm/lyrics": "lyrics",
    "wm/lyrics_synchronised": "lyrics",
    "musicbrainz/track id": "recording_mbid",
    "musicbrainz/album id": "release_mbid",
    "musicbrainz/release group id": "release_group_mbid",
    "musicbrainz/artist id": "artist_mbid",
    "musicbrainz/album artist id": "album_artist_mbid",
    "acoustid/id": "acoustid_id",
    "replaygain/track_gain": "rg_track_gain",
    "replaygain/track_peak": "rg_track_peak",
    "replaygain/album_gain": "rg_album_gain",
    "replaygain/album_peak": "rg_album_peak",
    "fmps/rating": "rating_share",
    "fmps/playcount": "plays",
}


def read_asf(file: SoundFile) -> Said:
    """A WMA file."""
    asf = reader("asf", "ASF")(file.stream())
    said = Said("wma")
    said.stream(asf.info)
    for key, value in asf.tags:
        lower = key.lower()
        if name := _NAMES.get(lower):
            said.add(name, str(value))
        elif lower == "wm/shareduserrating":
            if (stars := shared_user_rating(number([str(value)]) or 0)) is not None:
                said.add("rating_100", str(stars))
        elif lower == "wm/track" and (before := str(value)).isdecimal():
            said.add("track_before", before)
        elif lower == "wm/picture":
            said.has_cover = True
    if (counted := said.values.pop("track_before", None)) and "track" not in said.values:
        said.add("track", str(int(counted[0][:9]) + 1))  # Windows once counted from nought
    said.audio_hash = hash_asf(file)
    return said
