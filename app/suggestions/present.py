"""Which tracks are there, and which of them stands for a recording: in 27 bytes a track, not in 200.

Keys are known by Python's hash of them, 64 bits: among a million recordings two share one in one library of 40 million.
"""

from array import array
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import RecordingKey, TrackId
from app.domain.recording import SAME_LENGTH_MS, named, names_of
from app.domain.track import Track

_MOST_INT32: Final = (1 << 31) - 1
_MOST_S: Final = (1 << 16) - 1


class Present:
    """Filled by :meth:`add`, then asked."""

    def __init__(self) -> None:
        self._ids, self._keys = array("q"), array("q")
        self._names, self._lengths = array("q"), array("H")
        self._is_there = b""
        self._count = 0
        self._sorted: tuple[NDArray[np.int64], NDArray[np.integer[Any]]] | None = None
        self._named: tuple[NDArray[np.int64], NDArray[np.integer[Any]], NDArray[np.uint16]] | None = None

    def add(self, track: Track) -> None:
        """One more track that is there. The first of a recording stands for it."""
        self._ids.append(track.id)
        self._keys.append(hash(track.recording_key))
        self._names.append(hash(_names(track)))
        self._lengths.append(min(max(round(track.duration_ms / 1000), 0), _MOST_S))

    def complete(self) -> "Present":
        """No more will come; what is asked often is laid out for it."""
        ids, keys = np.array(self._ids, dtype=np.int64), np.array(self._keys, dtype=np.int64)
        there = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.uint8)
        there[ids] = 1
        self._is_there = there.tobytes()
        kept, first = np.unique(keys, return_index=True)
        narrow = ids.astype(np.int32) if ids.max(initial=0) <= _MOST_INT32 else ids
        self._sorted = kept, narrow[first]
        names = np.array(self._names, dtype=np.int64)
        order = np.argsort(names, kind="stable")
        self._named = names[order], narrow[order], np.array(self._lengths, dtype=np.uint16)[order]
        self._count = len(ids)
        self._ids, self._keys, self._names, self._lengths = array("q"), array("q"), array("q"), array("H")
        return self

    def __len__(self) -> int:
        return self._count

    def __contains__(self, track_id: object) -> bool:
        return isinstance(track_id, int) and 0 < track_id < len(self._is_there) and bool(self._is_there[track_id])

    def ids(self) -> NDArray[np.int64]:
        """The ids of all of them, ascending, int64."""
        return np.flatnonzero(np.frombuffer(self._is_there, dtype=np.uint8)).astype(np.int64)

    def of_recording(self, key: RecordingKey) -> TrackId | None:
        """The track that stands for a recording; ``None`` where none of it is there."""
        if self._sorted is None or not len(self._sorted[0]):
            return None
        keys, ids = self._sorted
        wanted = hash(key)
        at = min(int(np.searchsorted(keys, wanted)), len(keys) - 1)
        return TrackId(int(ids[at])) if keys[at] == wanted else None

    def of_names(self, key: RecordingKey, duration_ms: int) -> TrackId | None:
        """The first track of the names in a key, and of about this length where it is known.

        What was heard elsewhere goes by its names alone; the file that comes later has a length, or a MusicBrainz id.
        """
        names = names_of(key)
        if self._named is None or not names:
            return None
        hashes, ids, lengths = self._named
        wanted = hash(names)
        for at in range(int(np.searchsorted(hashes, wanted)), len(hashes)):
            if hashes[at] != wanted:
                break
            if not duration_ms or not lengths[at] or abs(int(lengths[at]) * 1000 - duration_ms) <= SAME_LENGTH_MS:
                return TrackId(int(ids[at]))
        return None


def _names(track: Track) -> str:
    """As a key has them."""
    return names_of(track.recording_key) or named(track.artist or track.album_artist, track.title)
