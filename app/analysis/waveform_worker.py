"""The child that makes one waveform: ``python -m app.analysis.waveform_worker PATH START_MS [END_MS]``.

It runs with little priority, so that the sound never waits for it, and with limits on memory and computing, so that a
hostile file takes only this process along. What it finds goes to standard output, as :func:`app.domain.waveform.pack`
makes it; nothing where there is nothing.
"""

import contextlib
import os
import sys
import time

from app.config.limits import limit_this_process
from app.config.priority import give_way

_NICE = 10
_MEMORY_BYTES = 1 << 30
_LONGEST_S = 20.0
_KILLED_S = 30


def main(words: list[str]) -> int:
    """Gives the exit code."""
    give_way(_NICE)
    limit_this_process(_MEMORY_BYTES, _KILLED_S)
    from app.analysis.waveform import waveform
    from app.domain.errors import UnreadableFile
    from app.domain.waveform import pack

    path, start_ms, end_ms = os.fsencode(words[0]), int(words[1]), int(words[2]) if len(words) > 2 else None
    try:
        found = waveform(path, start_ms, end_ms, lambda: time.process_time() > _LONGEST_S)
    except (UnreadableFile, MemoryError):
        return 1
    if found is not None:
        with contextlib.suppress(BrokenPipeError):
            os.write(1, pack(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
