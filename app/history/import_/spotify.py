"""Spotify's own data: the extended streaming history, and the account data of the last year (to the minute).

Both give the end of a play and the milliseconds that were heard. Podcasts and private sessions stay out: who listens
privately asks for it not to count. Fields: https://support.spotify.com/article/understanding-my-data/
"""

from collections.abc import Iterator
from typing import Any

from app.domain.play import EndedBy
from app.history.import_.row import NO_MUSIC, NO_TIME, PRIVATE, Refused, Row, iso_ms, number_of, row, text_of
from app.history.import_.source import Head, Source, objects
from app.history.import_.texts import Stream

_ENDED = {
    "trackdone": EndedBy.FINISHED,
    "fwdbtn": EndedBy.SKIPPED,
    "backbtn": EndedBy.SKIPPED,
    "trackerror": EndedBy.FAILED,
}
_MOST_MS = 1 << 40


def _is_extended(head: Head) -> bool:
    return "ts" in head.first and "ms_played" in head.first


def _is_account(head: Head) -> bool:
    return "endTime" in head.first and "msPlayed" in head.first


def _read_extended(stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    for streamed in objects(stream, head):
        yield streamed if isinstance(streamed, Refused) else _extended(streamed, now_ms)


def _extended(streamed: dict[str, Any], now_ms: int) -> Row | Refused:
    artist, title = streamed.get("master_metadata_album_artist_name"), streamed.get("master_metadata_track_name")
    if title is None and artist is None:
        return Refused(NO_MUSIC, text_of(streamed.get("episode_name") or streamed.get("audiobook_title")))
    if streamed.get("incognito_mode") is True:
        return Refused(PRIVATE)
    ended = EndedBy.SKIPPED if streamed.get("skipped") is True else _ENDED.get(str(streamed.get("reason_end")))
    return _ended_at(
        EXTENDED.client,
        now_ms,
        streamed.get("ts"),
        streamed.get("ms_played"),
        artist=artist,
        title=title,
        album=streamed.get("master_metadata_album_album_name"),
        ended_by=ended or EndedBy.REPLACED,
    )


def _read_account(stream: Stream, head: Head, now_ms: int) -> Iterator[Row | Refused]:
    for streamed in objects(stream, head):
        yield (
            streamed
            if isinstance(streamed, Refused)
            else _ended_at(
                ACCOUNT.client,
                now_ms,
                streamed.get("endTime"),
                streamed.get("msPlayed"),
                artist=streamed.get("artistName"),
                title=streamed.get("trackName"),
            )
        )


def _ended_at(client: str, now_ms: int, end: object, heard: object, **names: Any) -> Row | Refused:
    ended_ms, heard_ms = iso_ms(end), number_of(heard)
    if heard_ms is None or not 0 <= heard_ms < _MOST_MS:
        return Refused(NO_TIME, f"{text_of(names['artist'])} - {text_of(names['title'])}")
    began_ms = None if ended_ms is None else ended_ms - int(heard_ms)
    return row(client, now_ms, began_ms, played_ms=int(heard_ms), **names)


EXTENDED = Source("spotify", "Spotify", _is_extended, _read_extended)
ACCOUNT = Source("spotify-account", "Spotify", _is_account, _read_account)
