"""A library as an older Segue kept it: made with the migrations before one, to be opened by the Segue of today."""

import shutil
from pathlib import Path

from app.config.paths import resources
from app.storage.database import Database


def an_older_database(folder: Path, before: str) -> Database:
    """An empty database in a folder, with the migrations that come before one: ``before`` is its number or its name."""
    older, migrations = folder / f"before-{before}", sorted((resources() / "migrations").glob("*.sql"))
    older.mkdir()
    first = next(migration for migration in migrations if before in migration.stem)
    for migration in migrations[: migrations.index(first)]:
        shutil.copy(migration, older)
    return Database(folder / "segue.db", older)
