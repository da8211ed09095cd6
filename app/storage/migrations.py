"""The numbered SQL files of ``resources/migrations``, applied in order, each in one transaction, and recorded."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlite_utils


def statements(script: str) -> Iterator[str]:
    """Splits a script into whole statements; triggers keep their inner semicolons.

    >>> [s.strip() for s in statements("select 1; select 2;")]
    ['select 1;', 'select 2;']
    """
    pending = ""
    for piece in script.strip().removesuffix(";").split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def migrations(folder: Path) -> sqlite_utils.Migrations:
    """Every ``NNNN_name.sql`` of the folder as one recorded step, in the order of their numbers."""
    found = sqlite_utils.Migrations("segue")
    for path in sorted(folder.glob("[0-9]*.sql")):

        def step(db: sqlite_utils.Database, script: str = path.read_text(encoding="utf-8")) -> None:
            for statement in statements(script):
                db.execute(statement)

        found(name=path.stem)(step)
    return found
