"""The session bus, without a daemon."""

import socket
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from app.qt.jobs import Jobs
from app.qt.session_bus import SessionBus, be_patient


def test_a_daemon_that_takes_no_more_now_is_waited_for() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        bus = SimpleNamespace(_writer=SimpleNamespace(sock=ours))
        be_patient(bus)  # type: ignore[arg-type]
        message = memoryview(b"x" * 10_000)
        sent = 0
        while taken := bus._writer.sock.send(message):
            sent += taken
        assert bus._writer.sock.send(message) == 0
        theirs.recv(sent)
        assert bus._writer.sock.send(message) > 0


def test_a_daemon_that_is_gone_is_still_an_error() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        bus = SimpleNamespace(_writer=SimpleNamespace(sock=ours))
        be_patient(bus)  # type: ignore[arg-type]
        with pytest.raises(BrokenPipeError):
            bus._writer.sock.send(memoryview(b"x"))


def test_only_a_joined_bus_can_be_patient() -> None:
    with pytest.raises(ValueError, match="joined"):
        be_patient(SimpleNamespace(_writer=None))  # type: ignore[arg-type]


def test_a_second_start_is_none_and_the_first_can_be_ended(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    bus = SessionBus(Jobs())
    bus.patient = True
    bus.start()
    bus.start()
    bus.close()  # that nothing goes on is looked at for every test
    bus.start()
    bus.close()
