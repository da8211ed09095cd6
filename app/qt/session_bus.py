"""The desktop's session bus, in a thread of its own. A missing, dying or hanging bus changes nothing for the music.

A bus that ends is joined again when there is one again, with patience.

Those who use the bus are its guests: each is told when it is joined and when it is left, in the bus's thread. What the
window's thread wants done there it posts.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.qt.jobs import Cancelled, Job, Jobs

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

_PATIENCE_S = 10.0
_LONGEST_END_S = 5.0
_LONGEST_GOODBYE_S = 1.0
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 60.0
"""Before a bus that was lost is looked for again: longer each time in vain."""


Aside = Callable[[Callable[[], None]], None]
"""Runs work in a thread that nobody waits for: :meth:`Jobs.aside`."""
_T = TypeVar("_T")


class Guest(Protocol):
    """Somebody who uses the bus. All is called in the bus's thread."""

    async def joined(self, bus: "MessageBus") -> None:
        """There is a bus now."""

    async def leaving(self) -> None:
        """The bus is about to be left in good order: what was asked of others is given back."""

    def left(self) -> None:
        """There is none any more."""


class SessionBus(QObject):
    """One connection, and the thread that turns it."""

    joined = Signal()
    """What was posted before was done by nobody."""
    missing = Signal()
    """There is none, or it went away."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._guests: list[Guest] = []
        self._job: Job | None = None
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._was_joined = False
        self.patient = False
        """A bus is waited for even where there is none at the start."""

    @property
    def running(self) -> bool:
        """Whether there is a loop that does what is posted."""
        return self._loop is not None

    def invite(self, guest: Guest) -> None:
        """Takes a guest along, before the start."""
        self._guests.append(guest)

    def start(self) -> None:
        """Goes on the bus, if there is one. Once is enough."""
        if self._job is not None:
            return
        self._stop = asyncio.Event()
        self._job = self._jobs.start("session bus", self._work)

    def close(self) -> None:
        """Leaves the bus and waits for the thread."""
        if self._job is None:
            return
        job, self._job = self._job, None
        job.cancel()
        self.post(self._stop.set)
        if not job.join(_LONGEST_END_S):
            log.error("The thread of the session bus did not end")

    def post(self, call: Callable[[], object]) -> None:
        """Has something done in the bus's thread, while there is one."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(call)

    # --- the bus's thread

    def _work(self, cancelled: Cancelled) -> None:
        asyncio.run(self._serve(cancelled))

    async def _serve(self, cancelled: Cancelled) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
        try:
            if not cancelled():
                await self._stay()
        finally:
            with self._lock:
                self._loop = None

    async def _stay(self) -> None:
        """On the bus, and on the next one where it ends before we do."""
        stop = asyncio.ensure_future(self._stop.wait())
        wait_s = _FIRST_WAIT_S
        self._was_joined = False
        while not stop.done():
            before, self._was_joined = self._was_joined, False
            await self._live(stop)
            if self._was_joined:
                wait_s = _FIRST_WAIT_S
            elif not (before or self.patient):
                break  # there never was one
            self._was_joined = self._was_joined or before
            await asyncio.wait({stop}, timeout=wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
        stop.cancel()

    async def _live(self, stop: "asyncio.Future[Any]") -> None:
        """On the bus until the end of either."""
        from dbus_fast.errors import DBusFastError

        life = asyncio.ensure_future(self._on_bus())
        await asyncio.wait({stop, life}, return_when=asyncio.FIRST_COMPLETED)
        if not life.done():
            life.cancel()
        try:
            await life
        except asyncio.CancelledError:
            log.debug("Left the session bus")
        except (OSError, EOFError, KeyError, DBusFastError) as error:  # KeyError: no $HOME to look for a bus in
            log.info("The desktop cannot see the player: %s", error)
        if not self._stop.is_set():
            self.missing.emit()

    async def _on_bus(self) -> None:
        from dbus_fast.aio import MessageBus

        bus = MessageBus()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await bus.connect()
                be_patient(bus)
                for guest in self._guests:
                    await guest.joined(bus)
            self._was_joined = True
            self.joined.emit()
            await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            await self._say_goodbye()
            raise
        finally:
            for guest in self._guests:
                guest.left()
            bus.disconnect()

    async def _say_goodbye(self) -> None:
        """Whoever does not answer is not waited for: the end of the connection says the same."""
        try:
            async with asyncio.timeout(_LONGEST_GOODBYE_S):
                for guest in self._guests:
                    await guest.leaving()
        except TimeoutError:
            log.debug("The session bus did not take the goodbye")


class _Sends(Protocol):
    def send(self, data: memoryview, /) -> int: ...
    def sendmsg(self, buffers: list[memoryview], ancillary: list[tuple[int, int, Any]], /) -> int: ...


class _PatientSocket:
    """A socket that is full takes nothing now; dbus-fast (5.2.0) takes that for the end of the connection."""

    def __init__(self, impatient: _Sends) -> None:
        self._socket = impatient

    def send(self, data: memoryview) -> int:
        """How much was taken; what is left is sent once there is room."""
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0

    def sendmsg(self, buffers: list[memoryview], ancillary: list[tuple[int, int, Any]]) -> int:
        """The same with open files."""
        return self._socket.sendmsg(buffers, ancillary)


def be_patient(bus: "MessageBus") -> None:
    """Has a bus that is joined wait for room where the daemon cannot take a long answer, or many, at once."""
    writer: Any = bus._writer
    if writer is None:
        raise ValueError("the bus has not been joined")
    writer.sock = _PatientSocket(writer.sock)


async def ask(
    bus: "MessageBus", message: "Message", patience_s: float, late: "Callable[[Message], Message | None] | None" = None
) -> "Message | None":
    """The answer to a call; ``None`` for an error, for silence and for a bus that is gone.

    ``late`` makes of a good answer that comes after all the call that gives back what it grants.
    """
    task = asyncio.ensure_future(bus.call(message))
    done, _ = await asyncio.wait({task}, timeout=patience_s)
    if done:
        return _good(task, message)
    log.info("%s.%s was not answered in time", message.interface, message.member)
    if late is None:
        task.cancel()
    else:
        task.add_done_callback(lambda task: _give_back(bus, _good(task, message), late))
    return None


def _give_back(bus: "MessageBus", answer: "Message | None", late: "Callable[[Message], Message | None]") -> None:
    if answer is not None and (call := late(answer)) is not None:
        bus.send(call)


def _good(task: "asyncio.Task[Message]", message: "Message") -> "Message | None":
    from dbus_fast import MessageType

    if task.cancelled():
        return None
    if error := task.exception():
        log.info("%s.%s was not answered: %s", message.interface, message.member, error)
        return None
    answer: Message | None = task.result()  # None when the bus was left meanwhile
    if answer is None or answer.message_type is MessageType.ERROR:
        log.info("%s.%s was refused: %s", message.interface, message.member, answer and answer.error_name)
        return None
    return answer


async def listen(bus: "MessageBus", rule: str, patience_s: float, how: str = "AddMatch") -> None:
    """Has the bus bring the signals that a rule describes; ``RemoveMatch``: no longer."""
    from dbus_fast import Message

    daemon = "org.freedesktop.DBus"
    await ask(bus, Message(daemon, "/org/freedesktop/DBus", daemon, how, signature="s", body=[rule]), patience_s)


async def apart(aside: Aside, work: Callable[[], _T], patience_s: float) -> _T | None:
    """What work comes to that may hang in a drive; ``None``: it did."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[_T] = loop.create_future()

    def settle(result: _T) -> None:
        if not found.done():
            found.set_result(result)

    def run() -> None:
        result = work()
        with contextlib.suppress(RuntimeError):  # the bus is left, and its loop closed
            loop.call_soon_threadsafe(settle, result)

    aside(run)
    try:
        async with asyncio.timeout(patience_s):
            return await found
    except TimeoutError:
        log.info("The disk did not answer in time")
        return None
