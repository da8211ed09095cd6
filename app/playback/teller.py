"""What the player tells the world: plays to the log, facts to the screen, each when it is due."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.ids import TrackId
from app.domain.play import EndedBy, Play, StartedBy
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.track import Track
from app.domain.words import say
from app.playback.events import (
    Event,
    NothingQueued,
    PlayEnded,
    PlayProgressed,
    PositionChanged,
    QueueChanged,
    QueueReplaced,
    SpeedChanged,
    StateChanged,
    TrackChanged,
    Trouble,
    VolumeChanged,
)
from app.playback.lane import LanedQueue
from app.playback.play_meter import PlayMeter

CHECKPOINT_S = 4
POSITIONS_A_SECOND = 5


class Teller:
    """Keeps the meter and passes events on. Time comes in frames that were heard and through ``now_ms``."""

    def __init__(
        self, emit: Callable[[Event], None], now_ms: Callable[[], int], rate: int, client_version: str
    ) -> None:
        self._emit, self._now_ms, self._rate = emit, now_ms, rate
        self._meter = PlayMeter(rate, client_version)
        self._since_checkpoint = self._since_position = 0
        self._waiting: QueueEntry | None = None
        """Whose play was interrupted by a restart, and goes on once its file can be opened."""
        self._known: dict[TrackId, Track] = {}
        """Tracks that have other words in the library than when they were queued."""

    # --- the play that goes on

    def begin(self, entry: QueueEntry, started_by: StartedBy, duration_ms: int) -> None:
        """An entry is about to sound; where its play waits, that one goes on."""
        if self._waiting is not entry:
            self._settle()
            self._meter.begin(self._as_known(entry), started_by, duration_ms)
        self._waiting = None
        self._since_checkpoint = CHECKPOINT_S * self._rate  # the first sound is kept at once

    def resume(self, entry: QueueEntry, play: Play) -> None:
        """A play goes on that a restart has interrupted."""
        self._meter.resume(entry, play)
        self._since_checkpoint = 0

    def wait(self, entry: QueueEntry, play: Play) -> None:
        """A play that a restart has interrupted cannot go on yet: until it does, or something else plays."""
        self.resume(entry, play)
        self._waiting = entry

    def heard(self, frames: int, position_ms: int) -> None:
        """So many more frames were heard, up to this position."""
        self._meter.hear(frames, self._now_ms())
        self._since_checkpoint += frames
        self._since_position += frames
        if self._since_checkpoint >= CHECKPOINT_S * self._rate:
            self.checkpoint()
        if self._since_position >= self._rate // POSITIONS_A_SECOND:
            self.position(position_ms)

    def checkpoint(self) -> None:
        """The play so far, to be kept in case of a crash."""
        self._since_checkpoint = 0
        play = self._meter.so_far()
        if play is not None:
            self._emit(PlayProgressed(play))

    def end(self, ended_by: EndedBy) -> None:
        """The play is over."""
        self._since_checkpoint, self._waiting = 0, None
        play = self._meter.end(ended_by, self._now_ms())
        if play is not None:
            self._emit(PlayEnded(play))

    def fail(self, entry: QueueEntry, started_by: StartedBy, reason: str) -> None:
        """A play that never sounded, because its file cannot be played."""
        self._settle()
        self.failure(entry, reason)
        self._meter.begin(self._as_known(entry), started_by, entry.track.duration_ms)
        self.end(EndedBy.FAILED)

    def _settle(self) -> None:
        """What was heard of the play that waits is all of it."""
        if self._waiting is not None:
            self.end(EndedBy.REPLACED)

    def replaced(self, coming: int) -> None:
        """Another queue took the place of one with entries to come."""
        self._emit(QueueReplaced(coming))

    def nothing_queued(self) -> None:
        """Music is wanted, and none is there."""
        self._emit(NothingQueued())

    def edited_since(self) -> None:
        """An edit that is to be taken back is not the last one."""
        self._emit(Trouble(say("The queue has changed since then. Its own Undo goes back one step after the other.")))

    def gave_up(self, failures: int) -> None:
        """So many files in a row could not be played that no more are tried."""
        self._emit(Trouble(say("{} files in a row could not be played. Their drive may be away.", failures)))

    # --- what the library says of what is queued

    def retell(self, tracks: Sequence[Track], entries: Sequence[QueueEntry]) -> bool:
        """These are tracks of the entries as they are now; true where one of them is told otherwise from now on."""
        now = {track.id: track for track in tracks}
        others = {entry.track.id for entry in entries if now.get(entry.track.id, entry.track) != entry.track}
        before, self._known = self._known, {track_id: now[track_id] for track_id in others}
        return before != self._known

    def _as_known(self, entry: QueueEntry) -> QueueEntry:
        known = self._known.get(entry.track.id)
        return entry if known is None else replace(entry, track=known)

    def _all_as_known(self, entries: Sequence[QueueEntry]) -> tuple[QueueEntry, ...]:
        return tuple(map(self._as_known, entries)) if self._known else tuple(entries)

    # --- facts

    def state(self, state: PlaybackState) -> None:
        """Playing, paused or stopped."""
        self._emit(StateChanged(state))

    def position(self, position_ms: int) -> None:
        """How far the track has been heard."""
        self._since_position = 0
        self._emit(PositionChanged(position_ms))

    def queue(self, queue: LanedQueue) -> None:
        """The queue and its modes."""
        order = queue.saved().order
        lane, following = self._all_as_known(queue.lane), queue.following()
        says = (queue.undo_says, queue.redo_says, queue.stops_after, lane, queue.autoplay, queue.by_albums)
        entries, coming = self._all_as_known(queue.entries), (queue.goes_on(), following and self._as_known(following))
        self._emit(QueueChanged(entries, queue.index, queue.shuffle, queue.repeat, order, *says, *coming))

    def track(self, queue: LanedQueue, duration_ms: int = 0) -> None:
        """What is current now."""
        entry = queue.current and self._as_known(queue.current)
        self.queue(queue)
        self._emit(TrackChanged(entry, duration_ms or (entry.track.duration_ms if entry else 0)))

    def volume(self, percent: int, muted: bool) -> None:
        """How loud."""
        self._emit(VolumeChanged(percent, muted))

    def speed(self, percent: int) -> None:
        """How fast."""
        self._emit(SpeedChanged(percent))

    def failure(self, entry: QueueEntry, reason: str) -> None:
        """One sentence about a file that cannot be played, or no further."""
        title = self._as_known(entry).track.title
        self._emit(Trouble(say("“{title}” was not played. {reason}", title=title, reason=reason)))
