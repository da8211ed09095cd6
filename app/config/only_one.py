"""A file that one process at a time has to itself; a process that ends lets go."""

import importlib
from typing import IO, Any


def take(file: IO[bytes]) -> None:
    """Takes it, without waiting, until it is closed.

    Raises:
        OSError: another process has it.
    """
    try:
        import fcntl
    except ImportError:  # Windows has this instead
        msvcrt: Any = importlib.import_module("msvcrt")
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
