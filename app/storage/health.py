"""What can be asked of the library's file about itself: damage, loose ends, sizes, and files that hold the same."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import SegueError
from app.domain.words import mark, say
from app.storage.database import BUSY_MS, Database, without_damage

NO_FILE = mark("it is not a regular file")

_MOST = 20
"""So many faults tell as much as all of them."""


@dataclass(slots=True)
class Health:
    """What the checks of the file found; empty lists are good news."""

    damage: list[str] = field(default_factory=list)
    """SQLite's own words: pages or indexes that are not as they must be."""
    loose: list[str] = field(default_factory=list)
    """Rows that name a row that is not there."""
    search: list[str] = field(default_factory=list)
    """Search indexes that disagree with the tracks."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of everything."""

    tracks: int
    missing: int
    removed: int
    plays: int


@dataclass(frozen=True, slots=True)
class Copy:
    """One of several files that hold the same."""

    path: bytes
    size_bytes: int
    format: str = ""


def examine(path: Path) -> Health:
    """Reads the whole file and changes nothing: not by migrations, and not by setting it aside when it is damaged.

    Raises:
        SegueError: it cannot be looked at now and may be whole: another program holds it, or its disk is locked.
    """
    health = Health()
    if path.exists() and not path.is_file():  # a pipe would wait for a writer
        raise SegueError(say("Segue's library cannot be used: {reason} ({path}).", reason=say(NO_FILE), path=path))
    uri = f"{path.absolute().as_uri()}?mode="
    try:
        with contextlib.closing(sqlite3.connect(uri + "ro", uri=True, timeout=BUSY_MS / 1000)) as connection:
            found = [str(row[0]) for row in connection.execute(f"pragma integrity_check({_MOST})")]
            health.damage += [line for line in found if line != "ok"]
            health.loose += _loose_ends(connection)
            indexes = _search_indexes(connection)
    except sqlite3.Error as error:
        if (trouble := without_damage(error, path)) is not None:
            raise trouble from error
        health.damage.append(str(error))
        return health
    if not health.damage and indexes:
        health.search += _search_faults(uri + "rw", indexes)
    return health


def counts(database: Database) -> Counts:
    """How many tracks and plays there are."""
    with database.read() as connection:
        row = connection.execute(
            "select coalesce(sum(removed_at is null), 0), "
            "coalesce(sum(removed_at is null and missing_since is not null), 0), "
            "coalesce(sum(removed_at is not null), 0), (select count(*) from play) from track"
        ).fetchone()
    return Counts(*row)


def same_sound(database: Database) -> list[list[Copy]]:
    """Files whose sound is the same as far as it is hashed, however they are tagged."""
    return list(_groups(database, "audio_hash", "audio_hash <> ''"))


def same_recording(database: Database) -> list[list[Copy]]:
    """Files that their tags call the same recording, and whose sound differs: other formats, other rips."""
    return list(_groups(database, "recording_key", "recording_key not glob 'path:*'", "count(distinct sound) > 1"))


def _groups(database: Database, key: str, which: str, having: str = "count(*) > 1") -> Iterator[list[Copy]]:
    # Tracks of a cue sheet share one file, which is no copy of itself.
    there = (
        f"select {key} as key, path, size_bytes, format, coalesce(nullif(audio_hash, ''), id) as sound from track "
        f"where {which} and source_path is null and missing_since is null and removed_at is null"
    )
    query = (
        f"with there as ({there}), shared as (select key from there group by key having {having}) "
        "select key, path, size_bytes, format from there where key in (select key from shared) order by key, path"
    )
    with database.read() as connection:
        last, group = None, list[Copy]()
        for value, *copy in connection.execute(query):
            if value != last and group:
                yield group
                group = []
            last = value
            group.append(Copy(*copy))
        if group:
            yield group


def _loose_ends(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("pragma foreign_key_check").fetchmany(_MOST)
    return [f"row {row} of {table} names a {parent} that is not there" for table, row, parent, _ in found]


def _search_indexes(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("select name, sql from sqlite_master where type = 'table' and sql like '%using fts5%'")
    return [str(name) for name, _ in rows.fetchall()]


def _search_faults(uri: str, indexes: list[str]) -> list[str]:
    """FTS5 is asked through an insert that writes nothing; the transaction is taken back all the same."""
    found = []
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY_MS / 1000)) as connection:
        for name in indexes:
            try:
                connection.execute(f'insert into "{name}" ("{name}", rank) values (\'integrity-check\', 1)')
            except sqlite3.OperationalError as error:
                found.append(f"{name} could not be checked: {error}")
            except sqlite3.DatabaseError:
                found.append(f"{name} does not agree with the tracks")
            finally:
                connection.rollback()
    return found
