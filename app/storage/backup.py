"""Backups of the library: whole, checked, named by their time, and few.

SQLite copies page by page inside one read transaction, so that what is still in the write-ahead log comes along, the
copy is of one moment, and nobody who writes has to wait. A copy is a backup once it was read through for damage, is on
the disk and got its name; until then it is a ``.part`` that nothing takes for one.

What stays: the newest three, the newest of each of the last seven days that have one, and the newest of each of the
last four weeks that have one; days and weeks are UTC's. Copies made before a migration are counted apart: the newest
three stay. Days that have a backup are what counts, not days gone by: coming back after a year loses none.
"""

import contextlib
import datetime
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import DatabaseCorrupt, SegueError
from app.domain.words import plural, say

_NAME = re.compile(r"segue-(\d{8}-\d{6})(?:-([\w-]+))?\.db")
_STAMP = "%Y%m%d-%H%M%S"
_NEWEST, _DAYS, _WEEKS = 3, 7, 4
_DAY = datetime.timedelta(days=1)
_STEP_PAGES = 512
_ROOM_BYTES = 16_000_000
"""What a backup leaves free on the disk: the log of plays must go on."""
_BUSY_S = 5.0
_GIVEN = (
    ("play",),
    ("feedback",),
    ("playlist",),
    # Where there is the first, the second holds what files say, too: a scan brings that back.
    ("track where own_rating is not null", "track where rating is not null"),
)
"""What comes from the listener; where there are two, the second is what older libraries call it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup, as its name tells it."""

    path: Path
    made_at: datetime.datetime
    """UTC."""
    why: str = ""
    """Empty for the daily ones; ``before-0004_name`` for one made before a migration."""

    @property
    def name(self) -> str:
        """What the listener calls it by."""
        return self.path.name

    @property
    def said(self) -> str:
        """Its time in words, by the clock of the listener."""
        here = self.made_at.astimezone()
        return f"{here:%A} {here.day} {here:%B %Y}, {here:%H:%M}"


class _Stopped(Exception):
    """The listener cancelled."""


def backups(folder: Path) -> list[Backup]:
    """The finished backups of a folder, newest first."""
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SegueError(
            say(
                "The folder of the backups cannot be read: {strerror} ({folder}).",
                strerror=error.strerror,
                folder=folder,
            )
        ) from error
    found = [backup for name in names if (backup := _from_name(folder / name)) is not None]
    return sorted(found, key=lambda backup: (backup.made_at, backup.name), reverse=True)


def due(folder: Path, now_ms: int) -> bool:
    """True where the last day has no backup. Those from the future, of a clock that was wrong, do not count."""
    now = _time(now_ms)
    return not any(not b.why and datetime.timedelta(0) <= now - b.made_at < _DAY for b in backups(folder))


def back_up(
    database: Path,
    folder: Path,
    now_ms: int,
    *,
    why: str = "",
    cancelled: Callable[[], bool] = lambda: False,
    progressed: Callable[[int, int], None] = lambda _done, _total: None,
) -> Backup | None:
    """Makes a backup and takes away those that the rule above lets go; ``None`` where it was cancelled.

    Raises:
        DatabaseCorrupt: the library is damaged.
        SegueError: there is no room, or it cannot be read. Older backups stay as they are.
    """
    made_at = _time(now_ms)
    while (target := folder / f"segue-{made_at:{_STAMP}}{why and '-'}{why}.db").exists():
        made_at += datetime.timedelta(seconds=1)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")

    def step(done: int, total: int) -> None:
        if cancelled():
            raise _Stopped
        progressed(done, total)

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_room(database, folder, now_ms)
        copy_database(database, part, step)
        if damage(part):
            raise _corrupt()
        sync(part)
        part.replace(target)
        sync(folder)
    except _Stopped:
        return None
    except (OSError, sqlite3.Error) as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise _corrupt() from error
        raise SegueError(
            say(
                "The library could not be backed up to {folder}: {reason}. Older backups stay as they are.",
                folder=folder,
                reason=_reason(error),
            )
        ) from error
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    made = Backup(target, made_at, why)
    for old in superfluous(backups(folder)):
        if old != made:
            old.path.unlink(missing_ok=True)
    return made


def superfluous(found: Iterable[Backup]) -> list[Backup]:
    """Those that the rule of this module lets go."""
    newest_first = sorted(found, key=lambda backup: backup.made_at, reverse=True)
    daily = [backup for backup in newest_first if not backup.why]
    kept = {backup.path for backup in daily[:_NEWEST]}
    kept |= _first_of_each(daily, lambda backup: backup.made_at.date(), _DAYS)
    kept |= _first_of_each(daily, lambda backup: tuple(backup.made_at.isocalendar())[:2], _WEEKS)
    kept |= {backup.path for backup in [b for b in newest_first if b.why][:_NEWEST]}
    return [backup for backup in newest_first if backup.path not in kept]


def newest_good(folder: Path) -> Backup | None:
    """The newest backup that can be read from end to end.

    One that holds plays goes before newer ones without any, one that holds ratings or lists before newer empty ones.
    """
    given, empty = None, None
    for backup in backups(folder):
        if not damage(backup.path):
            if plays_in(backup):
                return backup
            if given is None and holds_anything(backup):
                given = backup
            empty = empty or backup
    return given or empty


def plays_in(backup: Backup) -> int:
    """How many plays a backup holds.

    Raises:
        SegueError: it cannot be read.
    """
    try:
        with contextlib.closing(_opened_alone(backup.path)) as connection:
            return int(connection.execute("select count(*) from play").fetchone()[0])
    except sqlite3.Error as error:
        raise SegueError(say("The backup {name} cannot be read: {error}.", name=backup.name, error=error)) from error


def holds_anything(backup: Backup) -> bool:
    """True where there is something in a good backup that no scan brings back."""
    with contextlib.closing(_opened_alone(backup.path)) as connection:
        for names in _GIVEN:
            for name in names:
                with contextlib.suppress(sqlite3.OperationalError):  # an older one may not have such a table or column
                    if connection.execute(f"select 1 from {name} limit 1").fetchone():
                        return True
                    break
    return False


def described(backup: Backup) -> str:
    """A backup in words: ``Monday 3 March 2025, 14:05 (1,234 plays)``."""
    return f"{backup.said} ({plural(plays_in(backup), 'play')})"


def damage(path: Path) -> str:
    """What is wrong with a file that should be a whole library of Segue; empty where nothing is."""
    try:
        with contextlib.closing(_opened_alone(path)) as connection:
            found = connection.execute("pragma quick_check(1)").fetchone()
            if found is None or found[0] != "ok":
                return str(found[0]) if found else say("it cannot be checked")
            connection.execute("select count(*) from play").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return ""


def copy_database(source: Path, target: Path, step: Callable[[int, int], None]) -> None:
    """Copies a database as it is at one moment, with what is in its log, into a file that needs no log."""
    with (
        contextlib.closing(sqlite3.connect(source, timeout=_BUSY_S)) as giving,
        contextlib.closing(sqlite3.connect(target)) as taking,
    ):
        taking.execute("pragma synchronous = off")  # the whole file is synced at its end
        # The open transaction holds the moment: without it each write of others would begin the copy anew.
        giving.execute("begin")
        giving.execute("select count(*) from sqlite_master").fetchone()
        giving.backup(taking, pages=_STEP_PAGES, progress=lambda _s, left, total: step(total - left, total))
        taking.execute("pragma journal_mode = delete")


def sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened_alone(path: Path) -> sqlite3.Connection:
    """A finished backup, which nobody writes to: opened without leaving side files."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _make_room(database: Path, folder: Path, now_ms: int) -> None:
    """Takes away what a killed backup left, and refuses to fill the disk to its brim.

    Raises:
        OSError: there is too little room.
    """
    for left in folder.glob("segue-*.part*"):
        if left.stat().st_mtime < now_ms / 1000 - _DAY.total_seconds():
            left.unlink(missing_ok=True)
    log = database.with_name(database.name + "-wal")
    needed = database.stat().st_size + (log.stat().st_size if log.exists() else 0)
    if shutil.disk_usage(folder).free < needed + min(_ROOM_BYTES, needed):
        raise OSError(28, say("there is too little room on the disk"))


def _corrupt() -> DatabaseCorrupt:
    return DatabaseCorrupt(say("The library is damaged, so it was not backed up; older backups stay as they are."))


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _from_name(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        made_at = datetime.datetime.strptime(match[1], _STAMP).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return Backup(path, made_at, match[2] or "")


def _first_of_each(newest_first: list[Backup], group: Callable[[Backup], object], count: int) -> set[Path]:
    found: dict[object, Path] = {}
    for backup in newest_first:
        found.setdefault(group(backup), backup.path)
    return set(list(found.values())[:count])


def _time(now_ms: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(now_ms // 1000, datetime.UTC)
