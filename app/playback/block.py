"""A block of sound: ``(frames, 2) float32``, full scale 1.0. Everything between decoder and device speaks in blocks."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Block = npt.NDArray[np.float32]


def silence(frames: int) -> Block:
    """Zeroes, shape (frames, 2)."""
    return np.zeros((frames, 2), dtype=np.float32)


def joined(blocks: Sequence[Block]) -> Block:
    """One block out of several, in order."""
    if len(blocks) == 1:
        return blocks[0]
    return np.concatenate(blocks) if blocks else silence(0)
