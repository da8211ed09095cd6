"""The kernel's watch over folders as its owner sees it: a child that is started again when it falls."""

import logging
import os
import select
import time
from collections.abc import Callable, Sequence
from typing import Any

from app.config.child import end_child, pipes, start_child
from app.library.framing import HELLO, TROUBLE, Frames

Cancelled = Callable[[], bool]
Change = tuple[bytes, bytes]
"""A letter of :mod:`app.library.watch_worker` and a path."""

TOO_MANY = (
    "The system watches no more folders: changes are found once a minute. "
    "Raising fs.inotify.max_user_watches lets Segue see them at once."
)
NO_WATCH = "The folders cannot be watched: changes are found once a minute."

_WORKER = "app.library.watch_worker"
_TICK_S = 0.25
_KILL_S = 1.0
_MOST_FALLS = 3
_STEADY_S = 60.0
_READ_BYTES = 1 << 16

log = logging.getLogger(__name__)


class WatchProcess:
    """Watches folders that exist. ``trouble`` says why it no longer does, and is empty while it does."""

    def __init__(self, roots: Sequence[bytes]) -> None:
        self._roots = list(roots)
        self._falls = 0
        self.trouble = ""
        self._start()

    def begin(self, cancelled: Cancelled) -> bool:
        """Waits until what changes is told; ``False`` where that will not be."""
        while not self.trouble and not cancelled():
            if any(letter == HELLO for letter, _ in self._receive()):
                self._began_s = time.monotonic()
                return True
        return False

    def hear(self, cancelled: Cancelled, wait_s: float = _TICK_S, alarms: Sequence[Any] = ()) -> list[Change] | None:
        """What has changed, after a wait; ``None`` where it was blind for a while, and may be in trouble now.

        A ``cancelled`` that can be waited for, as a file can, ends the wait; another one is asked after a short time.
        ``alarms``: files that end the wait with exceptional news.
        """
        pid = self.pid
        wakes = hasattr(cancelled, "fileno")
        changes = self._receive(wait_s if wakes else min(wait_s, _TICK_S), [cancelled] if wakes else [], alarms)
        if self.pid != pid:
            self.begin(cancelled)
            return None
        if self.trouble or any(letter == HELLO for letter, _ in changes):
            return None
        return changes

    @property
    def pid(self) -> int:
        """The number of the child."""
        return self._process.pid

    def close(self) -> None:
        """Ends the child."""
        end_child(self._process, _KILL_S)

    def _start(self) -> None:
        self._frames = Frames()
        self._began_s = time.monotonic()
        self._process = start_child(_WORKER, *self._roots)
        _, self._source = pipes(self._process)

    def _receive(self, wait_s: float = _TICK_S, wakers: Sequence[Any] = (), alarms: Sequence[Any] = ()) -> list[Change]:
        """What the child has said, after a wait. One that has ended is started again, but not for ever."""
        if self._source not in select.select([self._source, *wakers], [], alarms, wait_s)[0]:
            return []
        try:
            piece = os.read(self._source, _READ_BYTES)
            found = self._frames.feed(piece)
        except ValueError:
            piece, found = b"", []
        for letter, body in found:
            if letter == TROUBLE:
                log.warning("Folders cannot be watched: %s", body.decode("utf-8", "replace"))
                self.trouble = TOO_MANY
        if not piece and not self.trouble:
            self._fall()
        return found

    def _fall(self) -> None:
        self.close()
        steady = time.monotonic() - self._began_s > _STEADY_S
        self._falls = 1 if steady else self._falls + 1
        log.warning("The watch over the folders fell, for the %d. time", self._falls)
        if self._falls >= _MOST_FALLS:
            self.trouble = NO_WATCH
        else:
            self._start()
