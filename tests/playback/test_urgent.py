"""The threads that feed a device come first: by right, or because RealtimeKit allows it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from dbus_fast import Message

from tests.desktop.bus import a_bus
from tests.desktop.services import FakeService

ASK = """
import resource, threading
from app.playback import urgent
{without}
me = threading.get_native_id()
print(me, urgent.make_urgent(me), *resource.getrlimit(resource.RLIMIT_RTTIME))
"""
NO_RIGHT = "urgent.os.sched_setscheduler = lambda *_: urgent.os.close(-1)"
ROOT = Path(__file__).resolve().parents[2]


def asked(address: str, without: str = NO_RIGHT) -> tuple[int, bool, int, int]:
    """The thread of a child that wants to come first, what came of it, and how long it may compute without a rest."""
    said = subprocess.run(
        [sys.executable, "-c", ASK.format(without=without)],
        cwd=ROOT,
        env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=True,
    ).stdout.split()
    return int(said[0]), said[1] == "True", int(said[2]), int(said[3])


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"unix:path={tmp_path_factory.mktemp('b') / 'bus'}"


def allowed() -> bool:
    """Whether whoever runs the tests may let a thread come first."""
    child = subprocess.run(["chrt", "-r", "5", "true"], stderr=subprocess.DEVNULL, check=False)
    return child.returncode == 0


def test_who_has_the_right_needs_to_ask_nobody() -> None:
    _, urgent, _, _ = asked("unix:path=/nowhere", without="")
    assert urgent == allowed()


def test_who_has_no_right_asks_realtimekit_for_the_very_thread(address: str) -> None:
    def answer(call: Message) -> Message:
        if allowed():
            os.sched_setscheduler(call.body[0], os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(call.body[1]))
        return Message.new_method_return(call)

    with (
        a_bus(Path(address.removeprefix("unix:path=")).parent),
        FakeService("org.freedesktop.RealtimeKit1", answer, address) as kit,
    ):
        thread, urgent, soft_us, hard_us = asked(address)
    [call] = kit.asked("MakeThreadRealtime")
    assert (call.path, call.interface) == ("/org/freedesktop/RealtimeKit1", "org.freedesktop.RealtimeKit1")
    assert (call.signature, call.body) == ("tu", [thread, 5])
    assert urgent == allowed()
    assert 0 < soft_us == hard_us <= 200_000, "it grants nothing to who could stop the machine"


def test_a_refusal_and_silence_and_no_service_leave_it_as_it_is(address: str) -> None:
    with a_bus(Path(address.removeprefix("unix:path=")).parent):
        assert not asked(address)[1], "nobody owns the name"
        for answer in (
            lambda call: Message.new_error(call, "org.freedesktop.DBus.Error.AccessDenied", "no"),
            lambda _: None,
        ):
            with FakeService("org.freedesktop.RealtimeKit1", answer, address) as kit:
                assert not asked(address)[1]
            assert len(kit.asked("MakeThreadRealtime")) == 1


@pytest.mark.parametrize(
    "address", ["", "unix:path=/nowhere", "tcp:host=localhost,port=1", "nonsense", "unix:path=\0"[:10]]
)
def test_where_there_is_no_bus_it_goes_without(address: str) -> None:
    assert not asked(address)[1]
