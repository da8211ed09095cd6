"""What the desktop asks of the player, as MPRIS means it: a step to another track leaves a pause a pause.

https://specifications.freedesktop.org/mpris-spec/latest/Player_Interface.html
"""

from collections.abc import Sequence

from app.domain.play import EndedBy, StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track
from app.playback.queue_commands import QueueCommands
from app.playback.stream import Stream

RESTART_MS = 3_000
"""``previous`` goes back to the start of a track that has played longer than this."""


class DesktopCommands(QueueCommands):
    """The third part of the player: the same steps as the listener's, where the music stays as it is."""

    _stream: Stream
    _passing = False
    """It played, and what was to come was left alone for what is asked for next: that plays."""

    def next(self, shown_id: int | None = None) -> None:
        raise NotImplementedError

    def previous(self) -> None:
        raise NotImplementedError

    def jump(self, entry_id: int) -> None:
        raise NotImplementedError

    def skip_on(self, shown_id: int | None = None) -> None:
        """The next entry; what is paused or stopped remains so."""
        if self.state is PlaybackState.PLAYING or self._passing:
            self.next(shown_id)
            return
        self._hush()
        self._leave(EndedBy.SKIPPED)
        self.queue.advance(by_itself=False)
        self._stay(StartedBy.QUEUE)

    def skip_back(self) -> None:
        """The start of the track, or the entry before; what is paused or stopped remains so."""
        before = self.queue.preceding()
        if self.state is PlaybackState.PLAYING or self._passing:
            self.previous()
        elif before is None or self.position_ms > RESTART_MS:
            self.seek(0)
        else:
            self._hush()
            self._leave(EndedBy.SKIPPED)
            self.queue.turn_to(before.entry_id)
            self._stay(StartedBy.HAND)

    def seek_by(self, offset_ms: int) -> None:
        """Goes on or back from where the ear is now; behind the end it is the next entry."""
        if self.state is PlaybackState.STOPPED:
            return
        self._hush()
        segments, current = self._stream.segments, self.queue.current
        duration_ms = (segments[0].duration_ms if segments else 0) or (current.track.duration_ms if current else 0)
        target_ms = self.position_ms + offset_ms
        if 0 < duration_ms < target_ms:
            self.skip_on()
        else:
            self.seek(target_ms)

    def play_at(self, tracks: Sequence[Track], place: int, started_by: StartedBy, context: str) -> None:
        """Adds tracks at a place of the queue and goes to the first of them; what waits goes on waiting."""
        if tracks:
            place = min(max(place, 0), len(self.queue.entries))
            self.insert(tracks, place, started_by, context)
            self.jump(self.queue.entries[place].entry_id)

    def _stay(self, started_by: StartedBy) -> None:
        """Stands at the start of the current entry, without a sound."""
        if self.state is PlaybackState.STOPPED:
            self._teller.track(self.queue)
        else:
            self._begin(started_by, paused=True)
