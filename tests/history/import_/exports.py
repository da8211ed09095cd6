"""Exports as the services make them, small, and an import of them into a library."""

import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.companion.library import PlayedFrom
from app.companion.match import by_names
from app.domain.importing import ImportReport
from app.history.import_.run import import_history
from app.storage.database import Database
from app.storage.imports import PlaysAround
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS

AT_S = 1_600_000_000
MBID = "0a1b2c3d-0000-4000-8000-000000000001"


def listen(title: str = "Nuit", at_s: object = AT_S, artist: str = "Ida Ravn", **more: Any) -> dict[str, Any]:
    """As ListenBrainz exports it; keyword arguments are its additional info."""
    said = {"artist_name": artist, "track_name": title, "release_name": "Été", "additional_info": more}
    return {"inserted_at": 1, "listened_at": at_s, "track_metadata": said}


def lastfm_page(*tracks: dict[str, Any]) -> dict[str, Any]:
    """A page of ``user.getRecentTracks``."""
    return {"recenttracks": {"track": list(tracks), "@attr": {"page": "1", "totalPages": "1"}}}


def lastfm_track(title: str = "Nuit", at_s: int = AT_S, artist: str = "Ida Ravn") -> dict[str, Any]:
    """A track of such a page."""
    names = {"artist": {"mbid": "", "#text": artist}, "name": title, "album": {"mbid": "", "#text": "Été"}, "mbid": ""}
    return {**names, "image": [{"size": "small", "#text": ""}], "date": {"uts": str(at_s), "#text": "x"}}


def streamed(title: str | None = "Nuit", ts: str = "2020-09-13T12:30:00Z", ms: object = 200_000, **more: Any) -> Any:
    """As Spotify's extended history has it."""
    names = {
        "master_metadata_track_name": title,
        "master_metadata_album_artist_name": "Ida Ravn" if title else None,
        "master_metadata_album_album_name": "Été" if title else None,
    }
    how = {"reason_start": "clickrow", "reason_end": "trackdone", "skipped": False, "incognito_mode": False}
    return {"ts": ts, "platform": "linux", "ms_played": ms, **names, **how, **more}


def lines(folder: Path, values: Sequence[object], name: str = "1.jsonl") -> bytes:
    """A file with a value a line."""
    path = folder / name
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return bytes(path)


def written(folder: Path, text: str | bytes, name: str = "export") -> bytes:
    """A file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return bytes(path)


def zipped(folder: Path, members: dict[str, str], name: str = "export.zip") -> bytes:
    """A zip."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return bytes(path)


def imported(
    database: Database,
    *paths: bytes,
    dry: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    before_writing: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Imports, and gives the report."""
    steps = import_history(
        paths,
        PlayStore(database),
        PlaysAround(database),
        by_names(PlayedFrom(TrackStore(database))),
        cancelled,
        dry=dry,
        now_ms=NOW_MS,
        before_writing=before_writing,
    )
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: ImportReport = end.value
            return report
