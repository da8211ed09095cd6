"""Array types used everywhere here, checks on what comes in, and an array that grows without copying each time."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Bools = NDArray[np.bool_]

_Number = TypeVar("_Number", bound=np.generic)
_SAFE_INTEGER = 2**53


def integers(values: ArrayLike, name: str) -> Ints:
    """``values`` as a flat int64 array; numbers that are not whole, finite and below 2**53 are a ValueError."""
    array = np.asarray(values)
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one row of numbers, not an array of {array.ndim} dimensions")
    if array.dtype.kind in "bi":
        return array.astype(np.int64)
    if array.dtype.kind == "u" and int(array.max()) <= np.iinfo(np.int64).max:
        return array.astype(np.int64)
    if array.dtype.kind != "f":
        raise ValueError(f"{name} must be numbers")
    if not np.isfinite(array).all() or (np.abs(array) > _SAFE_INTEGER).any():
        raise ValueError(f"{name} holds a number that is not finite or is too large")
    whole: Ints = np.floor(array).astype(np.int64)
    return whole


def same_length(arrays: dict[str, NDArray[Any]]) -> int:
    """The common length of named arrays; a ValueError names the lengths when they differ."""
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError("columns differ in length: " + ", ".join(f"{name} {n}" for name, n in lengths.items()))
    return next(iter(lengths.values()), 0)


def distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """Each value once, ascending. ``numpy.unique`` reads all of ``numpy.ma`` to ask whether some are masked: 1.2 MB."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


class Growing:
    """A one-dimensional array with room to grow: append is O(new) amortised, ``view`` copies nothing.

    The given array becomes the room and is never written to: the first append moves to a larger one.
    """

    __slots__ = ("_room", "_size")

    def __init__(self, values: NDArray[Any]) -> None:
        self._room = values
        self._size = len(values)

    def __len__(self) -> int:
        return self._size

    @property
    def view(self) -> NDArray[Any]:
        """What is in it, (n,), without a copy. Taken again after every append."""
        filled: NDArray[Any] = self._room[: self._size]
        return filled

    def append(self, values: ArrayLike) -> None:
        """Adds one number or a row of numbers at the end."""
        new = np.atleast_1d(np.asarray(values, dtype=self._room.dtype))
        needed = self._size + len(new)
        if needed > len(self._room):
            room = np.zeros(max(needed, 2 * len(self._room), 16), dtype=self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : needed] = new
        self._size = needed
