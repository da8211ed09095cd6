"""Files of one folder whose texts are in doubt wait for one another: what one of them is surely written in, all are.

So one artist does not become two, because "Группа крови" is long enough to be told from Latin letters, "Кино" is not.
"""

from collections.abc import Callable, Iterator

from app.domain.tags import Tags
from app.library.mojibake import common, verdict
from app.library.walk import Found

_MOST = 500
"""So many wait."""


class Neighbours:
    """The folder that is being read."""

    def __init__(self, known: Callable[[bytes], str]) -> None:
        """``known``: the encoding of the tracks of a folder that were repaired before; ``""``: none."""
        self._known, self._folder = known, b""
        self._sure: set[str] = set()
        self._waiting: list[tuple[Found, Tags]] = []
        self._doubtful: set[bytes] = set()

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
        return path.rpartition(b"/")[0] != self._folder or len(self._waiting) >= _MOST

    def release(self, next_path: bytes = b"") -> Iterator[tuple[Found, Tags, str]]:
        """Every file that waits, with the encoding that its neighbours are in."""
        if self._waiting:
            sure = self._sure or {
                encoding for encoding in (self._known(self._folder), common(self._doubtful)) if encoding
            }
            near = next(iter(sure)) if len(sure) == 1 else ""
            yield from ((found, said, near) for found, said in self._waiting)
        self._waiting.clear()
        self._doubtful.clear()
        folder = next_path.rpartition(b"/")[0]
        if folder != self._folder:
            self._sure.clear()
            self._folder = folder
