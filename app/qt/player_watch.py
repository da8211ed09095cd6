"""Finds the players on the session bus and looks at them: a guest of the bus, all of it in the bus's thread.

A player is listened to, and while it plays, and only then, it is asked where it is: many say nothing when they jump.
One that floods is not listened to for a while, but only asked. None is waited for longer than the others notice.
"""

import asyncio
import logging
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.companion.events import Came, Event, Listed, Looked, Went
from app.companion.going import Moment, Seen
from app.companion.names import PREFIX, player_of, shown_name
from app.qt.player_look import PLAYER, Look
from app.qt.session_bus import Aside, ask, listen

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

_BUS = "org.freedesktop.DBus"
_COMING_AND_GOING = (
    f"type='signal',sender='{_BUS}',interface='{_BUS}',member='NameOwnerChanged',arg0namespace='{PREFIX[:-1]}'"
)
_PATIENCE_S = 3.0
_SETTLE_S = 0.05
"""A name that is given back sooner was no player."""
_MOST_PLAYERS = 32
_MOST_COMING = 64


class PlayerWatch:
    """The players that are there."""

    def __init__(self, emit: Callable[[Event], None], now_ms: Callable[[], int], aside: Aside) -> None:
        """``aside``: runs what may hang in a thread of its own."""
        self._emit, self._now_ms, self._aside = emit, now_ms, aside
        self._bus: MessageBus | None = None
        self._looks: dict[str, Look] = {}
        """By the unique name of the connection."""
        self._names: dict[str, str] = {}
        """Every name of a player to the connection that has it."""
        self._coming: dict[str, asyncio.Task[None]] = {}
        self._ending: set[asyncio.Task[None]] = set()

    # --- the guest

    async def joined(self, bus: "MessageBus") -> None:
        """Listens for players, then looks at those that are there; neither the bus nor a player is waited for."""
        self._bus = bus
        bus.add_message_handler(self._heard)
        self._start("", self._begin(bus))

    async def leaving(self) -> None:
        """Nothing is held of anybody."""

    def left(self) -> None:
        """Whoever was there cannot be seen any more."""
        self._bus = None
        for task in (*self._coming.values(), *self._ending):
            task.cancel()
        self._coming.clear()
        for unique in list(self._looks):
            self._drop(unique, lost=True)
        self._names.clear()

    def find(self, player: str) -> Look | None:
        """The instance of a player that is looked at; of several one that plays."""
        found = [look for look in self._looks.values() if look.player == player]
        return max(found, key=lambda look: look.playing, default=None)

    def now(self) -> Moment:
        """The time, twice."""
        return Moment(time.monotonic() * 1_000, self._now_ms())

    # --- who is there

    async def _begin(self, bus: "MessageBus") -> None:
        await listen(bus, _COMING_AND_GOING, _PATIENCE_S)
        answer = await ask(bus, _daemon("ListNames"), _PATIENCE_S)
        names = sorted(name for name in answer.body[0] if player_of(name)) if answer is not None else []
        for name in names[:_MOST_PLAYERS]:
            await self._come(bus, name)
        self._emit(Listed())

    def _start(self, name: str, work: Any) -> None:
        task = self._coming[name] = asyncio.ensure_future(work)
        task.add_done_callback(lambda task: self._started(name, task))

    def _started(self, name: str, task: "asyncio.Task[None]") -> None:
        if self._coming.get(name) is task:
            del self._coming[name]
        _log_bug(task, "A player could not be looked at")

    async def _settle(self, bus: "MessageBus", name: str) -> None:
        await asyncio.sleep(_SETTLE_S)
        await self._come(bus, name)

    async def _come(self, bus: "MessageBus", name: str) -> None:
        """A name of a player: looked at, unless its connection or its process is already."""
        answer = await ask(bus, _daemon("GetNameOwner", name), _PATIENCE_S)
        if answer is None or answer.signature != "s":
            return
        unique = str(answer.body[0])
        self._names[name] = unique
        if unique in self._looks or len(self._looks) >= _MOST_PLAYERS:
            return
        process = await self._process_of(bus, unique)
        if process == os.getpid() or unique not in self._names.values():
            return
        if process and any(process in look.processes for look in self._looks.values()):
            log.info("%s belongs to a player that is followed under another name", name)
            return
        await self._look_at(bus, name, unique, process)

    async def _look_at(self, bus: "MessageBus", name: str, unique: str, process: int) -> None:
        player = player_of(name)
        key = f"{player} {process or unique}"
        look = self._looks[unique] = Look(bus, unique, player, process, lambda seen: self._looked(unique, key, seen))
        root = await look.meet(self._aside)
        if self._looks.get(unique) is not look:
            return
        if look.said.process and any(look.said.process in o.processes for o in self._looks.values() if o is not look):
            log.info("%s speaks for a player that is followed already", name)
            await self._leave(unique)
            return
        if look.said.process:
            look.processes.add(look.said.process)
        self._emit(Came(key, player, shown_name(root.get("Identity"), player), look.takes_tracks))
        look.key = key
        look.begin()

    async def _process_of(self, bus: "MessageBus", unique: str) -> int:
        answer = await ask(bus, _daemon("GetConnectionUnixProcessID", unique), _PATIENCE_S)
        return int(answer.body[0]) if answer is not None and answer.signature == "u" else 0

    async def _leave(self, unique: str) -> None:
        look = self._looks.pop(unique, None)
        if look is not None:
            await look.end()

    def _drop(self, unique: str, *, lost: bool = False) -> None:
        look = self._looks.pop(unique, None)
        if look is None:
            return
        if lost:
            look.cancel()
        else:
            self._end(look)
        if look.key:
            self._emit(Went(look.key, self.now(), lost))

    def _end(self, look: Look) -> None:
        """The bus is told, and not waited for."""
        task = asyncio.ensure_future(look.end())
        self._ending.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._ending.discard(task)
        _log_bug(task, "A player could not be left")

    def _looked(self, unique: str, key: str, seen: Seen) -> None:
        if unique in self._looks:
            self._emit(Looked(key, self.now(), seen))

    # --- what the bus says

    def _heard(self, message: "Message") -> None:
        from dbus_fast import MessageType

        if message.message_type is not MessageType.SIGNAL:
            return
        if message.member == "NameOwnerChanged" and message.sender == _BUS and message.signature == "sss":
            self._owner_changed(*message.body)
        elif message.sender in self._looks and message.interface in (PLAYER, f"{_BUS}.Properties"):
            self._looks[message.sender].hear(message)

    def _owner_changed(self, name: str, before: str, after: str) -> None:
        if not player_of(name):
            return
        if before and self._names.get(name) == before:
            del self._names[name]
            if before not in self._names.values():
                self._drop(before)
                self._others_of(before)
        if after and self._bus is not None:
            self._names[name] = after
            if name in self._coming:
                self._coming[name].cancel()
            elif len(self._coming) >= _MOST_COMING:
                log.warning("Too many players come at once; %s is not looked at", name[:200])
                return
            self._start(name, self._settle(self._bus, name))

    def _others_of(self, gone: str) -> None:
        """Another name of the process that has gone, where there is one, is looked at now."""
        if self._bus is None:
            return
        for name, unique in self._names.items():
            if unique != gone and unique not in self._looks and name not in self._coming:
                if len(self._coming) >= _MOST_COMING:
                    return
                self._start(name, self._settle(self._bus, name))


def _log_bug(task: "asyncio.Task[None]", what: str) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error(what, exc_info=error)


def _daemon(member: str, *body: str) -> "Message":
    from dbus_fast import Message

    return Message(_BUS, "/org/freedesktop/DBus", _BUS, member, signature="s" * len(body), body=list(body))
