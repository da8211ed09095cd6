"""Takes edited files into the library at once: the row follows what the file says now; id, plays and rating stay."""

import os
from dataclasses import dataclass
from typing import Protocol

from app.domain.ids import RecordingKey, TrackId
from app.domain.recording import album_key, names_of, recording_key
from app.domain.scanned import ScannedFile
from app.domain.tags import Tags
from app.library import mojibake, readings
from app.library.alike import tell_apart
from app.library.names import fill
from app.library.walk import below, found_at
from app.storage.albums import AlbumStore
from app.storage.folders import FolderStore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore


class Took(Protocol):
    """Called for each file that was edited, with how it looks and what it says now."""

    def __call__(self, track_id: TrackId, path: bytes, status: os.stat_result, said: Tags) -> None: ...


@dataclass(frozen=True, slots=True)
class IntoLibrary:
    """Writes each edited file to the table of tracks, as a scan would."""

    tracks: TrackStore
    roots: RootStore
    now_ms: int

    def __call__(self, track_id: TrackId, path: bytes, status: os.stat_result, said: Tags) -> None:
        """One file.

        Raises:
            SegueError: the database cannot be written; the next scan will see the edit.
        """
        found = found_at(path, status)
        near = FolderStore(self.tracks.database).encoding(os.path.dirname(path)) if mojibake.verdict(said)[1] else ""
        said, before = mojibake.repaired(said, near)
        root = max((root for root in self.roots.all() if below(path, root)), key=len, default=b"")
        tags, named_by_path = fill(said, path, root)
        file = ScannedFile(
            path=path,
            size_bytes=found.size_bytes,
            mtime_ns=found.mtime_ns,
            tags=tags,
            named_by_path=named_by_path,
            recording_key=self._key(track_id, recording_key(said, path)),
            album_key=album_key(tags, path),
            texts=readings.texts(tags),
            inode=found.inode,
            repaired=before,
        )
        self.tracks.save([file], self.now_ms)
        tell_apart(AlbumStore(self.tracks.database), {file.album_key})

    def _key(self, track_id: TrackId, key: RecordingKey) -> RecordingKey:
        """Names that did not change keep their key, whose length may have been rounded to that of a copy."""
        known = self.tracks.get([track_id])
        names = names_of(key)
        return known[0].recording_key if known and names and names == names_of(known[0].recording_key) else key
