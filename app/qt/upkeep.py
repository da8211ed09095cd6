"""What keeps the library well while the window is open: a look for damage, and a backup a day."""

from app.config.paths import Paths
from app.domain.errors import DatabaseCorrupt
from app.qt.jobs import Cancelled
from app.storage.backup import Backup, back_up, described, due
from app.storage.database import Database


def offer(backup: Backup | None) -> str:
    """A backup as it is offered; empty where there is none."""
    return described(backup) if backup is not None else ""


def damage(_cancelled: Cancelled, database: Database) -> str:
    """What is wrong with the library's file, as a sentence; empty where nothing is."""
    try:
        database.check()
    except DatabaseCorrupt as error:
        return str(error)
    return ""


def keep_backup(cancelled: Cancelled, paths: Paths, now_ms: int) -> None:
    """Makes a backup where the last day has none.

    Raises:
        SegueError: there is no room, or the folder cannot be written.
    """
    if due(paths.backups, now_ms):
        back_up(paths.database, paths.backups, now_ms, cancelled=cancelled)
