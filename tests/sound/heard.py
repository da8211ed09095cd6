"""What can be seen in a recording without its source: where it is silent, and whether it ever jumps."""

import numpy as np

from tests.playback.sounds import RATE, Sound

_QUIET = 0.003
TONE_HZ = 220
TONE_LEVEL = 0.5
TONE_STEP = 2 * np.pi * TONE_HZ / RATE * TONE_LEVEL
"""The most that two neighbouring samples of the tone differ by."""


def tone(seconds: float) -> Sound:
    """One even tone: whatever makes it jump can be heard as a click, and seen."""
    t = np.arange(int(seconds * RATE)) / RATE
    return np.stack([TONE_LEVEL * np.sin(2 * np.pi * TONE_HZ * t)] * 2, 1).astype(np.float32)


def biggest_jump(heard: Sound) -> float:
    """The most that two neighbouring samples differ by."""
    return float(np.abs(np.diff(heard, axis=0)).max())


def stretches(heard: Sound) -> list[tuple[int, int]]:
    """Where there is sound, as (first frame, frame behind the last), 1.5 periods of the tone apart at least."""
    loud = np.flatnonzero(np.abs(heard[:, 0]) > _QUIET)
    if not len(loud):
        return []
    gaps = np.flatnonzero(np.diff(loud) > 1.5 * RATE / TONE_HZ)
    begins, ends = np.concatenate([[0], gaps + 1]), np.concatenate([gaps, [len(loud) - 1]])
    return [(int(loud[begin]), int(loud[end]) + 1) for begin, end in zip(begins, ends, strict=True)]


def begin_after(heard: Sound, frame: int) -> int | None:
    """Frames from one on until sound begins that was not there; None where the recording ended before."""
    return next((begin - frame for begin, _ in stretches(heard) if begin >= frame), None)


def dip_after(heard: Sound, frame: int) -> int:
    """Frames from one on until sound that is faded out for a moment has come back; on a grid of 5 ms."""
    grid = RATE // 200
    level = np.abs(heard[frame : frame + 2 * RATE, 0])
    loud = level[: len(level) // grid * grid].reshape(-1, grid).max(axis=1) > TONE_LEVEL * 0.6
    down = int(np.argmin(loud))
    return (down + int(np.argmax(loud[down:]))) * grid


def end_after(heard: Sound, frame: int) -> int:
    """Frames from one on until the sound that is there ends."""
    return next(end for _, end in stretches(heard) if end >= frame) - frame
