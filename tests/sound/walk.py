"""A long recording held against its source, sample by sample: every hole, every repeat, every lost stretch."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.signal import fftconvolve

from tests.playback.sounds import Sound

_STRIDE = 65_536
_PATTERN = 32
_FRAME_BYTES = 8

Kind = Literal["silence", "lost", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the recording does not go on as the source does."""

    kind: Kind
    at: int
    """Frame of the source."""
    frames: int


@dataclass(frozen=True, slots=True)
class Walk:
    """What a comparison found. Without breaks the recording holds every sample of the source in its place."""

    compared: int
    """Frames of the source that were found again, bit for bit."""
    breaks: list[Break] = field(default_factory=list)

    def count(self, *kinds: Kind) -> int:
        """How many breaks of these kinds."""
        return sum(1 for each in self.breaks if each.kind in kinds)

    def frames(self, *kinds: Kind) -> int:
        """How many frames they are long together."""
        return sum(each.frames for each in self.breaks if each.kind in kinds)


def frames_of(path: Path) -> Sound:
    """Raw stereo float32 on the disk, without reading it all."""
    count = path.stat().st_size // _FRAME_BYTES
    shape = (count, 2)
    return np.memmap(path, dtype="<f4", mode="r", shape=shape) if count else np.zeros((0, 2), np.float32)


def walk(source: Sound, heard: Sound, rate: int, most: int = 1_000) -> Walk:
    """Follows the source through the recording, from its first sample to its last or to the recording's end.

    Cost: O(n) where they agree; each break costs a search of five seconds.
    """
    at_source, at_heard = 0, beginning(source, heard, rate)
    found = Walk(0, [])
    compared = 0
    while at_source < len(source) and at_heard < len(heard) and len(found.breaks) < most:
        same = _agreeing(source[at_source : at_source + _STRIDE], heard[at_heard : at_heard + _STRIDE])
        compared, at_source, at_heard = compared + same, at_source + same, at_heard + same
        if same == _STRIDE or at_source >= len(source) or at_heard >= len(heard):
            continue
        met, on_source, on_heard = _met(source, heard, at_source, at_heard, rate)
        found.breaks.append(met)
        at_source, at_heard = on_source, on_heard
    if at_source < len(source) and len(found.breaks) < most:
        found.breaks.append(Break("lost", at_source, len(source) - at_source))
    return Walk(compared, found.breaks)


def beginning(source: Sound, heard: Sound, rate: int) -> int:
    """The frame of the recording where the source begins: its first frames, else what sounds most like its start."""
    exact = _found(heard[: 60 * rate], source[:_PATTERN])
    if exact is not None:
        return exact
    pattern = np.asarray(source[:rate, 0])
    near = np.asarray(heard[: 60 * rate, 0])
    return int(np.argmax(fftconvolve(near, pattern[::-1], "valid"))) if len(near) >= len(pattern) else 0


def _agreeing(one: Sound, two: Sound) -> int:
    """How many frames are the same from the start."""
    length = min(len(one), len(two))
    differ = np.any(one[:length] != two[:length], axis=1)
    return int(np.argmax(differ)) if differ.any() else length


def _met(source: Sound, heard: Sound, at_source: int, at_heard: int, rate: int) -> tuple[Break, int, int]:
    """What happened here, and where both go on: the nearest place where they agree again."""
    ahead_heard, ahead_source = heard[at_heard : at_heard + 5 * rate], source[at_source : at_source + 5 * rate]
    later = _found(ahead_heard, ahead_source[:_PATTERN])
    if later is not None:
        quiet = not np.any(ahead_heard[:later])
        return Break("silence" if quiet else "added", at_source, later), at_source, at_heard + later
    quiet_frames = _agreeing(ahead_heard, np.zeros_like(ahead_heard))
    skipped = _found(ahead_source, ahead_heard[quiet_frames : quiet_frames + _PATTERN])
    if skipped is not None:
        kind: Kind = "silence" if quiet_frames > 0 else "lost"
        frames = quiet_frames if quiet_frames > 0 else skipped
        return Break(kind, at_source, frames), at_source + skipped, at_heard + quiet_frames
    return Break("changed", at_source, 1), at_source + 1, at_heard + 1


def _found(where: Sound, pattern: Sound) -> int | None:
    """The first place where the frames of a pattern stand; ``None`` for none, or where the pattern says nothing."""
    if len(pattern) < _PATTERN or not np.any(pattern):
        return None
    raw, needle = _raw(where), _raw(pattern)
    at = raw.find(needle)
    while at >= 0 and at % _FRAME_BYTES:
        at = raw.find(needle, at + 1)
    return at // _FRAME_BYTES if at >= 0 else None


def _raw(sound: npt.NDArray[np.float32]) -> bytes:
    return np.ascontiguousarray(sound, dtype="<f4").tobytes()
