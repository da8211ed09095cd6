"""ListenBrainz: its export (a zip with ``listens/YEAR/MONTH.jsonl``), older ones (one array), and saved pages.

https://listenbrainz.readthedocs.io/en/latest/users/json.html
"""

from collections.abc import Iterator
from typing import Any

from app.history.import_.row import UNKNOWN, Refused, Row, iso_ms, row, since_1970_ms, whole_ms
from app.history.import_.source import Head, Source, objects
from app.history.import_.texts import Stream


def _recognises(head: Head) -> bool:
    return isinstance(head.first.get("track_metadata"), dict)


def _read(stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    for listen in objects(stream, head):
        yield listen if isinstance(listen, Refused) else _row(listen, now_ms)


def _row(listen: dict[str, Any], now_ms: int) -> Row | Refused:
    said = _mapping(listen.get("track_metadata"))
    more, mapped = _mapping(said.get("additional_info")), _mapping(said.get("mbid_mapping"))
    at = listen.get("listened_at")
    heard_ms = whole_ms(more.get("duration_played"), 1000)
    return row(
        SOURCE.client,
        now_ms,
        since_1970_ms(at) or iso_ms(at),
        artist=said.get("artist_name"),
        title=said.get("track_name"),
        album=said.get("release_name"),
        duration_ms=whole_ms(more.get("duration_ms")) or whole_ms(more.get("duration"), 1000),
        played_ms=heard_ms or UNKNOWN,
        # What the player sent comes from the file's tags; the mapping is a guess by names.
        recording_mbid=more.get("recording_mbid") or mapped.get("recording_mbid"),
    )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


SOURCE = Source("listenbrainz", "ListenBrainz", _recognises, _read)
