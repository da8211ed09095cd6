"""Last.fm as JSON: pages of ``user.getRecentTracks`` as they came, lists made of them, and lastfmstats.com's export.

Last.fm says that a track was listened to, and when it began; nothing of how long. Its MusicBrainz ids are often of
another recording, and are not used. https://www.last.fm/api/show/user.getRecentTracks
"""

from collections.abc import Iterator
from typing import Any

from app.history.import_.row import STILL_PLAYING, Refused, Row, row, since_1970_ms, text_of
from app.history.import_.source import Head, Source, objects
from app.history.import_.texts import Stream


def _recognises(head: Head) -> bool:
    first = head.first
    dated = "date" in first or "uts" in first or _is_playing(first)
    return "artist" in first and ("name" in first or "track" in first) and dated


def _read(stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    for track in objects(stream, head):
        yield track if isinstance(track, Refused) else _row(track, now_ms)


def _row(track: dict[str, Any], now_ms: int) -> Row | Refused:
    artist, title, when = _name(track.get("artist")), _name(track.get("name", track.get("track"))), track.get("date")
    if _is_playing(track):
        return Refused(STILL_PLAYING, f"{artist} - {title}")
    at = when.get("uts") if isinstance(when, dict) else when or track.get("uts")
    return row(SOURCE.client, now_ms, since_1970_ms(at), artist=artist, title=title, album=_name(track.get("album")))


def _is_playing(track: dict[str, Any]) -> bool:
    about = track.get("@attr")
    return isinstance(about, dict) and str(about.get("nowplaying")).lower() == "true"


def _name(value: object) -> str:
    """``{"#text": "Ida"}`` or, in the long form, ``{"name": "Ida"}``; in made lists the name itself."""
    if isinstance(value, dict):
        return text_of(value.get("#text") or value.get("name"))
    return text_of(value)


SOURCE = Source("last.fm", "Last.fm", _recognises, _read)
