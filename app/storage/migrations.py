"""The numbered SQL files of ``resources/migrations``, applied in order, each in one transaction, and recorded."""

import datetime
import os
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SET = "segue"
_RECORD = (
    'CREATE TABLE IF NOT EXISTS "_sqlite_migrations" (\n   "id" INTEGER PRIMARY KEY,\n   "migration_set" TEXT,\n'
    '   "name" TEXT,\n   "applied_at" TEXT\n)',
    'CREATE UNIQUE INDEX IF NOT EXISTS "idx__sqlite_migrations_migration_set_name"\n'
    '    ON "_sqlite_migrations" ("migration_set", "name")',
)
"""Where sqlite-utils keeps what was applied, as it makes it."""


class Pending:
    """How a database stands to a folder of migrations, by their names."""

    def __init__(self, done: list[str], names: list[str], unknown: list[str]) -> None:
        """``names``: still to be applied, in order; ``unknown``: applied once, by a newer Segue."""
        self.done, self.names, self.unknown = done, names, unknown


def pending(connection: sqlite3.Connection, folder: str | os.PathLike[str]) -> Pending:
    """Reads what sqlite-utils has recorded, without sqlite-utils: it is asked at every start."""
    known = [name.removesuffix(".sql") for name in _names(folder)]
    done: list[str] = []
    if connection.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone():
        rows = connection.execute("select name from _sqlite_migrations where migration_set = ? order by id", (SET,))
        done = [row[0] for row in rows]
    return Pending(done, [name for name in known if name not in done], [name for name in done if name not in known])


def apply(connection: sqlite3.Connection, folder: str | os.PathLike[str]) -> None:
    """Applies every ``NNNN_name.sql`` that is not recorded yet, through sqlite-utils.

    Inside a transaction of the caller, which makes all of them one step.
    """
    import sqlite_utils

    from app.storage.rekey import teach  # for those that are not up to date, like all of this

    teach(connection)
    steps = sqlite_utils.Migrations(SET)
    for path in _files(folder):

        def step(db: sqlite_utils.Database, script: str = path.read_text(encoding="utf-8")) -> None:
            for statement in statements(script):
                db.execute(statement)

        steps(name=path.stem)(step)
    steps.apply(sqlite_utils.Database(connection))


def begin(connection: sqlite3.Connection, folder: str | os.PathLike[str]) -> None:
    """Does the same in a file that holds nothing yet, without sqlite-utils: that brings numpy, which takes longer."""
    from app.storage.rekey import teach

    teach(connection)
    for statement in _RECORD:
        connection.execute(statement)
    for path in _files(folder):
        for statement in statements(path.read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)",
            (SET, path.stem, str(datetime.datetime.now(datetime.UTC))),
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


def _files(folder: str | os.PathLike[str]) -> list["Path"]:
    from pathlib import Path  # a start with nothing to apply does without

    return [Path(folder, name) for name in _names(folder)]


def _names(folder: str | os.PathLike[str]) -> list[str]:
    """In the order of their numbers. Not by ``glob``: every start comes by here."""
    return sorted(name for name in os.listdir(folder) if name[:1].isdigit() and name.endswith(".sql"))
