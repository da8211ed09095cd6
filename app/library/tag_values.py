"""What tag readers hand over, and how it becomes clean, clamped :class:`Tags`: the same rules for every family."""

import re
from collections.abc import Callable
from typing import Any

from app.domain.clean import clean_tag
from app.domain.tags import Tags
from app.library.numbers import date, decimal, isrc, mbid, mbids, norm_gain, number, side, total
from app.library.ratings import loose, share

MAX_DURATION_S = 100 * 3600
"""Longer claims are lies (a real file claims 471 days) and count as unknown."""

_MAX_VALUES = 64
_MAX_JOINED_CHARS = 4_000
_GUEST = re.compile(r"\b(?:feat|ft|featuring)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\s(?:&|\+|and|with|vs\.?)\s|, ", re.IGNORECASE)
"""Joins artists in a credit; in a list of them it is part of a name."""
_MAX_PLAYS = 1_000_000
_MOST_RECORDS = 50
"""More are no vinyl records."""
_MAX_BPM = 999.0
_MAX_GAIN_DB = 60.0
_MAX_PEAK = 100.0
_R128_TO_REPLAYGAIN_DB = 5.0
"""R128 aims at -23 LUFS, ReplayGain 2 at -18."""

_TOTALS = (("track", "track_total"), ("disc", "disc_total"))
_RATINGS = frozenset({"rating_share", "rating_100", "rating"})
_R128 = (("r128_track_gain", "rg_track_gain"), ("r128_album_gain", "rg_album_gain"))

PLAIN_NAMES = {
    "title": "title",
    "artist": "artist",
    "artists": "artists",
    "albumartist": "album_artist",
    "album artist": "album_artist_too",
    "album_artist": "album_artist_too",
    "album": "album",
    "titlesort": "title_sort",
    "artistsort": "artist_sort",
    "albumartistsort": "album_artist_sort",
    "albumsort": "album_sort",
    "titlesortorder": "title_sort",
    "artistsortorder": "artist_sort",
    "albumartistsortorder": "album_artist_sort",
    "albumsortorder": "album_sort",
    "tracknumber": "track",
    "track": "track",
    "totaltracks": "track_total",
    "tracktotal": "track_total",
    "discnumber": "disc",
    "disc": "disc",
    "totaldiscs": "disc_total",
    "disctotal": "disc_total",
    "date": "date",
    "year": "year",
    "releasedate": "released",
    "release date": "released",
    "originaldate": "original_date",
    "original release date": "original_date",
    "origyear": "original_year",
    "original year": "original_year",
    "originalyear": "original_year",
    "genre": "genre",
    "composer": "composer",
    "compilation": "compilation",
    "itunescompilation": "compilation",
    "bpm": "bpm",
    "isrc": "isrc",
    "cuesheet": "cue",
    "lyrics": "lyrics",
    "unsyncedlyrics": "lyrics",
    "unsynced lyrics": "lyrics",
    "syncedlyrics": "lyrics",
    "musicbrainz_trackid": "recording_mbid",
    "musicbrainz_albumid": "release_mbid",
    "musicbrainz_releasegroupid": "release_group_mbid",
    "musicbrainz_artistid": "artist_mbid",
    "musicbrainz_albumartistid": "album_artist_mbid",
    "acoustid_id": "acoustid_id",
    "replaygain_track_gain": "rg_track_gain",
    "replaygain_track_peak": "rg_track_peak",
    "replaygain_album_gain": "rg_album_gain",
    "replaygain_album_peak": "rg_album_peak",
    "r128_track_gain": "r128_track_gain",
    "r128_album_gain": "r128_album_gain",
    "itunnorm": "norm",
    "fmps_rating": "rating_share",
    "rating": "rating",
    "fmps_playcount": "plays",
    "play_counter": "plays",
    "play_count": "plays",
    "playcount": "plays",
}
"""Vorbis comments and APEv2 tags have names as people write them; these, in small letters, are the ones we read."""

CUE_TRACK = "cue_track"
"""So begin the names of what a file with a sheet inside says of one track: ``cue_track01_title``."""

DESCRIBED_NAMES = {
    **PLAIN_NAMES,
    "albumartist": "album_artist_too",
    "musicbrainz album id": "release_mbid",
    "musicbrainz release group id": "release_group_mbid",
    "musicbrainz artist id": "artist_mbid",
    "musicbrainz album artist id": "album_artist_mbid",
    "musicbrainz track id": "recording_mbid",
    "acoustid id": "acoustid_id",
}
"""The same for the free-form fields of ID3 and MP4, which have further names of their own."""


class Said:
    """What one file says, before cleaning. No dataclass, like all that a tag worker needs: it starts a third sooner.

    ``values`` is keyed by the right-hand names of :data:`PLAIN_NAMES`, and ``rating_100``, ``cue_block``, ``tyer`` and
    ``tdat``, and by what begins with :data:`CUE_TRACK`; each has all its values.
    """

    __slots__ = ("audio_hash", "bitrate", "channels", "format", "has_cover", "length_s", "sample_rate", "values")

    def __init__(self, format: str) -> None:
        self.format, self.length_s = format, 0.0
        self.bitrate: int | None = None
        self.sample_rate: int | None = None
        self.channels: int | None = None
        self.values: dict[str, list[str]] = {}
        self.has_cover, self.audio_hash = False, ""

    def add(self, name: str, *values: str) -> None:
        """Adds values behind those already there."""
        known = self.values.get(name)
        if known is None:
            self.values[name] = list(values[:_MAX_VALUES])
        elif len(known) < _MAX_VALUES:
            known.extend(values[:_MAX_VALUES])

    def stream(self, info: object) -> None:
        """Takes length, bit rate, sample rate and channels from a description of the stream."""
        self.length_s = getattr(info, "length", 0.0)
        self.bitrate = getattr(info, "bitrate", None)
        self.sample_rate = getattr(info, "sample_rate", None)
        self.channels = getattr(info, "channels", None)


def says(said: Said, name: str) -> bool:
    """False also where a tag is there and empty."""
    return any(value.strip() for value in said.values.get(name, ()))


def to_tags(said: Said) -> Tags:
    """Cleans and clamps what a file says."""
    return Tags(**to_values(said))


def to_values(said: Said) -> dict[str, Any]:
    """The same as the values of the fields of :class:`Tags`; what is not in it is not said."""
    values = said.values
    out: dict[str, Any] = {
        "duration_ms": duration_ms(said.length_s),
        "format": said.format,
        "bitrate": _count(said.bitrate, 1_000_000_000),
        "sample_rate": _count(said.sample_rate, 100_000_000),
        "channels": _count(said.channels, 1_000),
        "audio_hash": said.audio_hash,
    }
    if said.has_cover:
        out["has_cover"] = True
    for name, given in values.items():
        if given and (taker := _TAKERS.get(name)) is not None:
            out[taker[0]] = taker[1](given)
    if (other := values.get("album_artist_too")) and not out.get("album_artist"):
        out["album_artist"] = joined(other)
    if "artist" in out or "artists" in values:
        _take_artists(out, values)
    if genre := values.get("genre"):
        genres = _lines([part for value in genre for part in value[:4000].split(";")])
        out["genres"], out["genre"] = genres, genres.partition("\n")[0]
    _take_dates(out, values)
    for name, of in _TOTALS:
        if (pair := values.get(name)) and not out.get(of):
            out[of] = total(pair)
    if (pair := values.get("track")) and not pair[0][:1].isdigit() and (place := side(pair)):
        _take_side(out, *place)
    for name, gain in _R128:
        if (r128 := values.get(name)) and (raw := decimal(r128, -32_768, 32_767)) is not None:
            out[gain] = raw / 256 + _R128_TO_REPLAYGAIN_DB
    if (sheets := [*values.get("cue", ()), *values.get("cue_block", ())]) and (cue := _sheet(sheets, values)):
        out["cue"] = cue
    if not values.keys().isdisjoint(_RATINGS) and (stars := rating(values)) is not None:
        out["rating"] = stars
    return out


def joined(values: list[str]) -> str:
    """All values in order, each once, with ``; `` between."""
    if len(values) == 1:
        return clean_tag(values[0])
    return clean_tag("; ".join(dict.fromkeys(cleaned for value in values if (cleaned := clean_tag(value)))))


def rating(values: dict[str, list[str]]) -> int | None:
    """0 to 100 out of FMPS (0 to 1), a scale known to the reader, or a loose 1-to-5 or 1-to-100 value."""
    if (stars := share(values.get("rating_share"))) is not None:
        return stars
    if (known := decimal(values.get("rating_100"), 0, 100)) is not None:
        return round(known)
    return loose(values.get("rating"))


def duration_ms(length_s: object) -> int:
    """Milliseconds; what is negative, not a number or beyond belief counts as unknown (0)."""
    if not isinstance(length_s, int | float) or not 0 < length_s <= MAX_DURATION_S:
        return 0
    return round(length_s * 1000)


def _take_artists(out: dict[str, Any], values: dict[str, list[str]]) -> None:
    names = values.get("artists") or values["artist"]
    if len(names) == 1 and (ids := values.get("artist_mbid")) and (count := mbids(ids)) > 1:
        names = _apart(names[0], count, is_list="artists" in values)
    out["artists"] = _lines(names)
    if not out.get("artist"):
        out["artist"] = clean_tag(out["artists"].replace("\n", "; "))


def _take_dates(out: dict[str, Any], values: dict[str, list[str]]) -> None:
    original = _first_date(values.get("original_date"), values.get("original_year"))
    given = _first_date(values.get("date"), _old_date(values), values.get("year"), values.get("released"))
    if original:
        out["original_date"] = original
    if given:
        out["date"] = given
    if given or original:
        out["year"] = int((given or original)[:4])


def _apart(text: str, count: int, *, is_list: bool) -> list[str]:
    """The artists of ``A/B``, as ID3v2.3 keeps several, where so many are identified: AC/DC are one, guest or not."""
    if _GUEST.search(text) or (not is_list and _BESIDE.search(text)):
        return [text]
    for between in ("/", ";"):
        names = text[:_MAX_JOINED_CHARS].split(between)
        if len(names) == count:
            return names
    return [text]


def _first_date(*said: list[str] | None) -> str:
    """The first of these that holds a date: some taggers leave empty fields behind."""
    for values in said:
        if values and (found := date(values)):
            return found
    return ""


def _old_date(values: dict[str, list[str]]) -> list[str] | None:
    """ID3v2.3 keeps the year in one frame and day and month, ``2105``, in another."""
    years, days = values.get("tyer"), values.get("tdat")
    if not years or not days:
        return years
    first, day = years[0].strip(), days[0].strip()
    if len(first) == 4 and len(day) == 4 and day.isdecimal():
        return [f"{first}-{day[2:]}-{day[:2]}"]
    return years


def _take_side(out: dict[str, Any], number: int, track_no: int) -> None:
    """Each side of a vinyl record counts as a disc; where the file numbers the records too, each has two."""
    disc = out.get("disc_no") or 1
    out["disc_no"] = number if number > 2 or disc > _MOST_RECORDS else (disc - 1) * 2 + number
    out["track_no"] = track_no
    out["disc_total"] = None


def _lines(values: list[str]) -> str:
    if len(values) == 1:
        return clean_tag(values[0])
    return "\n".join(dict.fromkeys(cleaned for value in values if (cleaned := clean_tag(value))))


def _sheet(texts: list[str], values: dict[str, list[str]]) -> str:
    from app.library.cue_inside import best  # only for those who have sheets

    return best(texts, {name: joined(said) for name, said in values.items() if name.startswith(CUE_TRACK)})


def _yes(values: list[str]) -> bool:
    return values[0].strip().lower() in {"1", "true", "yes"}


def _plays(values: list[str]) -> int | None:
    counts = [round(count) for value in values if (count := decimal([value], 0, _MAX_PLAYS))]
    return max(counts, default=None)


def _gain(values: list[str]) -> float | None:
    return decimal([values[0].replace("- ", "-")], -_MAX_GAIN_DB, _MAX_GAIN_DB)


def _peak(values: list[str]) -> float | None:
    return decimal(values, 0.0, _MAX_PEAK)


def _bpm(values: list[str]) -> float | None:
    return decimal(values, 1.0, _MAX_BPM)


def _any_text(values: list[str]) -> bool:
    return any(value.strip() for value in values)


def _count(value: object, high: int) -> int | None:
    return int(value) if isinstance(value, int | float) and 0 < value <= high else None


_TAKERS: dict[str, tuple[str, Callable[[list[str]], Any]]] = {
    **{name: (name, joined) for name in ("title", "artist", "album_artist", "album", "composer")},
    **{name: (name, joined) for name in ("title_sort", "artist_sort", "album_artist_sort", "album_sort")},
    **{f"{name}_mbid": (f"{name}_mbid", mbid) for name in ("recording", "release", "release_group", "artist")},
    "album_artist_mbid": ("album_artist_mbid", mbid),
    "acoustid_id": ("acoustid_id", mbid),
    "track": ("track_no", number),
    "disc": ("disc_no", number),
    "track_total": ("track_total", number),
    "disc_total": ("disc_total", number),
    "compilation": ("compilation", _yes),
    "rg_track_gain": ("rg_track_gain", _gain),
    "rg_album_gain": ("rg_album_gain", _gain),
    "rg_track_peak": ("rg_track_peak", _peak),
    "rg_album_peak": ("rg_album_peak", _peak),
    "bpm": ("bpm", _bpm),
    "isrc": ("isrc", isrc),
    "norm": ("norm_gain", norm_gain),
    "lyrics": ("has_lyrics", _any_text),
    "plays": ("file_plays", _plays),
}
