"""Files of one folder whose texts are in doubt wait for one another: what one of them is surely written in, all are.

So one artist does not become two, because "Группа крови" is long enough to be told from Latin letters, "Кино" is not.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.domain.tags import Tags
from app.library.mojibake import common, verdict
from app.library.walk import Found

_MOST = 500
"""So many wait."""


@dataclass(slots=True)
class Neighbours:
    """The folder that is being read."""

    known: Callable[[bytes], str]
    """The encoding of the tracks of a folder that were repaired before; ``""``: none."""
    _folder: bytes = b""
    _sure: set[str] = field(default_factory=set)
    _waiting: list[tuple[Found, Tags]] = field(default_factory=list)
    _doubtful: set[bytes] = field(default_factory=set)

    def keep(self, found: Found, said: Tags) -> bool:
        """True where a file has to wait; the next of another folder asks for :meth:`release` first."""
        encoding, raw = verdict(said)
        if encoding:
            self._sure.add(encoding)
        if not raw:
            return False
        self._waiting.append((found, said))
        self._doubtful.update(raw.values())
        return True

    def ends_before(self, path: bytes) -> bool:
        """True where this file lies in another folder, or too many wait."""
        return os.path.dirname(path) != self._folder or len(self._waiting) >= _MOST

    def release(self, next_path: bytes = b"") -> Iterator[tuple[Found, Tags, str]]:
        """Every file that waits, with the encoding that its neighbours are in."""
        if self._waiting:
            sure = self._sure or {
                encoding for encoding in (self.known(self._folder), common(self._doubtful)) if encoding
            }
            near = next(iter(sure)) if len(sure) == 1 else ""
            yield from ((found, said, near) for found, said in self._waiting)
        self._waiting.clear()
        self._doubtful.clear()
        folder = os.path.dirname(next_path)
        if folder != self._folder:
            self._sure.clear()
            self._folder = folder
