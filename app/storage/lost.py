"""A library that is gone or emptied while its backups are there: that is damage, and no new beginning."""

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from app.domain.words import plural

if TYPE_CHECKING:
    from pathlib import Path

BACKUPS = "backups"
"""The folder beside the library's file that its backups go to."""
_PATIENCE_S = 5.0
"""With another program that holds the library."""


def lost(database: "Path") -> str:
    """A sentence where a library that had something to lose is not there any more; empty where it is, or never was."""
    return said_of(database) if is_missing(database) or _has_no_tables(database) else ""


def is_missing(database: str | os.PathLike[str]) -> bool:
    """True where there is no file, or one of no bytes."""
    try:
        return not os.stat(database).st_size
    except FileNotFoundError:
        return True
    except OSError:  # it cannot be looked at: opening it tells why
        return False


def said_of(database: "Path") -> str:
    """The sentence about a file that is missing or empty; none where no backup that can be read holds anything.

    Raises:
        SegueError: the folder of the backups cannot be read.
    """
    folder = database.parent / BACKUPS
    if not os.path.lexists(folder):
        return ""
    from app.storage.backup import (
        holds_anything,
        newest_good,
        plays_in,
    )  # in trouble only: a start does not wait for it

    backup = newest_good(folder)
    if backup is None or not holds_anything(backup):
        return ""
    plays = plays_in(backup)
    held = plural(plays, "play") if plays else "what you rated, judged and put into lists"
    what = "is empty, and was not" if database.exists() else "is not where it was"
    return (
        f"Segue's library {what} ({database}); the backup of {backup.said} holds {held}. "
        f"Bring it back with: segue doctor --restore. To begin with an empty library instead, move {folder} away."
    )


def _has_no_tables(database: "Path") -> bool:
    uri = f"{database.absolute().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE_S)) as connection:
            return connection.execute("select 1 from sqlite_master where type = 'table'").fetchone() is None
    except sqlite3.Error:  # whatever that is, the checks of the file tell it
        return False
