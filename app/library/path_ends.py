"""The files of a library by the ends of their paths: in thousands of albums there is a file called ``01.mp3``.

The names of a path stand from its end in one text, and the texts in order; so those that share an end stand together,
and are found without a look at the others.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from app.storage.playlist_links import LibraryFile

_END = "\0"
"""Behind each name; no path has it."""
_BEHIND = "\x01"
"""The first that comes after it."""


def parts(path: bytes) -> list[str]:
    """The names of a path from its end, in a form that file systems and Windows agree on."""
    text = path.replace(b"\\", b"/").decode("utf-8", "surrogateescape")
    return [unicodedata.normalize("NFC", part).casefold() for part in reversed(text.split("/"))]


def common(one: list[str], other: list[str]) -> int:
    """So many names at the ends of two paths are the same."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


class PathEnds:
    """Cost: one sort; a look at the files that share an end is a search in it."""

    def __init__(self, files: Sequence[LibraryFile]) -> None:
        """``files`` in the order in which they are to be given."""
        self._files = files
        self._by_length: dict[str, list[tuple[int, int]]] = {}

    def in_folder(self, path: bytes) -> Iterator[Sequence[LibraryFile]]:
        """Those of the same name in folders of the same name: with the longest common end, then with a shorter one."""
        names, before = parts(path), 0
        for count in range(len(names), 1, -1):
            low, high = self._range(names[:count])
            if high - low > before:
                before = high - low
                yield [self._files[place] for place in sorted(self._places[low:high])]

    def named(self, path: bytes, length_ms: int, near_ms: int) -> Sequence[LibraryFile]:
        """Those of the same name, in whatever folder; with a length, those about as long or of unknown length."""
        low, high = self._range(parts(path)[:1])
        if not length_ms:
            return [self._files[place] for place in sorted(self._places[low:high])]
        name = parts(path)[0]
        if name not in self._by_length:
            self._by_length[name] = sorted((self._files[at].duration_ms, at) for at in self._places[low:high])
        lengths = self._by_length[name]
        unknown = lengths[: bisect_right(lengths, 0, key=lambda one: one[0])]
        first = bisect_left(lengths, max(length_ms - near_ms, 1), key=lambda one: one[0])
        last = bisect_right(lengths, length_ms + near_ms, key=lambda one: one[0])
        return [self._files[place] for place in sorted(place for _, place in unknown + lengths[first:last])]

    @cached_property
    def _ends(self) -> list[tuple[str, int]]:
        return sorted((_END.join([*parts(file.path), ""]), place) for place, file in enumerate(self._files))

    @cached_property
    def _keys(self) -> list[str]:
        return [key for key, _ in self._ends]

    @cached_property
    def _places(self) -> list[int]:
        return [place for _, place in self._ends]

    def _range(self, names: list[str]) -> tuple[int, int]:
        wanted = _END.join([*names, ""])
        return bisect_left(self._keys, wanted), bisect_left(self._keys, wanted[: -len(_END)] + _BEHIND)
