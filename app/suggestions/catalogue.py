"""Tracks as the recommender sees them: parallel arrays of codes."""

import re
from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.domain.recording import key_form
from app.domain.text import fold
from app.domain.track import Track
from recommender.listener import Catalogue

UNKNOWN = -1
_NO_NAME = 0

_VERSION = (
    r"(?:live|re-?master(?:ed)?|re-?mix(?:ed)?|re-?record(?:ed|ing)|mix|mono|stereo|demo|acoustic|unplugged|edit|version"
    r"|session|instrumental|karaoke|a ?cappella|bonus|single|album|radio|extended|alternate|alternative|original|take"
    r"|deluxe|anniversary|feat\.?|ft\.?|featuring|with)"
)
_BRACKETS = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]\s*$")
_AFTER_DASH = re.compile(rf"\s+[-\u2013\u2014]\s+(?=(?:[^-]*\b)?{_VERSION}\b)[^-]*$")


def catalogue(tracks: Iterable[Track]) -> Catalogue:
    """One column a track, in one pass: none of the tracks is kept. Copies of a recording share a code, and so plays."""
    item_ids, durations, years = array("q"), array("q"), array("i")
    recording, artist, album, genre, version = (_Codes() for _ in range(5))
    for track in tracks:
        item_ids.append(track.id)
        durations.append(track.duration_ms)
        years.append(track.year or 0)
        recording.add(track.recording_key)
        artist.add(key_form(track.artist or track.album_artist))
        album.add(track.album_key)
        genre.add(fold(track.genre.split(";")[0]))
        version.add(version_group(track.title, track.artist or track.album_artist))
    return Catalogue(
        item_ids=np.array(item_ids, dtype=np.int64),
        recording=recording.codes(),
        artist=artist.codes(),
        album=album.codes(),
        genre=genre.codes(),
        year=np.array(years, dtype=np.int32),
        duration_ms=np.array(durations, dtype=np.int64),
        version=version.codes(),
    )


class _Codes:
    """Numbers for names, in the order they are met; ``UNKNOWN`` for an empty name.

    Names are told apart by Python's hash of them, 64 bits: a hundred thousand names would be 10 MB, and hold as much
    again that is freed around them.
    """

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, name: str) -> None:
        """One more name."""
        self._hashes.append(hash(name) if name else _NO_NAME)

    def codes(self) -> NDArray[np.int32]:
        """All of them, int32."""
        hashes = np.array(self._hashes, dtype=np.int64)
        known = hashes != _NO_NAME
        _, first, which = np.unique(hashes[known], return_index=True, return_inverse=True)
        met = np.empty(len(first), dtype=np.int32)
        met[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
        codes = np.full(len(hashes), UNKNOWN, dtype=np.int32)
        codes[known] = met[which]
        return codes


def version_group(title: str, artist: str) -> str:
    """One name for all versions of a song by an artist: *Song*, *Song (Live)*, *Song - Remastered 2011*.

    Endings in brackets go, and those after a dash that name a version. Without an artist or a title: none.

    >>> version_group("Song - Remastered 2011", "Ida") == version_group("Song (Live) [Mono]", "IDA")
    True
    """
    bare, before = key_form(title), ""
    by = key_form(artist)
    while bare != before:
        before = bare
        bare = _AFTER_DASH.sub("", _BRACKETS.sub("", before)) or before
    return f"{by}\n{bare}" if by and bare else ""
