"""The listener's commands to the queue: what they change in it, and what that means for what plays."""

from collections.abc import Callable, Sequence

from app.domain.play import EndedBy, StartedBy
from app.domain.queue import LaneTaken, PlaybackState
from app.domain.track import Track
from app.playback.lane import CONTEXT, LanedQueue
from app.playback.shuffle import Tastes
from app.playback.started import chosen
from app.playback.teller import Teller


class QueueCommands:
    """The half of the player that edits the queue; the other half plays."""

    state: PlaybackState
    queue: LanedQueue
    _teller: Teller
    _left: tuple[object, int, PlaybackState] = (None, 0, PlaybackState.STOPPED)
    """The edit by which another queue came, the place in what played before, and whether it played."""

    _away: tuple[object, int] = (None, 0)
    """The entry that could not be opened when its queue came back, and the place in it that was kept."""

    _restored = False
    """A queue of last time came back, with its modes."""

    @property
    def position_ms(self) -> int:
        raise NotImplementedError

    def seek(self, position_ms: int) -> None:
        raise NotImplementedError

    def pause(self) -> None:
        raise NotImplementedError

    def _listen(self) -> None:
        raise NotImplementedError

    def _hush(self) -> None:
        raise NotImplementedError

    def _go_on(self) -> None:
        raise NotImplementedError

    def _begin(self, started_by: StartedBy, at_ms: int = 0, *, paused: bool = False) -> None:
        raise NotImplementedError

    def _silence(self) -> None:
        raise NotImplementedError

    def _queue_edited(self) -> None:
        raise NotImplementedError

    def _edit(self, change: Callable[[], object]) -> None:
        """Changes what comes next. What was heard until now was heard in the order as it was."""
        self._listen()
        change()
        self._queue_edited()

    def _leave(self, ended_by: EndedBy) -> None:
        """What plays is over before its end; that it was to be the last is over with it."""
        self._teller.end(ended_by)
        self._away = (None, 0)
        if self.queue.stops_after:
            self.queue.stops_after = False
            self._teller.queue(self.queue)

    def play_now(self, tracks: Sequence[Track], start: int, started_by: StartedBy, context: str) -> None:
        """A new queue, playing from one of its tracks."""
        self._hush()
        place, state = self.position_ms, self.state
        coming = self.queue.left_to_come() if self.queue.current else 0
        self._leave(EndedBy.REPLACED)
        self.queue.replace(tracks, start, started_by, context)
        self._left = (self.queue.last_edit, place, state)
        self._begin(started_by)
        if coming:
            self._teller.replaced(coming)

    def bring_next(self, entry_ids: Sequence[int]) -> None:
        """Entries that wait play next, in a shuffle, too."""
        self._edit(lambda: self.queue.bring_next(entry_ids))

    def play_offered(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> None:
        """The same from the first track, where there is still nothing to play: something else may have been wanted."""
        if self.queue.current is None and not self.queue.entries:
            self.play_now(tracks, 0, started_by, context)

    def play_shuffled(self, tracks: Sequence[Track], context: str) -> None:
        """A new queue of these, in the order of a shuffle."""
        self.play_now(self.queue.shuffled(tracks), 0, StartedBy.QUEUE, context)

    def bring_back(self) -> None:
        """The queue that ``play_now`` put away comes back with its place; what plays in its stead is over."""
        edit, place, state = self._left
        if edit is None or self.queue.last_edit is not edit:
            self.undo()
            return
        self._left = (None, 0, PlaybackState.STOPPED)
        self._hush()
        self._leave(EndedBy.REPLACED)
        self.queue.undo(playing=False)
        current = self.queue.current
        if current is None or state is PlaybackState.STOPPED:
            self._teller.track(self.queue)
            self._silence()
            return
        if state is PlaybackState.PAUSED:
            self.pause()  # what waited for a device does so no more
        self._begin(chosen(current), place, paused=state is PlaybackState.PAUSED)

    def play_at_once(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> None:
        """Adds tracks right behind the current one and goes to the first of them; what waits goes on waiting."""
        self._hush()
        self._leave(EndedBy.REPLACED)
        self.queue.go_to(self.queue.play_next(tracks, started_by, context))
        self._begin(started_by)

    def play_next(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> None:
        """Adds tracks right behind the current one."""
        self._edit(lambda: self.queue.play_next(tracks, started_by, context))

    def enqueue(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> None:
        """Adds tracks at the end."""
        self._edit(lambda: self.queue.enqueue(tracks, started_by, context))

    def insert(self, tracks: Sequence[Track], place: int, started_by: StartedBy, context: str) -> None:
        """Adds tracks at a place of the queue."""
        self._edit(lambda: self.queue.insert(tracks, place, started_by, context))

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Takes entries out; if the one that plays is among them, the next one that stays plays."""
        self._listen()
        if self._is_current(entry_ids):
            self._hush()
        if not self._is_current(entry_ids):
            self.queue.remove(entry_ids)
            self._queue_edited()
            self._go_on()
            return
        heir = self.queue.first_kept(set(entry_ids))
        state = self.state
        self._leave(EndedBy.REPLACED)
        self.queue.remove(entry_ids)
        if heir is not None:
            self.queue.turn_to(heir.entry_id)
        if state is PlaybackState.PLAYING:
            self._begin(StartedBy.QUEUE)
        else:
            self._teller.track(self.queue)
            self._silence()

    def _is_current(self, entry_ids: Sequence[int]) -> bool:
        return self.queue.current is not None and self.queue.current.entry_id in entry_ids

    def move(self, entry_id: int, target: int) -> None:
        """Puts an entry elsewhere in the queue."""
        self._edit(lambda: self.queue.move(entry_id, target))

    def move_block(self, entry_ids: Sequence[int], before: int) -> None:
        """Puts entries together right before a place of the queue."""
        self._edit(lambda: self.queue.move_block(entry_ids, before))

    def clear(self) -> None:
        """Stops and empties the queue."""
        self._hush()
        self._leave(EndedBy.REPLACED)
        self.queue.clear()
        self._teller.track(self.queue)
        self._silence()

    def set_shuffle(self, shuffle: bool) -> None:
        """A shuffled order, or the order on screen."""
        self._edit(lambda: self.queue.set_shuffle(shuffle))

    def set_by_albums(self, by_albums: bool) -> None:
        """Whether a shuffle keeps albums together."""
        self._edit(lambda: self.queue.set_by_albums(by_albums))

    def set_tastes(self, tastes: Tastes) -> None:
        """What the log says of each recording: the next shuffle is weighted by it."""
        self.queue.tastes = tastes

    def set_repeat(self, repeat: str) -> None:
        """``off``, ``all`` or ``one``."""
        self._edit(lambda: self.queue.set_repeat(repeat))

    def begin_with(self, shuffle: bool, repeat: str, by_albums: bool, autoplay: bool) -> None:
        """The modes that were chosen last; a queue that was kept brings its own, and keeps its order."""
        if not self._restored:
            self.set_by_albums(by_albums)
            self.set_shuffle(shuffle)
            self.set_repeat(repeat)
            self.set_autoplay(autoplay)

    # --- the lane

    def set_autoplay(self, autoplay: bool) -> None:
        """Goes on by itself behind the last entry, or not."""
        self._edit(lambda: self.queue.set_autoplay(autoplay))

    def fill_lane(self, tracks: Sequence[Track]) -> None:
        """Adds tracks to the lane."""
        self._edit(lambda: self.queue.fill_lane(tracks))

    def drop_from_lane(self, entry_ids: Sequence[int]) -> None:
        """Takes entries out of the lane."""
        self._edit(lambda: self.queue.drop_from_lane(entry_ids))

    def move_in_lane(self, entry_id: int, target: int) -> None:
        """Puts an entry elsewhere in the lane."""
        self._edit(lambda: self.queue.move_in_lane(entry_id, target))

    def take_from_lane(self, entry_ids: Sequence[int], how: LaneTaken, place: int = 0) -> None:
        """The listener picks entries of the lane: they join the queue, at a place of it too, or play at once."""
        self._listen()
        tracks = self.queue.drop_from_lane(entry_ids)
        if not tracks:
            return
        if how == "play":
            self.play_at_once(tracks, StartedBy.SUGGESTION, CONTEXT)
        elif how == "next":
            self.play_next(tracks, StartedBy.SUGGESTION, CONTEXT)
        elif how == "at":
            self.insert(tracks, place, StartedBy.SUGGESTION, CONTEXT)
        else:
            self.enqueue(tracks, StartedBy.SUGGESTION, CONTEXT)

    def undo(self, *, redo: bool = False) -> None:
        """Takes the last edit of the queue back, or makes the last one again; what plays goes on."""
        self._listen()
        before, playing = self.queue.current, self.state is not PlaybackState.STOPPED
        self.queue.redo(playing=playing) if redo else self.queue.undo(playing=playing)
        if self.queue.current is not before:
            self.queue.stops_after = False
            self._teller.track(self.queue)
        self._queue_edited()

    def take_back(self, edit: object) -> None:
        """Takes an edit of the queue back, where it is the last one still: of others, nobody has spoken."""
        if edit is not None and self.queue.last_edit is edit:
            self.undo()
        else:
            self._teller.edited_since()

    def retell(self, tracks: Sequence[Track]) -> None:
        """Tracks of the queue as the library knows them now: they play on, and are told by their new words."""
        if self._teller.retell(tracks, (*self.queue.entries, *self.queue.lane)):
            self._teller.queue(self.queue)

    def stop_after(self, wanted: bool) -> None:
        """Whether to stop at the end of the current entry."""
        self._edit(lambda: setattr(self.queue, "stops_after", wanted))
