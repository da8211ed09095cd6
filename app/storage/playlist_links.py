"""Which track stands behind an entry of a playlist, and what the library holds to match entries with."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.ids import RecordingKey, TrackId
from app.domain.playlist import EntryId, NewEntry
from app.storage.database import Database

# Where nothing can be played: never attached, its track was taken out of the library, or its file is gone.
_LOOSE = (
    "playlist_entry e left join track old on old.id = e.track_id "
    "where e.track_id is null or old.id is null or old.missing_since is not null or old.removed_at is not null"
)
_THERE = "missing_since is null and removed_at is null"
_IS_IT = (
    "(old.id is null or audio_hash <> '' and audio_hash = old.audio_hash or substr(old.recording_key, 1, 5) <> 'path:' "
    "and (recording_key = old.recording_key or title = old.title))"
)
"""Another recording may have got the path of the one that was put into the list."""
# Its own path first, then the same sound, then the same recording; a key made of a path says nothing about another.
_BETTER = (
    f"coalesce((select id from track where path = e.location and {_THERE} and {_IS_IT}), "
    f"(select min(id) from track where audio_hash <> '' and audio_hash = e.audio_hash and {_THERE} "
    "and +duration_ms = e.duration_ms and title = e.title), "
    "(select min(id) from track where e.recording_key <> '' and substr(e.recording_key, 1, 5) <> 'path:' "
    f"and recording_key = e.recording_key and {_THERE}))"
)


class LibraryFile(NamedTuple):
    """What an entry of a playlist file is compared with."""

    id: TrackId
    path: bytes
    title: str
    artist: str
    album_artist: str
    duration_ms: int
    recording_key: RecordingKey
    there: bool
    """False: the file is missing now. Files that are there go first."""


class PlaylistLinks:
    """Reads the library for matching, and attaches entries to tracks. Order and undo of the lists are untouched."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def any_loose(self) -> bool:
        """True where there are entries behind which no track is that can be played."""
        with self._db.read() as connection:
            return connection.execute(f"select 1 from {_LOOSE} limit 1").fetchone() is not None

    def reattach(self) -> int:
        """Gives loose entries the track that is there for them now; called after a scan. How many it found."""
        with self._db.write() as connection:
            rows = connection.execute(f"select e.id, {_BETTER} from {_LOOSE}").fetchall()
            found = [(track_id, entry_id) for entry_id, track_id in rows if track_id is not None]
            connection.executemany("update playlist_entry set track_id = ? where id = ?", found)
        return len(found)

    def unattached(self) -> list[tuple[EntryId, NewEntry]]:
        """Entries that never had a track: what an import could not match yet."""
        with self._db.read() as connection:
            rows = connection.execute(
                "select id, location, title, artist, album, duration_ms, recording_key, audio_hash "
                "from playlist_entry where track_id is null order by id"
            )
            return [(EntryId(row[0]), NewEntry(None, *row[1:])) for row in rows]

    def attach(self, pairs: Sequence[tuple[EntryId, TrackId]]) -> None:
        """Gives entries their tracks, and the snapshot that goes with them."""
        with self._db.write() as connection:
            connection.executemany(
                "update playlist_entry set (track_id, location, title, artist, album, duration_ms, recording_key, "
                "audio_hash) = (select id, path, title, artist, album, duration_ms, recording_key, "
                "coalesce(audio_hash, '') from track where id = ?) where id = ?",
                [(track_id, entry_id) for entry_id, track_id in pairs],
            )

    def library(self) -> Iterator[LibraryFile]:
        """Every track that was not taken out of the library, by id."""
        with self._db.read() as connection:
            rows = connection.execute(
                "select id, path, title, artist, album_artist, duration_ms, recording_key, missing_since is null "
                "from track where removed_at is null order by id"
            )
            for track_id, path, title, artist, album_artist, duration_ms, key, there in rows:
                yield LibraryFile(
                    TrackId(track_id), path, title, artist, album_artist, duration_ms, RecordingKey(key), bool(there)
                )
