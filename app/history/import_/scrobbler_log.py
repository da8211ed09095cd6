"""The log of portable players (Rockbox and others): ``.scrobbler.log``, the AudioScrobbler format 1.0 and 1.1.

Fields, by tabs: artist, album, title, number, length in s, L (listened to) or S (skipped), start in s, MusicBrainz id.
A player that knows no time zone writes its local time as if it were UTC: then the zone of this machine is taken.
Of what was skipped it does not tell how much was heard, so it is left out. https://web.archive.org/web/2009/http://www.audioscrobbler.net/wiki/Portable_Player_Logging
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from app.history.import_.row import NO_PLAY, SKIPPED, Refused, Row, row, since_1970_ms, whole_ms
from app.history.import_.source import Head, Source
from app.history.import_.texts import Stream, lines

_MARK = "#AUDIOSCROBBLER/"
_LEAST, _RATING, _AT, _MBID = 7, 5, 6, 7


def _recognises(head: Head) -> bool:
    return bool(head.lines) and head.lines[0].startswith(_MARK)


def _read(stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    local = not any(line.strip().upper() == "#TZ/UTC" for line in head.lines)
    for line in lines(stream):
        if isinstance(line, Refused):
            yield line
        elif not line.startswith("#"):
            yield _row(line.split("\t"), line, local, now_ms)


def _row(cells: Sequence[str], line: str, local: bool, now_ms: int) -> Row | Refused:
    if len(cells) < _LEAST:
        return Refused(NO_PLAY, line[:80])
    artist, album, title = cells[:3]
    if cells[_RATING].strip().upper() == "S":
        return Refused(SKIPPED, f"{artist} - {title}"[:80])
    return row(
        SOURCE.client,
        now_ms,
        _at_ms(cells[_AT], local),
        artist=artist,
        title=title,
        album=album,
        duration_ms=whole_ms(cells[4], 1000),
        recording_mbid=cells[_MBID] if len(cells) > _MBID else "",
    )


def _at_ms(seconds: str, local: bool) -> int | None:
    at_ms = since_1970_ms(seconds)
    if at_ms is None or not local:
        return at_ms
    try:
        return round(datetime.fromtimestamp(at_ms / 1000, UTC).replace(tzinfo=None).astimezone().timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None


SOURCE = Source("scrobbler.log", ".scrobbler.log", _recognises, _read)
