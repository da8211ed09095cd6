"""Memory that was freed and that the C library keeps for later."""

import ctypes
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
"""Of glibc's malloc.h."""
_LARGE_BYTES: Final = 128 * 1024


def give_back() -> None:
    """Hands freed memory back to the system, where the C library has a call for it. About a millisecond."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library
        return


def few_heaps() -> None:
    """Lets threads share two heaps, where the C library gives each its own, with what was freed in each kept."""
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
    except (AttributeError, OSError, TypeError):  # another C library
        return


def large_apart() -> None:
    """Has large arrays lie outside the heaps for good: what they took goes back as soon as they are freed.

    glibc moves its limit up, to 32 MB, with each that is freed: the next ones lie in the heaps then, and what is freed
    stays there. New pages for each cost some microseconds.
    """
    try:
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
    except (AttributeError, OSError, TypeError):  # another C library
        return
