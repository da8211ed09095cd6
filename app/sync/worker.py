"""The child that syncs: ``python -m app.sync.worker WISH``, a JSON object; each line it writes is another.

A process of its own: a server that hangs, a name that is never found and a model that is checked keep nothing else
waiting, and what is killed at any moment leaves the old model or the new one.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from app.config.paths import Paths
from app.config.translated import finder
from app.domain import words
from app.domain.errors import SegueError
from app.domain.sync import Origin, SyncProgress
from app.sync.models import ModelFolder
from app.sync.providers.base import Given

_NICE: Final = 10
_BETWEEN_S: Final = 0.1


class _Teller:
    """Writes how far it is, not more often than anybody can see."""

    def __init__(self) -> None:
        self._next = 0.0

    def moved(self, progress: SyncProgress) -> None:
        now = time.monotonic()
        if now >= self._next or progress.done_bytes == progress.total_bytes:
            self._next = now + _BETWEEN_S
            _write({"done": progress.done_bytes, "total": progress.total_bytes})


def main(arguments: list[str]) -> int:
    """Gives the exit code. ``do`` is ``sync`` or ``preview``."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICE)
    wish = json.loads(arguments[0])
    words.use(finder(wish["language"]))
    paths = Paths(*(Path(wish[name]) for name in ("data", "config", "cache", "runtime")))
    try:
        _write(_previewed(paths, Origin(**wish["origin"])) if wish["do"] == "preview" else _synced(paths, wish))
    except SegueError as error:
        _write({"trouble": str(error)})
    return 0


def _synced(paths: Paths, wish: dict[str, Any]) -> dict[str, object]:
    """One sync, with the library's own log."""
    from app.sync.run import sync

    teller = _Teller()
    with _given(paths, Origin(**wish["origin"])) as (folder, given):
        return {"report": asdict(sync(folder, given, now_ms, teller.moved, lambda: False))}


def _previewed(paths: Paths, origin: Origin) -> dict[str, object]:
    """What would be sent; nothing is."""
    from app.sync.providers.registry import provider

    with _given(paths, origin) as (_folder, given), contextlib.closing(provider(given)) as source:
        return {"preview": [asdict(request) for request in source.preview()]}


@contextlib.contextmanager
def _given(paths: Paths, origin: Origin) -> Iterator[tuple[ModelFolder, Given]]:
    from app.storage.database import Database
    from app.sync.given import given_by

    database = Database(paths.database)
    try:
        folder = ModelFolder(paths.models)
        yield folder, given_by(database, folder, origin)
    finally:
        database.close()


def now_ms() -> int:
    """UTC, milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _write(value: dict[str, object]) -> None:
    """One line; where nobody reads it any more, there is nothing more to do."""
    text = json.dumps(value).encode() + b"\n"
    try:
        while text:
            text = text[os.write(1, text) :]
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
