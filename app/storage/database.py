"""The one SQLite file: a connection a thread, write-ahead logging, numbered migrations, and trouble put into words."""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.config.resources import resource
from app.domain.errors import DatabaseCorrupt, DatabaseLocked, DatabaseTooNew, SegueError
from app.domain.words import mark, say
from app.storage.lost import BACKUPS, is_missing, said_of
from app.storage.migrations import Pending, apply, begin, pending

if TYPE_CHECKING:
    from pathlib import Path

BUSY_MS = 5_000
_SIDE_FILES = ("", "-wal", "-shm")
_REASONS = {
    "readonly": mark("it can only be read"),
    "full": mark("its disk is full; make some room, nothing that was in it is lost"),
    "unable to open": mark("it cannot be opened"),
    "disk I/O": mark("its disk cannot be read or written"),
}
"""What SQLite says, and what a person reads."""


def without_damage(error: sqlite3.Error, path: "Path") -> SegueError | None:
    """Trouble with a file that may be whole, in words: who holds it, or its disk; ``None``: something else."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return DatabaseLocked(
            say("Another program is using Segue's library. Close it and try again; nothing was changed.")
        )
    reason = next((words for part, words in _REASONS.items() if part in text), None)
    if reason is None:
        return None
    if reason == _REASONS["unable to open"] and path.exists() and not os.access(path.parent, os.W_OK):
        reason = _REASONS["readonly"]  # what SQLite keeps beside the file cannot be made there
    return SegueError(say("Segue's library cannot be used: {reason} ({path}).", reason=say(reason), path=path))


class Database:
    """Opens the file, brings it up to date, and hands each thread its own connection."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        migrations_folder: "Path | None" = None,
        *,
        check: bool = False,
        anew: bool = False,
        cache_kib: int = 4_000,
        upgrade: bool = True,
    ) -> None:
        """Opens or makes the file at ``path``; ``check`` also reads the whole file for damage.

        ``anew``: the listener wants an empty library, though backups hold plays. ``cache_kib``: of the file so much at
        most is kept at hand by each thread. ``upgrade``: an older file is brought up to date; else it is
        trouble, for one who works for an open Segue, which goes on with what it knows.

        Raises:
            DatabaseLocked: another program holds it.
            DatabaseCorrupt: it is no database or is damaged; a copy is set aside first. Or it is missing or empty while
                a backup holds plays.
            DatabaseTooNew: a newer Segue wrote it.
            SegueError: it cannot be used or there is no room to back it up before it is changed.
        """
        self._file, self._anew, self._cache_kib, self._upgrade = os.fspath(path), anew, cache_kib, upgrade
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        os.makedirs(os.path.dirname(os.path.abspath(self._file)), mode=0o700, exist_ok=True)
        try:
            if is_missing(self._file):
                self._refuse_if_lost()
            with self._worded():
                self._bring_up_to_date(migrations_folder or resource("migrations"))
                if check:
                    self.check()
        except SegueError:
            self.close()
            raise

    @property
    def path(self) -> "Path":
        """The file."""
        from pathlib import Path  # for trouble and copies: a scan that finds nothing new starts sooner without it

        return Path(self._file)

    def here(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self._file, timeout=BUSY_MS / 1000, check_same_thread=False)
            # The journal mode is a fact of the file: asking again would need the write lock.
            if found.execute("pragma journal_mode").fetchone()[0] != "wal":
                _switch_to_wal(found)
            found.execute("pragma synchronous = normal")
            found.execute("pragma foreign_keys = on")
            found.execute("pragma temp_store = memory")
            found.execute(f"pragma cache_size = -{self._cache_kib}")
            found.execute("pragma wal_autocheckpoint = 4000")  # pages; a scan writes the same ones again and again
            self._local.connection = found
            with self._lock:
                self._open.append(found)
        return found

    def expect_much(self) -> None:
        """This thread is about to write much: its connection keeps more pages at hand, else it reads them again."""
        with self._worded():
            self.here().execute("pragma cache_size = -16000")

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with; trouble comes out as a :class:`SegueError`."""
        with self._worded():
            yield self.here()

    @contextlib.contextmanager
    def write(self, wait_ms: int = BUSY_MS) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. It waits so long for others who write."""
        with self._worded():
            connection = self.here()
            connection.execute(f"pragma busy_timeout = {wait_ms}")
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def check(self) -> None:
        """Reads the whole file for damage.

        Raises:
            DatabaseCorrupt: damage was found; a copy has been set aside.
        """
        with self.read() as connection:
            found = connection.execute("pragma quick_check(1)").fetchone()
            if found is None or found[0] != "ok":
                raise sqlite3.DatabaseError("database disk image is malformed")

    def close_here(self) -> None:
        """Closes this thread's connection, if it has one: called when a thread is about to end."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is not None:
            self._local.connection = None
            with self._lock:
                if found in self._open:
                    self._open.remove(found)
            found.close()

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            self._open.clear()
        self._local = threading.local()

    def _bring_up_to_date(self, folder: "str | Path") -> None:
        if not self._waiting(folder).names:
            return
        if not self._upgrade:
            raise SegueError(updated_meanwhile())
        # Two processes may come to an old or new library at the same time: the second finds nothing left to do.
        connection = self.here()
        connection.execute("begin immediate")
        try:
            waiting = self._waiting(folder)
            if waiting.names and waiting.done:
                self._back_up(waiting.names[0])
                apply(connection, folder)
            elif waiting.names:
                begin(connection, folder)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise

    def _back_up(self, migration: str) -> None:
        try:
            from app.storage.backup import back_up

            back_up(self.path, self.path.parent / BACKUPS, _now_ms(), why=f"before-{migration}")
        except DatabaseCorrupt as error:
            raise self._corrupt() from error

    def _waiting(self, folder: "str | Path") -> Pending:
        """The migrations to come.

        Raises:
            DatabaseTooNew: a newer Segue wrote the file.
            DatabaseCorrupt: it is empty while a backup holds plays.
            sqlite3.DatabaseError: it is another program's.
        """
        empty = not self._holds_something()  # asked first: tables that come in between are those of Segue
        waiting = pending(self.here(), folder)
        if not waiting.done and not empty:
            raise sqlite3.DatabaseError("tables, but not those of Segue")
        if empty:
            self._refuse_if_lost()
        if waiting.unknown:
            raise DatabaseTooNew(
                say("This library was opened by a newer Segue. Update Segue to use it; nothing was changed.")
            )
        return waiting

    def _refuse_if_lost(self) -> None:
        if not self._anew and (sentence := said_of(self.path)):
            raise DatabaseCorrupt(sentence)

    def _holds_something(self) -> bool:
        found = self.here().execute(
            "select count(*) from sqlite_master where type = 'table' and tbl_name not glob '_sqlite_migrations*'"
        )
        return bool(found.fetchone()[0])

    @contextlib.contextmanager
    def _worded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "malformed" in str(error):
                raise self._corrupt() from error
            if (trouble := without_damage(error, self.path)) is not None:
                raise trouble from error
            raise
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.DataError):
                raise
            raise self._corrupt() from error

    def _corrupt(self) -> DatabaseCorrupt:
        copy = self._copy_aside("damaged")
        kept = say("a copy is kept as {}", copy.name) if copy else say("no copy could be made")
        text = mark(
            "Segue's library file is damaged. It was left as it is at {path}, and {kept}. "
            "Restore a backup in its place, or move it and its backups away to begin with an empty library."
        )
        return DatabaseCorrupt(say(text, path=self.path, kept=kept))

    def _copy_aside(self, why: str) -> "Path | None":
        """A copy of the file with its side files; the newest existing one of the same size and time is reused."""
        import datetime  # in trouble only, like the next: a start does not wait for them
        import shutil

        from app.storage.aside import prune

        stamp = datetime.datetime.fromtimestamp(self.path.stat().st_mtime, datetime.UTC).strftime("%Y%m%d-%H%M%S")
        target = self.path.with_name(f"{self.path.name}.{why}-{stamp}")
        try:
            for side in _SIDE_FILES:
                source = self.path.with_name(self.path.name + side)
                copy = target.with_name(target.name + side)
                if source.exists() and not copy.exists():
                    part = copy.with_name(copy.name + ".part")  # a disk that fills up leaves no half copy behind
                    try:
                        shutil.copy2(source, part)
                        part.replace(copy)
                    finally:
                        part.unlink(missing_ok=True)
        except OSError:
            return None
        prune(self.path)
        return target


def updated_meanwhile() -> str:
    """One sentence about a program that is another one than the open Segue that it works for."""
    return say("Segue was updated while it was open. Start it again to scan.")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """The switch does not wait for others by itself, as everything after it does."""
    for wait_s in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 0.0):
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError:
            if not wait_s:
                raise
            threading.Event().wait(wait_s)
        else:
            return


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def set_aside(path: "Path", stamp: str) -> "Path":
    """Moves a damaged database out of the way, side files too, so that a new one can be made.

    Where the file is missing, its side files alone are moved. Of those set aside before the newest stay.
    """
    from app.storage.aside import prune  # as above

    target = path.with_name(f"{path.name}.set-aside-{stamp}")
    for side in _SIDE_FILES:
        source = path.with_name(path.name + side)
        if source.exists():
            source.rename(target.with_name(target.name + side))
    prune(path)
    return target
