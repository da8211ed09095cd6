"""The mixer joined to an output: what has been written, what of it has been heard, and to which track that belongs."""

from collections import deque
from collections.abc import Callable
from itertools import takewhile

from app.domain.loudness import Loudness
from app.domain.pace import MOST_CROSSFADE_S
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.playback.decoder import Source
from app.playback.loudness import Finish
from app.playback.mixer import Mixer, Prepared, Segment
from app.playback.output import AudioOutput
from app.playback.sound import Block, joined, silence
from app.playback.tempo import Tempo

_MAX_BLOCKS_A_FILL = 64


class Stream:
    """Frames are counted from the last start, as they were mixed: what the output has of them may be faster."""

    def __init__(
        self,
        output: AudioOutput,
        following: Callable[[int], Prepared | None],
        in_album: Callable[[QueueEntry], bool],
    ) -> None:
        """``following(n)``: the n-th entry after the one that is heard, opened; ``None`` where the queue ends."""
        self._output = output
        self._finish, self._tempo = Finish(output.rate, in_album), Tempo(output.rate)
        self._mixer = Mixer(output.rate, following, self._finish.level)
        self._pending: Block | None = None
        self._written = self._heard = 0
        self._over = False

    @property
    def segments(self) -> deque[Segment]:
        """What is heard, and behind it what is already mixed."""
        return self._mixer.segments

    @property
    def failed_in_a_row(self) -> int:
        """How many of the last segments ended in failure without a sound."""
        return sum(1 for _ in takewhile(lambda one: one.error and one.end == one.start, reversed(self.segments)))

    @property
    def waits(self) -> bool:
        """True while a file does not give what was asked of it."""
        return self._mixer.waits

    @property
    def turning(self) -> bool:
        """True from the end of what is mixed last until it is known what follows."""
        return self._mixer.turning

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
        self._reset(entry)
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
            if self.waits and not len(block):
                return
            self._output.write(block[:free])
            self._written += min(len(block), free)
            self._pending = block[free:] if len(block) > free else None

    def set_loudness(self, loudness: Loudness) -> None:
        """From what is mixed next on."""
        self._finish.set(loudness)

    def set_crossfade(self, seconds: float) -> None:
        """How long one track fades into the next; 0: not at all. For borders that are not mixed yet."""
        self._mixer.fade_frames = round(min(max(seconds, 0.0), MOST_CROSSFADE_S) * self._output.rate)

    def set_speed(self, percent: int) -> int:
        """From what is mixed next on, within limits; the pitch stays. Gives the speed that is now."""
        self._tempo.set(percent)
        return self._tempo.percent

    def _next(self) -> Block | None:
        """The next block as it will be heard."""
        mixed = self._mixer.read()
        if mixed is not None:
            return self._finish.push(self._tempo.push(mixed))
        if self._over:
            return None
        self._over = True
        rest = self._tempo.finish()
        last = joined([self._finish.push(rest) if len(rest) else silence(0), self._finish.finish()])
        return last if len(last) else None

    def played(self) -> int:
        """The frame that is heard now."""
        return self._tempo.music_at(min(self._output.played_frames(), self._written))

    def hear_to(self, frame: int) -> int:
        """Moves the ear on to a frame, at most to the end of the first segment; gives how many frames that were."""
        end = self.segments[0].end
        to = frame if end is None else min(frame, end)
        heard = max(to - self._heard, 0)
        self._heard += heard
        return heard

    def _reset(self, going_on: QueueEntry | None = None) -> None:
        self._output.flush()
        self._pending = None
        self._finish.reset(going_on)
        self._tempo.reset()
        self._written = self._heard = 0
        self._over = False
