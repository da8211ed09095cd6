"""Tracks that wait in the queue, as they are now: their files may have moved, or be of an earlier start."""

import logging
from collections.abc import Callable
from dataclasses import replace

from app.domain.errors import SegueError
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.track import Track
from app.storage.tracks import TrackStore

log = logging.getLogger(__name__)


def whereabouts(tracks: TrackStore) -> Callable[[Track], Track]:
    """Gives a track as the library knows it now. What is not in it, or cannot be looked up, is as it was."""

    def now(track: Track) -> Track:
        if not track.in_library:
            return track
        try:
            return next(iter(tracks.get([track.id])), track)
        except SegueError as error:
            log.warning("Where a file is now could not be looked up: %s", error)
            return track

    return now


def with_ids_of_today(saved: SavedQueue) -> SavedQueue:
    """The queue with new ids for files from outside the library: those of another start may be given out again."""
    entries = (*saved.entries, *saved.lane)
    if all(entry.track.in_library for entry in entries):
        return saved
    from app.library.outside import next_id

    ids = {track_id: next_id() for track_id in {each.track.id for each in entries if not each.track.in_library}}

    def anew(entry: QueueEntry) -> QueueEntry:
        new = ids.get(entry.track.id)
        return entry if new is None else replace(entry, track=replace(entry.track, id=new))

    return replace(saved, entries=tuple(map(anew, saved.entries)), lane=tuple(map(anew, saved.lane)))
