"""A library as an older Segue kept it: made with the migrations before one, to be opened by the Segue of today."""

import shutil
from dataclasses import replace
from pathlib import Path

from app.config.paths import resources
from app.domain.ids import RecordingKey
from app.domain.play import Play
from app.domain.track import Track
from app.storage.database import Database
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_file, a_play


def an_older_database(folder: Path, before: str) -> Database:
    """An empty database in a folder, with the migrations that come before one: ``before`` is its number or its name."""
    older, migrations = folder / f"before-{before}", sorted((resources() / "migrations").glob("*.sql"))
    older.mkdir()
    first = next(migration for migration in migrations if before in migration.stem)
    for migration in migrations[: migrations.index(first)]:
        shutil.copy(migration, older)
    return Database(folder / "segue.db", older)


def with_key(database: Database, path: str, key: RecordingKey, **tags: object) -> Track:
    """A track with the key that it had then."""
    store = TrackStore(database)
    store.save([a_file(path, **tags)._replace(recording_key=key)], NOW_MS)
    found = store.by_path(path.encode())
    assert found is not None
    return found


def a_play_of(track: Track, at: int, **other: object) -> Play:
    """A play of it, at some ms."""
    said = a_play(track.id, NOW_MS + at, title=track.title, artist=track.artist, recording_key=track.recording_key)
    return replace(said, **other)  # type: ignore[arg-type]


def keys_in(database: Database, table: str) -> list[str]:
    """The keys of recordings in a table, in order."""
    with database.read() as connection:
        return [row[0] for row in connection.execute(f"select recording_key from {table} order by 1")]
