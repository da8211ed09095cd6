"""Faster or slower with the pitch kept: FFmpeg's ``atempo``, and the map from what is heard back to the music.

At normal speed the blocks go by untouched. Each stretch at another speed has a filter of its own, which begins on the
sample where the stretch begins and ends on the one where it ends, so that a change neither clicks nor skips. Time is
the music's: the position, the length and the milliseconds of the log say how much of the track was heard, so that a
track heard through at double speed was heard whole.
"""

from collections import deque
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from av import AudioFrame
from av.error import BlockingIOError as NotYet
from av.error import EOFError as NoMore
from av.filter import Graph

from app.domain.pace import FASTEST, NORMAL_SPEED, SLOWEST
from app.playback.sound import Block, interleaved, joined, silence


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From this output frame on, each of them is so much of the music."""

    out: int
    music: int
    percent: int


class Tempo:
    """Takes blocks of music and gives them at a speed; counts both, from the beginning of the stream."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self.percent = NORMAL_SPEED
        """How fast what is pushed next will be."""
        self.reset()

    def reset(self) -> None:
        """A new stream begins."""
        self._out = self._music = 0
        self._filter: _Filter | None = None
        self._stretches = deque([_Stretch(0, 0, self.percent)])

    def set(self, percent: int) -> None:
        """From the next block on."""
        self.percent = min(max(percent, SLOWEST), FASTEST)

    def push(self, block: Block) -> Block:
        """What is ready; the very same block at normal speed."""
        rest = self._turn() if self.percent != self._stretches[-1].percent else silence(0)
        self._music += len(block)
        if self.percent != NORMAL_SPEED:
            self._filter = self._filter or _Filter(self._rate, self.percent)
            block = self._filter.push(block)
        given = joined([rest, block]) if len(rest) else block
        self._out += len(block)
        return given

    def finish(self) -> Block:
        """The last frames. What is pushed after them begins a stretch of its own."""
        return self._turn()

    def music_at(self, out: int) -> int:
        """The frame of the music that stands at an output frame; frames asked for must not go back."""
        while len(self._stretches) > 1 and self._stretches[1].out <= out:
            self._stretches.popleft()
        now = self._stretches[0]
        end = self._stretches[1].music if len(self._stretches) > 1 else self._music
        return min(now.music + (out - now.out) * now.percent // NORMAL_SPEED, end)

    def _turn(self) -> Block:
        """Ends the stretch with all that was held back, and begins one at the speed that is wanted."""
        rest = self._filter.finish() if self._filter is not None else silence(0)
        self._filter = None
        self._out += len(rest)
        self._stretches.append(_Stretch(self._out, self._music, self.percent))
        return rest


class _Filter:
    """One ``atempo`` from its first sample to its last."""

    def __init__(self, rate: int, percent: int) -> None:
        self._rate, self._pushed = rate, 0
        self._graph = Graph()
        self._source = self._graph.add_abuffer(
            format="flt", sample_rate=rate, layout="stereo", time_base=Fraction(1, rate)
        )
        tempo = self._graph.add("atempo", f"{percent / NORMAL_SPEED:.2f}")
        self._sink = self._graph.add("abuffersink")
        self._source.link_to(tempo)
        tempo.link_to(self._sink)
        self._graph.configure()

    def push(self, block: Block) -> Block:
        """Takes a block and gives what is ready."""
        if not len(block):
            return silence(0)
        packed = np.ascontiguousarray(block, dtype=np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate, frame.pts = self._rate, self._pushed
        self._pushed += len(block)
        self._source.push(frame)
        return self._ready()

    def finish(self) -> Block:
        """The last frames."""
        self._source.push(None)
        return self._ready()

    def _ready(self) -> Block:
        frames: list[AudioFrame] = []
        while True:
            try:
                frame = self._sink.pull()
            except (NotYet, NoMore):
                return interleaved(frames)
            if isinstance(frame, AudioFrame):
                frames.append(frame)
