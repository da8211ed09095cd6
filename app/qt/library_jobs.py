"""What the library's service does in jobs. What they need is imported in the job: the window does not wait for it."""

import logging
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.domain.errors import SegueError
from app.domain.scan import ScanProgress, ScanReport
from app.qt.jobs import Cancelled
from app.storage.search import LIMIT, SearchStore
from app.storage.tracks import TrackStore

if TYPE_CHECKING:
    from app.domain.query import Query
    from app.domain.search import SearchResults

_GROUP_LIMIT = 12

log = logging.getLogger(__name__)


def scan(
    cancelled: Cancelled,
    folders: list[bytes],
    tracks: TrackStore,
    min_length_s: int,
    now_ms: int,
    only: set[bytes] | None,
    to_restore: list[tuple[bytes, int]],
    language: str,
) -> Generator[ScanProgress, None, ScanReport]:
    """Scans in a process of its own, after what was removed below some folders was taken back."""
    from app.library.scan_process import scan_apart

    for folder, since_ms in to_restore:
        tracks.restore_below(folder, since_ms)
    path = tracks.database.path
    steps = scan_apart(path, folders, cancelled, min_length_s=min_length_s, now_ms=now_ms, only=only, language=language)
    return (yield from steps)


def leave(cancelled: Cancelled, *of: Any) -> Iterator[int]:
    """Takes a folder out of sight; yields how many tracks of it are."""
    from app.library import leave as leaving

    return leaving.leave(cancelled, *of)


def watch(cancelled: Cancelled, roots: list[bytes]) -> Generator[set[bytes] | str, None, None]:
    """Yields folders in which something changed, and sentences of trouble."""
    from app.library.watch import Watch

    watch = Watch(roots)
    for folders in watch.changes(cancelled):
        yield from watch.troubles
        watch.troubles.clear()
        yield folders


def find(cancelled: Cancelled, finder: SearchStore, text: str) -> "SearchResults":
    """What a search finds, or the search that was perhaps meant."""
    from app.domain.search import SearchResults
    from app.library.search import parse

    query = parse(text)
    if not query or cancelled():
        return SearchResults(text, (), (), ())
    try:
        found = _grouped(finder, text, query)
        if found.track_ids or found.albums or found.artists:
            return found
        guess = None if cancelled() else finder.guess(query)
        return found if guess is None else replace(_grouped(finder, text, guess), instead=guess.text)
    except SegueError:
        log.warning("A search failed", exc_info=True)
        raise


def _grouped(finder: SearchStore, text: str, query: "Query") -> "SearchResults":
    from app.domain.search import SearchResults

    ids = tuple(finder.ids(query))
    return SearchResults(
        text,
        ids,
        tuple(finder.albums(query, _GROUP_LIMIT)),
        tuple(finder.artists(query, _GROUP_LIMIT)),
        more=len(ids) >= LIMIT,
    )
