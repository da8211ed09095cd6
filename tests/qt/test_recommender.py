"""Who tells over the bus of the player that it lives in, without a daemon: let go with its connection, never sooner."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any

import pytest
from dbus_fast import DBusError, Message, MessageType
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from app.qt import recommender_gate
from app.qt.recommender import _MOST_TELLERS, Recommender
from app.qt.recommender_answers import Call
from app.qt.recommender_gate import Gate


class Answers(QObject):
    @Slot(object)
    def do(self, call: Call) -> None:
        """In the window's thread, which does not turn here."""


class Bus:
    """Answers each call at once; ``slow`` ones wait in ``waiting``."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.waiting: list[Call] = []
        self.slow = False
        bus = SimpleNamespace(invite=lambda _guest: None, post=lambda call: call())
        self.answers = Answers()
        self.recommender = Recommender(bus, self.answers, companion=True)  # type: ignore[arg-type]
        self.recommender._asked.connect(self._do, Qt.ConnectionType.DirectConnection)
        self.join()

    def join(self) -> None:
        self.recommender._gate = Gate(lambda: 0.0)
        self.recommender._connection = object()  # type: ignore[assignment]

    def _do(self, call: Call) -> None:
        self.calls.append((call.verb, call.arguments[0]))
        if self.slow:
            self.waiting.append(call)
        else:
            call.answer(None)

    async def call(self, sender: str, verb: str, *arguments: Any) -> None:
        message = Message("a.b", "/a", "a.b", "X", message_type=MessageType.METHOD_CALL, sender=sender)
        self.recommender._meet(message)
        await self.recommender._ask(verb, *arguments)

    async def tell(self, sender: str, player: str = "vlc") -> None:
        await self.call(sender, "tell", player, "", {})

    def leaves(self, sender: str) -> None:
        body = [sender, sender, ""]
        daemon, kind = "org.freedesktop.DBus", MessageType.SIGNAL
        self.recommender._meet(
            Message(None, "/a", daemon, "NameOwnerChanged", kind, sender=daemon, signature="sss", body=body)
        )

    def untold(self) -> list[str]:
        return [player for verb, player in self.calls if verb == "untell"]


@pytest.fixture
def bus(qapp: QApplication) -> Bus:
    return Bus()


@pytest.fixture(autouse=True)
def users(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], Any]]:
    """What the daemon says of a program; by default that it is of this user."""
    given: dict[str, Callable[[], Any]] = {}

    async def user_of(_bus: object, sender: str) -> int | None:
        await asyncio.sleep(0)
        return given.get(sender, os.getuid)()

    monkeypatch.setattr(recommender_gate, "_user_of", user_of)
    return given


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 10))


def test_a_bus_that_is_lost_lets_go_of_every_player_that_was_told_of(bus: Bus) -> None:
    async def work() -> None:
        await bus.tell(":1.1", "vlc")
        await bus.tell(":1.2", "vlc")
        await bus.tell(":1.2", "rhythmbox")
        bus.recommender.left()
        assert sorted(bus.untold()) == ["rhythmbox", "vlc"]
        bus.join()
        await bus.tell(":1.1", "quodlibet")
        bus.leaves(":1.2")  # another program has this name on the new bus
        assert sorted(bus.untold()) == ["rhythmbox", "vlc"]

    run(work())


def test_a_plug_in_that_leaves_while_it_is_answered_tells_no_more(bus: Bus) -> None:
    async def work() -> None:
        bus.slow = True
        telling = asyncio.ensure_future(bus.tell(":1.1"))
        while not bus.waiting:
            await asyncio.sleep(0)
        bus.leaves(":1.1")
        bus.waiting[0].answer(None)
        await telling
        assert bus.calls == [("tell", "vlc"), ("untell", "vlc")] and not bus.recommender._tellers

    run(work())


def test_a_plug_in_that_has_left_before_its_call_began_is_not_heard(
    bus: Bus, users: dict[str, Callable[[], Any]]
) -> None:
    async def work() -> None:
        await bus.call(":1.1", "chosen", "vlc", "track:1")  # it is known
        telling = asyncio.ensure_future(bus.tell(":1.1"))
        bus.leaves(":1.1")  # taken in with the call, before that is begun
        users[":1.1"] = lambda: None
        with pytest.raises(DBusError):
            await telling
        assert ("tell", "vlc") not in bus.calls and not bus.recommender._tellers

    run(work())


def test_a_plug_in_that_leaves_as_the_daemon_says_who_it_is_is_not_heard(
    bus: Bus, users: dict[str, Callable[[], Any]]
) -> None:
    def leaves() -> int:
        bus.leaves(":1.1")
        return os.getuid()

    users[":1.1"] = leaves
    with pytest.raises(DBusError):
        run(bus.tell(":1.1"))
    assert ("tell", "vlc") not in bus.calls and not bus.recommender._tellers


def test_of_two_that_tell_of_a_player_the_first_to_leave_takes_nothing_away(bus: Bus) -> None:
    async def work() -> None:
        await bus.tell(":1.1")
        await bus.tell(":1.2")
        await bus.tell(":1.3")
        bus.leaves(":1.1")
        await bus.call(":1.2", "untell", "vlc")
        await bus.call(":1.9", "untell", "vlc")  # it never told
        assert bus.untold() == []
        bus.leaves(":1.3")
        assert bus.untold() == ["vlc"]

    run(work())


def test_whoever_cannot_be_remembered_is_refused(bus: Bus) -> None:
    async def work() -> None:
        for number in range(_MOST_TELLERS):
            await bus.tell(f":1.{number}", f"p{number}")
        with pytest.raises(DBusError) as refused:
            await bus.tell(":1.999", "late")
        assert refused.value.type == "org.segue.Error.TooMuch"
        assert ("tell", "late") not in bus.calls
        await bus.tell(":1.0", "p0")  # one that is remembered goes on
        bus.leaves(":1.0")
        await bus.tell(":1.999", "late")

    run(work())


def test_whoever_is_refused_is_not_remembered(bus: Bus, users: dict[str, Callable[[], Any]]) -> None:
    users[":1.1"] = lambda: os.getuid() + 1
    for _ in range(_MOST_TELLERS + 1):
        with pytest.raises(DBusError, match="own user"):
            run(bus.tell(":1.1"))
    assert not bus.recommender._tellers


def test_a_daemon_that_did_not_answer_is_asked_again(bus: Bus, users: dict[str, Callable[[], Any]]) -> None:
    users[":1.1"] = lambda: None
    with pytest.raises(DBusError):
        run(bus.tell(":1.1"))
    users[":1.1"] = os.getuid
    run(bus.tell(":1.1"))
    assert bus.calls[-1] == ("tell", "vlc")
