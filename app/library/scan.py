"""Walks the music folders, reads what is new or changed, and writes it to the library. Loses nothing.

A file that is gone is marked missing, never deleted; a folder that cannot be seen proves nothing about what was in it.
What was read is saved every few seconds, so a scan that is cancelled or killed has only less to do next time.
"""

import contextlib
import gc
import os
from collections.abc import Collection, Generator, Iterator
from typing import TYPE_CHECKING

from app.domain.ids import TrackId
from app.domain.scan import DEADLINE_S, MEMORY_BYTES, ScanProgress, ScanReport
from app.domain.words import plural, say
from app.library import drives_below
from app.library.look import Cancelled, Look
from app.library.places import Places
from app.storage.forms import FormStore
from app.storage.roots import RootStore
from app.storage.scanned import ScannedStore

if TYPE_CHECKING:
    from app.library.reading import Reading

_LOOSE_OBJECTS = 20_000
"""A scan has its process to itself: nobody waits while it looks through so many."""


def scan(
    roots: list[bytes],
    tracks: ScannedStore,
    roots_store: RootStore,
    cancelled: Cancelled,
    *,
    min_length_s: int = 10,
    now_ms: int,
    deadline_s: float = DEADLINE_S,
    memory_bytes: int = MEMORY_BYTES,
    only: Collection[bytes] | None = None,
) -> Generator[ScanProgress, None, ScanReport]:
    """Brings the library up to date with the files below ``roots``; with ``only``, below these folders in them.

    Raises:
        SegueError: the database cannot be used, or the tag reader does not start.
    """
    places, forms = Places(tracks, roots_store, only), FormStore(tracks.database)
    walk = places.enter([os.path.abspath(root) for root in roots])
    look, reading = Look(places, walk, cancelled, min_length_s), None
    with _loose_collector():
        yield from _form_anew(look, forms)
        yield from look.at_all()
        owed = not look.stopped() and forms.albums_owed()
        if not look.stopped() and (look.todo or look.batch):
            from app.library.cage import TagCage  # a scan that finds nothing new needs nothing of this
            from app.library.reading import Reading

            reading = Reading(look, now_ms)
            forms.owe_albums()
            with TagCage(deadline_s=deadline_s, memory_bytes=memory_bytes) as cage:
                yield from reading.read(cage)
    _conclude(look, reading, now_ms)
    if owed or reading is not None:
        _tell_apart(tracks, None if owed else reading)
    if owed or reading is not None or (look.report.changed and not look.report.cancelled):
        _attach_entries(tracks)
    if owed or reading is not None:
        forms.albums_told()  # behind both: a scan that is killed before is made up for by the next one
    places.settle(whole=not look.report.cancelled)
    look.report.seconds = look.pace.seconds
    return look.report


def _tell_apart(tracks: ScannedStore, reading: "Reading | None") -> None:
    """The albums of what was read, or all: a scan before may have been killed when it had written tracks only."""
    if reading is None or reading.albums:
        from app.library.alike import tell_apart
        from app.storage.albums import AlbumStore

        new = reading.new_albums if reading is not None else None
        albums, titles = None if reading is None else reading.albums, None if new is None else new.titles
        tell_apart(AlbumStore(tracks.database), albums, titles)


def _attach_entries(tracks: ScannedStore) -> None:
    """Entries of playlists whose files have come, or come back, get their tracks."""
    from app.storage.playlist_links import PlaylistLinks

    links = PlaylistLinks(tracks.database)
    if links.any_loose():
        from app.library.playlists import attach_later  # brings the formats of playlist files along

        attach_later(links)


def _form_anew(look: Look, store: FormStore) -> Iterator[ScanProgress]:
    """After an upgrade: what follows from the columns of the known tracks."""
    if store.outdated():
        from app.library.forms import form_anew
        from app.storage.albums import AlbumStore

        for count in form_anew(store, AlbumStore(look.tracks.database), look.stopped):
            if look.due():
                yield ScanProgress(count, 0, look.walk.folder)
    if store.heard_outdated():
        from app.storage.heard_before import HeardBefore

        for count in HeardBefore(look.tracks.database).find_all(look.stopped):
            if look.due():
                yield ScanProgress(count, 0, look.walk.folder)


def _conclude(look: Look, reading: "Reading | None", now_ms: int) -> None:
    """Marks what is gone, unless there is any doubt that all was seen."""
    report, places = look.report, look.places
    report.troubles += [*places.troubles, *look.walk.troubles]
    places.troubles.clear()
    if reading is not None and reading.vanished:
        went = plural(reading.vanished, "file")
        report.troubles.append(say("{} went away during the scan. What was read before is kept.", went))
    if report.cancelled:
        return
    away = places.went_away(look.walk)
    look.walk.unlisted |= away
    report.troubles += places.troubles
    moved = reading.moved if reading is not None else set[TrackId]()
    gone_from = {i: at[0] for i, at in places.left().items() if i not in moved and look.surely_gone(*at)}
    missing = look.tracks.still_at(gone_from)
    if reading is not None:
        missing += [track_id for track_id in reading.taken_apart if track_id not in moved]
        missing += sorted(reading.aside - moved)
    if missing:
        _mark_missing(look, missing, now_ms)
    gone = [path for path in look.refused if look.surely_gone(path)]
    if gone:
        places.store.forget_refused(gone)
    places.scanned(now_ms, away)
    drives_below.remember(places, away)


def _mark_missing(look: Look, missing: list[TrackId], now_ms: int) -> None:
    from app.storage.twins import take_over

    look.tracks.mark_missing(missing, now_ms)
    copied = take_over(look.tracks, missing)
    look.report.moved += len(copied)
    look.report.missing += len(missing) - len(copied)


@contextlib.contextmanager
def _loose_collector() -> Iterator[None]:
    """A scan makes many objects and hardly any rings of them: these need not be looked for so often."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _LOOSE_OBJECTS), 2, before[2])
    try:
        yield
    finally:
        gc.set_threshold(*before)
