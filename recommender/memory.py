"""Memory that was freed and that the C library keeps for later."""

import ctypes


def give_back() -> None:
    """Hands freed memory back to the system, where the C library has a call for it. About a millisecond."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library
        return
