"""The child that holds the sound devices: ``python -m app.playback.sound_worker DESCRIPTOR``.

Sound must go on while the window's process computes, collects its garbage or draws: in it no thread that needs Python
is ever sure of its next millisecond. Here nothing else runs.
"""

import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from types import TracebackType

_PRIORITY = -11
"""What sound servers ask for; where the system does not grant it, it goes without."""
_LONGEST_HANG_S = 10
"""The parent waits less, if there still is one."""
_LONGEST_REASON = 2_000


def main() -> None:
    """Works until the pipe is closed."""
    sys.excepthook = _tell_why
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _alive()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, _PRIORITY)
    from app.playback.sound_wishes import Worker  # here, so that a library that does not load is told too

    Worker(int(sys.argv[1]), _alive).run()


def _alive() -> None:
    """The process ends unless this is called again in time: while a sound system hangs, the pipe's end goes unseen."""
    signal.alarm(_LONGEST_HANG_S)


def _tell_why(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    why = "".join(traceback.format_exception(kind, error, trace))[-_LONGEST_REASON:]
    with suppress(OSError):
        os.write(1, json.dumps({"fell": why}).encode() + b"\n")
    os._exit(1)


if __name__ == "__main__":
    main()
    os._exit(0)  # not through the threads of devices that have gone
