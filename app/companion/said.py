"""What a player says of the track it plays (MPRIS metadata), made safe: players say it late, wrongly, or not at all.

Keys and types: https://www.freedesktop.org/wiki/Specifications/mpris-spec/metadata/
"""

import math
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.config.file_uri import path_of_uri, plain_path
from app.domain.clean import clean
from app.domain.queue import PlaybackState
from app.domain.recording import is_mbid, key_form

LONGEST_MS = 48 * 3_600_000
"""What claims to be longer, or to be further along, is not believed."""
_MOST_URL_CHARS = 2_000
_MOST_NAMES = 16
_NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
_RECORDING = ("xesam:musicBrainzTrackID", "mb:recordingId", "mb:trackId")
_STATES = {"playing": PlaybackState.PLAYING, "paused": PlaybackState.PAUSED, "stopped": PlaybackState.STOPPED}
_COUNT = re.compile(r"^\(\d{1,4}\+?\)\s+")
"""Browsers take the title from the page's, and pages put there how many messages wait: "(2) Some video"."""
_SLOWEST, _FASTEST = 0.05, 16.0


@dataclass(frozen=True, slots=True)
class Said:
    """A track in its player's words; ``""``, 0 and ``None`` where it says nothing."""

    title: str = ""
    artist: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    length_ms: int = 0
    path: bytes | None = None
    """The file, where it is one on this machine."""
    url: str = ""
    """What is no file on this machine: a stream, a disc, another machine's file."""
    track: str = ""
    """What the player calls this entry of its list."""
    recording_mbid: str = ""
    process: int = 0
    """The process that really plays, where the player only speaks for it."""

    @property
    def empty(self) -> bool:
        """It says nothing at all that tells one track from another."""
        return not (self.title or self.path or self.url or self.track)

    @property
    def named(self) -> bool:
        """There is something to record: a title, or a file whose name stands for one."""
        return bool(self.title or self.path)

    @property
    def shown_title(self) -> str:
        """The title, or the file's name without its ending."""
        if self.title or self.path is None:
            return self.title
        return clean(os.path.splitext(os.path.basename(self.path))[0].decode("utf-8", "replace"))


NOTHING = Said()


def same_track(before: Said, now: Said) -> bool:
    """Whether a player that says something else now still means the same track: names come late, and get better.

    A stream goes on under one address while its titles change: each title is a track.
    """
    if before.path != now.path and before.path and now.path:
        return False
    if before.path and now.path:
        return before.track == now.track or _same_names(before, now)  # a sheet's tracks lie in one file
    if before.url and now.url and before.url != now.url:
        return False
    if not before.url and not now.url and before.track and now.track and before.track != now.track:
        return False
    return not before.title or _same_names(before, now)


def _same_names(before: Said, now: Said) -> bool:
    same_artist = not before.artist or not now.artist or key_form(before.artist) == key_form(now.artist)
    same_title = key_form(before.title) == key_form(now.title) or is_counted_anew(before, now)
    return same_title and same_artist


def is_counted_anew(before: Said, now: Said) -> bool:
    """Whether the titles differ by the number in front alone that a page puts there."""
    if before.path or now.path or before.title == now.title:
        return False
    return bool(now.title) and _COUNT.sub("", before.title) == _COUNT.sub("", now.title)


def falls_silent(before: Said, now: Said) -> bool:
    """Whether a player that named a track has no name for it now: as while a stream is filled again."""
    if not before.named or now.named:
        return False
    return now.url in {"", before.url} and now.track in {"", before.track}


def said_of(metadata: object) -> Said:
    """What a player's ``Metadata`` comes to; of anything that is no mapping, nothing."""
    if not isinstance(metadata, Mapping):
        return NOTHING
    path, url = _place(metadata.get("xesam:url"))
    artists, track = _texts(metadata.get("xesam:artist")), _text(metadata.get("mpris:trackid"))
    process = metadata.get("kde:pid")
    return Said(
        title=_text(metadata.get("xesam:title")),
        artist=clean("; ".join(artists)),
        artists=artists,
        album=_text(metadata.get("xesam:album")),
        album_artist=clean("; ".join(_texts(metadata.get("xesam:albumArtist")))),
        length_ms=_milliseconds(metadata.get("mpris:length")) or 0,
        path=path,
        url=url,
        track="" if track == _NO_TRACK else track,
        recording_mbid=_recording(metadata),
        process=process if type(process) is int and 0 < process < 1 << 31 else 0,
    )


def status_of(value: object) -> PlaybackState | None:
    """``PlaybackStatus``; ``None`` for what is none."""
    return _STATES.get(value.lower()) if isinstance(value, str) and len(value) < 20 else None


def position_of(value: object) -> int | None:
    """``Position`` in milliseconds; ``None`` for what no track can have."""
    return _milliseconds(value)


def rate_of(value: object) -> float | None:
    """``Rate``; ``None`` for what is no speed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if _SLOWEST <= value <= _FASTEST else None  # false for NaN


def _milliseconds(microseconds: object) -> int | None:
    if isinstance(microseconds, bool) or not isinstance(microseconds, int | float):
        return None
    if not math.isfinite(microseconds) or not 0 <= microseconds <= LONGEST_MS * 1_000:
        return None
    return int(microseconds) // 1_000


def _text(value: object) -> str:
    """One line: a string, bytes of one, or the first of a list."""
    if isinstance(value, bytes):
        value = value[:8_000].decode("utf-8", "replace")
    if isinstance(value, str):
        return clean(value)
    return next(iter(_texts(value)), "") if isinstance(value, list | tuple) else ""


def _texts(value: object) -> tuple[str, ...]:
    """Names: a list of them, or one that stands alone."""
    each: Iterable[object] = value[:_MOST_NAMES] if isinstance(value, list | tuple) else (value,)
    found = (_text(one) for one in each if isinstance(one, str | bytes))
    return tuple(dict.fromkeys(name for name in found if name))


def _place(value: object) -> tuple[bytes | None, str]:
    """A file of this machine, or the address of something else."""
    if isinstance(value, bytes):
        value = value[: 4 * _MOST_URL_CHARS].decode("utf-8", "surrogateescape")
    if not isinstance(value, str) or not value:
        return None, ""
    path = path_of_uri(value) if not value.startswith("/") else _plain(value)
    return path, "" if path is not None else clean(value, _MOST_URL_CHARS)


def _plain(value: str) -> bytes | None:
    """The path that some give in the place of an address."""
    try:
        return plain_path(value.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return None


def _recording(metadata: Mapping[object, object]) -> str:
    for key in _RECORDING:
        value = _text(metadata.get(key)).lower()
        if is_mbid(value):
            return value
    return ""
