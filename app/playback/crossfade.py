"""One track into the next: when, for how long, and how loud each of the two is at a sample.

Equal power: the gains of the two are the cosine and the sine of one angle, so that their squares always add up to
one and the loudness of unlike music does not dip in the middle. That middle is where the track changes for the
listener: the screen and the log go with the louder of the two, so no millisecond is counted for both.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.domain.queue import QueueEntry
from app.domain.track import Track, follows
from app.playback.sound import Block, joined

_SHARE = 3
"""A fade takes a third of a track at most: what is between two fades is longer than either, and counts as a listen."""

Gains = npt.NDArray[np.float64]
Level = Callable[[Block, QueueEntry], Block]
"""Brings frames of an entry to its level."""


def fades(first: Track, second: Track) -> bool:
    """False inside an album that plays in order, and where a cue sheet cut one file in two."""
    one_file = first.file == second.file and first.end_ms is not None and first.end_ms == second.start_ms
    return not one_file and not follows(first, second)


def longest(wanted: int, first: int, second: int, held: int) -> int:
    """Frames of a fade between tracks of so many frames, of whose first so many are at hand; 0 is not known.

    >>> longest(1000, 9000, 2400, 5000), longest(1000, 9000, 0, 500), longest(1000, 90, 9000, 60)
    (800, 500, 30)
    """
    return max(min(wanted, first // _SHARE, second // _SHARE if second else wanted, held), 0)


def kept_back(wanted: int, read: int) -> int:
    """How much of what was read of a track waits, so that there is something to fade when it turns out to end.

    >>> kept_back(1000, 300), kept_back(1000, 9000)
    (100, 1000)
    """
    return min(wanted, read // _SHARE)


def gains(frames: int, begun: int, ended: int) -> tuple[Gains, Gains]:
    """What goes and what comes at the frames ``begun`` to ``ended`` of a fade of so many; each shape (n, 1)."""
    angle = ((np.arange(begun, ended) + 0.5) * (np.pi / 2 / frames))[:, None]
    return np.cos(angle), np.sin(angle)


@dataclass(frozen=True, slots=True)
class Fade:
    """The end of an entry that sounds on over what follows it, from the output frame ``start`` on."""

    entry: QueueEntry
    start: int
    tail: Block

    @property
    def end(self) -> int:
        """The first frame that it does not reach."""
        return self.start + len(self.tail)

    @property
    def middle(self) -> int:
        """The first frame in which the one that comes is the louder one."""
        return self.start + len(self.tail) // 2

    def over(self, block: Block, at: int, level: Level) -> Block:
        """The block, which stands at a frame of the output and is at its level, with this under it."""
        begun, ended = max(at, self.start) - self.start, min(at + len(block), self.end) - self.start
        if begun >= ended:
            return block
        going, coming = gains(len(self.tail), begun, ended)
        mixed, inside = block.astype(np.float64), slice(self.start + begun - at, self.start + ended - at)
        mixed[inside] *= coming
        mixed[inside] += level(self.tail[begun:ended], self.entry) * going
        return mixed.astype(np.float32)


class Held:
    """Frames in order that were mixed and not given out yet."""

    def __init__(self) -> None:
        self._blocks: deque[Block] = deque()
        self._frames = 0

    def __len__(self) -> int:
        return self._frames

    def add(self, block: Block) -> None:
        """At the end."""
        if len(block):
            self._blocks.append(block)
            self._frames += len(block)

    def take(self, frames: int) -> Block:
        """The first frames, in the very block they came in where that has as many."""
        taken = []
        self._frames -= frames
        while frames > 0:
            block = self._blocks.popleft()
            if len(block) > frames:
                self._blocks.appendleft(block[frames:])
                block = block[:frames]
            taken.append(block)
            frames -= len(block)
        return joined(taken)

    def take_end(self, frames: int) -> Block:
        """The last frames."""
        taken: deque[Block] = deque()
        self._frames -= frames
        while frames > 0:
            block = self._blocks.pop()
            if len(block) > frames:
                self._blocks.append(block[:-frames])
                block = block[-frames:]
            taken.appendleft(block)
            frames -= len(block)
        return joined(taken)

    def clear(self) -> None:
        """Drops everything."""
        self._blocks.clear()
        self._frames = 0
