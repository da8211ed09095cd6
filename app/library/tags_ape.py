"""APEv2 tags: Monkey's Audio, WavPack, Musepack, and behind MP3."""

from typing import Any

from app.library.tag_values import Said

_NAMES = {
    "title": "title",
    "artist": "artist",
    "album artist": "album_artist",
    "albumartist": "album_artist",
    "album": "album",
    "track": "track",
    "tracknumber": "track",
    "disc": "disc",
    "discnumber": "disc",
    "year": "date",
    "date": "date",
    "genre": "genre",
    "composer": "composer",
    "compilation": "compilation",
    "musicbrainz_trackid": "recording_mbid",
    "musicbrainz_albumid": "release_mbid",
    "musicbrainz_releasegroupid": "release_group_mbid",
    "musicbrainz_artistid": "artist_mbid",
    "musicbrainz_albumartistid": "album_artist_mbid",
    "replaygain_track_gain": "rg_track_gain",
    "replaygain_track_peak": "rg_track_peak",
    "replaygain_album_gain": "rg_album_gain",
    "replaygain_album_peak": "rg_album_peak",
    "fmps_rating": "fmps_rating",
    "rating": "rating",
}
_TEXT_KIND = 0


def take_ape(said: Said, tags: Any) -> None:
    """Copies what an APEv2 tag says."""
    for key in tags:
        lower = key.lower()
        if lower.startswith("cover art"):
            said.has_cover = True
        elif name := _NAMES.get(lower):
            value = tags[key]
            if value.kind == _TEXT_KIND:
                said.add(name, *value)
