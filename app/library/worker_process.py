"""One tag worker as its parent sees it: a child process, two pipes, and how long it has been silent."""

import contextlib
import os
import select
import time
from collections.abc import Iterable

from app.config.child import end_child, pipes, start_child
from app.library.framing import HELLO, Frames, frame

_KILL_S = 1.0
_SILENCE_S = 0.1
_PIPE_BYTES = 1 << 20
_TICKS_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class WorkerProcess:
    """A child that reads tags. ``greeted`` once it is ready, ``alive`` until it ends by itself."""

    def __init__(self, deadline_s: float, patience_s: float, memory_bytes: int) -> None:
        self._deadline_s, self._patience_s = deadline_s, patience_s
        self.alive, self.greeted = True, False
        self._unsent, self._frames = bytearray(), Frames()
        self._heard_at = time.monotonic()
        self._computed_s: float | None = None
        self._process = start_child("app.library.tag_worker", str(deadline_s), str(memory_bytes))
        self.to, self.source = pipes(self._process)
        os.set_blocking(self.to, False)
        os.set_blocking(self.source, False)
        _widen(self.source)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def unsent(self) -> bool:
        """True while the pipe to the child is full."""
        return bool(self._unsent)

    def await_hello(self, seconds: float) -> bool:
        """Waits until the child is ready; ``False`` where it does not start."""
        deadline = time.monotonic() + seconds
        while self.alive and not self.greeted and (left := deadline - time.monotonic()) > 0:
            if select.select([self.source], [], [], left)[0]:
                self.receive()
        return self.greeted

    def ask(self, request: bytes, paths: Iterable[bytes], *, idle: bool) -> None:
        """Puts requests in line; the clock of an idle worker starts now."""
        if idle:
            self._heard()
        for path in paths:
            self._unsent += frame(request, path)
        self.send()

    def send(self) -> None:
        """Gives the child as much as its pipe takes; its clock starts anew, for it may have had nothing to do."""
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            while self._unsent:
                del self._unsent[: os.write(self.to, self._unsent)]
                self._heard()

    def receive(self) -> list[tuple[bytes, bytes]]:
        """The answers that have come; finds out whether the child has ended, or no longer makes sense."""
        try:
            piece = os.read(self.source, _PIPE_BYTES)
            found = self._frames.feed(piece)
        except BlockingIOError:
            return []
        except ValueError:
            piece, found = b"", []
        self._heard()
        self.alive = bool(piece)
        if not self.greeted and found:
            self.greeted = found.pop(0) == (HELLO, b"")
            self.alive = self.greeted
        return found

    def late(self) -> str:
        """Why the silence has lasted too long: ``computing`` or ``waiting``; ``""`` while it has not.

        Computing is what a hostile file makes a reader do. Waiting is the disk's doing: it may sleep, or be far away.
        """
        silent_s = time.monotonic() - self._heard_at
        if silent_s < _SILENCE_S:
            return ""
        now_s = _computed_s(self._process.pid)
        if now_s is None:
            return "computing" if silent_s > self._deadline_s else ""
        if self._computed_s is None:
            self._computed_s = now_s
        if now_s - self._computed_s > self._deadline_s:
            return "computing"
        return "waiting" if silent_s > self._patience_s else ""

    def kill(self) -> None:
        """Ends the process and closes the pipes; one that hangs in the disk is left to end when it can."""
        end_child(self._process, _KILL_S)

    def _heard(self) -> None:
        self._heard_at, self._computed_s = time.monotonic(), None


def _computed_s(pid: int) -> float | None:
    """The processor time of a process, where the platform tells."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_S
    except (OSError, IndexError, ValueError):
        return None


def _widen(pipe: int) -> None:
    """A larger pipe, where the platform has it, keeps the worker busy while the parent writes to the database."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
