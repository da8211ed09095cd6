"""JSPF: XSPF in JSON. Whatever is nested too deeply, too long a number or of the wrong kind says nothing."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.words import say
from app.library.playlist_files.entries import (
    FileEntry,
    NotAPlaylist,
    PlaylistFile,
    location_uri,
    mbid_in,
    milliseconds,
    text,
)

_RECORDING = "https://musicbrainz.org/recording/"
_MAX_DIGITS = 18
_MAX_LOCATIONS = 10
_MAX_VALUES = 12_000_000
"""A tiny value in the file becomes a large one in memory."""


def read(data: bytes, folder: bytes) -> PlaylistFile:
    """Reads the bytes of a file that lies in ``folder``."""
    if sum(data.count(mark) for mark in b"[{,") > _MAX_VALUES:
        raise NotAPlaylist(say("Its JSON holds far too much."))
    try:
        whole = json.loads(data.removeprefix(b"\xef\xbb\xbf"), parse_int=_number, parse_constant=_nothing)
    except RecursionError as error:
        raise NotAPlaylist(say("Its JSON is nested too deeply.")) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise NotAPlaylist(say("Its JSON is damaged.")) from error
    listed = whole.get("playlist") if isinstance(whole, dict) else None
    tracks = listed.get("track", []) if isinstance(listed, dict) else None
    if not isinstance(listed, dict) or not isinstance(tracks, list):
        raise NotAPlaylist(say("It is JSON, but no JSPF playlist."))
    found = PlaylistFile(text(listed.get("title")))
    for track in tracks:
        if isinstance(track, dict) and not found.add(_entry(found, track, folder)):
            break
    return found


def write(name: str, entries: Sequence[FileEntry], folder: bytes | None) -> bytes:
    """The bytes of a file; every location is a URI."""
    tracks = [_values(entry, folder) for entry in entries]
    whole = {"playlist": {"title": text(name), "track": tracks}}
    return json.dumps(whole, ensure_ascii=False, indent=0).encode("utf-8", "replace") + b"\n"


def _entry(found: PlaylistFile, track: dict[str, Any], folder: bytes) -> FileEntry:
    entry = FileEntry(
        title=text(track.get("title")),
        artist=text(track.get("creator")),
        album=text(track.get("album")),
        duration_ms=milliseconds(track.get("duration")),
        mbid=next(filter(None, map(mbid_in, _listed(track.get("identifier")))), ""),
    )
    for location in _listed(track.get("location")):
        if isinstance(location, str) and location:
            entry = found.locate(entry, location.encode("utf-8", "replace"), folder, is_uri=True)
            if entry.path or entry.url:
                break
    return entry


def _values(entry: FileEntry, folder: bytes | None) -> dict[str, object]:
    location = location_uri(entry.path, folder) if entry.path else entry.url
    values: dict[str, object] = {
        "location": [location] if location else [],
        "identifier": [_RECORDING + entry.mbid] if entry.mbid else [],
        "title": text(entry.title),
        "creator": text(entry.artist),
        "album": text(entry.album),
        "duration": entry.duration_ms,
    }
    return {name: value for name, value in values.items() if value}


def _listed(value: object) -> Iterable[object]:
    return value[:_MAX_LOCATIONS] if isinstance(value, list) else [value]


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= _MAX_DIGITS else 0


def _nothing(_name: str) -> None:
    """NaN and Infinity say nothing."""
