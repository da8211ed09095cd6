"""The parent's side of the tag workers: asks them for many files ahead, and kills one that takes too long over a file.

A killed or crashed worker names the file it was at, because each answers in the order of its questions. That file is
refused, a new worker takes the rest. A second worker joins when there is much to read.
"""

import os
import select
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from app.domain.errors import SegueError
from app.domain.scan import DEADLINE_S, MEMORY_BYTES
from app.domain.tags import Tags
from app.domain.words import mark, say
from app.library.framing import LYRICS, PICTURE, REFUSED, TAGS, TROUBLE
from app.library.tag_bytes import unpack_tags

if TYPE_CHECKING:
    from app.library.worker_process import WorkerProcess

PATIENCE_S = 60.0
"""So long may the disk keep a worker waiting."""
MOST_WORKERS = min(2, os.cpu_count() or 1)

_AHEAD = 2_048
"""Questions asked ahead: enough that a worker goes on reading while a batch is saved; the answers fit into its pipe."""
_APART = 4_096
"""So far may one worker be ahead of another: the answers in between wait here."""
_SECOND_AFTER_S = 0.3
"""So long is waited for one worker alone before a second one joins."""
_START_S = 60.0
_TICK_S = 0.1
_GATHER_S = 0.002


class Refusal(NamedTuple):
    """Why a file gave no tags."""

    reason: str
    lasting: bool = True
    """False where the disk was the trouble: worth another try though the file has not changed."""


Answer = tuple[bytes, Tags | Refusal]
_Raw = tuple[bytes, bytes, bytes]


class _Lane:
    """A worker, and the questions it has not answered yet, by number."""

    def __init__(self, worker: "WorkerProcess") -> None:
        self.worker = worker
        self.pending: deque[tuple[int, bytes]] = deque()


class TagCage:
    """Workers that are started when first needed. Not for use by two threads at once."""

    def __init__(
        self,
        *,
        deadline_s: float = DEADLINE_S,
        memory_bytes: int = MEMORY_BYTES,
        patience_s: float = PATIENCE_S,
        most_workers: int = MOST_WORKERS,
    ) -> None:
        self._deadline_s, self._patience_s, self._memory_bytes = deadline_s, patience_s, memory_bytes
        self._most_workers = most_workers
        self._lanes: list[_Lane] = []
        self._crashed: set[bytes] = set()
        self._waited = 0.0

    def __enter__(self) -> "TagCage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """The processes of the workers."""
        return [lane.worker.pid for lane in self._lanes]

    def close(self) -> None:
        """Ends the workers."""
        for lane in self._lanes:
            lane.worker.kill()
        self._lanes.clear()

    def read(self, paths: Iterable[bytes]) -> Generator[Answer | None, None, None]:
        """One (path, tags or refusal) a path, in order; ``None`` about ten times a second while there is none yet.

        Raises:
            SegueError: the worker cannot be started at all.
        """
        for found in self._ask(TAGS, paths):
            if found is None:
                yield None
                continue
            path, letter, body = found
            if letter == TAGS:
                yield path, _unpacked(body)
            else:
                yield path, Refusal(body.decode("utf-8", "replace"), letter == REFUSED)

    def picture(self, path: bytes) -> bytes:
        """The front cover inside a file; ``b""`` where there is none, or none that can be read."""
        for found in self._ask(PICTURE, [path]):
            if found is not None and found[1] == PICTURE:
                return found[2]
        return b""

    def lyrics(self, path: bytes) -> bytes:
        """The lyrics inside a file as UTF-8; ``b""`` where there are none, or none that can be read."""
        for found in self._ask(LYRICS, [path]):
            if found is not None and found[1] == LYRICS:
                return found[2]
        return b""

    def _ask(self, request: bytes, paths: Iterable[bytes]) -> Iterator[_Raw | None]:
        """The answers in the order of the questions, whichever worker gives them."""
        source, given, taken = iter(paths), 0, 0
        ready: dict[int, _Raw] = {}
        try:
            while True:
                given = self._give(request, source, given, taken)
                if not ready and not any(lane.pending for lane in self._lanes):
                    return
                self._listen(request, ready)
                if taken not in ready:
                    yield None
                while taken in ready:
                    yield ready.pop(taken)
                    taken += 1
        finally:
            if any(lane.pending for lane in self._lanes):
                self.close()

    def _give(self, request: bytes, source: Iterator[bytes], given: int, taken: int) -> int:
        """Hands out questions to every worker that runs low; tells how many have been handed out in all."""
        if self._waited > _SECOND_AFTER_S and 0 < len(self._lanes) < self._most_workers:
            self._lanes.append(_Lane(self._started()))
        elif self._lanes and not any(lane.worker.greeted for lane in self._lanes):
            self._await_one()  # it was to help one that is gone
        for number in range(max(1, len(self._lanes))):
            lane = self._lanes[number] if self._lanes else None
            waiting = len(lane.pending) if lane else 0
            if waiting > _AHEAD // 2 or given - taken > _APART or (lane and not lane.worker.greeted):
                continue
            fresh = list(enumerate(islice(source, _AHEAD - waiting), given))
            if not fresh:
                break
            if lane is None:
                lane = _Lane(self._first())
                self._lanes.append(lane)
            lane.worker.ask(request, (path for _, path in fresh), idle=not lane.pending)
            lane.pending.extend(fresh)
            given += len(fresh)
        return given

    def _listen(self, request: bytes, ready: dict[int, _Raw]) -> None:
        """Waits at most a tick for answers; looks after workers that are late or have died."""
        sources = {lane.worker.source: lane for lane in self._lanes}
        blocked = [lane.worker.to for lane in self._lanes if lane.worker.unsent]
        begun_s = time.monotonic()
        readable, _, _ = select.select(sources, blocked, [], _TICK_S)
        if all(lane.worker.greeted for lane in self._lanes):
            self._waited += time.monotonic() - begun_s
        if readable and sum(len(lane.pending) for lane in self._lanes) > _AHEAD // 2:
            time.sleep(_GATHER_S)  # many short answers in one go cost the parent less
        for source, lane in sources.items():
            worker = lane.worker
            worker.send()
            if source in readable:
                for letter, body in worker.receive():
                    if lane.pending:
                        number, path = lane.pending.popleft()
                        ready[number] = path, letter, body
            if not worker.alive:
                self._after_crash(request, lane, ready)
            elif source not in readable and lane.pending and (why := worker.late()):
                number, path = lane.pending.popleft()
                ready[number] = path, *self._verdict(why)
                self._renew(request, lane)

    def _after_crash(self, request: bytes, lane: _Lane, ready: dict[int, _Raw]) -> None:
        """Once may be chance (a process killed from outside); the same file twice is not."""
        if not lane.pending:
            lane.worker.kill()
            self._lanes.remove(lane)
            self._most_workers = 1  # one that dies without work would die again
            return
        number, path = lane.pending[0]
        if path in self._crashed:
            self._crashed.discard(path)
            lane.pending.popleft()
            ready[number] = path, REFUSED, b"It made the tag reader crash."
        else:
            self._crashed.add(path)
        self._renew(request, lane)

    def _verdict(self, why: str) -> tuple[bytes, bytes]:
        if why == "computing":
            return REFUSED, mark("Reading its tags took longer than {:g} seconds.").format(self._deadline_s).encode()
        return TROUBLE, mark("The disk did not answer for {:g} seconds.").format(self._patience_s).encode()

    def _renew(self, request: bytes, lane: _Lane) -> None:
        """Another worker for the same questions."""
        lane.worker.kill()
        if not lane.pending:
            self._lanes.remove(lane)
            return
        lane.worker = self._first()
        lane.worker.ask(request, (path for _, path in lane.pending), idle=True)

    def _started(self) -> "WorkerProcess":
        from app.library.worker_process import WorkerProcess  # a scan that finds nothing new needs none

        return WorkerProcess(self._deadline_s, self._patience_s, self._memory_bytes)

    def _await_one(self) -> None:
        lane = self._lanes[0]
        if not lane.worker.await_hello(_START_S):
            lane.worker.kill()
            self._lanes.remove(lane)

    def _first(self) -> "WorkerProcess":
        worker = self._started()
        if not worker.await_hello(_START_S):
            worker.kill()
            raise SegueError(say("Files cannot be read: the tag reader did not start."))
        return worker


def _unpacked(body: bytes) -> Tags | Refusal:
    try:
        return unpack_tags(body)
    except ValueError:
        return Refusal(mark("It made the tag reader say what makes no sense."))
