"""A scan: how far it is, what came of it, and what it knows a track's file by.

No dataclasses: one that finds nothing new starts sooner without them, they bring much of Python along.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.ids import RecordingKey, TrackId

DEADLINE_S = 10.0
"""So long may a file keep a tag reader computing."""
MEMORY_BYTES = 1 << 30
"""So much memory may it take."""

Known = tuple[bytes, TrackId, int, int, bool, int | None, bool, bytes | None]
"""What a scan holds of each track: path, id, size in bytes, mtime in ns, missing, inode, whether its sound was
hashed, source path. A plain row, because there are a hundred thousand of them."""


class Trace(NamedTuple):
    """What a track is recognised by when its file turns up in another place."""

    id: TrackId
    path: bytes
    size_bytes: int
    mtime_ns: int
    inode: int | None
    audio_hash: str
    recording_key: RecordingKey
    duration_ms: int
    removed: bool = False
    source_path: bytes | None = None


class RefusedFile(NamedTuple):
    """A file that is no track, remembered by ``stat`` so that it is not tried again until it changes."""

    path: bytes
    size_bytes: int
    mtime_ns: int
    reason: str
    kind: str = "unreadable"
    """``unreadable`` (something is wrong with it) or ``short`` (an untagged sound below the minimum length)."""


class Volume(NamedTuple):
    """The drive that a music folder is on."""

    device: int | None = None
    mount: bytes | None = None
    """Where it is mounted; ``None``: nobody has looked."""
    name: str = ""
    """What its file system is called by, wherever it is plugged in; empty where it has no such name."""


class ScanProgress(NamedTuple):
    """How far a scan is. ``total`` is 0 while files are still being counted."""

    done: int
    total: int
    folder: bytes
    eta_s: float | None = None
    rate: float | None = None
    """Files a second."""


class ScanReport:
    """What a scan found. A file that cannot be read is a row here, never an exception."""

    def __init__(self, *, read: int = 0, troubles: Sequence[str] = (), cancelled: bool = False) -> None:
        self.read = read
        """New or changed files that became tracks."""
        self.unchanged = self.moved = 0
        self.missing = 0
        """Tracks newly marked missing."""
        self.returned = 0
        """Tracks that were missing and are back."""
        self.refused: list[RefusedFile] = []
        """Every file below the folders that is no track, with its reason: new and remembered."""
        self.troubles = list(troubles)
        """Sentences: folders that were not there or could not be listed."""
        self.seconds = 0.0
        self.cancelled = cancelled

    @property
    def changed(self) -> bool:
        """The library may hold other tracks than before."""
        return self.cancelled or self.read + self.moved + self.missing + self.returned > 0

    @property
    def unreadable(self) -> list[RefusedFile]:
        """Files with something wrong."""
        return [file for file in self.refused if file.kind == "unreadable"]

    @property
    def short(self) -> list[RefusedFile]:
        """Untagged sounds below the minimum length."""
        return [file for file in self.refused if file.kind == "short"]
