"""Work in the background gives way to what the listener does, and to the sound.

A nice level counts among the processes of one session alone where Linux groups them by session, and each child of ours
begins a session of its own. So the group gives way, too: half as much, because beside it every busy session counts.
"""

import os
from contextlib import suppress

_GROUP = "/proc/self/autogroup"


def give_way(nice: int) -> None:
    """This process, and its session where it leads one, come after all that is less nice."""
    with suppress(AttributeError, OSError):
        os.nice(nice)
        if os.getsid(0) == os.getpid():
            group = os.open(_GROUP, os.O_WRONLY | os.O_CLOEXEC)
            with suppress(OSError):
                os.write(group, str(nice // 2).encode())
            os.close(group)
