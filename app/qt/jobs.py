"""The only place that starts threads and processes. Work is a plain function; its results come back by signal.

A job is a Python thread, not a QThread: a QThread object dies while events from it are still waiting, which crashed.
Here one long-lived object carries everything from the threads to the window.

A thread that starts another one waits until that one runs, which it does not while others compute: so a helper starts
them, one after the other, and the window goes on at once.
"""

import _thread
import inspect
import logging
import os
import select
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, Literal
from weakref import WeakMethod

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.config.drives import Drives
from app.domain.errors import SegueError
from app.domain.words import say
from app.qt.giving_way import Ended, GivingWay

Cancelled = Callable[[], bool]
"""Asked by work between two steps: should it stop?"""

_A_BUG = "Something went wrong. The log has the details."
_SWITCH_S = 0.0005
"""How long a job that computes may keep the window's thread from its next line: the default is ten times that."""
_LOOK_UP_S = 0.1
_KILL_S = 1.0
_LONGEST_LINE = 1 << 20
_Kind = Literal["progressed", "done", "failed", "ended"]
_Callbacks = dict[_Kind, Callable[[Any], None] | None]

log = logging.getLogger(__name__)


class _Asked:
    """What work asks between two steps, and can wait for: it can be read, as a file can, once the work is to stop."""

    def __init__(self) -> None:
        self.stop, self.may_go = threading.Event(), threading.Event()
        self.may_go.set()
        self._lock = threading.Lock()
        self._pipe: tuple[int, int] | None = None

    def __call__(self) -> bool:
        self.may_go.wait()
        return self.stop.is_set()

    def fileno(self) -> int:
        """Made when it is first asked for; there is a reader then, and the job closes it at its end."""
        with self._lock:
            if self._pipe is None:
                self._pipe = os.pipe()
                if self.stop.is_set():
                    os.write(self._pipe[1], b"!")
            return self._pipe[0]

    def end(self) -> None:
        """Asks the work to stop at its next step, and wakes it."""
        with self._lock:
            if self._pipe is not None and not self.stop.is_set():
                os.write(self._pipe[1], b"!")
            self.stop.set()
            self.may_go.set()

    def close(self) -> None:
        """The work is over."""
        with self._lock:
            for end in self._pipe or ():
                os.close(end)
            self._pipe = None


class Job:
    """One piece of work in its own thread, as the one who started it sees it."""

    def __init__(self, name: str, callbacks: _Callbacks) -> None:
        self.name = name
        self._callbacks = callbacks
        self.cancelled = _Asked()
        """Asked by the work between two steps; while it is paused the answer is waited for."""
        self._thread: threading.Thread | None = None
        self._begun = threading.Event()

    def cancel(self) -> None:
        """Asks the work to stop at its next step."""
        self.cancelled.end()

    def pause(self) -> None:
        """Lets the work wait at its next step until :meth:`resume`."""
        self.cancelled.may_go.clear()
        if self.cancelled.stop.is_set():
            self.cancelled.may_go.set()

    def resume(self) -> None:
        """Lets it go on."""
        self.cancelled.may_go.set()

    def is_running(self) -> bool:
        """True until the thread ends."""
        return self._thread is not None and (not self._begun.is_set() or self._thread.is_alive())

    def join(self, seconds: float) -> bool:
        """Waits for the thread to end; False if it did not."""
        if self._thread is not None and self._begun.wait(seconds) and self._thread.ident is not None:
            self._thread.join(seconds)
        return not self.is_running()


class Jobs(QObject):
    """Starts jobs, brings what they say to the window's thread, and waits for them at the end."""

    _said = Signal(object, str, object)

    def __init__(self, at_thread_end: Callable[[], None] = lambda: None, parent: QObject | None = None) -> None:
        """``at_thread_end`` is called in each thread when its work is over: to give back what belongs to a thread."""
        super().__init__(parent)
        self._at_thread_end = at_thread_end
        self._running: set[Job] = set()
        self._closing = False
        self._to_begin: SimpleQueue[Job | None] | None = None
        self.give_way = GivingWay()
        """Called by jobs that compute for long, between two steps."""
        self.drives = Drives(self.aside)
        """What all jobs ask of drives."""
        sys.setswitchinterval(_SWITCH_S)
        self._said.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

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

        A generator's yields come back to ``progressed``; its return value, or a plain function's, to ``done``; known
        trouble as a sentence to ``failed``. All are called in the window's thread, and not after :meth:`shutdown`.
        """
        callbacks: _Callbacks = {"done": done, "progressed": progressed, "failed": failed}
        job = Job(name, callbacks)
        self._running.add(job)
        if not self._closing:
            job._thread = threading.Thread(target=self._run, args=(job, work, args), name=name)
            if self._to_begin is None:
                self._to_begin = SimpleQueue()
                not_begun: WeakMethod[Callable[[Job], None]] = WeakMethod(self._not_begun)
                _thread.start_new_thread(_begin_all, (self._to_begin, not_begun))
            self._to_begin.put(job)
        return job

    def _not_begun(self, job: Job) -> None:
        self._said.emit(job, "failed", _A_BUG)
        self._said.emit(job, "ended", None)

    def pause(self, name: str) -> None:
        """Lets the jobs of a name wait at their next step."""
        for job in self._running:
            if job.name == name:
                job.pause()

    def resume(self, name: str) -> None:
        """Lets them go on."""
        for job in self._running:
            if job.name == name:
                job.resume()

    @staticmethod
    def aside(work: Callable[[], None]) -> None:
        """Runs work in a thread that nobody waits for, not even the end of Segue: it may hang in a drive for ever."""

        def run() -> None:
            try:
                work()
            except Exception:  # the border of the thread
                log.exception("What ran aside failed")

        threading.Thread(target=run, name="aside", daemon=True).start()

    @classmethod
    def open_with(cls, command: list[bytes]) -> None:
        """Starts another program, which outlives us; nobody waits for it."""

        def run() -> None:
            import subprocess

            quiet = subprocess.DEVNULL
            subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, check=False)

        cls.aside(run)

    def running(self) -> int:
        """How many jobs have not ended."""
        return len(self._running)

    def shutdown(self, wait_s: float = 10.0) -> None:
        """Cancels everything and waits. What is still on its way is dropped."""
        self._closing = True
        self.give_way.end()
        for job in self._running:
            job.cancel()
        if self._to_begin is not None:
            self._to_begin.put(None)
        for job in self._running:
            if not job.join(wait_s):
                log.error("Job %s did not stop", job.name)
        self._running.clear()

    def _run(self, job: Job, work: Callable[..., Any], args: tuple[object, ...]) -> None:
        try:
            result = work(job.cancelled, *args)
            if inspect.isgenerator(result):
                result = self._drain(job, result)
        except SegueError as error:
            self._said.emit(job, "failed", str(error))
        except Ended:
            pass
        except Exception:  # the border of the thread: a bug must not end the app
            log.exception("Job %s failed", job.name)
            self._said.emit(job, "failed", _A_BUG)
        else:
            self._said.emit(job, "done", result)
        finally:
            self._at_thread_end()
            job.cancelled.close()
            self._said.emit(job, "ended", None)

    def _drain(self, job: Job, steps: Generator[Any, Any, Any]) -> object:
        while True:
            try:
                self._said.emit(job, "progressed", next(steps))
            except StopIteration as stop:
                return stop.value

    @Slot(object, str, object)
    def _deliver(self, job: Job, kind: _Kind, value: object) -> None:
        if kind == "ended":
            self._running.discard(job)
        elif not self._closing and (callback := job._callbacks[kind]) is not None:
            callback(value)


def _begin_all(to_begin: "SimpleQueue[Job | None]", not_begun: "WeakMethod[Callable[[Job], None]]") -> None:
    """Holds no jobs' owner: one whose last holder is another thread would be taken down there, beside its events."""
    while (job := to_begin.get()) is not None:
        try:
            job._thread.start()  # type: ignore[union-attr]
        except RuntimeError:  # the system has no more threads
            log.exception("Job %s could not start", job.name)
            if (tell := not_begun()) is not None:
                tell(job)
            del tell
        finally:
            job._begun.set()
            del job  # and it is not held while the next one is waited for


def start_program(words: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Starts a program that goes on by itself, whatever becomes of us; False where the system starts none."""
    from PySide6.QtCore import QProcess, QProcessEnvironment

    process, around = QProcess(), QProcessEnvironment.systemEnvironment()
    for name, value in environment.items():
        around.insert(name, value)
    process.setProgram(words[0])
    process.setArguments(list(words[1:]))
    process.setProcessEnvironment(around)
    started: object = process.startDetached()  # its stub promises the process's number beside it, which comes with none
    return bool(started[0] if isinstance(started, tuple) else started)


def run_apart(
    cancelled: Cancelled, module: str, *arguments: str | bytes, longest_s: float, most_bytes: int
) -> bytes | None:
    """In a job: runs a module of ours as a process of its own, and gives what it wrote by its end.

    ``None`` where it was cancelled, took longer than that or wrote more: then it is killed.

    Raises:
        SegueError: the system starts no process.
    """
    with _a_child(module, *arguments) as source:
        return _heard(cancelled, source, time.monotonic() + longest_s, most_bytes)


def lines_apart(cancelled: Cancelled, module: str, *arguments: str | bytes) -> Generator[bytes | None, None, None]:
    """In a job: runs a module of ours as a process of its own, and yields each line it writes as it comes.

    ``None`` comes in between, many times a second, so that the caller gets its turn. The process is killed when the
    work is cancelled, when a line has no end, and when the caller goes on without it.

    Raises:
        SegueError: the system starts no process.
    """
    with _a_child(module, *arguments) as source:
        heard = b""
        while not cancelled() and len(heard) <= _LONGEST_LINE:
            if not select.select([source], [], [], _LOOK_UP_S)[0]:
                yield None
                continue
            piece = os.read(source, _LONGEST_LINE)
            *lines, heard = (heard + piece).split(b"\n")
            yield from lines
            if not piece:
                return


@contextmanager
def _a_child(module: str, *arguments: str | bytes) -> Iterator[int]:
    """A module of ours as a process of its own, killed at the end; what it writes comes out of this descriptor.

    Raises:
        SegueError: the system starts no process.
    """
    from app.config.child import end_child, pipes, start_child  # in the job: the window does not wait for it

    try:
        process = start_child(module, *arguments)
    except OSError as error:
        raise SegueError(say("A helper could not be started ({}).", error.strerror)) from error
    try:
        yield pipes(process)[1]
    finally:
        end_child(process, _KILL_S)


def _heard(cancelled: Cancelled, source: int, deadline: float, most_bytes: int) -> bytes | None:
    heard = bytearray()
    while len(heard) <= most_bytes and time.monotonic() < deadline and not cancelled():
        if select.select([source], [], [], _LOOK_UP_S)[0]:
            piece = os.read(source, most_bytes + 1)
            if not piece:
                return bytes(heard)
            heard += piece
    return None
