"""A player that makes no sound: it answers at once, and the clock moves when a test says so."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.device import Outputs
from app.domain.play import EndedBy, Play, StartedBy
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.track import Track
from app.playback.events import QueueChanged

NOW_MS = 1_760_000_000_000


def a_play(track: Track, **fields: object) -> Play:
    """A whole play of a track."""
    play = Play(
        track_id=track.id,
        recording_key=track.recording_key,
        title=track.title,
        artist=track.artist,
        album=track.album,
        duration_ms=track.duration_ms,
        started_at=NOW_MS - track.id * 3_600_000,
        played_ms=track.duration_ms,
        started_by=StartedBy.HAND,
        ended_by=EndedBy.FINISHED,
    )
    return replace(play, **fields)  # type: ignore[arg-type]


class FakePlaybackService(QObject):
    """A player that keeps the queue and its state but makes no sound. Time moves by ``pretend_position`` only."""

    state_changed = Signal(object)
    track_changed = Signal(object)
    retold = Signal(object)
    position_changed = Signal(int)
    duration_changed = Signal(int)
    queue_changed = Signal()
    queue_replaced = Signal(int)
    nothing_queued = Signal()
    play_recorded = Signal(object)
    volume_changed = Signal(int)
    muted_changed = Signal(bool)
    modes_changed = Signal()
    autoplay_changed = Signal(bool)
    speed_changed = Signal(int)
    outputs_changed = Signal()
    trouble = Signal(str)
    output_missing = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = PlaybackState.STOPPED
        self._entries: list[QueueEntry] = []
        self._index = -1
        self._position_ms = 0
        self._volume, self._muted, self._shuffle, self._repeat = 80, False, False, "off"
        self._by_albums = False
        self.shuffled_to: tuple[int, ...] = ()
        self.is_behind = False
        self._next_id = 1
        self._before: list[QueueEntry] | None = None
        self._after: list[QueueEntry] | None = None
        self.stops_after = False
        self.autoplay = False
        self.speed = 100
        self.outputs = Outputs()
        self.output_id = self.wanted_output = ""
        self._lane: list[QueueEntry] = []
        self.taken: list[tuple[list[int], str]] = []

    state = property(lambda self: self._state)
    volume = property(lambda self: self._volume)
    muted = property(lambda self: self._muted)
    shuffle = property(lambda self: self._shuffle)
    by_albums = property(lambda self: self._by_albums)
    repeat = property(lambda self: self._repeat)
    index = property(lambda self: self._index)
    position_ms = property(lambda self: self._position_ms)

    @property
    def following(self) -> QueueEntry | None:
        return next(iter(self.coming()), None)

    def coming(self, most: int | None = None) -> list[QueueEntry]:
        return QueueChanged(
            tuple(self._entries), self._index, bool(self.shuffled_to), self._repeat, self.shuffled_to
        ).coming(most)

    @property
    def current(self) -> QueueEntry | None:
        return self._entries[self._index] if 0 <= self._index < len(self._entries) else None

    @property
    def duration_ms(self) -> int:
        return self.current.track.duration_ms if self.current else 0

    @property
    def undo_says(self) -> str:
        return "Edited" if self._before is not None else ""

    @property
    def redo_says(self) -> str:
        return "Edited" if self._after is not None else ""

    def undo(self) -> None:
        self._after, self._before = self._turn(self._before), None

    def way_back(self) -> Callable[[], None]:
        return self.undo

    def redo(self) -> None:
        self._before, self._after = self._turn(self._after), None

    def bring_next(self, indexes: Sequence[int]) -> None:
        self.move_block([index for index in indexes if index != self._index], self._index + 1)

    def move_block(self, indexes: Sequence[int], before: int) -> None:
        self._before = list(self._entries)
        playing, moved = self.current, [self._entries[index] for index in indexes]
        above = [entry for entry in self._entries[:before] if entry not in moved]
        below = [entry for entry in self._entries[before:] if entry not in moved]
        self._entries = above + moved + below
        self._index = self._entries.index(playing) if playing else -1
        self.queue_changed.emit()

    def play_shuffled(self, tracks: Sequence[Track], context: str = "") -> None:
        self.play_now(list(reversed(tracks)), 0, StartedBy.QUEUE, context)

    def bring_back(self) -> None:
        self.undo()

    def _turn(self, entries: list[QueueEntry] | None) -> list[QueueEntry] | None:
        """Goes over to other entries; what plays stays where it is among them. Gives those that were there."""
        if entries is None:
            return None
        now, playing, self._entries = self._entries, self.current, entries
        self._index = self._entries.index(playing) if playing in self._entries else -1
        self.queue_changed.emit()
        return now

    def lane(self) -> list[QueueEntry]:
        return list(self._lane)

    def set_speed(self, percent: int) -> None:
        self.speed = percent
        self.speed_changed.emit(percent)

    def set_autoplay(self, autoplay: bool) -> None:
        self.autoplay = autoplay
        self.autoplay_changed.emit(autoplay)

    def fill_lane(self, tracks: Sequence[Track]) -> None:
        self._lane += self._made(tracks, StartedBy.AUTOPLAY, "lane")
        self.queue_changed.emit()

    def drop_from_lane(self, entry_ids: Sequence[int]) -> None:
        self._lane = [entry for entry in self._lane if entry.entry_id not in entry_ids]
        self.queue_changed.emit()

    def move_in_lane(self, entry_id: int, target: int) -> None:
        entry = next(entry for entry in self._lane if entry.entry_id == entry_id)
        self._lane.remove(entry)
        self._lane.insert(target, entry)
        self.queue_changed.emit()

    def take_from_lane(self, entry_ids: Sequence[int], how: str, place: int = 0) -> None:
        self.taken.append((list(entry_ids), f"{how} {place}" if how == "at" else how))
        self.drop_from_lane(entry_ids)

    def choose_output(self, device_id: str) -> None:
        self.wanted_output = self.output_id = device_id
        self.outputs_changed.emit()

    def stop_after(self, wanted: bool) -> None:
        self.stops_after = wanted
        self.modes_changed.emit()

    def entries(self) -> list[QueueEntry]:
        return list(self._entries)

    def _made(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> list[QueueEntry]:
        made = [QueueEntry(self._next_id + n, track, started_by, context) for n, track in enumerate(tracks)]
        self._next_id += len(made)
        return made

    def play_now(
        self, tracks: Sequence[Track], start: int = 0, started_by: StartedBy = StartedBy.HAND, context: str = ""
    ) -> None:
        self._entries = self._made(tracks, started_by, context)
        self.queue_changed.emit()
        self._go(start if self._entries else -1)

    def play_offered(self, tracks: Sequence[Track], started_by: StartedBy, context: str = "") -> None:
        if not self._entries:
            self.play_now(tracks, 0, started_by, context)

    def play_next(self, tracks: Sequence[Track], started_by: StartedBy = StartedBy.HAND, context: str = "") -> None:
        at = self._index + 1
        self._entries[at:at] = self._made(tracks, started_by, context)
        self.queue_changed.emit()

    def enqueue(self, tracks: Sequence[Track], started_by: StartedBy = StartedBy.HAND, context: str = "") -> None:
        self._entries += self._made(tracks, started_by, context)
        self.queue_changed.emit()

    def _go(self, index: int) -> None:
        self._index, self._position_ms = index, 0
        self.track_changed.emit(self.current)
        self.duration_changed.emit(self.duration_ms)
        self.position_changed.emit(0)
        self._set_state(PlaybackState.PLAYING if self.current else PlaybackState.STOPPED)

    def _set_state(self, state: PlaybackState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def toggle(self) -> None:
        self.pause() if self._state is PlaybackState.PLAYING else self.play()

    def play(self) -> None:
        if self.current is None and self._entries:
            self._go(0)
        elif self.current is not None:
            self._set_state(PlaybackState.PLAYING)
        else:
            self.nothing_queued.emit()

    def pause(self) -> None:
        if self._state is PlaybackState.PLAYING:
            self._set_state(PlaybackState.PAUSED)

    def stop(self) -> None:
        self._index = -1
        self.track_changed.emit(None)
        self._set_state(PlaybackState.STOPPED)

    def next(self) -> None:
        self._record(EndedBy.SKIPPED)
        self._go(self._index + 1 if self._index + 1 < len(self._entries) else -1)

    def previous(self) -> None:
        self._record(EndedBy.SKIPPED)
        self._go(max(self._index - 1, 0) if self._entries else -1)

    def _record(self, ended_by: EndedBy) -> None:
        if self.current is not None:
            self.play_recorded.emit(a_play(self.current.track, ended_by=ended_by))

    def seek(self, position_ms: int) -> None:
        self._position_ms = min(max(position_ms, 0), self.duration_ms)
        self.position_changed.emit(self._position_ms)

    pretend_position = seek

    def set_volume(self, volume: int) -> None:
        self._volume = min(max(volume, 0), 100)
        self.volume_changed.emit(self._volume)

    def set_muted(self, muted: bool) -> None:
        self._muted = muted
        self.muted_changed.emit(muted)

    def set_by_albums(self, by_albums: bool) -> None:
        self._by_albums = by_albums
        self.modes_changed.emit()

    def set_shuffle(self, shuffle: bool) -> None:
        self._shuffle = shuffle
        self.modes_changed.emit()

    def set_repeat(self, repeat: str) -> None:
        self._repeat = repeat
        self.modes_changed.emit()

    def jump(self, index: int) -> None:
        self._go(index)

    def remove(self, indexes: Sequence[int]) -> None:
        gone, playing, self._before = set(indexes), self.current, list(self._entries)
        self._entries = [entry for n, entry in enumerate(self._entries) if n not in gone]
        self._index = self._entries.index(playing) if playing in self._entries else -1
        self.queue_changed.emit()
        if playing is not None and self.current is None:
            self.stop()

    def move(self, source: int, target: int) -> None:
        """``target`` is where the entry stands afterwards."""
        playing = self.current
        self._entries.insert(target, self._entries.pop(source))
        self._index = self._entries.index(playing) if playing is not None else -1
        self.queue_changed.emit()

    def clear(self) -> None:
        self._entries, self._index = [], -1
        self.queue_changed.emit()
        self.track_changed.emit(None)
        self._set_state(PlaybackState.STOPPED)

    def close(self) -> None:
        self.stop()
