"""Which tracks are there, and which of them stands for a recording: in 13 bytes a track, not in 200.

Keys are known by Python's hash of them, 64 bits: among a million recordings two share one in one library of 40 million.
"""

from array import array
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import RecordingKey, TrackId
from app.domain.track import Track

_MOST_INT32: Final = (1 << 31) - 1


class Present:
    """Filled by :meth:`add`, then asked."""

    def __init__(self) -> None:
        self._ids, self._keys = array("q"), array("q")
        self._is_there = b""
        self._count = 0
        self._sorted: tuple[NDArray[np.int64], NDArray[np.integer[Any]]] | None = None

    def add(self, track: Track) -> None:
        """One more track that is there. The first of a recording stands for it."""
        self._ids.append(track.id)
        self._keys.append(hash(track.recording_key))

    def complete(self) -> "Present":
        """No more will come; what is asked often is laid out for it."""
        ids, keys = np.array(self._ids, dtype=np.int64), np.array(self._keys, dtype=np.int64)
        there = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.uint8)
        there[ids] = 1
        self._is_there = there.tobytes()
        kept, first = np.unique(keys, return_index=True)
        of_keys = ids[first]
        self._sorted = kept, of_keys.astype(np.int32) if ids.max(initial=0) <= _MOST_INT32 else of_keys
        self._count, self._ids, self._keys = len(ids), array("q"), array("q")
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
