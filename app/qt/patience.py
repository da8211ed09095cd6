"""Steps that ask a drive, taken aside: one that does not answer is left alone, and its job goes on without it."""

import logging
import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from app.config.drives import LONGEST_S, Drives
from app.domain.errors import NO_ANSWER, LeftAlone, NoAnswer, SegueError
from app.domain.words import say
from app.qt.jobs import Cancelled

_MOMENT_S: Final = 0.05

log = logging.getLogger(__name__)

T = TypeVar("T")


class Patience:
    """What the jobs of a service ask drives. May be used from several threads."""

    def __init__(self, drives: Drives) -> None:
        self._drives = drives

    def call(
        self, cancelled: Cancelled, path: bytes, step: Callable[[Cancelled], T], longest_s: float = LONGEST_S
    ) -> T:
        """In a job: what ``step`` gives, which asks the drive of a path.

        It asks what it is given between two things, as a job does: each time it is known to be alive.

        Raises:
            NoAnswer: it was not, for so long.
            LeftAlone: the job is cancelled.
        """
        if not self._drives.may_ask(path):
            raise NoAnswer(say(NO_ANSWER))
        clock = self._drives.clock
        taken = _Step(step, clock)
        self._drives.begin(taken.run)
        while not taken.over.wait(_MOMENT_S):
            if cancelled():
                self._leave(path, taken)
                raise LeftAlone(say(NO_ANSWER))
            if clock() - taken.alive_at > longest_s:
                self._leave(path, taken)
                raise NoAnswer(say(NO_ANSWER))
        return taken.result()

    def _leave(self, path: bytes, step: "_Step[T]") -> None:
        step.left = True
        self._drives.leave(path, step.alive_at, step.over.is_set)


class _Step(Generic[T]):
    """One step, and what came of it."""

    def __init__(self, step: Callable[[Cancelled], T], clock: Callable[[], float]) -> None:
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
