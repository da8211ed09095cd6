"""Steps that ask a drive, taken aside: one that does not answer is left alone, and its job goes on without it."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from app.config.mounts import mount_of
from app.domain.errors import SegueError
from app.domain.words import mark, say
from app.qt.jobs import Cancelled

LONGEST_S: Final = 15.0
"""A drive that sleeps wakes up within this."""

_MOMENT_S: Final = 0.05
_MOST_LEFT: Final = 4
"""So many threads may be stuck in a drive; then nothing more is asked of it until one of them is free."""
_NO_ANSWER: Final = mark("Its drive does not answer.")

log = logging.getLogger(__name__)

T = TypeVar("T")
Begin = Callable[[Callable[[], None]], object]
"""Runs work in a thread of its own that nobody waits for."""


class NoAnswer(SegueError):
    """The drive has not answered in time."""


class LeftAlone(SegueError):
    """The job was cancelled before the drive has answered."""


class Patience:
    """What the jobs of a service ask drives. May be used from several threads."""

    def __init__(self, begin: Begin, clock: Callable[[], float] = time.monotonic) -> None:
        self._begin, self._clock = begin, clock
        self._lock = threading.Lock()
        self._left: list[_Step[object]] = []

    def call(
        self, cancelled: Cancelled, path: bytes, step: Callable[[Cancelled], T], longest_s: float = LONGEST_S
    ) -> T:
        """In a job: what ``step`` gives, which asks the drive of a path.

        It asks what it is given between two things, as a job does: each time it is known to be alive.

        Raises:
            NoAnswer: it was not, for so long.
            LeftAlone: the job is cancelled.
        """
        taken = _Step(mount_of(path), step, self._clock)
        self._start(taken)
        while not taken.over.wait(_MOMENT_S):
            if cancelled():
                self._leave(taken)
                raise LeftAlone(say(_NO_ANSWER))
            if self._clock() - taken.alive_at > longest_s:
                self._leave(taken)
                raise NoAnswer(say(_NO_ANSWER))
        return taken.result()

    def _start(self, step: "_Step[T]") -> None:
        with self._lock:
            self._left = [each for each in self._left if not each.over.is_set()]
            if sum(each.drive == step.drive for each in self._left) >= _MOST_LEFT:
                raise NoAnswer(say(_NO_ANSWER))
        self._begin(step.run)

    def _leave(self, step: "_Step[T]") -> None:
        step.left = True
        with self._lock:
            self._left.append(step)  # type: ignore[arg-type]


class _Step(Generic[T]):
    """One step, and what came of it."""

    def __init__(self, drive: bytes, step: Callable[[Cancelled], T], clock: Callable[[], float]) -> None:
        self.drive = drive
        self._step, self._clock = step, clock
        self.alive_at, self.left, self.over = clock(), False, threading.Event()
        self._found: list[T] = []
        self._error: Exception | None = None

    def run(self) -> None:
        """In the thread aside."""
        try:
            self._found.append(self._step(self._ask))
        except SegueError as error:
            self._error = error
        except Exception as error:  # the border of the thread; it is raised again in the job, if that still waits
            log.exception("What was asked of a drive failed")
            self._error = error
        finally:
            self.over.set()

    def result(self) -> T:
        """What it gave, or the trouble it met."""
        if self._error is not None:
            raise self._error
        return self._found[0]

    def _ask(self) -> bool:
        self.alive_at = self._clock()
        return self.left
