"""An examination of the whole library: its file, its folders, its copies, its disk. It changes nothing."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.config.paths import Paths
from app.domain.clean import shown_path
from app.domain.scan import RefusedFile
from app.domain.words import plural, say
from app.library.copies import compared
from app.storage.aside import files, libraries
from app.storage.backup import Backup, backups
from app.storage.database import Database
from app.storage.health import Copy, Counts, Health, counts, examine, same_recording, same_sound
from app.storage.lost import lost
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore

_LOW_BYTES = 200_000_000
_LEFTOVERS = ("*.part", "*.restoring", "*.part-journal", "*.tmp")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What lies on the disk, in bytes."""

    database: int
    backups: int
    covers: int
    set_aside: int
    """Damaged or replaced libraries that were kept."""
    free: int
    """Left on the disk of the library."""


@dataclass(slots=True)
class Examination:
    """What the doctor found. ``wrong`` is what needs doing something about; the rest is worth knowing."""

    health: Health
    sizes: Sizes
    backups: list[Backup]
    counts: Counts = field(default_factory=lambda: Counts(0, 0, 0, 0))
    away: list[tuple[bytes, str]] = field(default_factory=list)
    """Music folders that cannot be listed, or are empty though they held tracks, and why."""
    unreadable: list[RefusedFile] = field(default_factory=list)
    same_sound: list[list[Copy]] = field(default_factory=list)
    same_recording: list[list[Copy]] = field(default_factory=list)
    lost: str = ""
    """A sentence where the library is missing or empty while a backup holds plays."""
    set_aside: list[Path] = field(default_factory=list)
    """Damaged or replaced libraries that were kept, newest first."""
    leftovers: list[Path] = field(default_factory=list)
    """Temporary files that a killed program left."""

    @property
    def wrong(self) -> list[str]:
        """A sentence for each thing that is wrong; unreadable files and copies are not."""
        return list(self._wrong())

    def _wrong(self) -> Iterator[str]:
        if self.lost:
            yield self.lost
        if self.health.damage:
            yield say("The library's file is damaged: {}.", "; ".join(self.health.damage[:3]))
        if self.health.loose:
            yield say("The library has loose ends: {}.", "; ".join(self.health.loose[:3]))
        for fault in self.health.search:
            yield say("A search index is not in order: {}.", fault)
        for folder, reason in self.away:
            yield say("The music folder {shown_path} is away: {reason}.", shown_path=shown_path(folder), reason=reason)
        if self.sizes.free < max(_LOW_BYTES, 2 * self.sizes.database):
            yield say("The disk of the library is nearly full.")
        if self.leftovers:
            yield say("{} left behind.", plural(len(self.leftovers), "temporary file was", "temporary files were"))


def find_faults(paths: Paths, database: Database | None, health: Health) -> Examination:
    """Puts everything together; without a ``database`` (it is damaged, or there is none) only what the disk says."""
    found = Examination(health, _sizes(paths), backups(paths.backups), leftovers=_leftovers(paths))
    found.set_aside = libraries(paths.database)
    found.lost = "" if database is not None or health.damage else lost(paths.database)
    if database is None:
        return found
    roots, tracks = RootStore(database), TrackStore(database)
    found.counts = counts(database)
    found.away = [(root, reason) for root in roots.all() if (reason := _why_away(root, tracks))]
    found.unreadable = [file for file in roots.refused() if file.kind == "unreadable"]
    found.same_sound, found.same_recording = compared(same_sound(database)), same_recording(database)
    return found


def file_health(paths: Paths) -> Health | None:
    """The checks of the library's file; ``None`` where there is none, or an empty one while a backup holds plays."""
    return examine(paths.database) if paths.database.exists() and not lost(paths.database) else None


def _why_away(root: bytes, tracks: TrackStore) -> str:
    try:
        with os.scandir(root) as listing:
            empty = next(listing, None) is None
    except OSError as error:
        return error.strerror or str(error)
    if empty and any(not row[4] for row in tracks.known(root).values()):
        return say("it is empty, as the place of a drive that is not plugged in")
    return ""


def _sizes(paths: Paths) -> Sizes:
    sides = [paths.database.with_name(paths.database.name + side) for side in ("", "-wal", "-shm")]
    return Sizes(
        database=_total(side for side in sides if side.exists()),
        backups=_total(backup.path for backup in backups(paths.backups)),
        covers=_total(path for path in paths.covers.rglob("*") if path.is_file()),
        set_aside=_total(path for library in libraries(paths.database) for path in files(library)),
        free=shutil.disk_usage(_first_existing(paths.data)).free,
    )


def _total(files: Iterator[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def _first_existing(folder: Path) -> Path:
    return next(parent for parent in (folder, *folder.parents) if parent.exists())


def _leftovers(paths: Paths) -> list[Path]:
    folders = (paths.data, paths.backups, paths.config)
    return sorted(file for folder in folders for pattern in _LEFTOVERS for file in folder.glob(pattern))
