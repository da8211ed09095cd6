"""What the recordings of the library are called: what a model of many listeners is looked up by."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.ids import TrackId
from app.domain.text import sort_form
from app.domain.track import Track
from app.storage.database import Database
from app.storage.plays import KEY_NOW, LISTEN, OF_TRACK
from app.storage.tracks import TRACK_COLUMNS, track_from_row

_MBID = "mbid:"
_DAY_MS = 86_400_000
_HEARD = (
    f"select {KEY_NOW} as recording_key, count(*) as plays from "
    f"(select recording_key, {OF_TRACK} as of_track from play where played_ms >= 30000) as p "
    "left join track as t on t.id = p.of_track group by 1"
)


class Called(NamedTuple):
    """A track that is there, by its names and its MusicBrainz recording (or nothing)."""

    id: TrackId
    artist: str
    title: str
    mbid: str


class Artist(NamedTuple):
    """An artist by name and MusicBrainz id."""

    name: str
    mbid: str


class Heard(NamedTuple):
    """A recording that was listened to, by its names and MusicBrainz id (or nothing), and the day since 1970, UTC."""

    artist: str
    title: str
    mbid: str
    day: int


class RecordingStore:
    """Reads the names of the tracks that are there."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def each(self) -> Iterator[Called]:
        """All of them, by id, one after the other."""
        query = (
            "select id, case when artist = '' then album_artist else artist end, title, recording_key from track "
            "where missing_since is null and removed_at is null order by id"
        )
        with self._db.read() as connection:
            for track_id, artist, title, key in connection.execute(query):
                yield Called(TrackId(track_id), artist, title, key[len(_MBID) :] if key.startswith(_MBID) else "")

    def most_played(self, count: int) -> list[Called]:
        """Those with a MusicBrainz id that were heard most, the first one most."""
        query = (
            "select track.id, track.artist, track.title, track.recording_key from track "
            f"join ({_HEARD}) as heard using (recording_key) "
            "where track.recording_key like 'mbid:%' and missing_since is null "
            "and removed_at is null group by track.recording_key order by plays desc, track.id limit ?"
        )
        with self._db.read() as connection:
            rows = connection.execute(query, (count,)).fetchall()
        return [Called(TrackId(found), artist, title, key[len(_MBID) :]) for found, artist, title, key in rows]

    def most_played_artists(self, count: int) -> list[Artist]:
        """Those with a MusicBrainz id of their own whose tracks were heard most, the first one most."""
        query = (
            "select min(track.artist), track.artist_mbid, sum(heard.plays) as plays from track "
            f"join ({_HEARD}) as heard using (recording_key) "
            "where length(track.artist_mbid) = 36 and track.artist != '' "
            "and missing_since is null and removed_at is null group by track.artist_mbid "
            "order by plays desc, track.artist_mbid limit ?"
        )
        with self._db.read() as connection:
            return [Artist(name, mbid) for name, mbid, _ in connection.execute(query, (count,))]

    def listened(self, since_ms: int) -> list[Heard]:
        """Each recording once a day on which it was listened to, from ``since_ms`` on, by day."""
        query = (
            f"select artist, title, recording_key, started_at / {_DAY_MS} as day from play indexed by play_by_time "
            f"where started_at >= ? and {LISTEN} group by recording_key, day order by day, min(started_at)"
        )
        with self._db.read() as connection:
            rows = connection.execute(query, (since_ms,)).fetchall()
        return [
            Heard(artist, title, key[len(_MBID) :] if key.startswith(_MBID) else "", day)
            for artist, title, key, day in rows
        ]

    def titled(self, title: str, limit: int = 50) -> list[Track]:
        """Tracks of this title, whoever plays it; those that sort as it does are looked at."""
        query = f"select {TRACK_COLUMNS} from track where sort_title = ? and removed_at is null limit ?"
        with self._db.read() as connection:
            return [track_from_row(row) for row in connection.execute(query, (sort_form(title), limit))]
