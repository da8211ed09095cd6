"""What a screen reader gets: the accessibility tree of a program, read over its own bus as AT-SPI defines it."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbus_fast import BusType, Message, MessageType
from dbus_fast.aio import MessageBus

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
_FOCUSABLE, _FOCUSED, _SHOWING, _SELECTED = 11, 12, 25, 23
"""Numbers of states in AtspiStateType."""
_MOST = 2_000
_MOST_CHILDREN = 40


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on screen."""

    role: str
    name: str
    description: str
    depth: int
    focusable: bool
    focused: bool
    selected: bool
    showing: bool


@contextmanager
def a_reader(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Starts the accessibility bus on a session's bus; gives the environment in which programs speak to it."""
    launcher = next((path for path in _LAUNCHERS if Path(path).exists()), None) or shutil.which("at-spi-bus-launcher")
    assert launcher, "this proof needs the Debian package at-spi2-core"
    with subprocess.Popen(
        [launcher, "--launch-immediately"],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as bus:
        try:
            yield environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        finally:
            bus.terminate()
            bus.wait(10)


def tree(address: str, program: str) -> list[Node]:
    """Everything of a program that shows, in reading order; empty while it is not on the bus."""
    return asyncio.run(_tree(address, program))


async def _tree(address: str, program: str) -> list[Node]:
    session = await MessageBus(bus_address=address, bus_type=BusType.SESSION).connect()
    try:
        told = await _call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        if not told:
            return []
        bus = await MessageBus(bus_address=told[0]).connect()
        try:
            return await _of_program(bus, program)
        finally:
            bus.disconnect()
    finally:
        session.disconnect()


async def _of_program(bus: MessageBus, program: str) -> list[Node]:
    found: list[Node] = []
    for sender, path in (await _call(bus, "org.a11y.atspi.Registry", _ROOT, _ACCESSIBLE, "GetChildren") or [[]])[0]:
        if await _text(bus, sender, path, "Name") == program:
            await _walk(bus, sender, path, 0, found)
    return found


async def _walk(bus: MessageBus, sender: str, path: str, depth: int, found: list[Node]) -> None:
    if len(found) >= _MOST:
        return
    role, states = await asyncio.gather(
        _call(bus, sender, path, _ACCESSIBLE, "GetRoleName"), _call(bus, sender, path, _ACCESSIBLE, "GetState")
    )
    bits = states[0][0] | states[0][1] << 32 if states else 0
    node = Node(
        role[0] if role else "",
        await _text(bus, sender, path, "Name"),
        await _text(bus, sender, path, "Description"),
        depth,
        *(bool(bits >> state & 1) for state in (_FOCUSABLE, _FOCUSED, _SELECTED, _SHOWING)),
    )
    if not node.showing and depth > 0:
        return
    found.append(node)
    children = await _call(bus, sender, path, _ACCESSIBLE, "GetChildren")
    for child_sender, child in (children[0] if children else [])[:_MOST_CHILDREN]:
        await _walk(bus, child_sender, child, depth + 1, found)


async def _text(bus: MessageBus, sender: str, path: str, what: str) -> str:
    got = await _call(bus, sender, path, "org.freedesktop.DBus.Properties", "Get", "ss", [_ACCESSIBLE, what])
    return str(got[0].value) if got else ""


async def _call(
    bus: MessageBus, sender: str, path: str, interface: str, member: str, signature: str = "", body: Any = ()
) -> list[Any] | None:
    message = Message(
        destination=sender, path=path, interface=interface, member=member, signature=signature, body=list(body)
    )
    reply = await asyncio.wait_for(bus.call(message), 10)
    return reply.body if reply is not None and reply.message_type is not MessageType.ERROR else None
