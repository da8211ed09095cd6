"""What the window asks of the audio thread: each command is sent there, and none waits for it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.loudness import Loudness
from app.domain.play import Play, StartedBy
from app.domain.queue import LaneTaken
from app.domain.track import Track

if TYPE_CHECKING:  # imported by the audio thread: the window does not wait for PyAV
    from app.playback.player import Player
    from app.playback.shuffle import Tastes


class PlaybackCommands(QObject):
    """The listener's commands; who inherits says how they are sent, and which entry stands at which place."""

    needed = Signal()
    """A command comes before the player was begun: it is to know first what the listener chose."""
    queued = Signal(list, bool)
    """Tracks were put into the queue; true: right behind the current one."""
    retold = Signal(object)
    """The current entry, whose track has other words than before."""

    def _send(self, command: "Callable[[Player], None]", *, leaves: bool = False) -> None:
        """``leaves``: something else is to be heard, or nothing; what does not open is not waited for any more."""
        raise NotImplementedError

    @property
    def _shown_id(self) -> int | None:
        """The entry that the listener takes for the current one."""
        raise NotImplementedError

    def _ids(self, indexes: Sequence[int]) -> list[int]:
        raise NotImplementedError

    def play_now(
        self, tracks: Sequence[Track], start: int = 0, started_by: StartedBy = StartedBy.HAND, context: str = ""
    ) -> None:
        """A new queue, playing from one of its tracks."""
        tracks = tuple(tracks)
        self._send(lambda player: player.play_now(tracks, start, started_by, context), leaves=True)

    def play_offered(self, tracks: Sequence[Track], started_by: StartedBy, context: str = "") -> None:
        """A new queue, where there is still nothing to play once it is its turn."""
        tracks = tuple(tracks)
        self._send(lambda player: player.play_offered(tracks, started_by, context))

    def play_at_once(self, tracks: Sequence[Track], started_by: StartedBy = StartedBy.HAND, context: str = "") -> None:
        """Plays tracks now, in front of what waits in the queue."""
        tracks = tuple(tracks)
        self._send(lambda player: player.play_at_once(tracks, started_by, context), leaves=True)

    def play_next(self, tracks: Sequence[Track], started_by: StartedBy = StartedBy.HAND, context: str = "") -> None:
        """Adds tracks right behind the current one."""
        tracks = tuple(tracks)
        self._send(lambda player: player.play_next(tracks, started_by, context))
        self.queued.emit(list(tracks), True)

    def enqueue(self, tracks: Sequence[Track], started_by: StartedBy = StartedBy.HAND, context: str = "") -> None:
        """Adds tracks at the end."""
        tracks = tuple(tracks)
        self._send(lambda player: player.enqueue(tracks, started_by, context))
        self.queued.emit(list(tracks), False)

    def insert(
        self, tracks: Sequence[Track], place: int, started_by: StartedBy = StartedBy.HAND, context: str = ""
    ) -> None:
        """Adds tracks so that the first stands at a place of the queue."""
        tracks = tuple(tracks)
        self._send(lambda player: player.insert(tracks, place, started_by, context))
        self.queued.emit(list(tracks), False)

    def play_at(
        self, tracks: Sequence[Track], place: int, started_by: StartedBy = StartedBy.HAND, context: str = ""
    ) -> None:
        """Adds tracks so that the first stands at a place of the queue, and plays it."""
        tracks = tuple(tracks)
        self._send(lambda player: player.play_at(tracks, place, started_by, context), leaves=True)

    def toggle(self) -> None:
        """Plays or pauses."""
        self._send(lambda player: player.toggle())

    def play(self) -> None:
        """Goes on, or begins."""
        self._send(lambda player: player.play())

    def pause(self) -> None:
        """Falls silent and stays where it is."""
        self._send(lambda player: player.pause())

    def stop(self) -> None:
        """Falls silent and goes back to the start of the track."""
        self._send(lambda player: player.stop(), leaves=True)

    def next(self) -> None:
        """The entry behind the one that is shown, which may have ended by itself by the time this is heard."""
        shown_id = self._shown_id
        self._send(lambda player: player.next(shown_id), leaves=True)

    def previous(self) -> None:
        """The start of the track, or the entry before."""
        self._send(lambda player: player.previous(), leaves=True)

    def skip_on(self) -> None:
        """The next entry; what is paused or stopped remains so."""
        shown_id = self._shown_id
        self._send(lambda player: player.skip_on(shown_id), leaves=True)

    def skip_back(self) -> None:
        """The start of the track, or the entry before; what is paused or stopped remains so."""
        self._send(lambda player: player.skip_back(), leaves=True)

    def seek(self, position_ms: int) -> None:
        """Goes to a place in the track."""
        self._send(lambda player: player.seek(position_ms))

    def seek_by(self, offset_ms: int) -> None:
        """Goes on or back in the track from where it is then; behind its end it is the next entry."""
        self._send(lambda player: player.seek_by(offset_ms))

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        self._send(lambda player: player.set_volume(percent))

    def set_muted(self, muted: bool) -> None:
        """Silent without losing the volume."""
        self._send(lambda player: player.set_muted(muted))

    def set_shuffle(self, shuffle: bool) -> None:
        """A shuffled order, or the one on screen."""
        self._send(lambda player: player.set_shuffle(shuffle))

    def set_by_albums(self, by_albums: bool) -> None:
        """Whether a shuffle keeps albums together."""
        self._send(lambda player: player.set_by_albums(by_albums))

    def set_tastes(self, tastes: "Tastes") -> None:
        """What the log says of each recording, for the shuffle."""
        self._send(lambda player: player.set_tastes(tastes))

    def heard(self, play: Play) -> None:
        """A play has ended: the shuffle is to know of it."""
        self._send(lambda player: player.queue.tastes.heard(play))

    def set_repeat(self, repeat: str) -> None:
        """``off``, ``all`` or ``one``."""
        self._send(lambda player: player.set_repeat(repeat))

    def begin_with(self, shuffle: bool, repeat: str, by_albums: bool, autoplay: bool) -> None:
        """The modes that were chosen last, where no queue was kept that brings its own."""
        self._send(lambda player: player.begin_with(shuffle, repeat, by_albums, autoplay))

    def set_loudness(self, loudness: Loudness) -> None:
        """Level and equaliser; without a gap, as soon as what is buffered has been heard."""
        self._send(lambda player: player.set_loudness(loudness))

    def set_crossfade(self, seconds: int) -> None:
        """How long one track fades into the next; 0: not at all."""
        self._send(lambda player: player.set_crossfade(seconds))

    def set_speed(self, percent: int) -> None:
        """How fast, at the same pitch; heard as soon as what is buffered has been heard."""
        self._send(lambda player: player.set_speed(percent))

    def jump(self, index: int) -> None:
        """Plays the entry at a place of the queue."""
        ids = self._ids([index])
        self._send(lambda player: player.jump(ids[0]) if ids else None, leaves=True)

    def remove(self, indexes: Sequence[int]) -> None:
        """Takes entries out of the queue."""
        ids = self._ids(indexes)
        self._send(lambda player: player.remove(ids))

    def move(self, source: int, target: int) -> None:
        """Puts the entry at one place so that it stands at another."""
        ids = self._ids([source])
        self._send(lambda player: player.move(ids[0], target) if ids else None)

    def bring_next(self, indexes: Sequence[int]) -> None:
        """Entries that wait play next, in a shuffle, too."""
        ids = self._ids(indexes)
        self._send(lambda player: player.bring_next(ids))

    def move_block(self, indexes: Sequence[int], before: int) -> None:
        """Puts the entries at these places together, right before another place."""
        ids = self._ids(indexes)
        self._send(lambda player: player.move_block(ids, before))

    def play_shuffled(self, tracks: Sequence[Track], context: str = "") -> None:
        """A new queue of these, in the order of a shuffle."""
        tracks = tuple(tracks)
        self._send(lambda player: player.play_shuffled(tracks, context), leaves=True)

    def bring_back(self) -> None:
        """The queue that another one took the place of comes back, with its place."""
        self._send(lambda player: player.bring_back(), leaves=True)

    def clear(self) -> None:
        """Stops and empties the queue."""
        self._send(lambda player: player.clear(), leaves=True)

    def undo(self) -> None:
        """Takes the last edit of the queue back."""
        self._send(lambda player: player.undo())

    def way_back(self) -> Callable[[], None]:
        """Takes back the edit of the queue that was asked for just now; where others followed, that is said instead."""
        edits: list[object] = []
        self._send(lambda player: edits.append(player.queue.last_edit))
        return lambda: self._send(lambda player: player.take_back(edits[0]))

    def redo(self) -> None:
        """Makes the edit of the queue again that was taken back last."""
        self._send(lambda player: player.undo(redo=True))

    def set_autoplay(self, autoplay: bool) -> None:
        """Goes on by itself behind the last entry of the queue, or not."""
        self._send(lambda player: player.set_autoplay(autoplay))

    def fill_lane(self, tracks: Sequence[Track]) -> None:
        """Adds tracks to the autoplay lane."""
        tracks = tuple(tracks)
        self._send(lambda player: player.fill_lane(tracks))

    def drop_from_lane(self, entry_ids: Sequence[int]) -> None:
        """Takes entries out of the lane."""
        self._send(lambda player: player.drop_from_lane(entry_ids))

    def move_in_lane(self, entry_id: int, target: int) -> None:
        """Puts an entry elsewhere in the lane."""
        self._send(lambda player: player.move_in_lane(entry_id, target))

    def take_from_lane(self, entry_ids: Sequence[int], how: LaneTaken, place: int = 0) -> None:
        """Entries of the lane join the queue, at a place of it too, or play at once."""
        self._send(lambda player: player.take_from_lane(entry_ids, how, place))

    def choose_output(self, device_id: str) -> None:
        """Another device is to be heard; empty: the system's default."""
        self._send(lambda player: player.choose_output(device_id))

    def retell(self, tracks: Sequence[Track]) -> None:
        """Tracks of the queue as the library knows them now."""
        self._send(lambda player: player.retell(tracks))

    def stop_after(self, wanted: bool) -> None:
        """Whether to stop at the end of the track."""
        self._send(lambda player: player.stop_after(wanted))
