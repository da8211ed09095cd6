"""The only place that starts threads. Work is a plain function; what it yields and returns comes back by signal."""

import inspect
import logging
from collections.abc import Callable, Generator
from typing import Any, cast

from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.domain.errors import SegueError

Cancelled = Callable[[], bool]
"""Asked by work between two steps: should it stop?"""

log = logging.getLogger(__name__)


class Job(QThread):
    """One piece of work in its own thread.

    The work is called with ``cancelled`` first. A generator's yields come back as ``progressed``, its return value, or
    the value of a plain function, as ``done``. Signals arrive in the thread that made the job.
    """

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(str)
    """Known trouble, as a sentence; a bug is logged whole and told as one line."""

    def __init__(
        self,
        name: str,
        work: Callable[..., Any],
        *args: object,
        at_end: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._work, self._args, self._at_end = work, args, at_end

    def cancel(self) -> None:
        """Asks the work to stop at its next step."""
        self.requestInterruption()

    def run(self) -> None:
        """The thread's own body; never call it."""
        try:
            result = self._work(self.isInterruptionRequested, *self._args)
            if inspect.isgenerator(result):
                result = self._drain(cast(Generator[object, None, object], result))
        except SegueError as error:
            self.failed.emit(str(error))
        except Exception:  # the border of the thread: a bug must not end the app
            log.exception("Job %s failed", self.objectName())
            self.failed.emit("Something went wrong. The log has the details.")
        else:
            self.done.emit(result)
        finally:
            self._at_end()

    def _drain(self, steps: Generator[object, None, object]) -> object:
        while True:
            try:
                self.progressed.emit(next(steps))
            except StopIteration as stop:
                return stop.value


class Jobs(QObject):
    """Starts jobs, keeps them alive while they run, and waits for them at the end."""

    def __init__(self, at_thread_end: Callable[[], None] = lambda: None, parent: QObject | None = None) -> None:
        """``at_thread_end`` is called in each thread when its work is over: to give back what belongs to a thread."""
        super().__init__(parent)
        self._at_thread_end = at_thread_end
        self._running: set[Job] = set()
        self._closing = False

    def start(
        self,
        name: str,
        work: Callable[..., Any],
        *args: object,
        done: Callable[[Any], None] | None = None,
        progressed: Callable[[Any], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> Job:
        """Runs ``work(cancelled, *args)`` in a thread.

        The callbacks are bound methods of QObjects; they run in those objects' thread.
        """
        job = Job(name, work, *args, at_end=self._at_thread_end, parent=self)
        if progressed is not None:
            job.progressed.connect(progressed)
        if done is not None:
            job.done.connect(done)
        if failed is not None:
            job.failed.connect(failed)
        job.finished.connect(self._forget)
        self._running.add(job)
        if not self._closing:
            job.start()
        return job

    def running(self) -> int:
        """How many jobs have not ended."""
        return len(self._running)

    def shutdown(self, wait_ms: int = 10_000) -> None:
        """Cancels everything and waits."""
        self._closing = True
        for job in list(self._running):
            job.cancel()
        for job in list(self._running):
            if not job.wait(wait_ms):
                log.error("Job %s did not stop", job.objectName())
        self._running.clear()

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._running.discard(job)
            job.deleteLater()
