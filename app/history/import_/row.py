"""One play as an outside file tells it, checked; or why it is none.

Nothing in the file is trusted: text is cleaned, times are bounded, and what cannot be a play says so.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from app.domain.clean import clean
from app.domain.play import EndedBy
from app.domain.recording import is_mbid
from app.domain.words import mark

UNKNOWN = -1
OLDEST_MS = 1_009_843_200_000
"""The first of January 2002: nobody kept a listening history before, so an earlier time is that of a wrong clock."""
CLOCKS_DIFFER_MS = 300_000
LONGEST_MS = 24 * 3_600_000
_MOST_CHARS = 500
_SECONDS_BELOW, _MILLISECONDS_BELOW = 1e11, 1e14
_LOST = "\ufffd"
"""What stands where text could not be read."""

NO_PLAY = mark("not a play")
NO_NAMES = mark("no artist or no title")
NO_TIME = mark("no time that can be read")
TOO_OLD = mark("before 2002: a clock that was wrong")
TOO_NEW = mark("in the future: a clock that was wrong")
NOT_HEARD = mark("nothing of it was heard")
SKIPPED = mark("skipped, and how much was heard is not told")
NO_TEXT = mark("text in an encoding other than UTF-8")
NO_MUSIC = mark("a podcast, a book or a video")
PRIVATE = mark("heard in a private session")
STILL_PLAYING = mark("it was still playing")
TOO_LONG = mark("a line without end")
DAMAGED = mark("the file is damaged from here on")


class Row(NamedTuple):
    """A play as it is told. ``played_ms`` is ``UNKNOWN`` where the source says only that it was listened to."""

    started_at: int
    """UTC, milliseconds since 1970."""
    client: str
    artist: str
    title: str
    album: str
    duration_ms: int
    played_ms: int
    recording_mbid: str
    ended_by: EndedBy


class Refused(NamedTuple):
    """A row that cannot be used."""

    reason: str
    """In English, for ``say``."""
    example: str = ""


def row(
    client: str,
    now_ms: int,
    at_ms: int | None,
    *,
    artist: object,
    title: object,
    album: object = "",
    duration_ms: int = 0,
    played_ms: int = UNKNOWN,
    recording_mbid: object = "",
    ended_by: EndedBy = EndedBy.REPLACED,
) -> Row | Refused:
    """A checked row, or why there is none.

    ``REPLACED`` says nothing about how it ended, and that is what most sources know.
    """
    by, called, of = text_of(artist), text_of(title), text_of(album)
    shown = f"{by} - {called}"
    if not by or not called:
        return Refused(NO_NAMES, shown.strip(" -"))
    if _LOST in by or _LOST in called:
        return Refused(NO_TEXT, shown)
    if at_ms is None:
        return Refused(NO_TIME, shown)
    if at_ms < OLDEST_MS:
        return Refused(TOO_OLD, shown)
    if at_ms > now_ms + CLOCKS_DIFFER_MS:
        return Refused(TOO_NEW, shown)
    if played_ms == 0:
        return Refused(NOT_HEARD, shown)
    mbid = recording_mbid.strip().lower() if isinstance(recording_mbid, str) else ""
    return Row(
        at_ms,
        client,
        by,
        called,
        "" if _LOST in of else of,
        duration_ms if 0 < duration_ms <= LONGEST_MS else 0,
        min(played_ms, LONGEST_MS) if played_ms > 0 else UNKNOWN,
        mbid if is_mbid(mbid) else "",
        ended_by,
    )


def text_of(value: object) -> str:
    """One clean line; ``""`` for what is no text."""
    return clean(value, _MOST_CHARS) if isinstance(value, str) else ""


def number_of(value: object) -> float | None:
    """A finite number, also where it is written as text; ``None`` for anything else."""
    if isinstance(value, str) and len(value) <= 32:
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def whole_ms(value: object, factor: int = 1) -> int:
    """A length; 0 where there is none that can be believed."""
    number = number_of(value)
    return int(number * factor) if number is not None and 0 < number * factor <= LONGEST_MS else 0


def since_1970_ms(value: object) -> int | None:
    """A point in time out of seconds, milliseconds or microseconds: exports have all three."""
    number = number_of(value)
    if number is None or number <= 0:
        return None
    if number < _SECONDS_BELOW:
        return int(number * 1000)
    return int(number) if number < _MILLISECONDS_BELOW else int(number / 1000)


def iso_ms(value: object, zone: Callable[[datetime], datetime] | None = None) -> int | None:
    """A point in time out of ``2022-06-17T19:53:06Z`` and its kin; UTC where it does not say, or by ``zone``."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        at = datetime.fromisoformat(value.strip().removesuffix(" UTC"))
        if at.tzinfo is None:
            at = zone(at) if zone is not None else at.replace(tzinfo=UTC)
        return round(at.timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None
