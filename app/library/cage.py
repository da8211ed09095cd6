"""The parent's side of the tag worker: asks it for many files ahead, and kills it when one takes too long.

A killed or crashed worker names the file it was at, because answers come in the order of the questions. That file is
refused, a new worker takes the rest.
"""

import contextlib
import os
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType

from app.domain.errors import SegueError
from app.domain.track import Tags
from app.library.framing import HELLO, PICTURE, REFUSED, TAGS, Frames, frame, unpack_tags

DEADLINE_S = 10.0
MEMORY_BYTES = 1 << 30

_AHEAD = 128
_START_S = 60.0
_TICK_S = 0.1
_GATHER_S = 0.004
_PIPE_BYTES = 1 << 20
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file gave no tags."""

    reason: str
    lasting: bool = True
    """False where the disk was the trouble: worth another try though the file has not changed."""


Answer = tuple[bytes, Tags | Refusal]


class TagCage:
    """One worker at a time, started when first needed. Not for use by two threads at once."""

    def __init__(self, *, deadline_s: float = DEADLINE_S, memory_bytes: int = MEMORY_BYTES) -> None:
        self._deadline_s, self._memory_bytes = deadline_s, memory_bytes
        self._worker: _Worker | None = None

    def __enter__(self) -> "TagCage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def read(self, paths: Iterable[bytes]) -> Generator[Answer | None, None, None]:
        """One (path, tags or refusal) a path, in order; ``None`` about ten times a second while there is none yet.

        Raises:
            SegueError: the worker cannot be started at all.
        """
        for path, letter, body in self._ask(TAGS, paths):
            if path is None:
                yield None
            elif letter == TAGS:
                yield path, unpack_tags(body)
            else:
                yield path, Refusal(body.decode("utf-8", "replace"), letter == REFUSED)

    def picture(self, path: bytes) -> bytes:
        """The front cover inside a file; ``b""`` where there is none, or none that can be read."""
        for asked, letter, body in self._ask(PICTURE, [path]):
            if asked is not None and letter == PICTURE:
                return body
        return b""

    def _ask(self, request: bytes, paths: Iterable[bytes]) -> Iterator[tuple[bytes | None, bytes, bytes]]:
        source, pending, crashed = iter(paths), deque[bytes](), b""
        try:
            while True:
                fresh = list(islice(source, _AHEAD - len(pending))) if len(pending) <= _AHEAD // 2 else []
                if not pending and not fresh:
                    return
                if self._worker is None:
                    self._worker = _Worker(self._deadline_s, self._memory_bytes)
                    self._worker.ask(request, pending, idle=True)
                self._worker.ask(request, fresh, idle=not pending)
                pending.extend(fresh)
                answers = self._worker.answers(len(pending))
                for letter, body in answers:
                    yield pending.popleft(), letter, body
                if self._worker.alive and not self._worker.late:
                    if not answers:
                        yield None, b"", b""
                    continue
                if self._worker.late or crashed == pending[0]:
                    reason = self._worker.verdict()
                    yield pending.popleft(), REFUSED, reason.encode()
                else:
                    # Once may be chance (a process killed from outside); the same file twice is not.
                    crashed = pending[0]
                self.close()
        finally:
            if pending:
                self.close()


class _Worker:
    """One child process and its two pipes."""

    def __init__(self, deadline_s: float, memory_bytes: int) -> None:
        self._deadline_s = deadline_s
        self.alive, self.late = True, False
        self._unsent, self._frames = bytearray(), Frames()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(_python_path())}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.library.tag_worker", str(deadline_s), str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment,
            start_new_session=True,  # Ctrl+C in a terminal is for the parent alone
        )
        self._pipes = [pipe for pipe in (self._process.stdin, self._process.stdout) if pipe is not None]
        self._to, self._from = (pipe.fileno() for pipe in self._pipes)
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        _widen(self._from)
        self._await_hello()

    def ask(self, request: bytes, paths: Iterable[bytes], *, idle: bool) -> None:
        """Puts requests in line; the clock of an idle worker starts now."""
        if idle:
            self._heard_at = time.monotonic()
        for path in paths:
            self._unsent += frame(request, path)
        self._send()

    def answers(self, expected: int) -> list[tuple[bytes, bytes]]:
        """Waits at most a tick for answers; finds out whether the worker is late or has died."""
        readable, _, _ = select.select([self._from], [self._to] if self._unsent else [], [], _TICK_S)
        self._send()
        if not readable:
            self.late = time.monotonic() - self._heard_at > self._deadline_s
            return []
        if expected > _AHEAD // 2:
            time.sleep(_GATHER_S)  # many short answers in one go cost the parent less
        return self._receive()

    def verdict(self) -> str:
        """Why the file at the front of the line is refused."""
        if self.late:
            return f"Reading its tags took longer than {self._deadline_s:g} seconds."
        return "It made the tag reader crash."

    def kill(self) -> None:
        """Ends the process and closes the pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes:
            pipe.close()

    def _receive(self) -> list[tuple[bytes, bytes]]:
        try:
            piece = os.read(self._from, _PIPE_BYTES)
            self._heard_at = time.monotonic()
            found = self._frames.feed(piece)
        except BlockingIOError:
            return []
        except ValueError:
            piece, found = b"", []
        self.alive = bool(piece)
        return found

    def _send(self) -> None:
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            while self._unsent:
                del self._unsent[: os.write(self._to, self._unsent)]

    def _await_hello(self) -> None:
        readable, _, _ = select.select([self._from], [], [], _START_S)
        if not readable or self._receive() != [(HELLO, b"")]:
            self.kill()
            raise SegueError("Files cannot be read: the tag reader did not start.")


def _python_path() -> list[str]:
    given = os.environ.get("PYTHONPATH", "")
    return [str(_PACKAGE_PARENT), *([given] if given else [])]


def _widen(pipe: int) -> None:
    """A larger pipe, where the platform has it, keeps the worker busy while the parent writes to the database."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
