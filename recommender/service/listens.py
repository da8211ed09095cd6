"""Listens that listeners give: one file of JSON lines a listener, as ``segue train`` reads them.

Coarse in time: a day, no time of day. Withdrawing deletes the file, all of it; the next training no longer has them.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path

from recommender.remote.protocol import DAY_S
from recommender.service.shapes import Listen

MOST_BYTES = 50_000_000


class GivenListens:
    """The listens in ``folder``. Names come from ``Tokens``, which lets no path through."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, listener: str, listens: Iterable[Listen]) -> int:
        """Appends; how many were kept: none where the listener's file is full."""
        lines = [json.dumps(_line(listener, listen), ensure_ascii=False) for listen in listens]
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path(listener), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            raw = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
            if file.tell() + len(raw) > MOST_BYTES:
                return 0
            file.write(raw)
        return len(lines)

    def withdraw(self, listener: str) -> None:
        """Deletes all that a listener gave."""
        self._path(listener).unlink(missing_ok=True)

    def _path(self, listener: str) -> Path:
        return self._folder / f"{listener}.jsonl"


def _line(listener: str, listen: Listen) -> dict[str, object]:
    track: dict[str, object] = {"artist_name": listen.artist, "track_name": listen.title}
    if listen.mbid is not None:
        track["additional_info"] = {"recording_mbid": listen.mbid}
    return {"user_name": listener, "listened_at": listen.day * DAY_S, "track_metadata": track}
