"""The shelves of the last session: shown at once at the next start, and for the rest of their day.

A file that can be made again. Whatever is not understood in it, is too large or is in another language, is left out.
"""

import contextlib
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from app.domain.ids import AlbumKey, TrackId
from app.domain.shelf import Shelf
from app.domain.suggestion import Evidence, Signal, Suggestion
from app.domain.track import Album, Track
from app.qt.cache_files import write_whole

_MOST_BYTES: Final = 4_000_000
_MOST_IDS: Final = 2_000
_FORM: Final = 1


class KeptShelves:
    """``tracks`` and ``albums`` give what is still in the library; ``language`` is the one in use."""

    def __init__(
        self,
        path: Path,
        tracks: Callable[[Sequence[TrackId]], Sequence[Track]],
        albums: Callable[[Sequence[AlbumKey]], Sequence[Album]],
        language: Callable[[], str],
    ) -> None:
        self._path, self._tracks, self._albums, self._language = path, tracks, albums, language

    def keep(self, shelves: Sequence[Shelf], now_ms: int) -> None:
        """Keeps them, whole or not at all; a full disk only means that the next start has to wait for them."""
        said = {
            "form": _FORM,
            "day": _day(now_ms),
            "language": self._language(),
            "shelves": [_shelf_said(shelf) for shelf in shelves if shelf.suggestions or shelf.albums],
        }
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(said).encode())

    def load(self, now_ms: int) -> tuple[list[Shelf], bool]:
        """What was kept, of what is still there; and whether it is of today."""
        try:
            with open(self._path, "rb") as file:
                raw = file.read(_MOST_BYTES + 1)
            said = json.loads(raw) if len(raw) <= _MOST_BYTES else {}
            if said["form"] != _FORM or said["language"] != self._language():
                return [], False
            return self._understood(said["shelves"]), said["day"] == _day(now_ms)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            return [], False

    def _understood(self, said: list[dict[str, Any]]) -> list[Shelf]:
        ids = [TrackId(_whole(item[0])) for shelf in said for item in shelf["suggestions"]]
        keys = [AlbumKey(str(key)) for shelf in said for key in shelf["albums"]]
        tracks = {track.id: track for track in self._tracks(list(dict.fromkeys(ids))[:_MOST_IDS])}
        albums = {album.key: album for album in self._albums(list(dict.fromkeys(keys))[:_MOST_IDS])}
        return [
            Shelf(
                str(shelf["name"]),
                str(shelf["title"]),
                str(shelf["rule"]),
                tuple(_suggestion(tracks[item[0]], *item[1:]) for item in shelf["suggestions"] if item[0] in tracks),
                tuple(albums[key] for key in shelf["albums"] if key in albums),
            )
            for shelf in said
        ]


def _shelf_said(shelf: Shelf) -> dict[str, object]:
    return {
        "name": shelf.name,
        "title": shelf.title,
        "rule": shelf.rule,
        "suggestions": [
            [one.track.id, one.score, one.reason, one.signal, [[e.signal, e.words, e.amount] for e in one.evidence]]
            for one in shelf.suggestions
        ],
        "albums": [album.key for album in shelf.albums],
    }


def _suggestion(track: Track, score: float, reason: str, signal: str, evidence: list[list[Any]]) -> Suggestion:
    parts = tuple(Evidence(Signal(name), str(words), float(amount)) for name, words, amount in evidence)
    return Suggestion(track, float(score), str(reason), Signal(signal), parts)


def _whole(value: object) -> int:
    """A number that can be a row of the library.

    Raises:
        ValueError: it is none.
    """
    if type(value) is not int or not 0 < value < 1 << 62:
        raise ValueError(value)
    return value


def _day(now_ms: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(now_ms / 1000))
