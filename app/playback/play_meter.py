"""Turns what was heard into exactly one play a track, exact to the millisecond heard.

The meter counts frames that left the output. Pauses, jumps within the track and clocks that move do not reach it.
"""

from app.domain.play import EndedBy, Play, StartedBy
from app.domain.queue import QueueEntry


class PlayMeter:
    """One play at a time: ``begin``, then ``hear`` as often as there is something, then ``end``."""

    def __init__(self, rate: int, client_version: str) -> None:
        """``rate``: frames a second of the output whose frames are counted."""
        self._rate, self._client_version = rate, client_version
        self._entry: QueueEntry | None = None
        self._started_by = StartedBy.HAND
        self._duration_ms, self._frames, self._started_at = 0, 0, 0

    @property
    def sounded(self) -> bool:
        """True once a part of the play that is going on was heard."""
        return self._frames > 0

    def begin(self, entry: QueueEntry, started_by: StartedBy, duration_ms: int) -> None:
        """A play is about to sound. One that was going on must have been ended before."""
        self._entry, self._started_by = entry, started_by
        self._duration_ms = entry.track.duration_ms or duration_ms
        self._frames, self._started_at = 0, 0

    def resume(self, entry: QueueEntry, play: Play) -> None:
        """Goes on with a play that was cut off: what was heard of it counts, and it stays one play."""
        self._entry, self._started_by = entry, play.started_by
        self._duration_ms = play.duration_ms
        self._frames, self._started_at = play.played_ms * self._rate // 1000, play.started_at

    def hear(self, frames: int, now_ms: int) -> None:
        """So many more frames were heard until now. The first of them set the time the play started."""
        if self._entry is None or frames <= 0:
            return
        if not self._frames:
            self._started_at = now_ms - self._ms(frames)
        self._frames += frames

    def end(self, ended_by: EndedBy, now_ms: int) -> Play | None:
        """The play that is over. One that never sounded is no play, unless it failed."""
        if not self.sounded:
            self._started_at = now_ms
        play = self._play(ended_by) if self.sounded or ended_by is EndedBy.FAILED else None
        self._entry, self._frames = None, 0
        return play

    def so_far(self) -> Play | None:
        """The play that is going on as it would stand in the log after a crash; ``None`` while nothing has sounded."""
        return self._play(EndedBy.REPLACED) if self.sounded else None

    def _ms(self, frames: int) -> int:
        return round(frames * 1000 / self._rate)

    def _play(self, ended_by: EndedBy) -> Play | None:
        if self._entry is None:
            return None
        track = self._entry.track
        return Play(
            track_id=track.id if track.in_library else None,
            recording_key=track.recording_key,
            title=track.title,
            artist=track.artist,
            album=track.album,
            duration_ms=self._duration_ms,
            started_at=self._started_at,
            played_ms=self._ms(self._frames),
            started_by=self._started_by,
            ended_by=ended_by,
            client_version=self._client_version,
            context=self._entry.context,
        )
