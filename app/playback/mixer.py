"""One endless stream out of many files: no sample lost or added at a border, and a map back from frames to tracks.

Neighbours of the same rate share one resampler, so that an album in pieces comes out as the whole would. The mixer
runs ahead of the ear by what the output buffers; ``segments`` tells what is heard at which frame.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.domain.errors import SegueError
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.playback.decoder import Source
from app.playback.sound import Block, Resampler, joined, silence

_FADE_S = 0.010


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry with its opened source; without one, ``error`` says why."""

    entry: QueueEntry
    started_by: StartedBy
    source: Source | None
    error: str = ""


@dataclass(slots=True)
class Segment:
    """A stretch of the output that belongs to one entry. Frames are output frames since ``start``."""

    entry: QueueEntry
    started_by: StartedBy
    start: int
    offset: int
    """Where in the track the stretch begins, in frames as well."""
    duration_ms: int
    end: int | None = None
    """The first frame that is not part of it; ``None`` while it is still being decoded."""
    error: str = ""
    """Why it ended, where that was not the end of the file."""

    def position_ms(self, frame: int, rate: int) -> int:
        """Where in the track an output frame is."""
        return (self.offset + max(frame - self.start, 0)) * 1000 // rate


class Mixer:
    """Reads the current source to its end and goes on with the one that ``following(steps)`` gives."""

    def __init__(self, rate: int, following: Callable[[int], Prepared | None]) -> None:
        """``following(n)``: the n-th entry after the first segment, opened; ``None`` where the queue ends."""
        self.rate = rate
        self.segments: deque[Segment] = deque()
        """The entry that is heard, and behind it those that are already mixed."""
        self._following = following
        self._source: Source | None = None
        self._resampler = Resampler(rate, rate)
        self._base = self._fed = self._produced = self._faded = 0

    @property
    def exhausted(self) -> bool:
        """True once the last frame of the last entry was read."""
        return self._source is None

    def start(self, entry: QueueEntry, started_by: StartedBy, source: Source, at: int = 0) -> None:
        """Begins a new stream with this source; ``at`` frames into the track, faded in there."""
        used = source is self._source
        if not used:
            self.clear()
        self._source = source
        if used or at > 0:
            source.seek(at * source.rate // self.rate)
        self.segments.clear()
        self.segments.append(Segment(entry, started_by, 0, at, source.duration_ms))
        self._resampler = Resampler(source.rate, self.rate)
        self._base = self._fed = self._produced = 0
        self._faded = 0 if at > 0 else self._fade_frames

    def own_source(self) -> Source | None:
        """The open source of what is heard, unless the mixer has gone past it."""
        return self._source if len(self.segments) == 1 else None

    def clear(self) -> None:
        """Nothing plays; the file is given back."""
        if self._source is not None:
            self._source.close()
        self._source = None
        self.segments.clear()

    def read(self) -> Block | None:
        """Some frames (now and then none at all), or ``None`` when everything has been read."""
        source, error = self._source, ""
        if source is None:
            return None
        try:
            block = source.read()
        except SegueError as failure:
            block, error = None, str(failure)
        if block is None:
            source.close()
            mixed = self._turn(error)
        else:
            self._fed += len(block)
            mixed = self._resampler.push(block)
        self._produced += len(mixed)
        return self._fade_in(mixed)

    def _turn(self, error: str) -> Block:
        """Ends the segment and begins the next; gives what the resampler still held, where it changes."""
        border = self._base + self._resampler.frames_for(self._fed)
        last = self.segments[-1]
        last.end, last.error = border, error
        self._source = self._next_source(border)
        if self._source is not None and self._source.rate == self._resampler.source_rate:
            return silence(0)
        wanted = border - self._produced
        rest = self._resampler.flush()[:wanted]
        if self._source is not None:
            self._resampler = Resampler(self._source.rate, self.rate)
            self._base, self._fed = border, 0
        return joined([rest, silence(wanted - len(rest))])

    def _next_source(self, border: int) -> Source | None:
        """Opens what follows. Entries that cannot be opened become segments without length."""
        while (prepared := self._following(len(self.segments))) is not None:
            source = prepared.source
            segment = Segment(prepared.entry, prepared.started_by, border, 0, source.duration_ms if source else 0)
            self.segments.append(segment)
            if source is not None:
                return source
            segment.end, segment.error = border, prepared.error
        return None

    @property
    def _fade_frames(self) -> int:
        return int(self.rate * _FADE_S)

    def _fade_in(self, block: Block) -> Block:
        """Raises the first 10 ms after a jump, so that it does not click."""
        total = self._fade_frames
        if self._faded >= total or not len(block):
            return block
        ramp = np.minimum(np.arange(self._faded, self._faded + len(block), dtype=np.float32) / total, 1.0)
        self._faded += len(block)
        return np.asarray(block * ramp[:, None], dtype=np.float32)
