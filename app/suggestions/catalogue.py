"""Tracks as the recommender sees them: parallel arrays of codes."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.text import fold
from app.domain.track import Track
from recommender.listener import Catalogue

UNKNOWN = -1

_VERSION = (
    r"(?:live|re-?master(?:ed)?|re-?mix(?:ed)?|re-?record(?:ed|ing)|mix|mono|stereo|demo|acoustic|unplugged|edit|version"
    r"|session|instrumental|karaoke|a ?cappella|bonus|single|album|radio|extended|alternate|alternative|original|take"
    r"|deluxe|anniversary|feat\.?|ft\.?|featuring|with)"
)
_BRACKETS = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]\s*$")
_AFTER_DASH = re.compile(rf"\s+[-\u2013\u2014]\s+(?=(?:[^-]*\b)?{_VERSION}\b)[^-]*$")


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
        version=codes(version_group(track.title, track.artist or track.album_artist) for track in tracks),
    )


def version_group(title: str, artist: str) -> str:
    """One name for all versions of a song by an artist: *Song*, *Song (Live)*, *Song - Remastered 2011*.

    Endings in brackets go, and those after a dash that name a version. Without an artist or a title: none.

    >>> version_group("Song - Remastered 2011", "Ida") == version_group("Song (Live) [Mono]", "IDA")
    True
    """
    bare, before = fold(title), ""
    by = fold(artist)
    while bare != before:
        before = bare
        bare = _AFTER_DASH.sub("", _BRACKETS.sub("", before)) or before
    return f"{by}\n{bare}" if by and bare else ""


def codes(values: Iterable[str]) -> NDArray[np.int32]:
    """Numbers for names, int32, in the order they are met; ``UNKNOWN`` for an empty name."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(value, len(seen)) if value else UNKNOWN for value in values], dtype=np.int32)
