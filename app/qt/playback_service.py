"""Playback for the window: commands go to the audio thread, what happened comes back as signals.

The reads are a mirror of the last events, so they never wait. Queue commands name entries by id, because what stands
at a place may have changed before the audio thread gets there.
"""

import logging
import queue
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.device import Outputs
from app.domain.errors import PlaybackFailed, SegueError
from app.domain.pace import NORMAL_SPEED
from app.domain.play import Play
from app.domain.queue import PlaybackState, QueueEntry, SavedQueue
from app.domain.track import Track
from app.domain.words import mark, plural, say
from app.playback import events
from app.playback.output import AudioOutput, ClockOutput
from app.qt.jobs import Job, Jobs
from app.qt.log_keeper import LogKeeper, PlayLog
from app.qt.playback_commands import PlaybackCommands

Restore = Callable[[], tuple[SavedQueue, Play | None]]
"""The queue of last time, and what was heard of its current entry; called in the audio thread."""

if TYPE_CHECKING:  # imported by the audio thread: the window does not wait for PyAV
    from app.playback.player import Player

log = logging.getLogger(__name__)

_LONGEST_END_S = 10.0
_MOST_BEHIND = 20
_NO_OUTPUT = mark("There is no sound output. Music plays once there is one.")


def device_output(wanted: str = "") -> AudioOutput:
    """The devices of the system: the one the listener chose by its id, or the default; none is no trouble yet."""
    from app.playback.route import RoutedOutput
    from app.playback.sound_process import SoundProcess

    sound = SoundProcess()
    return RoutedOutput(wanted, sound.outputs, sound.open, at_end=sound.close)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class PlaybackService(PlaybackCommands):
    """Owns the audio thread."""

    state_changed = Signal(object)
    track_changed = Signal(object)
    position_changed = Signal(int)
    duration_changed = Signal(int)
    queue_changed = Signal()
    queue_replaced = Signal(int)
    """Another queue plays; so many tracks of the former one were to come. ``bring_back`` takes it back."""
    nothing_queued = Signal()
    """Play was asked for, and nothing is there to be played."""
    play_recorded = Signal(object)
    volume_changed = Signal(int)
    muted_changed = Signal(bool)
    modes_changed = Signal()
    autoplay_changed = Signal(bool)
    speed_changed = Signal(int)
    trouble = Signal(str)
    output_missing = Signal(str)
    outputs_changed = Signal()
    output_chosen = Signal(str)

    _happened = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        plays: PlayLog,
        output_factory: Callable[[], AudioOutput] = device_output,
        now_ms: Callable[[], int] = _now_ms,
        client_version: str = "",
        parent: QObject | None = None,
        restore: Restore | None = None,
        keep_queue: Callable[..., None] | None = None,
        begin: bool = True,
        whereabouts: Callable[[Track], Track] = lambda track: track,
    ) -> None:
        """``plays`` is the log, ``keep_queue`` takes events and keeps the queue; both write in one thread.

        ``whereabouts``: a track with its file where that is now; asked in the thread that opens files.
        ``begin``: the thread starts at once; else with :meth:`start` or the first command.
        """
        super().__init__(parent)
        self._jobs = jobs
        self._output_factory, self._now_ms, self._client_version = output_factory, now_ms, client_version
        self._restore, self._whereabouts = restore, whereabouts
        self._state = PlaybackState.STOPPED
        self._current: QueueEntry | None = None
        self._position_ms = self._duration_ms = 0
        self._queue = events.QueueChanged((), -1, False, "off")
        self._volume, self._muted, self._speed = 100, False, NORMAL_SPEED
        self._outputs, self._output_id = Outputs(), ""
        self.wanted_output = ""
        """The device the listener chose; empty: the system's default."""
        self._commands: queue.SimpleQueue[Callable[[Player], None] | None] = queue.SimpleQueue()
        self._leaving: deque[None] = deque()
        """One for each command that is on its way and in whose stead nothing needs to be opened any more."""
        self._closed = False
        self._happened.connect(self._mirror, Qt.ConnectionType.QueuedConnection)
        self._keeper = LogKeeper(plays, keep_queue, self._happened.emit)
        self._job: Job | None = None
        if begin:
            self.start()

    def start(self) -> None:
        """Starts the audio thread and the one that writes the log, if they are not there yet."""
        if self._job is None and not self._closed:
            self._keeper.start(self._jobs)
            self._job = self._jobs.start("audio", self._work, failed=self.trouble.emit)

    # --- reads

    @property
    def state(self) -> PlaybackState:
        """Playing, paused or stopped."""
        return self._state

    @property
    def current(self) -> QueueEntry | None:
        """What is heard, or would be after *play*."""
        return self._current

    @property
    def position_ms(self) -> int:
        """How far it has been heard."""
        return self._position_ms

    @property
    def duration_ms(self) -> int:
        """How long it is; 0 where nobody knows."""
        return self._duration_ms

    @property
    def volume(self) -> int:
        """0 to 100, as people hear it."""
        return self._volume

    @property
    def muted(self) -> bool:
        """Silent, whatever the volume."""
        return self._muted

    @property
    def speed(self) -> int:
        """How fast, in percent."""
        return self._speed

    @property
    def shuffle(self) -> bool:
        """Plays in a shuffled order."""
        return self._queue.shuffle

    @property
    def by_albums(self) -> bool:
        """A shuffle keeps albums together."""
        return self._queue.by_albums

    @property
    def repeat(self) -> str:
        """``off``, ``all`` or ``one``."""
        return self._queue.repeat

    @property
    def index(self) -> int:
        """Where the current entry stands, or -1."""
        return self._queue.index

    @property
    def undo_says(self) -> str:
        """The edit of the queue that would be taken back; empty where there is none."""
        return self._queue.undo_says

    @property
    def redo_says(self) -> str:
        """The edit of the queue that would be made again; empty where there is none."""
        return self._queue.redo_says

    @property
    def goes_on(self) -> bool:
        """An entry follows, of the queue or of the lane, if the listener asks for the next."""
        return self._queue.goes_on

    @property
    def following(self) -> QueueEntry | None:
        """Which it is; ``None``, too, where a new shuffle is yet to say."""
        return self._queue.following

    @property
    def stops_after(self) -> bool:
        """Stops at the end of the track."""
        return self._queue.stops_after

    @property
    def outputs(self) -> Outputs:
        """The devices there are."""
        return self._outputs

    @property
    def output_id(self) -> str:
        """The device that is heard; empty where there is none."""
        return self._output_id

    @property
    def autoplay(self) -> bool:
        """Goes on by itself behind the last entry of the queue."""
        return self._queue.autoplay

    def lane(self) -> list[QueueEntry]:
        """What plays on by itself then."""
        return list(self._queue.lane)

    def entries(self) -> list[QueueEntry]:
        """The queue as it stands on screen."""
        return list(self._queue.entries)

    @property
    def is_behind(self) -> bool:
        """More was asked for than could be done yet."""
        return self._commands.qsize() > _MOST_BEHIND

    def coming(self, most: int | None = None) -> list[QueueEntry]:
        """The first entries of the queue that have their turn still to come, as they play."""
        return self._queue.coming(most)

    # --- the end

    def choose_output(self, device_id: str) -> None:
        """Another device is to be heard; empty: the system's default."""
        self.wanted_output = device_id
        super().choose_output(device_id)
        self.output_chosen.emit(device_id)

    def close(self) -> None:
        """Ends the play that is going on, stops the thread and waits for it. May be called twice."""
        if not self._closed:
            self._closed = True
            self._leaving.append(None)
            self._commands.put(None)
            if self._job is not None and not self._job.join(_LONGEST_END_S):
                log.error("The audio thread did not end")
            self._keeper.close()

    # --- the audio thread

    def _work(self, cancelled: Callable[[], bool]) -> None:
        from app.playback.loop import run
        from app.playback.patient import PatientSources
        from app.playback.player import Player
        from app.playback.span import Sources

        player = Player(
            self._open_output(),
            self._tell,
            self._now_ms,
            client_version=self._client_version,
            resumes=self._restore is not None,
            sources=PatientSources(
                self._jobs.drives, lambda: bool(self._leaving), partial(Sources, now=self._whereabouts)
            ),
        )
        self._bring_back(player)
        run(player, self._commands, cancelled, self._tell)

    def _bring_back(self, player: "Player") -> None:
        """The queue of last time; trouble with it must not end the music."""
        if self._restore is None:
            return
        try:
            saved, play = self._restore()
            player.restore(saved, play)
        except SegueError as error:
            self._happened.emit(events.Trouble(str(error)))
        except Exception:  # whatever is wrong with what was kept, there is music
            log.exception("The queue of last time could not be brought back")
            self._happened.emit(events.Trouble(say("The queue of last time could not be read.")))
        else:
            if saved.left_out:
                left = say("{} left the library and so the queue.", plural(saved.left_out, "track"))
                self._happened.emit(events.Trouble(left))

    def _open_output(self) -> AudioOutput:
        from app.playback.route import RoutedOutput

        try:
            output = self._output_factory()
            if isinstance(output, RoutedOutput):
                output.told = lambda found, current: self._happened.emit(events.OutputsChanged(found, current))
                output.tell()
                if not output.current:
                    self._happened.emit(events.OutputMissing(say(_NO_OUTPUT)))
            return output
        except PlaybackFailed as error:
            self._happened.emit(events.OutputMissing(str(error)))
            return ClockOutput()

    def _tell(self, event: events.Event) -> None:
        """In the audio thread: passes the event on at once, and what belongs in the log to those who write it."""
        self._keeper.take(event)
        if not isinstance(event, events.PlayEnded | events.PlayProgressed):
            self._happened.emit(event)

    # --- the window's thread

    def _send(self, command: "Callable[[Player], None]", *, leaves: bool = False) -> None:
        if not self._closed:
            if self._job is None:
                self.needed.emit()
            if leaves:
                self._leaving.append(None)
            self._commands.put(partial(self._leave, command) if leaves else command)
            self.start()

    def _leave(self, command: "Callable[[Player], None]", player: "Player") -> None:
        """In the audio thread: it has come to this command."""
        self._leaving.popleft()
        command(player)

    @property
    def _shown_id(self) -> int | None:
        return self._current.entry_id if self._current is not None else None

    def _ids(self, indexes: Sequence[int]) -> list[int]:
        entries = self._queue.entries
        return [entries[index].entry_id for index in indexes if 0 <= index < len(entries)]

    @Slot(object)
    def _mirror(self, event: Any) -> None:
        """Takes over what happened, then tells it."""
        match event:
            case events.PositionChanged(position_ms):
                self._position_ms = position_ms
                self.position_changed.emit(position_ms)
            case events.StateChanged(state):
                self._state = state
                self.state_changed.emit(state)
            case events.TrackChanged(entry, duration_ms):
                self._take_track(entry, duration_ms)
            case events.QueueChanged():
                self._take_queue(event)
            case events.QueueReplaced(coming):
                self.queue_replaced.emit(coming)
            case events.NothingQueued():
                self.nothing_queued.emit()
            case events.VolumeChanged(volume, muted):
                self._take_volume(volume, muted)
            case events.SpeedChanged(percent) if percent != self._speed:
                self._speed = percent
                self.speed_changed.emit(percent)
            case events.PlayEnded(play):
                self.play_recorded.emit(play)
            case events.Trouble(sentence):
                self.trouble.emit(sentence)
            case events.OutputsChanged(found, current):
                self._outputs, self._output_id = found, current
                self.outputs_changed.emit()
            case events.OutputMissing(sentence):
                self.output_missing.emit(sentence)

    def _take_track(self, entry: QueueEntry | None, duration_ms: int) -> None:
        self._current, self._duration_ms, self._position_ms = entry, duration_ms, 0
        self.track_changed.emit(entry)
        self.duration_changed.emit(duration_ms)

    def _take_queue(self, event: events.QueueChanged) -> None:
        before, self._queue, was = self._queue, event, self._current
        now = self._current = event.entries[event.index] if event.index >= 0 else None
        if now is not None and (was is None or now.entry_id != was.entry_id):  # the length of that is not its own
            self._duration_ms, self._position_ms = now.track.duration_ms, 0
        elif now is not None and now != was:
            self.retold.emit(now)
        if before.shown != event.shown:
            self.queue_changed.emit()
        if before.autoplay != event.autoplay:
            self.autoplay_changed.emit(event.autoplay)
        if before.modes != event.modes:
            self.modes_changed.emit()

    def _take_volume(self, volume: int, muted: bool) -> None:
        before = self._volume, self._muted
        self._volume, self._muted = volume, muted
        if before[0] != volume:
            self.volume_changed.emit(volume)
        if before[1] != muted:
            self.muted_changed.emit(muted)
