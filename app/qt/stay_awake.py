"""Keeps the machine from falling asleep by itself while music plays, if the listener wants that; a guest of the bus.

Four services can be asked, in this order: the desktop portal and the desktop's power manager are asked to prevent sleep
alone, logind to prevent what happens when nobody works; the screen saver comes last, because it keeps the screen on as
well. Sleep that the listener asks for is never in the way. All four forget us when the connection or the process ends.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from app.domain.queue import PlaybackState
from app.domain.words import mark, say
from app.qt.playback_service import PlaybackService
from app.qt.session_bus import SessionBus, ask

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

_REASON = mark("Playing music")
_PATIENCE_S = 3.0
_AGAIN_S = 120.0
"""So long after nobody could keep the machine awake are all asked again: a machine waits longer before it sleeps."""
_SUSPEND = 4
"""The portal's number for sleep."""


@dataclass(frozen=True, slots=True)
class _Lock:
    """What keeps the machine awake: the call that gives it back, or an open file."""

    give_back: "Message | None" = None
    descriptor: int = -1


class StayAwake(QObject):
    """Follows the player in the window's thread."""

    def __init__(self, bus: SessionBus, playback: PlaybackService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus, self._playback, self._wanted = bus, playback, False
        self._holder = _Holder()
        playback.state_changed.connect(self._changed)
        bus.joined.connect(self._changed)
        bus.invite(self._holder)

    def set_wanted(self, wanted: bool) -> None:
        """Whether music keeps the machine awake."""
        self._wanted = wanted
        self._changed()

    @Slot()
    def _changed(self, _state: object = None) -> None:
        playing = self._wanted and self._playback.state is PlaybackState.PLAYING
        self._bus.post(lambda: self._holder.want(playing))


class _Holder:
    """The side of the bus: holds one lock at most."""

    def __init__(self) -> None:
        self._bus: MessageBus | None = None
        self._wanted = False
        self._lock: _Lock | None = None
        self._task: asyncio.Task[None] | None = None
        self._again: asyncio.TimerHandle | None = None

    async def joined(self, bus: "MessageBus") -> None:
        """From now on locks can be had."""
        self._bus = bus

    async def leaving(self) -> None:
        """Gives the lock back."""
        self.want(False)
        if self._task is not None:
            await self._task

    def left(self) -> None:
        """Who was asked over the bus forgets us with it; a file is closed."""
        self._bus, self._wanted = None, False
        self._ask_no_more()
        if self._task is not None:
            self._task.cancel()
        if self._lock is not None and self._lock.descriptor >= 0:
            os.close(self._lock.descriptor)
        self._lock = None

    def want(self, wanted: bool) -> None:
        """Takes the lock or gives it back."""
        self._wanted = wanted
        self._ask_no_more()
        if self._task is None:
            self._task = asyncio.ensure_future(self._follow())

    def _ask_no_more(self) -> None:
        if self._again is not None:
            self._again.cancel()
        self._again = None

    async def _follow(self) -> None:
        try:
            while self._bus is not None and self._wanted != (self._lock is not None):
                if self._lock is None:
                    self._lock = await _take(self._bus)
                    if self._lock is None and self._wanted:
                        self._again = asyncio.get_running_loop().call_later(_AGAIN_S, self.want, True)
                        return
                else:
                    lock, self._lock = self._lock, None
                    if lock.give_back is not None:
                        await ask(self._bus, lock.give_back, _PATIENCE_S)
                    else:
                        os.close(lock.descriptor)
        finally:
            self._task = None


async def _take(bus: "MessageBus") -> _Lock | None:
    for way in (_portal, _power_manager, _logind, _screen_saver):
        lock = await way(bus)
        if lock is not None:
            log.info("The machine stays awake: %s", way.__name__.strip("_"))
            return lock
    log.info("Nobody here can keep the machine awake")
    return None


async def _portal(bus: "MessageBus") -> _Lock | None:
    """https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Inhibit.html"""
    from dbus_fast import Variant

    name, path = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"

    def close(answer: "Message") -> "Message":
        return _call(name, answer.body[0], "org.freedesktop.portal.Request", "Close")

    body = "", _SUSPEND, {"reason": Variant("s", say(_REASON))}
    call = _call(name, path, "org.freedesktop.portal.Inhibit", "Inhibit", "sua{sv}", *body)
    return await _granted(bus, call, "o", close)


async def _power_manager(bus: "MessageBus") -> _Lock | None:
    """Of Xfce, MATE and KDE."""
    name = "org.freedesktop.PowerManagement"
    return await _with_cookie(bus, name, "/org/freedesktop/PowerManagement/Inhibit", f"{name}.Inhibit")


async def _screen_saver(bus: "MessageBus") -> _Lock | None:
    name = "org.freedesktop.ScreenSaver"
    return await _with_cookie(bus, name, "/org/freedesktop/ScreenSaver", name)


async def _with_cookie(bus: "MessageBus", name: str, path: str, interface: str) -> _Lock | None:
    """The two older interfaces: a number is given, and given back."""

    def give_back(answer: "Message") -> "Message":
        return _call(name, path, interface, "UnInhibit", "u", answer.body[0])

    return await _granted(bus, _call(name, path, interface, "Inhibit", "ss", "segue", say(_REASON)), "u", give_back)


async def _granted(
    bus: "MessageBus", call: "Message", signature: str, give_back: "Callable[[Message], Message]"
) -> _Lock | None:
    """The lock that a call brings; one that is granted when nobody waits any more is given back at once."""

    def the_way_back(answer: "Message") -> "Message | None":
        return give_back(answer) if answer.signature == signature else None

    answer = await ask(bus, call, _PATIENCE_S, the_way_back)
    back = the_way_back(answer) if answer is not None else None
    return _Lock(back) if back is not None else None


async def _logind(_bus: "MessageBus") -> _Lock | None:
    """A lock that is held as long as a file is open: https://systemd.io/INHIBITOR_LOCKS/"""
    from dbus_fast.aio import MessageBus
    from dbus_fast.constants import BusType
    from dbus_fast.errors import DBusFastError

    system = MessageBus(bus_type=BusType.SYSTEM, negotiate_unix_fd=True)
    name, path = "org.freedesktop.login1", "/org/freedesktop/login1"
    call = _call(name, path, f"{name}.Manager", "Inhibit", "ssss", "idle", "Segue", say(_REASON), "block")
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await system.connect()
        answer = await ask(system, call, _PATIENCE_S)
    except (OSError, EOFError, DBusFastError) as error:
        log.info("The system bus cannot be reached: %s", error)
        return None
    finally:
        system.disconnect()
    if answer is None or answer.signature != "h" or len(answer.unix_fds) != 1:
        return None
    return _Lock(descriptor=answer.unix_fds[0])


def _call(name: str, path: str, interface: str, member: str, signature: str = "", *body: Any) -> "Message":
    from dbus_fast import Message

    return Message(name, path, interface, member, signature=signature, body=list(body))
