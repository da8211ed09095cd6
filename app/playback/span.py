"""Tracks that are parts of one file, as a cue sheet has them: each a source of its own, joined without a seam.

The border between two such tracks is one sample of the file, the end of the first and the start of the second. Where
one plays after the other, the second goes on with the open file of the first: nothing is sought, so that lossy files
too come out as if they had not been cut.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.domain.cue_time import to_sample
from app.domain.errors import PlaybackFailed, UnreadableFile
from app.domain.track import Track
from app.playback.decoder import Decoder, Source
from app.playback.sound import Block

_BEHIND_THE_END = "This track begins behind the end of its file."


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open file that stands at a sample; ``ready`` is a block of it that was read ahead."""

    path: bytes
    source: Source
    at: int
    ready: Block | None = None


class OpensTracks(Protocol):
    """Gives the sound of tracks."""

    def open(self, track: Track) -> Source:
        """The sound of a track.

        Raises:
            SegueError: it is gone, or cannot be played.
        """

    def ready(self, track: Track) -> Source | None:
        """The same without waiting: ``None`` where it is still being opened, and is to be asked for again."""

    def close(self) -> None:
        """Gives back what nobody has taken."""


class Sources:
    """Opens tracks, whole files and parts of them. The file of a part that was played to its end waits for the next."""

    def __init__(
        self, open_file: Callable[[bytes], Source] = Decoder, now: Callable[[Track], Track] = lambda track: track
    ) -> None:
        """``now``: the track with its file where that is now. What waits may have moved since it was queued."""
        self._open_file, self._now = open_file, now
        self._waiting: _Opened | None = None

    def open(self, track: Track) -> Source:
        """The sound of a track.

        Raises:
            SegueError: it is gone, or cannot be played.
        """
        track = self._now(track)
        if not track.start_ms and track.end_ms is None:
            self.close()
            return self._open_file(track.file)
        opened = self._next_in_line(track) or self._opened(track)
        try:
            return Span(opened, track.start_ms, track.end_ms, self._keep)
        except BaseException:
            opened.source.close()
            raise

    def ready(self, track: Track) -> Source:
        """The same: here, nothing is read ahead."""
        return self.open(track)

    def close(self) -> None:
        """Closes the file that waits."""
        if self._waiting is not None:
            self._waiting.source.close()
        self._waiting = None

    def _keep(self, opened: _Opened) -> None:
        self.close()
        self._waiting = opened

    def _next_in_line(self, track: Track) -> _Opened | None:
        """The file that waits, where this track is what comes next in it."""
        waiting = self._waiting
        if waiting and waiting.path == track.file and waiting.at == to_sample(track.start_ms, waiting.source.rate):
            self._waiting = None
            return waiting
        self.close()
        return None

    def _opened(self, track: Track) -> _Opened:
        file = self._open_file(track.file)
        start = to_sample(track.start_ms, file.rate)
        try:
            if start:
                file.seek(start)
        except PlaybackFailed as error:
            file.close()
            if 0 < file.duration_ms <= track.start_ms:
                raise UnreadableFile(_BEHIND_THE_END) from error
            raise
        return _Opened(track.file, file, start)


class Span:
    """Part of an open file. Frames are counted from its own start."""

    def __init__(self, opened: _Opened, start_ms: int, end_ms: int | None, keep: Callable[[_Opened], None]) -> None:
        """The file stands at ``start_ms``. ``keep`` takes it over once it was played exactly to ``end_ms``.

        Raises:
            SegueError: nothing of the part is there, or it cannot be read.
        """
        self._path, self._file, self._keep = opened.path, opened.source, keep
        self.rate = self._file.rate
        self.duration_ms = max((self._file.duration_ms if end_ms is None else end_ms) - start_ms, 0)
        self._start = self._at = opened.at
        self._end = None if end_ms is None else to_sample(end_ms, self.rate)
        self._in_step = True
        self._ready = opened.ready if opened.ready is not None else self._file.read()
        if self._ready is None:
            raise UnreadableFile(_BEHIND_THE_END)

    def read(self) -> Block | None:
        """The next block, or ``None`` after the last."""
        if self._end is not None and self._at >= self._end:
            return None
        block, self._ready = self._ready, None
        if block is None:
            block = self._file.read()
        if block is None:
            return None
        left = len(block) if self._end is None else self._end - self._at
        if left < len(block):
            block, self._ready = block[:left], block[left:]
        self._at += len(block)
        return block

    def seek(self, frame: int) -> None:
        """Makes ``frame`` the next one read; beyond the end, nothing follows."""
        self._at = self._start + max(frame, 0)
        self._ready = None
        self._in_step = self._end is None or self._at < self._end
        if self._in_step:
            self._file.seek(self._at)

    def close(self) -> None:
        """Gives the file back, or leaves it open for the track that begins where this one ends."""
        if self._in_step and self._at == self._end:
            self._keep(_Opened(self._path, self._file, self._at, self._ready))
        else:
            self._file.close()
