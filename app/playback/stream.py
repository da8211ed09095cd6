"""The mixer joined to an output: what has been written, what of it has been heard, and to which track that belongs."""

from collections import deque
from collections.abc import Callable
from itertools import takewhile

from app.domain.loudness import Loudness
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.playback.decoder import Source
from app.playback.level import Stretch
from app.playback.loudness import Finish
from app.playback.mixer import Mixer, Prepared, Segment
from app.playback.output import AudioOutput
from app.playback.sound import Block

_MAX_BLOCKS_A_FILL = 64


class Stream:
    """Frames are counted from the last start; the output counts the same way."""

    def __init__(
        self,
        output: AudioOutput,
        following: Callable[[int], Prepared | None],
        in_album: Callable[[QueueEntry], bool],
    ) -> None:
        """``following(n)``: the n-th entry after the one that is heard, opened; ``None`` where the queue ends."""
        self._output = output
        self._mixer = Mixer(output.rate, following)
        self._finish = Finish(output.rate, in_album)
        self._pending: Block | None = None
        self._written = self._heard = self._mixed = 0

    @property
    def segments(self) -> deque[Segment]:
        """What is heard, and behind it what is already mixed."""
        return self._mixer.segments

    @property
    def failed_in_a_row(self) -> int:
        """How many of the last segments ended in failure without a sound."""
        return sum(1 for _ in takewhile(lambda one: one.error and one.end == one.start, reversed(self.segments)))

    @property
    def position_ms(self) -> int:
        """How far the first segment's track has been heard; 0 where there is none."""
        return self.segments[0].position_ms(self._heard, self._output.rate) if self.segments else 0

    @property
    def position(self) -> int:
        """The same in frames."""
        return self.segments[0].offset + self._heard - self.segments[0].start if self.segments else 0

    def start(self, entry: QueueEntry, started_by: StartedBy, source: Source, at: int = 0) -> None:
        """Drops what was written and not heard, and begins with this source, ``at`` frames into the track."""
        self._reset()
        self._mixer.start(entry, started_by, source, at)

    def flush(self) -> None:
        """Drops everything; nothing plays."""
        self._reset()
        self._mixer.clear()

    def own_source(self) -> Source | None:
        """The open source of what is heard, unless the mixer has gone past it."""
        return self._mixer.own_source()

    def fill(self) -> None:
        """Writes as much as the output takes, in reasonable bites."""
        for _ in range(_MAX_BLOCKS_A_FILL):
            free = self._output.free_frames()
            if free <= 0:
                return
            block = self._pending if self._pending is not None else self._next()
            if block is None:
                self._output.finish()
                return
            self._output.write(block[:free])
            self._written += min(len(block), free)
            self._pending = block[free:] if len(block) > free else None

    def set_loudness(self, loudness: Loudness) -> None:
        """From what is mixed next on."""
        self._finish.set(loudness)

    def _next(self) -> Block | None:
        """The next block as it will be heard."""
        mixed = self._mixer.read()
        if mixed is None:
            last = self._finish.finish()
            return last if len(last) else None
        begun, self._mixed = self._mixed, self._mixed + len(mixed)
        return self._finish.push(mixed, self._stretches(begun, self._mixed))

    def _stretches(self, begun: int, ended: int) -> list[Stretch]:
        """Which entries these frames of the stream belong to, and how many to each."""
        parts = [
            (one.entry, (ended if one.end is None else min(one.end, ended)) - max(one.start, begun))
            for one in self.segments
        ]
        return [(entry, frames) for entry, frames in parts if frames > 0]

    def played(self) -> int:
        """The frame that is heard now."""
        return min(self._output.played_frames(), self._written)

    def hear_to(self, frame: int) -> int:
        """Moves the ear on to a frame, at most to the end of the first segment; gives how many frames that were."""
        end = self.segments[0].end
        to = frame if end is None else min(frame, end)
        heard = max(to - self._heard, 0)
        self._heard += heard
        return heard

    def _reset(self) -> None:
        self._output.flush()
        self._pending = None
        self._finish.reset()
        self._written = self._heard = self._mixed = 0
