"""Tracks: what the scan writes and what the screen reads, one at a time or in order."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.text import fold, sort_form
from app.domain.track import ScannedFile, Tags, Texts, Track
from app.storage.database import Database

_TRACK = (
    "id, path, title, artist, album, album_artist, track_no, disc_no, year, genre, duration_ms, "
    "recording_key, album_key, has_cover, rating, added_at, missing_since, "
    "audio_hash, source_path, start_ms, end_ms"
)
_TAGS = tuple(field.name for field in fields(Tags))
_WRITTEN = (
    "path",
    "size_bytes",
    "mtime_ns",
    *_TAGS,
    "named_by_path",
    "recording_key",
    "album_key",
    "sort_title",
    "sort_artist",
    "sort_album",
    "search_text",
    "inode",
    "repaired",
    "source_path",
    "start_ms",
    "end_ms",
)
# A rating given by the listener outlives a rescan; everything else follows the file.
_REPLACED = ", ".join(
    f"{name} = coalesce(track.rating, excluded.rating)" if name == "rating" else f"{name} = excluded.{name}"
    for name in _WRITTEN
    if name != "path"
)
_UPSERT = (
    f"insert into track ({', '.join(_WRITTEN)}, added_at) values ({', '.join('?' * (len(_WRITTEN) + 1))}) "
    f"on conflict (path) do update set {_REPLACED}, missing_since = null"
)
_MOVE = f"update track set {', '.join(f'{name} = ?' for name in _WRITTEN)}, missing_since = null where id = ?"
_PAGE = 500


def _row(file: ScannedFile) -> tuple[Any, ...]:
    tags = file.tags
    texts = file.texts or plain_texts(tags)
    return (
        file.path,
        file.size_bytes,
        file.mtime_ns,
        *(getattr(tags, name) for name in _TAGS),
        file.named_by_path,
        file.recording_key,
        file.album_key,
        texts.sort_title,
        texts.sort_artist,
        texts.sort_album,
        texts.search_text,
        file.inode,
        file.repaired,
        file.source_path,
        file.start_ms,
        file.end_ms,
    )


def plain_texts(tags: Tags) -> Texts:
    """The folded names, without readings."""
    return Texts(
        sort_form(tags.title),
        sort_form(tags.album_artist or tags.artist),
        sort_form(tags.album),
        fold("\n".join(dict.fromkeys((tags.title, tags.artist, tags.album_artist, tags.album)))),
    )


def track_from_row(row: Sequence[Any]) -> Track:
    """A track out of the columns of ``_TRACK``."""
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
    )


class TrackStore:
    """Reads and writes the ``track`` table."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def save(self, files: Sequence[ScannedFile], now_ms: int) -> None:
        """Adds new tracks and updates known ones, all or none."""
        with self._db.write() as connection:
            connection.executemany(_UPSERT, [(*_row(file), now_ms) for file in files])

    def move(self, moved: Sequence[tuple[TrackId, ScannedFile]]) -> None:
        """Gives tracks their new places; their ids, and so their plays, stay."""
        with self._db.write() as connection:
            connection.executemany(_MOVE, [(*_row(file), track_id) for track_id, file in moved])

    def mark_missing(self, ids: Iterable[TrackId], now_ms: int) -> None:
        """Files that are gone: kept, greyed, never deleted."""
        with self._db.write() as connection:
            connection.executemany(
                "update track set missing_since = ? where id = ? and missing_since is null", [(now_ms, i) for i in ids]
            )

    def mark_present(self, ids: Iterable[TrackId]) -> None:
        """Files that came back unchanged."""
        with self._db.write() as connection:
            connection.executemany("update track set missing_since = null where id = ?", [(i,) for i in ids])

    def known(self, root: bytes) -> dict[bytes, tuple[TrackId, int, int, bool]]:
        """What is known below a folder: path to (id, size in bytes, mtime in ns, missing)."""
        low, high = path_range(root)
        with self._db.read() as connection:
            rows = connection.execute(
                "select path, id, size_bytes, mtime_ns, missing_since is not null from track "
                "where path >= ? and path < ?",
                (low, high),
            )
            return {path: (TrackId(i), size, mtime, bool(gone)) for path, i, size, mtime, gone in rows}

    def gone(self) -> list[tuple[TrackId, bytes, int, int, RecordingKey]]:
        """Missing tracks of every folder, (id, path, size, mtime, recording key): a move may have taken them away."""
        with self._db.read() as connection:
            rows = connection.execute(
                "select id, path, size_bytes, mtime_ns, recording_key from track where missing_since is not null"
            )
            return [(TrackId(i), path, size, mtime, RecordingKey(key)) for i, path, size, mtime, key in rows]

    def details_for_moves(self, ids: Sequence[TrackId]) -> dict[TrackId, tuple[int, int, RecordingKey]]:
        """Track id to (size, mtime, recording key)."""
        found: dict[TrackId, tuple[int, int, RecordingKey]] = {}
        with self._db.read() as connection:
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                for i, size, mtime, key in connection.execute(
                    f"select id, size_bytes, mtime_ns, recording_key from track where id in ({marks})", chunk
                ):
                    found[TrackId(i)] = (size, mtime, RecordingKey(key))
        return found

    def get(self, ids: Sequence[TrackId]) -> list[Track]:
        """The tracks of these ids, in this order; unknown ids are left out."""
        found: dict[int, Track] = {}
        with self._db.read() as connection:
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                for row in connection.execute(f"select {_TRACK} from track where id in ({marks})", chunk):
                    found[row[0]] = track_from_row(row)
        return [found[i] for i in ids if i in found]

    def by_path(self, path: bytes) -> Track | None:
        """The track at this path, missing or not."""
        with self._db.read() as connection:
            row = connection.execute(f"select {_TRACK} from track where path = ?", (path,)).fetchone()
        return track_from_row(row) if row else None

    def all(self) -> list[Track]:
        """Every track that is there, by id."""
        with self._db.read() as connection:
            rows = connection.execute(f"select {_TRACK} from track where missing_since is null order by id")
            return [track_from_row(row) for row in rows]

    def shared_cover(self, album: AlbumKey) -> TrackId | None:
        """The track whose picture stands for a whole album: the first with one, where half of them or more have one."""
        with self._db.read() as connection:
            with_cover, total = connection.execute(
                "select coalesce(sum(has_cover), 0), count(*) from track where album_key = ? and missing_since is null",
                (album,),
            ).fetchone()
            if with_cover == 0 or with_cover * 2 < total:
                return None
            row = connection.execute(
                "select id from track where album_key = ? and missing_since is null and has_cover "
                "order by disc_no, track_no, id limit 1",
                (album,),
            ).fetchone()
        return TrackId(row[0])

    def count(self) -> int:
        """How many tracks are there."""
        with self._db.read() as connection:
            return int(connection.execute("select count(*) from track where missing_since is null").fetchone()[0])

    def rate(self, track_id: TrackId, rating: int | None) -> None:
        """Sets or clears the listener's rating, 0 to 100."""
        with self._db.write() as connection:
            connection.execute("update track set rating = ? where id = ?", (rating, track_id))


def chunks(ids: Sequence[TrackId]) -> Iterable[Sequence[TrackId]]:
    """Pieces small enough to bind."""
    return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))


def path_range(root: bytes) -> tuple[bytes, bytes]:
    """The half-open range of paths below a folder."""
    base = root.rstrip(b"/") + b"/"
    return base, base[:-1] + b"0"  # "0" is the byte after "/"
