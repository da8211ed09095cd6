"""Tracks as the recommender sees them: parallel arrays of codes."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.text import fold
from app.domain.track import Track
from recommender.listener import Catalogue

UNKNOWN = -1


def catalogue(tracks: Sequence[Track]) -> Catalogue:
    """One column a track. Copies of a recording share a code, and so their plays."""
    return Catalogue(
        item_ids=np.array([track.id for track in tracks], dtype=np.int64),
        recording=codes(track.recording_key for track in tracks),
        artist=codes(fold(track.artist or track.album_artist) for track in tracks),
        album=codes(track.album_key for track in tracks),
        genre=codes(fold(track.genre.split(";")[0]) for track in tracks),
        year=np.array([track.year or 0 for track in tracks], dtype=np.int32),
        duration_ms=np.array([track.duration_ms for track in tracks], dtype=np.int64),
    )


def codes(values: Iterable[str]) -> NDArray[np.int32]:
    """Numbers for names, int32, in the order they are met; ``UNKNOWN`` for an empty name."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(value, len(seen)) if value else UNKNOWN for value in values], dtype=np.int32)
