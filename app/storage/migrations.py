"""The numbered SQL files of ``resources/migrations``, applied in order, each in one transaction, and recorded."""

import datetime
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SET = "segue"
_RECORD = (
    """create table if not exists "_sqlite_migrations" (
       "id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT, "applied_at" TEXT)""",
    """create unique index if not exists "idx__sqlite_migrations_migration_set_name"
       on "_sqlite_migrations" ("migration_set", "name")""",
)
"""The table of sqlite-utils, which kept this record until it cost a new library a fifth of a second to import."""


@dataclass(frozen=True, slots=True)
class Pending:
    """How a database stands to a folder of migrations, by their names."""

    done: list[str]
    names: list[str]
    """Still to be applied, in order."""
    unknown: list[str]
    """Applied once, by a newer Segue."""


def pending(connection: sqlite3.Connection, folder: Path) -> Pending:
    """Reads what is recorded; asked at every start."""
    known = [path.stem for path in _files(folder)]
    done: list[str] = []
    if connection.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone():
        rows = connection.execute("select name from _sqlite_migrations where migration_set = ? order by id", (SET,))
        done = [row[0] for row in rows]
    return Pending(done, [name for name in known if name not in done], [name for name in done if name not in known])


def apply(connection: sqlite3.Connection, folder: Path) -> None:
    """Applies every ``NNNN_name.sql`` that is not recorded yet, and records it.

    Inside a transaction of the caller, which makes all of them one step.
    """
    for statement in _RECORD:
        connection.execute(statement)
    for name in pending(connection, folder).names:
        for statement in statements((folder / f"{name}.sql").read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)",
            (SET, name, str(datetime.datetime.now(datetime.UTC))),
        )


def statements(script: str) -> Iterator[str]:
    """Splits a script into whole statements; triggers keep their inner semicolons.

    >>> [s.strip() for s in statements("select 1; select 2;")]
    ['select 1;', 'select 2;']
    """
    waiting = ""
    for piece in script.strip().removesuffix(";").split(";"):
        waiting += piece + ";"
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*.sql"))
