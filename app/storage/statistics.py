"""The log of plays, counted over a stretch of time. Everything here is derived; nothing is stored."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from app.domain.ids import AlbumKey, TrackId
from app.domain.spelling import one_name, shown_spelling
from app.domain.statistics import Ranked, Statistics
from app.storage.database import Database
from app.storage.plays import KEY_NOW, LISTEN, OF_TRACK

_LOCAL = "started_at / 1000, 'unixepoch', 'localtime'"
_HEARD = (
    f"select *, {LISTEN} as listen, {OF_TRACK} as of_track from play "
    "where ended_by <> 'failed' and started_at >= ? and started_at < ?"
)
_SUMS = (
    "create temp table heard as select recording_key, of_track, artist, album, max(title) as title, "
    f"sum(listen) as listened, sum(played_ms) as lasted from ({_HEARD}) group by recording_key, of_track, artist, album"
)
"""What the ranks are made of: a tenth of the rows of the log, or less."""
_FORGET_SUMS = "drop table if exists temp.heard"
_EARLIER = "p.started_at < ?1 and p.ended_by <> 'failed'"
_NEW = (
    "select count(*) from "
    f"(select distinct {KEY_NOW} as key from heard as p left join track as t on t.id = p.of_track) "
    "where not exists (select 1 from track as t cross join play as p on p.track_id = t.id "
    f"where t.recording_key = key and {_EARLIER}) "
    "and not exists (select 1 from track as t cross join heard_before as h on h.track_id = t.id cross join play as p "
    f"on p.recording_key = h.recording_key and p.track_id is null where t.recording_key = key and {_EARLIER}) "
    f"and not exists (select 1 from play as p where p.recording_key = key and p.track_id is null and {_EARLIER} "
    "and not exists (select 1 from heard_before as h where h.recording_key = key))"
)
"""Recordings of the stretch of which nothing was heard before ?1: no play of their tracks, none of what turned out to
be one of these, none without a track. Asked of each; all firsts of the log would be many more."""
_CLOCK = (
    f"select cast(strftime('%H', {_LOCAL}) as integer) as hour, cast(strftime('%w', {_LOCAL}) as integer) as day, "
    f"sum(played_ms) from ({_HEARD}) where hour is not null group by hour, day"
)
_MOST_SECONDS = 253_402_300_799
"""The last second of the year 9999: SQLite knows no date after it."""


class StatisticsStore:
    """Counts plays. Cost: three passes over those of the stretch; six seconds for a million."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def read(self, since_ms: int, until_ms: int, ranks: int) -> Statistics:
        """Everything about the plays that began in ``[since_ms, until_ms)``, with so many ranks."""
        stretch = (since_ms, min(until_ms, _MOST_SECONDS * 1000))
        with self._db.read() as connection:
            connection.execute(_FORGET_SUMS)
            connection.execute(_SUMS, stretch)
            totals = connection.execute(
                "select count(*), coalesce(sum(listen), 0), coalesce(sum(played_ms), 0), "
                f"count(distinct date({_LOCAL})) from ({_HEARD})",
                stretch,
            ).fetchone()
            recordings = connection.execute(
                f"select count(distinct {KEY_NOW}) from heard as p left join track as t on t.id = p.of_track"
            ).fetchone()[0]
            new = connection.execute(_NEW, (since_ms,)).fetchone()[0]
            clock = connection.execute(_CLOCK, stretch).fetchall()
            found = Statistics(
                plays=totals[0],
                listens=totals[1],
                heard_ms=totals[2],
                recordings=recordings,
                new=new,
                days=totals[3],
                artists=_artists(connection, ranks),
                albums=_albums(connection, ranks),
                tracks=_tracks(connection, ranks),
                by_hour_ms=_spread(((hour, heard) for hour, _, heard in clock), 24, 0),
                by_weekday_ms=_spread(((day, heard) for _, day, heard in clock), 7, 6),
            )
            connection.execute(_FORGET_SUMS)
            return found


def _artists(connection: sqlite3.Connection, ranks: int) -> tuple[Ranked, ...]:
    spellings: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for name, listens, heard in connection.execute(
        "select artist, sum(listened), sum(lasted) from heard where artist <> '' group by artist"
    ):
        spellings[one_name(name)][name] = (listens, heard)
    found = [
        Ranked(
            shown_spelling({name: listens for name, (listens, _) in names.items()}),
            "",
            sum(listens for listens, _ in names.values()),
            sum(heard for _, heard in names.values()),
        )
        for names in spellings.values()
    ]
    heard_by = sorted((one for one in found if one.listens), key=lambda one: (-one.listens, -one.heard_ms, one.name))
    return tuple(heard_by[:ranks])


def _albums(connection: sqlite3.Connection, ranks: int) -> tuple[Ranked, ...]:
    """By the track's album as it is now; plays whose track is gone go by the album's name."""
    rows = connection.execute(
        "select max(p.album), max(coalesce(nullif(t.album_artist, ''), p.artist)), sum(p.listened) as listens, "
        "sum(p.lasted) as heard, max(p.of_track), t.album_key "
        "from heard as p left join track as t on t.id = p.of_track where p.album <> '' "
        "group by coalesce(t.album_key, p.album) having listens > 0 "
        "order by listens desc, heard desc, max(p.album) limit ?",
        (ranks,),
    )
    return tuple(
        Ranked(name, artist, listens, heard, _track(track_id), None if key is None else AlbumKey(key))
        for name, artist, listens, heard, track_id, key in rows
    )


def _tracks(connection: sqlite3.Connection, ranks: int) -> tuple[Ranked, ...]:
    rows = connection.execute(
        "select coalesce(max(t.title), max(p.title)), coalesce(max(nullif(t.artist, '')), max(p.artist)), "
        "sum(p.listened) as listens, sum(p.lasted) as heard, max(p.of_track) "
        "from heard as p left join track as t on t.id = p.of_track "
        f"group by {KEY_NOW} having listens > 0 order by listens desc, heard desc, max(p.title) limit ?",
        (ranks,),
    )
    return tuple(Ranked(name, artist, listens, heard, _track(one)) for name, artist, listens, heard, one in rows)


def _spread(heard: Iterable[tuple[int, int]], places: int, shift: int) -> tuple[int, ...]:
    """Milliseconds heard by a part of the local time; the part ``p`` goes to place ``(p + shift) % places``."""
    found = [0] * places
    for part, heard_ms in heard:
        found[(part + shift) % places] += heard_ms
    return tuple(found)


def _track(track_id: int | None) -> TrackId | None:
    return None if track_id is None else TrackId(track_id)
