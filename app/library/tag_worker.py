"""The child process that reads tags, so that a file that loops, eats memory or crashes the reader takes only it along.

``python -m app.library.tag_worker DEADLINE_S MEMORY_BYTES``: requests come on stdin (``T`` or ``P`` and a path),
answers go to stdout in the same order. It ends with its parent: at the end of stdin, and even inside a file that never
ends, because there also is an alarm after more computing than the parent allows, whose default is to kill the
process.
"""

import contextlib
import gc
import os
import signal
import sys
import time

from app.config.limits import limit_this_process
from app.config.priority import give_way
from app.domain.errors import UnreadableFile
from app.library.framing import HELLO, PICTURE, REFUSED, TAGS, TROUBLE, Frames, frame, write_all
from app.library.tag_bytes import pack_values
from app.library.tags import FileTrouble, read_values

_NICE = 10
_READ_BYTES = 1 << 16
_ALARM_AFTER, _ALARM_EVERY_S = 3.0, 0.1
_LOOSE_OBJECTS = 20_000
"""A file makes few rings of objects: they need not be looked for after every file."""


def main() -> None:
    """Serves requests until stdin ends."""
    deadline_s, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    give_way(_NICE)
    limit_this_process(memory_bytes)
    gc.freeze()
    gc.set_threshold(_LOOSE_OBJECTS)
    os.set_blocking(1, True)
    write_all(1, frame(HELLO))
    requests, alarm_s = Frames(), 0.0
    while piece := os.read(0, _READ_BYTES):
        for letter, path in requests.feed(piece):
            if (now_s := time.monotonic()) >= alarm_s:  # a file of before has used up little of the time
                _alarm(deadline_s * _ALARM_AFTER + _ALARM_EVERY_S)
                alarm_s = now_s + _ALARM_EVERY_S
            write_all(1, answer(letter, path))


def answer(letter: bytes, path: bytes) -> bytes:
    """The frame that answers one request; whatever goes wrong is a reason, never an exception."""
    try:
        if letter == TAGS:
            return frame(TAGS, pack_values(read_values(path)))
        return frame(letter, _picture(path) if letter == PICTURE else _lyrics(path))
    except FileTrouble as error:
        return frame(TROUBLE, str(error).encode())
    except UnreadableFile as error:
        return frame(REFUSED, str(error).encode())
    except (MemoryError, RecursionError, ValueError):
        return frame(REFUSED, b"Its tags would need too much memory.")


def _picture(path: bytes) -> bytes:
    from app.library.pictures import read_picture  # a scan needs none: it starts sooner without

    return read_picture(path)


def _lyrics(path: bytes) -> bytes:
    from app.library.lyric_frames import read_lyrics

    return read_lyrics(path)


def _alarm(seconds: float) -> None:
    """Counts computing only: a drive that wakes up slowly is no hostile file."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main()
