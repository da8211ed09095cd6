"""The sound between the player and the child that holds the device: a ring in memory that both see.

Frames are counted for ever, never from zero again; each number has one writer. Nothing waits for the other side: what
the listener wants is a number that the child reads when the device asks it for sound, so that it is heard as soon as
it can be, however much lies in the ring.
"""

import mmap
import os
import tempfile
from typing import Any

import numpy as np

from app.playback.block import Block

FRAMES = 1 << 16
SLOTS = 2
"""Two, so that a device can be opened while another is still heard."""
_HEAD_BYTES = 128
_SIZE_BYTES = _HEAD_BYTES + FRAMES * 8


class _Number:
    """One number in the head of the ring."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __get__(self, ring: "Ring", _owner: Any = None) -> int:
        return int(ring.numbers[self._place])

    def __set__(self, ring: "Ring", value: int) -> None:
        ring.numbers[self._place] = value


class Ring:
    """One slot of the memory."""

    # Written by the player.
    written = _Number(0)
    """The frames that were ever written."""
    order = _Number(1)
    """Grows with each wish; odd while the sound should go on, even while it should rest."""
    drop = _Number(2)
    """What was written before this frame is not wanted any more."""
    drops = _Number(3)
    """How often that was said."""
    finished = _Number(4)
    """The number of frames after which silence is right, where that is known."""
    # Written by the child.
    taken = _Number(8)
    """The frames that the device has taken."""
    rested = _Number(9)
    """The order to rest that has been carried out."""
    starved = _Number(10)
    """How often the device wanted more than there was."""
    beats = _Number(11)
    """How often the device has asked."""
    longest_us = _Number(12)
    """The longest that the device did not ask while it played."""
    least = _Number(13)
    """The fewest frames there were when it asked, plus one; 0 where it has not asked."""

    def __init__(self, memory: mmap.mmap, slot: int) -> None:
        at = slot * _SIZE_BYTES
        self.numbers = np.ndarray(15, np.int64, memory, at)
        self._gain = np.ndarray(1, np.float64, memory, at + 120)
        self._sound = np.ndarray((FRAMES, 2), np.float32, memory, at + _HEAD_BYTES)

    @property
    def gain(self) -> float:
        """What each sample is to be multiplied by. Written by the player."""
        return float(self._gain[0])

    @gain.setter
    def gain(self, value: float) -> None:
        self._gain[0] = value

    def clear(self) -> None:
        """All numbers zero; called by the child before it opens a device on it, and says so."""
        self.numbers[:] = 0
        self.gain = 1.0

    def write(self, block: Block) -> None:
        """Adds frames; there must be room for them."""
        at = self.written % FRAMES
        first = min(len(block), FRAMES - at)
        self._sound[at : at + first] = block[:first]
        self._sound[: len(block) - first] = block[first:]
        self.written += len(block)

    def read(self, frame: int, count: int) -> Block:
        """A copy of so many frames from one on."""
        at = frame % FRAMES
        first = min(count, FRAMES - at)
        if first == count:
            return self._sound[at : at + count].copy()
        return np.concatenate([self._sound[at:], self._sound[: count - first]])


def new_memory() -> int:
    """The descriptor of memory for all slots, which a child can be given."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("segue-sound", os.MFD_CLOEXEC)
    else:  # a file that has lost its name
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, SLOTS * _SIZE_BYTES)
    return descriptor


def mapped(descriptor: int) -> mmap.mmap:
    """The memory behind a descriptor."""
    return mmap.mmap(descriptor, SLOTS * _SIZE_BYTES)
