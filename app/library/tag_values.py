"""What tag readers hand over, and how it becomes clean, clamped :class:`Tags`: the same rules for every family."""

import math
import re
from dataclasses import dataclass, field

from app.domain.recording import is_mbid
from app.domain.text import clean
from app.domain.track import Tags

MAX_DURATION_S = 100 * 3600
"""Longer claims are lies (a real file claims 471 days) and count as unknown."""

_MAX_VALUES = 64
_MAX_NUMBER = 99_999
_MAX_GAIN_DB = 60.0
_MAX_PEAK = 100.0
_R128_TO_REPLAYGAIN_DB = 5.0
"""R128 aims at -23 LUFS, ReplayGain 2 at -18."""
_NUMBER = re.compile(r"\d{1,9}")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DATE = re.compile(r"[12]\d{3}")
_DECIMAL = re.compile(r"[-+]?\d{1,6}(?:[.,]\d{1,9})?")

PLAIN_NAMES = {
    "title": "title",
    "artist": "artist",
    "albumartist": "album_artist",
    "album artist": "album_artist",
    "album_artist": "album_artist",
    "album": "album",
    "tracknumber": "track",
    "track": "track",
    "discnumber": "disc",
    "disc": "disc",
    "date": "date",
    "year": "date",
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
    "r128_track_gain": "r128_track_gain",
    "r128_album_gain": "r128_album_gain",
    "fmps_rating": "fmps_rating",
    "rating": "rating",
}
"""Vorbis comments and APEv2 tags have names as people write them; these, in small letters, are the ones we read."""


@dataclass(slots=True)
class Said:
    """What one file says, before cleaning. ``values`` is keyed by the names below, each with all its values.

    title, artist, album_artist, album, track, disc, date, genre, composer, compilation, recording_mbid, release_mbid,
    release_group_mbid, artist_mbid, album_artist_mbid, rg_track_gain, rg_track_peak, rg_album_gain, rg_album_peak,
    r128_track_gain, r128_album_gain, fmps_rating (0 to 1), rating (loose), rating_100.
    """

    format: str
    length_s: float = 0.0
    bitrate: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    has_cover: bool = False

    def add(self, name: str, *values: str) -> None:
        """Adds values behind those already there."""
        known = self.values.setdefault(name, [])
        if len(known) < _MAX_VALUES:
            known.extend(values[:_MAX_VALUES])

    def stream(self, info: object) -> None:
        """Takes length, bit rate, sample rate and channels from one of mutagen's stream descriptions."""
        self.length_s = getattr(info, "length", 0.0)
        self.bitrate = getattr(info, "bitrate", None)
        self.sample_rate = getattr(info, "sample_rate", None)
        self.channels = getattr(info, "channels", None)


def to_tags(said: Said) -> Tags:
    """Cleans and clamps what a file says."""
    values = said.values
    return Tags(
        title=joined(values.get("title")),
        artist=joined(values.get("artist")),
        album_artist=joined(values.get("album_artist")),
        album=joined(values.get("album")),
        track_no=number(values.get("track")),
        disc_no=number(values.get("disc")),
        year=year(values.get("date")),
        genre=joined(values.get("genre")),
        composer=joined(values.get("composer")),
        compilation=(values.get("compilation") or ["0"])[0].strip().lower() in {"1", "true", "yes"},
        duration_ms=duration_ms(said.length_s),
        format=said.format,
        bitrate=_count(said.bitrate, 1_000_000_000),
        sample_rate=_count(said.sample_rate, 100_000_000),
        channels=_count(said.channels, 1_000),
        recording_mbid=mbid(values.get("recording_mbid")),
        release_mbid=mbid(values.get("release_mbid")),
        release_group_mbid=mbid(values.get("release_group_mbid")),
        artist_mbid=mbid(values.get("artist_mbid")),
        album_artist_mbid=mbid(values.get("album_artist_mbid")),
        rg_track_gain=gain(values, "track"),
        rg_track_peak=decimal(values.get("rg_track_peak"), 0.0, _MAX_PEAK),
        rg_album_gain=gain(values, "album"),
        rg_album_peak=decimal(values.get("rg_album_peak"), 0.0, _MAX_PEAK),
        rating=rating(values),
        has_cover=said.has_cover,
    )


def joined(values: list[str] | None) -> str:
    """All values in order, each once, with ``; `` between."""
    if not values:
        return ""
    if len(values) == 1:
        return clean(values[0])
    return clean("; ".join(dict.fromkeys(cleaned for value in values if (cleaned := clean(value)))))


def number(values: list[str] | None) -> int | None:
    """The first number of ``3/12``; nought and absurd numbers say nothing."""
    found = _NUMBER.search(values[0][:40]) if values else None
    value = int(found.group()) if found else 0
    return value if 0 < value <= _MAX_NUMBER else None


def year(values: list[str] | None) -> int | None:
    """The year of the first value that holds one."""
    for value in values or ():
        if found := _YEAR.search(value[:40]) or _DATE.match(value):
            return int(found.group())
    return None


def mbid(values: list[str] | None) -> str:
    """The first MusicBrainz identifier, in its canonical form."""
    for value in values or ():
        candidate = value.strip("\0 {}").lower()[:36]
        if is_mbid(candidate):
            return candidate
    return ""


def decimal(values: list[str] | None, low: float, high: float) -> float | None:
    """The first decimal number, where it lies within the limits."""
    found = _DECIMAL.search(values[0][:40]) if values else None
    value = float(found.group().replace(",", ".")) if found else math.nan
    return value if low <= value <= high else None


def gain(values: dict[str, list[str]], scope: str) -> float | None:
    """ReplayGain in dB; R128's 1/256 dB, which aims 5 dB lower, is turned into it."""
    if (r128 := values.get(f"r128_{scope}_gain")) and (raw := decimal(r128, -32_768, 32_767)) is not None:
        return raw / 256 + _R128_TO_REPLAYGAIN_DB
    return decimal(values.get(f"rg_{scope}_gain"), -_MAX_GAIN_DB, _MAX_GAIN_DB)


def rating(values: dict[str, list[str]]) -> int | None:
    """0 to 100 out of FMPS (0 to 1), a scale known to the reader, or a loose 1-to-5 or 1-to-100 value."""
    if (share := decimal(values.get("fmps_rating"), 0.0, 1.0)) is not None:
        return round(share * 100)
    if (known := decimal(values.get("rating_100"), 0, 100)) is not None:
        return round(known)
    text = values.get("rating")
    loose = decimal(text, 0, 100)
    if not loose or not text:
        return None
    if loose <= 1 and "." in text[0]:
        return round(loose * 100)
    return round(loose * 20) if loose <= 5 else round(loose)


def duration_ms(length_s: object) -> int:
    """Milliseconds; what is negative, not a number or beyond belief counts as unknown (0)."""
    if not isinstance(length_s, int | float) or not 0 < length_s <= MAX_DURATION_S:
        return 0
    return round(length_s * 1000)


def _count(value: object, high: int) -> int | None:
    return int(value) if isinstance(value, int | float) and 0 < value <= high else None
