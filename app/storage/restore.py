"""Puts a backup in the place of the library. The file that was there is set aside, never overwritten."""

import contextlib
import datetime
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import DatabaseLocked, DatabaseTooNew, SegueError
from app.domain.words import say
from app.storage.aside import prune
from app.storage.backup import Backup, damage, sync
from app.storage.lost import is_missing
from app.storage.migrations import pending
from app.storage.salvage import Salvaged, salvage

_SIDE_FILES = ("-wal", "-shm")
_LOCK_AT, _LOCK_BYTES = 0x4000_0002, 510
"""Where SQLite keeps the lock of those who have a file open (its documentation: pending byte and shared range)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of putting a backup in place."""

    backup: Backup
    set_aside: Path | None
    """The library that was there, if there was one."""
    taken: Salvaged
    """What is newer than the backup and could be taken over from that library."""

    def __str__(self) -> str:
        """One or two sentences for people."""
        said = say("The backup of {} is in place.", self.backup.said)
        if self.set_aside is None:
            return said
        if taken := str(self.taken):
            said += f" {taken}"
        return say("{said} The library that was there is kept as {name}.", said=said, name=self.set_aside.name)


def restore(database: Path, backup: Backup, migrations_folder: Path, now_ms: int) -> Restored:
    """Checks a backup and puts it in place at one stroke. Nobody may have the library open, this process included.

    Raises:
        DatabaseLocked: the library is open elsewhere.
        DatabaseTooNew: a newer Segue made the backup.
        SegueError: the backup is damaged, or the disk is full or cannot be written; the library is as it was.
    """
    _refuse_if_open(database)
    _refuse_if_unfit(backup, migrations_folder)
    part = database.with_name(database.name + ".restoring")
    try:
        shutil.copyfile(backup.path, part)
        # Opening an empty file would delete a log beside it.
        taken = Salvaged() if is_missing(database) else salvage(database, part)
        if trouble := damage(part):
            raise SegueError(
                say(
                    "The copy of the backup {name} could not be read back: {trouble}.",
                    name=backup.name,
                    trouble=trouble,
                )
            )
        sync(part)
        kept = _set_aside(database, now_ms)
        part.replace(database)
        sync(database.parent)
        prune(database)
    except (OSError, sqlite3.Error) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        raise SegueError(say("The backup could not be put in place: {}. The library is as it was.", reason)) from error
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    return Restored(backup, kept, taken)


def is_open(database: Path) -> bool:
    """True where another process has the library open; a connection of this process does not show."""
    try:
        import fcntl
    except ImportError:
        return False
    if not database.exists():
        return False
    with database.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES, _LOCK_AT)
        except OSError:
            return True
    return False


def _refuse_if_open(database: Path) -> None:
    try:
        opened = is_open(database)
    except OSError as error:
        raise SegueError(
            say(
                "Segue's library cannot be written: {strerror} ({database}).",
                strerror=error.strerror,
                database=database,
            )
        ) from error
    if opened:
        raise DatabaseLocked(say("Segue is using its library. Close it and try again; nothing was changed."))


def _refuse_if_unfit(backup: Backup, migrations_folder: Path) -> None:
    if trouble := damage(backup.path):
        raise SegueError(
            say(
                "The backup {name} is damaged ({trouble}); nothing was changed. Try an older one.",
                name=backup.name,
                trouble=trouble,
            )
        )
    uri = f"{backup.path.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        if pending(connection, migrations_folder).unknown:
            raise DatabaseTooNew(
                say("The backup was made by a newer Segue. Update Segue to use it; nothing was changed.")
            )


def _set_aside(database: Path, now_ms: int) -> Path | None:
    """A second name for the present file, and its log moved beside that: its own name stays until it is replaced.

    A log without its file is moved as well: it would be taken for that of the backup. ``None`` where there is no file.

    A sound library first takes in its log. Without that, a crash between two of these steps would hide the last plays
    (they would be safe in the file set aside); a damaged one is not written to.
    """
    there = database.exists()
    if not is_missing(database) and not damage(database):
        with contextlib.closing(sqlite3.connect(database)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
    stamp = datetime.datetime.fromtimestamp(now_ms // 1000, datetime.UTC).strftime("%Y%m%d-%H%M%S")
    kept = database.with_name(f"{database.name}.set-aside-{stamp}")
    number = 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{database.name}.set-aside-{stamp}-{number}")
    if there:
        _give_second_name(database, kept)
    for side in _SIDE_FILES:
        source = database.with_name(database.name + side)
        if source.exists():
            source.rename(kept.with_name(kept.name + side))
    return kept if there else None


def _give_second_name(database: Path, kept: Path) -> None:
    try:
        os.link(database, kept)
    except OSError:  # a file system without links
        shutil.copy2(database, kept)
