"""Keeps the queue: at once after each change, the position every few seconds. Called by one thread at a time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.domain.queue import PlaybackState, SavedQueue
from app.playback.events import Event, PositionChanged, QueueChanged, StateChanged, TrackChanged
from app.storage.queue import QueueStore

POSITION_MS: Final = 4_000
"""A crash loses no more of the position than this."""


class QueueKeeper:
    """Follows what the player tells and writes what of it must not be lost."""

    def __init__(self, store: QueueStore) -> None:
        self._store = store
        self._kept: SavedQueue | None = None
        """As it stands in the library; ``None``: nobody knows."""
        self._now = SavedQueue()
        self._playing = False
        self._behind = False
        """The last try failed."""

    def load(self, otherwise: SavedQueue) -> SavedQueue:
        """The queue of last time, with the modes of ``otherwise`` where it does not say.

        Raises:
            SegueError: it cannot be read.
        """
        kept = self._store.load() or otherwise
        by_albums = otherwise.by_albums if kept.by_albums is None else kept.by_albums
        autoplay = otherwise.autoplay if kept.autoplay is None else kept.autoplay
        self._now = replace(kept, by_albums=by_albums, autoplay=autoplay)
        return self._now

    def follow(self, *told: Event) -> None:
        """Takes events in, and writes where it is time to, once for all of them.

        Raises:
            SegueError: it could not be written now; the next call tries again.
        """
        known = [event for event in told if self._takes(event)]
        if self._behind or (known and self._now != self._kept and not self._may_wait(known)):
            self._behind = True
            self._write()
            self._behind = False

    def _takes(self, event: Event) -> bool:
        match event:
            case QueueChanged():
                self._now = _saved(event, self._now.position_ms)
            case TrackChanged():
                self._now = replace(self._now, position_ms=0)
            case PositionChanged(position_ms):
                self._now = replace(self._now, position_ms=position_ms)
            case StateChanged(state):
                self._playing = state is PlaybackState.PLAYING
            case _:
                return False
        return True

    def _may_wait(self, told: Sequence[Event]) -> bool:
        """A position that is a little further on while music plays."""
        kept = self._kept
        if not all(isinstance(event, PositionChanged) for event in told) or not self._playing or kept is None:
            return False
        near = abs(self._now.position_ms - kept.position_ms) < POSITION_MS
        return near and replace(self._now, position_ms=0) == replace(kept, position_ms=0)

    def _write(self) -> None:
        kept, now = self._kept, self._now
        if kept is not None and replace(kept, position_ms=0) == replace(now, position_ms=0):
            self._store.save_position(now.position_ms)
        else:
            self._store.save(now, kept)
        self._kept = now


def _saved(event: QueueChanged, position_ms: int) -> SavedQueue:
    current_id = event.entries[event.index].entry_id if event.index >= 0 else None
    return SavedQueue(
        event.entries,
        event.order,
        current_id,
        position_ms,
        event.shuffle,
        event.repeat,
        event.lane,
        by_albums=event.by_albums,
        autoplay=event.autoplay,
    )
