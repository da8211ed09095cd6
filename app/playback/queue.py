"""The queue as plain values: entries as the listener sees them, and the order in which they play.

``entries`` is what stands on screen. ``_order`` is one pass over it (the same sequence, or shuffled), and behind the
first ``len(entries)`` places whatever of the next pass has already been decided, so that looking ahead for a gapless
border and arriving there later give the same answer.
"""

import random
from collections.abc import Collection, Sequence
from typing import Literal, cast, get_args

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.domain.track import Track, follows
from app.playback import shuffle

Repeat = Literal["off", "all", "one"]


class PlayQueue:
    """Entries, the current one, shuffle and repeat. No sound, no threads, no clock."""

    def __init__(self, rng: random.Random | None = None) -> None:
        self.entries: list[QueueEntry] = []
        self.shuffle = False
        self.by_albums = False
        """A shuffle keeps albums together."""
        self.tastes = shuffle.Tastes()
        self.repeat: Repeat = "off"
        self._rng = rng or random.Random()
        self._last_id = 0
        self._order: list[int] = []
        self._cursor = -1
        self._by_id: dict[int, QueueEntry] = {}

    @property
    def current(self) -> QueueEntry | None:
        """The entry that plays or will play; ``None`` before the first and after the last."""
        return self._by_id[self._order[self._cursor]] if self._cursor >= 0 else None

    @property
    def index(self) -> int:
        """Where the current entry stands on screen, or -1."""
        current = self.current
        return -1 if current is None else self.place(current.entry_id)

    def place(self, entry_id: int) -> int:
        """Where an entry stands on screen, or -1 where it is no longer there."""
        return next((i for i, entry in enumerate(self.entries) if entry.entry_id == entry_id), -1)

    def entry(self, entry_id: int) -> QueueEntry | None:
        """The entry with this id, if it still waits here."""
        return self._by_id.get(entry_id)

    # --- looking

    def upcoming(self, steps: int = 1, *, by_itself: bool = True) -> QueueEntry | None:
        """What plays ``steps`` entries after the current one; ``None`` past the end.

        ``by_itself`` is the end of a track, where *repeat one* holds; a listener who asks for the next gets the next.
        """
        if not self.entries:
            return None
        if by_itself and self.repeat == "one" and self._cursor >= 0:
            return self.current
        place = self._cursor + steps
        while self.repeat == "all" and place >= len(self._order):
            self._order += self._new_pass(after=tuple(self._order))
        return self._by_id[self._order[place]] if place < len(self._order) else None

    def preceding(self) -> QueueEntry | None:
        """What played before the current one in this pass, or the last of the queue with *repeat all*."""
        if self._cursor > 0:
            return self._by_id[self._order[self._cursor - 1]]
        if self._cursor == 0 and self.repeat == "all":
            return self._by_id[self._order[len(self.entries) - 1]]
        return None

    def left_to_come(self) -> int:
        """How many entries come after the current one in this pass."""
        return len(self.entries) - 1 - self._cursor

    def in_album(self, entry: QueueEntry) -> bool:
        """True where an entry plays right before or after its neighbour on the album."""
        if entry.entry_id not in self._by_id:
            return False
        at = self._order.index(entry.entry_id)
        before, after = self._order[at - 1 : at] if at else [], self._order[at + 1 : at + 2]
        return any(follows(self._by_id[one].track, entry.track) for one in before) or any(
            follows(entry.track, self._by_id[one].track) for one in after
        )

    # --- going

    def advance(self, steps: int = 1, *, by_itself: bool = True) -> QueueEntry | None:
        """Makes ``upcoming(steps)`` the current entry."""
        found = self.upcoming(steps, by_itself=by_itself)
        if found is None:
            self._cursor = -1
            self._fit_order()
        elif not (by_itself and self.repeat == "one" and self._cursor >= 0):
            self._cursor += steps
            while self._cursor >= len(self.entries):
                self._cursor -= len(self.entries)
                del self._order[: len(self.entries)]
        return found

    def go_to(self, entry_id: int | None) -> QueueEntry | None:
        """Makes an entry the current one. In a shuffle it is taken out of its turn; the others keep theirs."""
        if entry_id is None or entry_id not in self._by_id:
            self._cursor = -1
            return None
        self._forget_next_pass()
        old = self._order.index(entry_id)
        if self.shuffle and old != self._cursor:
            place = self._cursor + (old > self._cursor)
            self._order.insert(place, self._order.pop(old))
        self._cursor = self._order.index(entry_id)
        return self._by_id[entry_id]

    def turn_to(self, entry_id: int) -> QueueEntry | None:
        """Goes back to an entry that has had its turn, or on to the heir of one that is gone: the order stays."""
        to_come = entry_id in self._by_id and self._order.index(entry_id) > self._cursor >= 0
        if to_come or entry_id not in self._by_id:
            return self.go_to(entry_id)
        self._forget_next_pass()
        self._cursor = self._order.index(entry_id)
        return self._by_id[entry_id]

    # --- editing

    def replace(self, tracks: Sequence[Track], start: int, started_by: StartedBy, context: str) -> None:
        """A new queue with one track chosen; the others are what follows it."""
        self.entries = self._made(tracks, started_by, context)
        self._by_id = {entry.entry_id: entry for entry in self.entries}
        self._cursor, self._order = -1, []
        if self.entries:
            chosen = self.entries[min(max(start, 0), len(self.entries) - 1)].entry_id
            self._order = self._new_pass(first=chosen)
            self._cursor = self._order.index(chosen)

    def play_next(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> int | None:
        """Puts tracks right behind the current one, in their order; gives the first one's entry id."""
        added = self._made(tracks, started_by, context)
        place = self.index + 1
        self._insert(added, place)
        if self.shuffle:
            self._order[self._cursor + 1 : self._cursor + 1] = [entry.entry_id for entry in added]
        return added[0].entry_id if added else None

    def enqueue(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> None:
        """Puts tracks at the end; in a shuffle each gets a turn somewhere among those not played yet."""
        self.insert(tracks, len(self.entries), started_by, context)

    def insert(self, tracks: Sequence[Track], place: int, started_by: StartedBy, context: str) -> None:
        """Puts tracks so that the first stands at a place on screen; in a shuffle they get turns like any others."""
        added = self._made(tracks, started_by, context)
        self._insert(added, min(max(place, 0), len(self.entries)))
        if self.shuffle:
            for entry in added:
                last = len(self._order)
                place = last if self.by_albums else self._rng.randint(self._cursor + 1, last)
                self._order.insert(place, entry.entry_id)

    def remove(self, entry_ids: Collection[int]) -> None:
        """Takes entries out. If the current one is among them, nothing is current."""
        gone = set(entry_ids) & self._by_id.keys()
        current = self.current
        self._forget_next_pass()
        self.entries = [entry for entry in self.entries if entry.entry_id not in gone]
        self._order = [entry_id for entry_id in self._order if entry_id not in gone]
        for entry_id in gone:
            del self._by_id[entry_id]
        kept = current is not None and current.entry_id not in gone
        self._cursor = self._order.index(current.entry_id) if kept and current is not None else -1

    def move(self, entry_id: int, target: int) -> None:
        """Puts an entry so that it stands at ``target`` on screen."""
        source = self.place(entry_id)
        if source < 0:
            return
        entry = self.entries.pop(source)
        self.entries.insert(min(max(target, 0), len(self.entries)), entry)
        if not self.shuffle:
            self._fit_order()

    def move_block(self, entry_ids: Collection[int], before: int) -> None:
        """Puts entries together, in their order on screen, right before the one that stands at a place there."""
        ids = set(entry_ids)
        moved = [entry for entry in self.entries if entry.entry_id in ids]
        above = [entry for entry in self.entries[: max(before, 0)] if entry.entry_id not in ids]
        below = [entry for entry in self.entries[max(before, 0) :] if entry.entry_id not in ids]
        self.entries = above + moved + below
        if not self.shuffle:
            self._forget_next_pass()
            self._fit_order()

    def bring_next(self, entry_ids: Collection[int]) -> None:
        """Puts entries right behind the current one, in their order on screen: they play next, in a shuffle, too."""
        current, ids = self.current, set(entry_ids)
        if current is not None:
            ids.discard(current.entry_id)
        brought = [entry.entry_id for entry in self.entries if entry.entry_id in ids]
        self.move_block(ids, self.index + 1)
        if self.shuffle:
            self._forget_next_pass()
            self._order = [entry_id for entry_id in self._order if entry_id not in ids]
            self._cursor = -1 if current is None else self._order.index(current.entry_id)
            self._order[self._cursor + 1 : self._cursor + 1] = brought

    def shuffled(self, tracks: Sequence[Track]) -> list[Track]:
        """Tracks in an order as a shuffle of them would play."""
        wanted = shuffle.order(tracks, self.tastes.weight, self.tastes.recent, self._rng, by_albums=self.by_albums)
        return [tracks[place] for place in wanted]

    def clear(self) -> None:
        """Nothing waits."""
        self.remove(list(self._by_id))

    def set_shuffle(self, shuffle: bool) -> None:
        """A new order around the current entry, which goes on."""
        if shuffle == self.shuffle:
            return
        current = self.current
        self.shuffle = shuffle
        first = current.entry_id if current else None
        self._order = self._new_pass(first=first)
        self._cursor = -1 if first is None else self._order.index(first)

    def set_by_albums(self, by_albums: bool) -> None:
        """What a shuffle moves about: albums, or tracks."""
        changed, self.by_albums = by_albums != self.by_albums, by_albums
        current = self.current
        if changed and self.shuffle:
            first = current.entry_id if current else None
            self._order = self._new_pass(first=first)
            self._cursor = -1 if first is None else self._order.index(first)

    def set_repeat(self, repeat: str) -> None:
        """``off``, ``all`` or ``one``; anything else changes nothing."""
        if repeat in get_args(Repeat):
            self.repeat = cast(Repeat, repeat)
            self._forget_next_pass()

    # --- the order

    def _made(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> list[QueueEntry]:
        first = self._last_id + 1
        self._last_id += len(tracks)
        return [QueueEntry(first + i, track, started_by, context) for i, track in enumerate(tracks)]

    def _insert(self, added: list[QueueEntry], place: int) -> None:
        self._forget_next_pass()
        self.entries[place:place] = added
        self._by_id.update((entry.entry_id, entry) for entry in added)
        if not self.shuffle:
            self._fit_order()

    def _fit_order(self) -> None:
        """The order from the screen, or a fresh shuffle where nothing is current; the current entry stays current."""
        current = self.current
        if self.shuffle and current is not None:
            return
        self._order = self._new_pass()
        self._cursor = -1 if current is None else self._order.index(current.entry_id)

    def _forget_next_pass(self) -> None:
        del self._order[len(self.entries) :]

    def _new_pass(self, *, first: int | None = None, after: Sequence[int] = ()) -> list[int]:
        """Every entry once. A shuffle may be told what to begin with, and what was played before."""
        if not self.shuffle:
            return [entry.entry_id for entry in self.entries]
        recent = [*self.tastes.recent, *(self._by_id[entry_id].track.recording_key for entry_id in after)]
        tracks = [entry.track for entry in self.entries]
        places = shuffle.order(tracks, self.tastes.weight, recent, self._rng, by_albums=self.by_albums)
        ids = [self.entries[place].entry_id for place in places]
        return ids if first is None else self._begun_with(first, ids)

    def _begun_with(self, first: int, ids: list[int]) -> list[int]:
        """The order with one entry first; where albums stay together, the rest of its album follows it."""
        album = self._by_id[first].track.album_key
        together = [i for i in ids if self.by_albums and album and self._by_id[i].track.album_key == album]
        begun = together[together.index(first) :] if together else [first]
        taken = set(begun)
        return begun + [entry_id for entry_id in ids if entry_id not in taken]
