"""The parent's side of the tag editor's child: one file at a time, killed when it takes too long."""

import contextlib
import json
import os
import select
import subprocess
import time
from types import TracebackType
from typing import Any

from app.config.child import end_child, pipes, start_child
from app.domain.errors import SegueError, UnreadableFile
from app.domain.words import say
from app.library.edit_worker import EDIT
from app.library.framing import HELLO, Frames, frame

DEADLINE_S = 30.0
MEMORY_BYTES = 1 << 30

_START_S = 60.0
_SLOWEST_BYTES_S = 2_000_000
"""A copy over a slow network may take its time."""
_READ_BYTES = 1 << 16


class EditCage:
    """One child, started when first needed and again after it was killed. Not for two threads at once."""

    def __init__(self, *, deadline_s: float = DEADLINE_S, memory_bytes: int = MEMORY_BYTES) -> None:
        self._deadline_s, self._memory_bytes = deadline_s, memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._frames = Frames()
        self._to = self._from = -1

    def __enter__(self) -> "EditCage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, request: dict[str, Any], size_bytes: int) -> dict[str, Any]:
        """What the child answers about one file.

        Raises:
            UnreadableFile: it refuses, is late or has crashed; the message is the reason.
            SegueError: it cannot be started at all.
        """
        self._start()
        with contextlib.suppress(BrokenPipeError):
            os.write(self._to, frame(EDIT, json.dumps(request).encode()))
        try:
            letter, body = self._answer(self._deadline_s + size_bytes / _SLOWEST_BYTES_S)
        except UnreadableFile:
            self.close()
            raise
        if letter != EDIT:
            raise UnreadableFile(body.decode("utf-8", "replace"))
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise UnreadableFile(say("It made the tag writer crash."))
        return said

    def close(self) -> None:
        """Ends the child."""
        if self._process is not None:
            process, self._process = self._process, None
            end_child(process)

    def _start(self) -> None:
        if self._process is None:
            self._frames = Frames()
            self._process = start_child("app.library.edit_worker", str(self._memory_bytes))
            self._to, self._from = pipes(self._process)
            try:
                hello = self._answer(_START_S)[0]
            except UnreadableFile:
                hello = b""
            if hello != HELLO:
                self.close()
                raise SegueError(say("Tags cannot be written: the tag writer did not start."))

    def _answer(self, patience_s: float) -> tuple[bytes, bytes]:
        until_s = time.monotonic() + patience_s
        while True:
            readable, _, _ = select.select([self._from], [], [], max(0.0, until_s - time.monotonic()))
            if not readable:
                raise UnreadableFile(say("Writing its tags took longer than {:.0f} seconds.", patience_s))
            piece = os.read(self._from, _READ_BYTES)
            if not piece:
                raise UnreadableFile(say("It made the tag writer crash."))
            try:
                found = self._frames.feed(piece)
            except ValueError as error:
                raise UnreadableFile(say("It made the tag writer crash.")) from error
            if found:
                return found[0]
