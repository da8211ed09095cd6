"""Takes edited files into the library at once: the row follows what the file says now; id, plays and rating stay."""

import os
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.recording import album_key, names_of, recording_key
from app.domain.scanned import ScannedFile
from app.domain.tags import Tags
from app.library import mojibake, readings
from app.library.alike import tell_apart
from app.library.names import fill
from app.library.walk import below, found_at
from app.storage.albums import AlbumStore
from app.storage.folders import FolderStore
from app.storage.forms import FormStore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore

_AT_ONCE = 100


class Took(Protocol):
    """Called for each file that was edited, with how it looks and what it says now."""

    def __call__(self, track_id: TrackId, path: bytes, status: os.stat_result, said: Tags) -> None: ...

    def settle(self) -> None:
        """Called once behind the last one."""


@dataclass(slots=True)
class IntoLibrary:
    """Writes each edited file to the table of tracks, as a scan would.

    Its album is looked at whole, and so not after each file, of which thousands may be of one.
    """

    tracks: TrackStore
    roots: RootStore
    now_ms: int
    _touched: list[AlbumKey] = field(default_factory=list)
    """The album of each file whose album has not been looked at since."""
    _owed: bool = False
    """It is remembered that these are to be looked at, and nobody else will."""

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
        if not self._touched:
            self._owed = FormStore(self.tracks.database).owe_albums()
        self.tracks.save([file], self.now_ms)
        self._touched.append(file.album_key)
        if len(self._touched) >= _AT_ONCE:
            self.settle()

    def settle(self) -> None:
        """Albums of one name are told apart again.

        Raises:
            SegueError: the database cannot be written.
        """
        if self._touched:
            tell_apart(AlbumStore(self.tracks.database), set(self._touched))
            self._touched.clear()
            if self._owed:
                FormStore(self.tracks.database).albums_told()

    def _key(self, track_id: TrackId, key: RecordingKey) -> RecordingKey:
        """Names that did not change keep their key, whose length may have been rounded to that of a copy."""
        known = self.tracks.get([track_id])
        names = names_of(key)
        return known[0].recording_key if known and names and names == names_of(known[0].recording_key) else key
