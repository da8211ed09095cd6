"""The autoplay lane: what plays on by itself behind the last entry of the queue. It stands beside it, never in it.

Whatever is queued by hand comes first. A track of the lane joins the queue when its turn has come, as what was played.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.track import Track
from app.playback.queue_edits import EditedQueue

CONTEXT = "lane"


class LanedQueue(EditedQueue):
    """An ``EditedQueue`` that goes on into its lane where it would end. With *repeat* it never ends."""

    lane: tuple[QueueEntry, ...] = ()
    autoplay: bool = False
    """Whether the lane is used at all."""

    def upcoming(self, steps: int = 1, *, by_itself: bool = True) -> QueueEntry | None:
        found = super().upcoming(steps, by_itself=by_itself)
        if found is not None or (by_itself and self.stops_after):
            return found
        beyond = self._beyond(steps)
        return self.lane[beyond] if 0 <= beyond < len(self.lane) else None

    def advance(self, steps: int = 1, *, by_itself: bool = True) -> QueueEntry | None:
        found = self.upcoming(steps, by_itself=by_itself)
        if found is not None and found in self.lane:
            return self.turn_to(found.entry_id)
        return super().advance(steps, by_itself=by_itself)

    def go_to(self, entry_id: int | None) -> QueueEntry | None:
        self._join(entry_id)
        return super().go_to(entry_id)

    def turn_to(self, entry_id: int) -> QueueEntry | None:
        self._join(entry_id)
        return super().turn_to(entry_id)

    def _join(self, entry_id: int | None) -> None:
        """An entry of the lane becomes the last of the queue; what stood before it in the lane is passed over."""
        at = next((at for at, entry in enumerate(self.lane) if entry.entry_id == entry_id), -1)
        if at >= 0:
            taken, self.lane = self.lane[at], self.lane[at + 1 :]
            self._forget_next_pass()
            self.entries.append(taken)
            self._by_id[taken.entry_id] = taken
            self._order.append(taken.entry_id)

    def following(self) -> QueueEntry | None:
        """What a listener who asks for the next entry gets; ``None``, too, where a new shuffle is yet to say."""
        is_last = self._cursor + 1 >= len(self._order)
        undecided = self.shuffle and self.repeat == "all" and is_last
        return None if undecided else self.upcoming(by_itself=False)

    def goes_on(self) -> bool:
        """Whether a listener who asks for the next entry gets one."""
        return bool(self.entries and self.repeat == "all") or self.following() is not None

    def reaches(self) -> int:
        """So many entries can be looked ahead to at most: the queue once, and the lane."""
        return len(self.entries) + 1 + len(self.lane)

    def tries(self) -> int:
        """So many entries can be gone to, one after the other, before one of them comes again."""
        return len(self.entries) + (len(self.lane) if self.repeat == "off" else 0)

    # --- keeping

    def saved(self, position_ms: int = 0) -> SavedQueue:
        return replace(super().saved(position_ms), lane=self.lane, autoplay=self.autoplay)

    def restore(self, saved: SavedQueue) -> None:
        """A lane that was kept was wanted, unless it says otherwise."""
        super().restore(saved)
        held = self._by_id.keys()
        self.lane = tuple({entry.entry_id: entry for entry in saved.lane if entry.entry_id not in held}.values())
        self._last_id = max([self._last_id, *(entry.entry_id for entry in self.lane)])
        self.set_autoplay(bool(self.lane) if saved.autoplay is None else saved.autoplay)

    # --- editing the lane

    def set_autoplay(self, autoplay: bool) -> None:
        """Uses the lane, or empties it."""
        self.autoplay = autoplay
        if not autoplay:
            self.lane = ()

    def fill_lane(self, tracks: Sequence[Track]) -> None:
        """Adds tracks at the lane's end, without those it holds already."""
        if self.autoplay:
            held = {entry.track.recording_key for entry in self.lane}
            new = {track.recording_key: track for track in tracks if track.recording_key not in held}
            self.lane += tuple(self._made(list(new.values()), StartedBy.AUTOPLAY, CONTEXT))

    def drop_from_lane(self, entry_ids: Collection[int]) -> list[Track]:
        """Takes entries out of the lane; gives their tracks, in the lane's order."""
        gone = [entry.track for entry in self.lane if entry.entry_id in entry_ids]
        self.lane = tuple(entry for entry in self.lane if entry.entry_id not in entry_ids)
        return gone

    def move_in_lane(self, entry_id: int, target: int) -> None:
        """Puts an entry of the lane so that it stands at ``target`` in it."""
        entries = list(self.lane)
        source = next((at for at, entry in enumerate(entries) if entry.entry_id == entry_id), -1)
        if source >= 0:
            entries.insert(min(max(target, 0), len(entries) - 1), entries.pop(source))
            self.lane = tuple(entries)

    def _beyond(self, steps: int) -> int:
        """Which place of the lane lies so many entries ahead; negative where the queue has not ended there."""
        if self.repeat != "off" or not self.autoplay or (self.entries and self._cursor < 0):
            return -1
        return self._cursor + steps - len(self._order)
