"""Which new file is a track that has gone from its old place: a renamed folder keeps its plays."""

import os
from collections.abc import Iterable

from app.domain.ids import RecordingKey, TrackId
from app.domain.track import ScannedFile

Gone = tuple[TrackId, bytes, int, int, RecordingKey]
"""Id, old path, size in bytes, mtime in ns, recording key."""


class Moves:
    """The tracks that are gone, to be matched with files that are new. Each is given away once."""

    def __init__(self, gone: Iterable[Gone]) -> None:
        self._gone: dict[tuple[int, int], list[Gone]] = {}
        for track in gone:
            self._gone.setdefault((track[2], track[3]), []).append(track)

    def match(self, file: ScannedFile) -> TrackId | None:
        """The track this file was, if one is like it in size, time, and recording (or, unnamed, in file name)."""
        alike = self._gone.get((file.size_bytes, file.mtime_ns), [])
        candidates = [track for track in alike if _same(track, file)]
        if not candidates:
            return None
        # Copies of one file are alike in everything: the one whose path ends most alike is meant.
        best = max(candidates, key=lambda track: (_common_tail(track[1], file.path), -track[0]))
        alike.remove(best)
        return best[0]


def _same(track: Gone, file: ScannedFile) -> bool:
    if file.recording_key.startswith("path:"):
        return track[4].startswith("path:") and os.path.basename(track[1]) == os.path.basename(file.path)
    return track[4] == file.recording_key


def _common_tail(one: bytes, other: bytes) -> int:
    count = 0
    for mine, theirs in zip(reversed(one.split(b"/")), reversed(other.split(b"/")), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
