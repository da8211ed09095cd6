"""One endless stream out of many files: no sample lost or added at a border, and a map back from frames to tracks.

Neighbours of the same rate share one resampler, so that an album in pieces comes out as the whole would. Where two
tracks fade into each other, the end of the first is kept while the second begins: for that, the mixer reads ahead of
what it gives by as much as a fade is long. It runs ahead of the ear by that and by what the output buffers;
``segments`` tells what is heard at which frame.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.domain.errors import SegueError
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.playback.crossfade import Fade, Held, Level, fades, kept_back, longest
from app.playback.decoder import Source
from app.playback.sound import Block, Resampler, joined, silence

_RAMP_S = 0.010


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry with its opened source; without one, ``error`` says why, or it is not open yet."""

    entry: QueueEntry
    started_by: StartedBy
    source: Source | None
    error: str = ""

    @property
    def waits(self) -> bool:
        """True while it is being opened."""
        return self.source is None and not self.error


@dataclass(slots=True, eq=False)
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


def _as_it_is(block: Block, _entry: QueueEntry) -> Block:
    return block


class Mixer:
    """Reads the current source to its end and goes on with the one that ``following(steps)`` gives."""

    def __init__(self, rate: int, following: Callable[[int], Prepared | None], level: Level = _as_it_is) -> None:
        """``following(n)``: the n-th entry after the first segment, opened; ``None`` where the queue ends. It is asked
        again for one that is not open yet.

        ``level`` is asked for each stretch when it is given out, so that a change of it is heard soon.
        """
        self.rate = rate
        self.fade_frames = 0
        """How long one track fades into the next where it may; 0: not at all."""
        self.segments: deque[Segment] = deque()
        """The entry that is heard, and behind it those that are already mixed."""
        self._following, self._level = following, level
        self._source: Source | None = None
        self._resampler = Resampler(rate, rate)
        self._held = Held()
        self._begin_at(0)

    @property
    def exhausted(self) -> bool:
        """True once the last frame of the last entry was read."""
        return self._source is None and self._turning is None and not len(self._held)

    @property
    def waits(self) -> bool:
        """True where the last read found nothing, because a file did not give it yet."""
        return self._waits

    @property
    def turning(self) -> bool:
        """True from the end of one source until it is known what follows."""
        return self._turning is not None

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
        self._begin_at(at)
        self._parts.append((0, entry))

    def _begin_at(self, at: int) -> None:
        """The stream's first frame is that many frames into its track."""
        self._held.clear()
        self._turning: tuple[Segment, int] | None = None
        """What has been read to its end, and the border there, until what follows is open."""
        self._waits = False
        self._base = self._fed = self._given = self._grown_from = 0
        self._before, self._ramped_to = at, 0 if at > 0 else self._ramp_frames
        self._parts: deque[tuple[int, QueueEntry]] = deque()
        """From which frame on whose sound stands in the stream, apart from what fades away over it."""
        self._fades: deque[Fade] = deque()
        self._faded_to = 0
        """The frame from which on nothing fades any more."""

    def own_source(self) -> Source | None:
        """The open source of what is heard, unless the mixer has gone past it."""
        return self._source if len(self.segments) == 1 else None

    def clear(self) -> None:
        """Nothing plays; the file is given back."""
        if self._source is not None:
            self._source.close()
        self._source = self._turning = None
        self._held.clear()
        self.segments.clear()

    def read(self) -> Block | None:
        """Some frames (now and then none at all), or ``None`` when everything has been read."""
        if self.exhausted:
            return None
        self._waits = False
        while len(self._held) <= self._kept():
            if not self._read_on():
                break
        ready = len(self._held) - self._kept()
        return self._give(min(max(ready, 0), self.rate))

    def _read_on(self) -> bool:
        """Takes the next block of the source; false where that was its end, and something else may have begun."""
        source, error = self._source, ""
        if source is None:
            self._turn()
            return False
        try:
            block = source.read()
        except SegueError as failure:
            block, error = None, str(failure)
        if block is None:
            source.close()
            self._end(error)
            self._turn()
            return False
        self._waits = not len(block)
        self._fed += len(block)
        self._held.add(self._resampler.push(block))
        return self.fade_frames > 0 and not self._waits

    def _kept(self) -> int:
        """So many frames stay behind: the track may end, and its end is to be faded."""
        if (self._source is None and self._turning is None) or not self.fade_frames:
            return 0
        known = self._given + len(self._held)
        begun = self._parts[-1][0]
        near_end = self._before + known - begun + self.fade_frames >= self.segments[-1].duration_ms * self.rate // 1000
        kept = self.fade_frames if near_end else kept_back(self.fade_frames, known - self._grown_from)
        return max(min(kept, known - max(begun, self._faded_to)), 0)

    # --- from one source to the next

    def _end(self, error: str) -> None:
        """The segment is read to its end."""
        border = self._base + self._resampler.frames_for(self._fed)
        last = self.segments[-1]
        last.end, last.error = border, error
        self._source, self._turning = None, (last, border)

    def _turn(self) -> None:
        """Begins the segment that follows, at once or by a fade, as soon as it is open."""
        if self._turning is None:
            return
        last, border = self._turning
        self._source = self._next_source(border)
        if self._waits:
            return
        self._turning = None
        if self._source is None:
            self._complete(border)
            self._sound_out(last, border)
            return
        if border < last.start:  # it was over before it was the louder one
            begun = self._parts[-1][0]
            self._meet(last, begun, begun + (border - begun) // 2)
        fade = self._fade_at(last, border)
        if fade is not None or self._source.rate != self._resampler.source_rate:
            self._resampler = Resampler(self._source.rate, self.rate)
            self._base, self._fed = border if fade is None else fade.start, 0
        self._parts.append((border if fade is None else fade.start, self.segments[-1].entry))
        self._before = 0

    def _next_source(self, border: int) -> Source | None:
        """Opens what follows. Entries that cannot be opened become segments without length."""
        while (prepared := self._following(len(self.segments))) is not None:
            self._waits = prepared.waits
            if self._waits:
                return None
            source = prepared.source
            segment = Segment(prepared.entry, prepared.started_by, border, 0, source.duration_ms if source else 0)
            self.segments.append(segment)
            if source is not None:
                return source
            segment.end, segment.error = border, prepared.error
        return None

    def _fade_at(self, last: Segment, border: int) -> Fade | None:
        """The fade from what ends at a border into what was just opened; ``None`` where there is to be none."""
        coming, source = self.segments[-1], self._source
        frames = 0
        if self.fade_frames and fades(last.entry.track, coming.entry.track):
            frames = longest(
                self.fade_frames,
                self._before + border - self._parts[-1][0],
                coming.duration_ms * self.rate // 1000,
                border - max(self._given, self._faded_to),
            )
        if frames or (source and source.rate != self._resampler.source_rate):
            self._complete(border)
        if not frames:
            return None
        fade = Fade(last.entry, border - frames, self._held.take_end(frames))
        self._fades.append(fade)
        self._grown_from, self._faded_to = fade.start, fade.end
        self._meet(coming, fade.start, fade.middle)
        return fade

    def _meet(self, coming: Segment, begun: int, at: int) -> None:
        """Puts the border before a segment at a frame; its sound begins at ``begun``."""
        coming.start, coming.offset = at, at - begun
        segments = list(self.segments)
        for before in reversed(segments[: segments.index(coming)]):
            before.start, before.end = min(before.start, at), min(before.end or at, at)

    def _complete(self, border: int) -> None:
        """Takes what the resampler still holds, up to the border."""
        missing = border - self._given - len(self._held)
        rest = self._resampler.flush()[:missing]
        self._held.add(rest)
        self._held.add(silence(missing - len(rest)))

    def _sound_out(self, last: Segment, border: int) -> None:
        """Nothing follows: what still fades away is heard to its end, as part of what was heard last."""
        end = max(border, self._faded_to)
        self._held.add(silence(end - border))
        last.end = end
        segments = list(self.segments)
        for failed in segments[segments.index(last) + 1 :]:
            failed.start = failed.end = end

    # --- giving out

    def _give(self, frames: int) -> Block:
        """The next frames, at their level, with what fades away under them."""
        begun = self._given
        self._given += frames
        block = self._levelled(self._held.take(frames), begun)
        for fade in self._fades:
            block = fade.over(block, begun, self._level)
        while self._fades and self._fades[0].end <= self._given:
            self._fades.popleft()
        return self._ramped(block)

    def _levelled(self, block: Block, begun: int) -> Block:
        ended, pieces = begun + len(block), []
        while len(self._parts) > 1 and self._parts[1][0] <= begun:
            self._parts.popleft()
        ends = [start for start, _ in list(self._parts)[1:]] + [ended]
        for (start, entry), end in zip(self._parts, ends, strict=True):
            first, behind = max(start, begun) - begun, min(end, ended) - begun
            if first < behind:
                pieces.append(self._level(block[first:behind], entry))
        return joined(pieces)

    @property
    def _ramp_frames(self) -> int:
        return int(self.rate * _RAMP_S)

    def _ramped(self, block: Block) -> Block:
        """Raises the first 10 ms after a jump, so that it does not click."""
        total = self._ramp_frames
        if self._ramped_to >= total or not len(block):
            return block
        ramp = np.minimum(np.arange(self._ramped_to, self._ramped_to + len(block), dtype=np.float32) / total, 1.0)
        self._ramped_to += len(block)
        return np.asarray(block * ramp[:, None], dtype=np.float32)
