"""Tracks as the screen reads them, one at a time or in order, and what the listener does to them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.loudness import NO_GAIN, Gain
from app.domain.track import Track
from app.storage.scanned import ScannedStore, chunks

TRACK_COLUMNS = (
    "id, path, title, artist, album, album_artist, track_no, disc_no, year, genre, duration_ms, "
    "recording_key, album_key, has_cover, rating, added_at, missing_since, "
    "audio_hash, source_path, start_ms, end_ms, "
    "rg_track_gain, rg_track_peak, rg_album_gain, rg_album_peak, norm_gain"
)
_HERE = "missing_since is null and removed_at is null"
_WHOSE_COVERS = (
    f"select {TRACK_COLUMNS}, shared is not null, own_id from (select own.id as own_id, case when own.album_key <> '' "
    f"and (select 2 * sum(has_cover) >= count(*) from track where album_key = own.album_key and {_HERE}) then "
    f"(select id from track where album_key = own.album_key and {_HERE} and has_cover "
    "order by disc_no, track_no, id limit 1) end as shared "
    "from track as own where own.id in (MARKS) limit -1) cross join track on id = coalesce(shared, own_id)"
)
_MOST_BESIDE = 2_000


def track_from_row(row: Sequence[Any]) -> Track:
    """A track out of the columns of ``TRACK_COLUMNS``."""
    return Track(
        id=TrackId(row[0]),
        path=row[1],
        title=row[2],
        artist=row[3],
        album=row[4],
        album_artist=row[5],
        track_no=row[6],
        disc_no=row[7],
        year=row[8],
        genre=row[9],
        duration_ms=row[10],
        recording_key=RecordingKey(row[11]),
        album_key=AlbumKey(row[12]),
        has_cover=bool(row[13]),
        rating=row[14],
        added_at=row[15],
        missing=row[16] is not None,
        audio_hash=row[17] or "",
        source_path=row[18],
        start_ms=row[19],
        end_ms=row[20],
        gain=Gain(*row[21:26]) if any(value is not None for value in row[21:26]) else NO_GAIN,
    )


class TrackStore(ScannedStore):
    """Reads and writes the ``track`` table."""

    def get(self, ids: Sequence[TrackId]) -> list[Track]:
        """The tracks of these ids, in this order; unknown ids are left out."""
        found: dict[int, Track] = {}
        with self._db.read() as connection:
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                for row in connection.execute(f"select {TRACK_COLUMNS} from track where id in ({marks})", chunk):
                    found[row[0]] = track_from_row(row)
        return [found[i] for i in ids if i in found]

    def by_path(self, path: bytes) -> Track | None:
        """The track at this path, missing or not."""
        with self._db.read() as connection:
            row = connection.execute(f"select {TRACK_COLUMNS} from track where path = ?", (path,)).fetchone()
        return track_from_row(row) if row else None

    def all(self) -> list[Track]:
        """Every track that is there, by id; neither missing nor removed ones."""
        return list(self.each())

    def each(self) -> Iterator[Track]:
        """The same, one after the other: a library of 100,000 need not be held at once."""
        with self._db.read() as connection:
            for row in connection.execute(f"select {TRACK_COLUMNS} from track where {_HERE} order by id"):
                yield track_from_row(row)

    def whose_covers(self, ids: Sequence[TrackId]) -> dict[TrackId, tuple[Track, bool]]:
        """The track whose picture each of these shows, and whether it stands for the whole album.

        An album has one picture where half of its tracks or more have one: that of the first with one. Its other tracks
        are told with them, as who asks for one of them soon asks for the next. Unknown ids are left out.
        """
        found: dict[TrackId, tuple[Track, bool]] = {}
        with self._db.read() as connection:
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                for row in connection.execute(_WHOSE_COVERS.replace("MARKS", marks), chunk):
                    found[TrackId(row[-1])] = track_from_row(row), bool(row[-2])
            albums = {track.album_key: track for track, of_album in found.values() if of_album}
            for keys in chunks(list(albums)):
                marks = ", ".join("?" * len(keys))
                beside = f"select id, album_key from track where album_key in ({marks}) and {_HERE} limit ?"
                for track_id, key in connection.execute(beside, (*keys, _MOST_BESIDE)):
                    found.setdefault(TrackId(track_id), (albums[AlbumKey(key)], True))
        return found

    def count(self) -> int:
        """How many tracks are there."""
        with self._db.read() as connection:
            # That index knows of each whether it is there; SQLite would take a shorter one and look up every row.
            counted = connection.execute(f"select count(*) from track indexed by track_of_artist where {_HERE}")
            return int(counted.fetchone()[0])

    def rate(self, track_id: TrackId, rating: int | None) -> None:
        """Sets the listener's rating, 0 to 100, or takes it back: what the file says counts again."""
        self.rate_all({track_id: rating})

    def rate_all(self, ratings: Mapping[TrackId, int | None]) -> dict[TrackId, int | None]:
        """Sets the listener's ratings, all or none; gives those of before."""
        before: dict[TrackId, int | None] = {}
        with self._db.write() as connection:
            for chunk in chunks(list(ratings)):
                marks = ", ".join("?" * len(chunk))
                before.update(connection.execute(f"select id, own_rating from track where id in ({marks})", chunk))
            connection.executemany(
                "update track set own_rating = ? where id = ?", [(ratings[track_id], track_id) for track_id in before]
            )
        return before
