"""A community's numbers in few bytes, and back.

key         48 bits, 6 bytes, largest first
place       3 bytes, NOBODY is the largest
factors     a row of int8 times one float16: the largest of a row is 127
holders     steps of an eleventh of a doubling in one byte: within 3.2 %, which is what its logarithm needs
likeness    the square of a byte's share of 255, times the table's largest: small ones keep their order
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Codes, Floats, Ints
from recommender.community import NOBODY, Near
from recommender.keys import KEY_BYTES

Bytes = NDArray[np.uint8]
Table = NDArray[np.float32]

STEPS_A_DOUBLING = 11
MOST_NEAR = 255
_NOBODY = 0xFFFFFF


def packed_keys(keys: Ints) -> Bytes:
    """(n,) below 2**48 to (n, 6)."""
    wide: Bytes = np.ascontiguousarray(keys, dtype=">i8").view(np.uint8).reshape(-1, 8)
    return np.ascontiguousarray(wide[:, 8 - KEY_BYTES :])


def unpacked_keys(packed: Bytes) -> Ints:
    """(n, 6) to int64 (n,)."""
    wide = np.zeros((len(packed), 8), dtype=np.uint8)
    wide[:, 8 - KEY_BYTES :] = packed
    return wide.view(">i8").reshape(-1).astype(np.int64)


def packed_places(places: Codes) -> Bytes:
    """(n,) to (n, 3)."""
    whole = np.where(places == NOBODY, _NOBODY, places).astype("<i4")
    return np.ascontiguousarray(whole.view(np.uint8).reshape(-1, 4)[:, :3])


def unpacked_places(packed: Bytes) -> Codes:
    """(n, 3) to int32 (n,)."""
    wide = np.zeros((len(packed), 4), dtype=np.uint8)
    wide[:, :3] = packed
    places: Codes = wide.view("<i4").reshape(-1).astype(np.int32)
    places[places == _NOBODY] = NOBODY
    return places


def packed_factors(factors: Table) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """(n, f) to int8 (n, f) and float16 (n,). What is too small for a float16 becomes 0."""
    largest = np.abs(factors).max(axis=1, initial=0.0)
    scales = (largest / 127).astype(np.float16)
    unit = np.divide(1.0, scales.astype(np.float32), out=np.zeros(len(scales), np.float32), where=scales > 0)
    rounded = np.clip(np.rint(factors * unit[:, None]), -127, 127)
    return rounded.astype(np.int8), scales


def unpacked_factors(rounded: NDArray[np.int8], scales: NDArray[np.float16]) -> Table:
    """Back to float32 (n, f)."""
    return rounded * scales.astype(np.float32)[:, None]


def packed_holders(holders: Ints) -> Bytes:
    """(n,) counts of at least 1 to one byte each; 0 counts as 1."""
    steps: Floats = np.rint(STEPS_A_DOUBLING * np.log2(np.maximum(holders, 1)))
    return np.clip(steps, 0, 255).astype(np.uint8)


def unpacked_holders(packed: Bytes) -> Ints:
    """Back to int64 (n,)."""
    counts: Ints = np.rint(2.0 ** (np.arange(256) / STEPS_A_DOUBLING)).astype(np.int64)
    return counts[packed]


def packed_near(near: Near) -> dict[str, NDArray[Any]]:
    """Rows of neighbours, cut where they end: ``lengths``, ``places``, ``values`` and ``scale``."""
    if near.places.shape[1] > MOST_NEAR:
        raise ValueError(f"at most {MOST_NEAR} neighbours can be kept")
    largest = float(near.values.max(initial=0.0))
    rounded = (
        np.rint(255 * np.sqrt(np.clip(near.values, 0.0, None) / largest)) if largest else np.zeros(near.values.shape)
    )
    kept = (near.places != NOBODY) & (rounded > 0)
    return {
        "lengths": kept.sum(axis=1).astype(np.uint8),
        "places": packed_places(near.places[kept]),
        "values": rounded[kept].astype(np.uint8),
        "scale": np.array([largest], dtype=np.float32),
    }


def unpacked_near(lengths: Bytes, places: Bytes, values: Bytes, scale: Table) -> Near:
    """Back to rows padded to the longest. What does not fit together is a ValueError."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    if not len(owner) == len(places) == len(values):
        raise ValueError("there are more or fewer neighbours than their lengths say")
    longest = int(lengths.max(initial=0))
    ends = np.cumsum(lengths, dtype=np.int64)
    step = np.arange(len(owner)) - np.repeat(ends - lengths, lengths)
    found = np.full((len(lengths), longest), NOBODY, dtype=np.int32)
    alike = np.zeros((len(lengths), longest), dtype=np.float32)
    found[owner, step] = unpacked_places(places)
    alike[owner, step] = np.square(values.astype(np.float32) / 255) * scale[0]
    return Near.of(found, alike)


def gram_of(factors: Table, penalty: float) -> Floats:
    """Y'Y + penalty I, float64 (f, f), a slice of rows at a time."""
    total = penalty * np.eye(factors.shape[1])
    for start in range(0, len(factors), 65_536):
        rows = factors[start : start + 65_536].astype(np.float64)
        total += rows.T @ rows
    return total
