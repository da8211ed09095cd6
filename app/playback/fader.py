"""What the device is given: the sound of the ring at its volume, every change of which takes 20 ms.

This runs when the device asks, behind everything that is buffered: a pause is heard after what the device holds, less
than a tenth of a second, and not after what the ring holds. A pause takes the next 20 ms of the music and fades them
out; going on begins with the frame behind them, faded in. So each frame is heard once, and counts once.
"""

import time

import numpy as np

from app.playback.block import Block, silence
from app.playback.ramp import Ramp
from app.playback.ring import FRAMES, Ring

FADE_S = 0.02
_LEAD_S = 0.1
"""So much must be there before a new stream begins: a first drop-out is worse than a moment's wait."""


class Fader:
    """Reads one ring. Used from the device's thread alone."""

    def __init__(self, ring: Ring, rate: int) -> None:
        self._ring = ring
        self._fade, self._lead = int(rate * FADE_S), int(rate * _LEAD_S)
        self._ramp = Ramp(self._fade, 0.0)
        self._drops = ring.drops
        self._fresh = True
        """The next frame begins something: it comes at its full level, because its start is the music's own."""
        self._hungry = True
        """Nothing is given until there is enough."""
        self._asked_us = 0
        """When the device asked last in one going; 0 where it does not play."""

    def take(self, frames: int) -> Block:
        """The next frames as they are to be heard, shape (frames, 2)."""
        ring, order = self._ring, self._ring.order
        self._skip_dropped()
        out, playing = silence(frames), bool(order & 1)
        self._measure(playing)
        if playing:
            self._play(out)
        elif self._ramp.value > 0.0:
            self._fade_out(out)
        if not playing and self._ramp.value == 0.0:
            ring.rested = order
        ring.beats += 1
        return out

    def _measure(self, playing: bool) -> None:
        """What tells afterwards where a hole came from."""
        ring, now = self._ring, time.monotonic_ns() // 1_000
        if playing and self._asked_us:
            ring.longest_us = max(ring.longest_us, now - self._asked_us)
            if not self._hungry and ring.finished != ring.written:
                ring.least = min(ring.least or FRAMES, ring.written - ring.taken + 1)
        self._asked_us = now if playing else 0

    def _skip_dropped(self) -> None:
        if self._drops != self._ring.drops:
            self._drops = self._ring.drops
            self._ring.taken = max(self._ring.taken, self._ring.drop)
            self._fresh = self._hungry = True
            self._ramp.jump(0.0)

    def _play(self, out: Block) -> None:
        ring = self._ring
        there = ring.written - ring.taken
        ends = ring.finished == ring.written
        if self._hungry and there < self._lead and not ends:
            return
        if not there:
            if not ends and not self._hungry:
                self._starve(out[:0])
            return
        if self._fresh:
            self._ramp.jump(ring.gain)
        self._fresh = self._hungry = False
        self._ramp.go(ring.gain)
        count = min(there, len(out))
        out[:count] = self._levelled(ring.read(ring.taken, count))
        ring.taken += count
        if count < len(out) and not ends:
            self._starve(out[:count])

    def _fade_out(self, out: Block) -> None:
        ring = self._ring
        self._ramp.go(0.0)
        count = min(ring.written - ring.taken, len(out), self._ramp.left)
        out[:count] = self._levelled(ring.read(ring.taken, count))
        ring.taken += count
        if count < len(out):
            self._ramp.jump(0.0)

    def _levelled(self, block: Block) -> Block:
        """At the volume; the very samples where that is full."""
        if self._ramp.moving:
            return np.asarray(block * self._ramp.take(len(block))[:, None], dtype=np.float32)
        return block if self._ramp.value == 1.0 else block * np.float32(self._ramp.value)

    def _starve(self, last: Block) -> None:
        """The player came too late: the hole has soft edges, and counts."""
        count = min(len(last), self._fade)
        last[len(last) - count :] *= np.linspace(1, 0, count, dtype=np.float32)[:, None]
        self._ring.starved += 1
        self._hungry = True
        self._ramp.jump(0.0)
