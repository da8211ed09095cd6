"""What recordings of a community's model are called, for the most held ones: artist, title, MusicBrainz id."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Ints
from recommender.community import NOBODY
from recommender.files import packed

LONGEST_BYTES = 1_000


class Names:
    """Texts by row. Nothing is decoded before it is asked for; what cannot be decoded shows as a replacement sign."""

    def __init__(self, rows: Ints, arrays: dict[str, NDArray[Any]]) -> None:
        self._rows, self._arrays = rows, arrays
        self._title_ends = np.cumsum(arrays["title_lengths"], dtype=np.int64)
        self._artist_ends = np.cumsum(arrays["artist_lengths"], dtype=np.int64)
        n = len(rows)
        fit = len(arrays["artist_of"]) == len(arrays["mbids"]) == len(arrays["title_lengths"]) == n
        if not fit or int(self._title_ends[-1] if n else 0) != len(arrays["titles"]):
            raise ValueError("names do not fit their lengths")
        n_artists = len(self._artist_ends)
        if int(self._artist_ends[-1] if n_artists else 0) != len(arrays["artists"]):
            raise ValueError("artists' names do not fit their lengths")
        of = arrays["artist_of"]
        if n and not (of.min() >= 0 and of.max() < n_artists):
            raise ValueError("a recording's artist has no name")
        self._place = {int(row): place for place, row in enumerate(rows.tolist()) if row != NOBODY}

    @classmethod
    def made(cls, rows: Ints, artists: Sequence[str], titles: Sequence[str], mbids: Sequence[str]) -> "Names":
        """From texts, one of each a row; ``mbids``: canonical or ""."""
        different = {name: code for code, name in enumerate(dict.fromkeys(artists))}
        title_bytes, artist_bytes = [_cut(title) for title in titles], [_cut(name) for name in different]
        ids = [bytes.fromhex(mbid.replace("-", "")) if mbid else bytes(16) for mbid in mbids]
        arrays: dict[str, NDArray[Any]] = {
            "titles": np.frombuffer(b"".join(title_bytes), dtype=np.uint8),
            "title_lengths": np.array([len(raw) for raw in title_bytes], dtype=np.uint16),
            "artists": np.frombuffer(b"".join(artist_bytes), dtype=np.uint8),
            "artist_lengths": np.array([len(raw) for raw in artist_bytes], dtype=np.uint16),
            "artist_of": np.array([different[name] for name in artists], dtype=np.int32),
            "mbids": np.frombuffer(b"".join(ids), dtype=np.uint8).reshape(-1, 16),
        }
        return cls(np.asarray(rows, dtype=np.int64), arrays)

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]], place: NDArray[np.int32]) -> "Names":
        """From a file's arrays; ``place``: where each row of the file is now, NOBODY where it is left out."""
        rows = packed.unpacked_places(arrays["rows"])
        if len(rows) and not (rows.min() >= 0 and rows.max() < len(place)):
            raise ValueError("a name is that of no recording")
        return cls(place[rows].astype(np.int64), {name: array for name, array in arrays.items() if name != "rows"})

    def __len__(self) -> int:
        return len(self._place)

    def rows(self) -> Ints:
        """The rows with a name, in the order of the file."""
        return np.array(list(self._place), dtype=np.int64)

    def artist(self, row: int) -> str:
        """ "" where no name is known."""
        place = self._place.get(int(row))
        if place is None:
            return ""
        return _text(self._arrays["artists"], self._artist_ends, int(self._arrays["artist_of"][place]))

    def title(self, row: int) -> str:
        """ "" where no name is known."""
        place = self._place.get(int(row))
        return "" if place is None else _text(self._arrays["titles"], self._title_ends, place)

    def mbid(self, row: int) -> str:
        """The canonical MusicBrainz id; "" where none is known."""
        place = self._place.get(int(row))
        if place is None or not self._arrays["mbids"][place].any():
            return ""
        digits = self._arrays["mbids"][place].tobytes().hex()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """For a file."""
        return {"rows": packed.packed_places(self._rows.astype(np.int32)), **self._arrays}


def _cut(text: str) -> bytes:
    return text.encode("utf-8", "replace")[:LONGEST_BYTES]


def _text(raw: NDArray[Any], ends: Ints, place: int) -> str:
    start = int(ends[place - 1]) if place else 0
    return raw[start : int(ends[place])].tobytes().decode("utf-8", "replace")
