"""The queue with a memory: every edit can be taken back and made again, and the whole can be kept over a restart.

What plays goes on playing through undo and redo. Where an older queue does not hold it, it takes a place right before
the entry that was current then, which so comes next.
"""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.track import Track
from app.domain.words import plural, say
from app.playback.queue import PlayQueue

MOST_EDITS: Final = 50


@dataclass(frozen=True, slots=True)
class _Form:
    """The queue at one moment."""

    entries: tuple[QueueEntry, ...]
    order: tuple[int, ...]
    current_id: int | None
    shuffle: bool


@dataclass(frozen=True, slots=True)
class _Edit:
    """What was done, and the other form of the queue: the one before it, or after it where it was taken back."""

    says: str
    form: _Form


class EditedQueue(PlayQueue):
    """A ``PlayQueue`` whose edits are remembered. Playing on and repeat are no edits."""

    def __init__(self, rng: random.Random | None = None) -> None:
        super().__init__(rng)
        self._done: list[_Edit] = []
        self._undone: list[_Edit] = []
        self._editing = False
        self.stops_after = False
        """Nothing follows the current entry by itself: the listener wants silence then."""

    def upcoming(self, steps: int = 1, *, by_itself: bool = True) -> QueueEntry | None:
        if by_itself and self.stops_after:
            return None
        return super().upcoming(steps, by_itself=by_itself)

    def first_kept(self, gone: Collection[int]) -> QueueEntry | None:
        """What plays next once these entries are gone."""
        for step in range(1, len(self.entries) + 1):
            entry = self.upcoming(step, by_itself=False)
            if entry is None or entry.entry_id not in gone:
                return entry
        return None

    @property
    def undo_says(self) -> str:
        """What ``undo`` would take back; empty where there is nothing."""
        return self._done[-1].says if self._done else ""

    @property
    def last_edit(self) -> object:
        """The very edit that ``undo`` would take back, to be known again."""
        return self._done[-1] if self._done else None

    @property
    def redo_says(self) -> str:
        """What ``redo`` would do again; empty where there is nothing."""
        return self._undone[-1].says if self._undone else ""

    def undo(self, *, playing: bool = True) -> str:
        """Takes the last edit back; says which that was. ``playing``: the current entry must stay current."""
        return self._change_over(self._done, self._undone, playing)

    def redo(self, *, playing: bool = True) -> str:
        """Makes the edit again that was taken back last; says which that was."""
        return self._change_over(self._undone, self._done, playing)

    # --- edits

    def replace(self, tracks: Sequence[Track], start: int, started_by: StartedBy, context: str) -> None:
        self._edit(say("Another queue"), lambda: super(EditedQueue, self).replace(tracks, start, started_by, context))

    def play_next(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> int | None:
        first: list[int | None] = []
        says = say("Added {} next", plural(len(tracks), "track"))
        self._edit(says, lambda: first.append(super(EditedQueue, self).play_next(tracks, started_by, context)))
        return first[0]

    def enqueue(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> None:
        says = say("Added {}", plural(len(tracks), "track"))
        self._edit(says, lambda: super(EditedQueue, self).enqueue(tracks, started_by, context))

    def insert(self, tracks: Sequence[Track], place: int, started_by: StartedBy, context: str) -> None:
        says = say("Added {}", plural(len(tracks), "track"))
        self._edit(says, lambda: super(EditedQueue, self).insert(tracks, place, started_by, context))

    def remove(self, entry_ids: Collection[int]) -> None:
        says = say("Removed {}", plural(len(set(entry_ids) & self._by_id.keys()), "track"))
        self._edit(says, lambda: super(EditedQueue, self).remove(entry_ids))

    def move(self, entry_id: int, target: int) -> None:
        self._edit(say("Moved a track"), lambda: super(EditedQueue, self).move(entry_id, target))

    def move_block(self, entry_ids: Collection[int], before: int) -> None:
        says = say("Moved {}", plural(len(set(entry_ids) & self._by_id.keys()), "track"))
        self._edit(says, lambda: super(EditedQueue, self).move_block(entry_ids, before))

    def bring_next(self, entry_ids: Collection[int]) -> None:
        says = say("Moved {}", plural(len(set(entry_ids) & self._by_id.keys()), "track"))
        self._edit(says, lambda: super(EditedQueue, self).bring_next(entry_ids))

    def clear(self) -> None:
        self._edit(say("Emptied the queue"), super().clear)

    def set_shuffle(self, shuffle: bool) -> None:
        says = say("Shuffle on") if shuffle else say("Shuffle off")
        self._edit(says, lambda: super(EditedQueue, self).set_shuffle(shuffle))

    # --- keeping

    def saved(self, position_ms: int = 0) -> SavedQueue:
        """Everything a restart must not lose."""
        form = self._form()
        modes = (form.shuffle, self.repeat)
        return SavedQueue(form.entries, form.order, form.current_id, position_ms, *modes, by_albums=self.by_albums)

    def restore(self, saved: SavedQueue) -> None:
        """The queue as it was kept; whatever does not fit together is put right."""
        ids = [entry.entry_id for entry in saved.entries]
        whole = len(saved.order) == len(ids) and set(saved.order) == set(ids)
        current_id = saved.current_id if saved.current_id in ids else None
        self._take(_Form(saved.entries, saved.order if whole else tuple(ids), current_id, saved.shuffle))
        self._last_id = max([self._last_id, *ids])
        self.set_repeat(saved.repeat)
        self.by_albums = bool(saved.by_albums)

    def _edit(self, says: str, change: Callable[[], None]) -> None:
        """Makes a change and remembers how it was before, unless nothing changed or it is part of another edit."""
        if self._editing:
            change()
            return
        before = self._form()
        self._editing = True
        try:
            change()
        finally:
            self._editing = False
        after = self._form()
        only_modes = not before.entries and not after.entries
        if only_modes or (before.entries, before.shuffle) == (after.entries, after.shuffle):
            return
        self._done = [*self._done, _Edit(says, before)][-MOST_EDITS:]
        self._undone = []

    def _change_over(self, taken: list[_Edit], given: list[_Edit], playing: bool) -> str:
        if not taken:
            return ""
        edit = taken.pop()
        given.append(_Edit(edit.says, self._form()))
        self._take(_with_playing(edit.form, self.current if playing else None))
        return edit.says

    def _form(self) -> _Form:
        current = self.current
        order = tuple(self._order[: len(self.entries)])
        return _Form(tuple(self.entries), order, current.entry_id if current else None, self.shuffle)

    def _take(self, form: _Form) -> None:
        self.entries, self._order, self.shuffle = list(form.entries), list(form.order), form.shuffle
        self._by_id = {entry.entry_id: entry for entry in form.entries}
        self._cursor = -1 if form.current_id is None else self._order.index(form.current_id)


def _with_playing(form: _Form, playing: QueueEntry | None) -> _Form:
    """The form with what plays as its current entry."""
    if playing is None:
        return form
    ids = [entry.entry_id for entry in form.entries]
    entries, order = list(form.entries), list(form.order)
    if playing.entry_id not in ids:
        known = form.current_id is not None
        entries.insert(ids.index(form.current_id) if known else 0, playing)  # type: ignore[arg-type]
        order.insert(order.index(form.current_id) if known else 0, playing.entry_id)  # type: ignore[arg-type]
    return _Form(tuple(entries), tuple(order), playing.entry_id, form.shuffle)
