"""A session bus of our own, and calls to what is on it while the window's thread goes on."""

import asyncio
import os
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from pytestqt.qtbot import QtBot

from app.domain.queue import PlaybackState
from app.qt.session_bus import be_patient
from app.wiring import Wiring

PATH = "/org/mpris/MediaPlayer2"
ROOT, PLAYER = "org.mpris.MediaPlayer2", "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<servicedir>{services}</servicedir>
<policy context="default"><allow user="*"/>
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


@contextmanager
def a_bus(folder: Path, services: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """Starts a daemon whose socket is ``folder / "bus"``, and who starts what the entries of ``services`` say."""
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(socket=folder / "bus", services=services or folder / "none"))
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        try:
            assert daemon.stdout is not None
            assert daemon.stdout.readline().startswith("unix:")
            yield daemon
        finally:
            daemon.terminate()
            daemon.wait(10)


def play(app: Wiring, qtbot: QtBot) -> None:
    """Plays all there is, from the start."""
    app.playback.play_now(app.library.tracks(app.library.ids()))
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
    qtbot.waitUntil(lambda: app.playback.current is not None)


class Desktop:
    """A client of the bus in a thread of its own."""

    def __init__(self, qtbot: QtBot, name: str, path: str = PATH) -> None:
        self._qtbot, self.name, self.path = qtbot, name, path

    def run(self, work: Callable[[MessageBus], Awaitable[Any]]) -> Any:
        """Gives what the work gives; the window's thread turns meanwhile."""
        found: list[Any] = []

        async def connected() -> None:
            bus = await MessageBus(os.environ["DBUS_SESSION_BUS_ADDRESS"]).connect()
            be_patient(bus)
            try:
                found.append(await work(bus))
            finally:
                bus.disconnect()

        thread = threading.Thread(target=lambda: asyncio.run(connected()))
        thread.start()
        self._qtbot.waitUntil(lambda: not thread.is_alive(), timeout=10_000)
        thread.join()
        return found[0]

    def call(self, interface: str, member: str, signature: str = "", *body: Any) -> Message:
        """The answer to one method call."""

        async def work(bus: MessageBus) -> Message:
            message = Message(self.name, self.path, interface, member, signature=signature, body=list(body))
            return await bus.call(message)

        reply = self.run(work)
        assert isinstance(reply, Message)
        return reply

    def get(self, interface: str, name: str) -> Any:
        """A property, as the variant that came."""
        reply = self.call(PROPERTIES, "Get", "ss", interface, name)
        assert reply.message_type is MessageType.METHOD_RETURN, reply.body
        return reply.body[0]

    def signals_during(self, act: Callable[[], None], enough: Callable[[list[Message]], bool]) -> list[Message]:
        """What it signals from before ``act`` until there is enough of it."""
        heard: list[Message] = []
        ready, over = threading.Event(), threading.Event()

        async def listen() -> None:
            bus = await MessageBus(os.environ["DBUS_SESSION_BUS_ADDRESS"]).connect()
            bus.add_message_handler(lambda m: heard.append(m) if m.path == self.path else None)
            rule = f"type='signal',path='{self.path}'"
            await bus.call(
                Message("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "AddMatch", signature="s", body=[rule])
            )
            ready.set()
            await asyncio.to_thread(over.wait, 20)
            bus.disconnect()

        thread = threading.Thread(target=lambda: asyncio.run(listen()))
        thread.start()
        try:
            self._qtbot.waitUntil(ready.is_set, timeout=10_000)
            act()
            self._qtbot.waitUntil(lambda: enough(heard), timeout=10_000)
        finally:
            over.set()
            thread.join()
        return heard
