"""Services of a desktop as a test wants them to be, on the bus of the test: each keeps what it was asked."""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from app.qt.session_bus import be_patient

Answer = Callable[[Message], Message | None]
"""The reply to a call; ``None`` hangs."""


class FakeService:
    """Owns a name from its start to its end and answers every call with one function."""

    def __init__(self, name: str, answer: Answer, address: str = "") -> None:
        self._name, self._answer = name, answer
        self._address = address or os.environ["DBUS_SESSION_BUS_ADDRESS"]
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self.calls: list[Message] = []
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._serve()))

    def __enter__(self) -> "FakeService":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        self._bus = await MessageBus(self._address, negotiate_unix_fd=True).connect()
        be_patient(self._bus)
        self._bus.add_message_handler(self._heard)
        await self._bus.request_name(self._name)
        self._ready.set()
        await self._stop.wait()
        self._bus.disconnect()

    def _heard(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL or message.interface == "org.freedesktop.DBus.Peer":
            return None
        self.calls.append(message)
        answer = self._answer(message)
        return answer if answer is not None else True

    def send(self, message: Message) -> None:
        """Something that is no answer, or a late one."""
        self._loop.call_soon_threadsafe(self._bus.send, message)

    def call_soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Has something done in the service's thread."""
        asyncio.run_coroutine_threadsafe(work, self._loop)

    def asked(self, member: str) -> list[Message]:
        """The calls of one method."""
        return [call for call in self.calls if call.member == member]
