"""Where a listen's parts stand in a line of JSON or a column of Parquet, and one line read with care.

ListenBrainz's exports (``track_metadata`` and all) and flat lines are both read; of several places the first that says
something counts. A line is used whole or not at all: text must be text, times and lengths whole numbers.
"""

import json
from dataclasses import dataclass
from typing import Any

Path = tuple[str, ...]

USER: tuple[Path, ...] = (("user_name",), ("user",), ("user_id",), ("listener",))
AT: tuple[Path, ...] = (("listened_at",), ("time",), ("started_at",), ("timestamp",))
ARTIST: tuple[Path, ...] = (("track_metadata", "artist_name"), ("artist_name",), ("artist",))
TITLE: tuple[Path, ...] = (("track_metadata", "track_name"), ("track_name",), ("recording_name",), ("title",))
MBID: tuple[Path, ...] = (
    ("track_metadata", "mbid_mapping", "recording_mbid"),
    ("track_metadata", "additional_info", "recording_mbid"),
    ("recording_mbid",),
)
PLAYED_MS: tuple[Path, ...] = (("played_ms",), ("ms_played",))

TEXTS = {"artist": ARTIST, "title": TITLE, "mbid": MBID}
NUMBERS = {"at_s": AT, "played_ms": PLAYED_MS}
LEAST, LARGEST = -(2**63), 2**63 - 1
"""What fits a whole number in a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """One listen as it was written; "" and -1 where the line does not say."""

    user: str
    at_s: int
    artist: str
    title: str
    mbid: str
    played_ms: int


def parsed_line(raw: bytes | str) -> Line | None:
    """A line of JSON as a listen; None when it is not JSON, or a part is not of its kind."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    said = {} if said is None else said
    if not isinstance(said, dict):
        return None
    try:
        user = _user(_first(said, USER))
        artist, title, mbid = (_text(_first(said, paths)) for paths in TEXTS.values())
        at_s, played_ms = (_number(_first(said, paths)) for paths in NUMBERS.values())
    except TypeError:
        return None
    return Line(user, at_s, artist, title, mbid, played_ms)


def _first(said: dict[str, Any], paths: tuple[Path, ...]) -> Any:
    for path in paths:
        found: Any = said
        for name in path:
            if found is None:
                break
            if not isinstance(found, dict):
                raise TypeError("a part is not an object")
            found = found.get(name)
        if found is not None:
            return found
    return None


def _user(value: Any) -> str:
    return str(_number(value)) if type(value) is int else _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: Any) -> int:
    if value is None:
        return -1
    if type(value) is not int or not LEAST <= value <= LARGEST:
        raise TypeError("not a whole number")
    return value
