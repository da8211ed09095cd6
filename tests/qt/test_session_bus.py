"""The session bus, without a daemon."""

import socket
from types import SimpleNamespace

import pytest

from app.qt.session_bus import be_patient


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
