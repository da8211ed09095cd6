"""Lets the threads that feed a device run before everything else, where the system allows it.

A nice level is not enough: on a busy machine with two cores the thread of a device waited for up to 180 ms for its
turn, and a device holds less. A user has the right by a limit, or from RealtimeKit, a service of the system's bus that
desktops have for this. What such a thread may compute without a rest is limited, so that a mistake cannot stop the
machine. https://github.com/heftig/rtkit
"""

import os
import socket
import struct
import time
from contextlib import suppress

_PRIORITY = 5
"""What sound servers take."""
_LONGEST_US = 200_000
"""RealtimeKit asks for this limit. A process that goes on for longer without a rest is ended."""
_ANSWERS_S = 1.0
_BUS = "unix:path=/run/dbus/system_bus_socket"
_NAME, _PATH = "org.freedesktop.RealtimeKit1", "/org/freedesktop/RealtimeKit1"


def make_urgent(thread: int) -> bool:
    """A thread of this process, by its number in the system, comes first. False where that is not allowed.

    Other systems than Linux give the threads of a device their turn by themselves.
    """
    if not hasattr(os, "sched_setscheduler"):
        return False
    _by_right(thread)
    if not is_urgent(thread):
        with suppress(OSError, ValueError):
            _ask(thread)
    return is_urgent(thread)


def _by_right(thread: int) -> None:
    import resource  # not there on every system

    with suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_RTTIME)[1]
        most = _LONGEST_US if hard == resource.RLIM_INFINITY else min(_LONGEST_US, hard)
        resource.setrlimit(resource.RLIMIT_RTTIME, (most, most))
    with suppress(OSError):
        os.sched_setscheduler(thread, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(_PRIORITY))


def is_urgent(thread: int) -> bool:
    """How it stands with a thread."""
    try:
        return os.sched_getscheduler(thread) & ~os.SCHED_RESET_ON_FORK == os.SCHED_RR
    except OSError:
        return False


def _ask(thread: int) -> None:
    """Asks RealtimeKit, and waits until it has done so or has answered; its answer shows in the thread itself."""
    address = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", _BUS).split(";")[0].split(",")[0]
    kind, _, path = address.partition(":path=")
    if kind != "unix":
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bus:
        bus.settimeout(_ANSWERS_S)
        bus.connect(path)
        bus.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        if not bus.recv(1024).startswith(b"OK"):
            return
        bus.sendall(b"BEGIN\r\n" + _call(1, "org.freedesktop.DBus", "/org/freedesktop/DBus", "Hello"))
        body = struct.pack("<QI", thread, _PRIORITY)
        bus.sendall(_call(2, _NAME, _PATH, "MakeThreadRealtime", "tu", body))
        until = time.monotonic() + _ANSWERS_S
        while not is_urgent(thread) and time.monotonic() < until and (heard := bus.recv(4096)):
            if b"org.freedesktop.DBus.Error" in heard:
                return


def _call(serial: int, to: str, path: str, member: str, signature: str = "", body: bytes = b"") -> bytes:
    """A call as the bus wants it. https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol"""
    fields = [(1, "o", path), (2, "s", to), (3, "s", member), (6, "s", to)]
    packed = b""
    for code, kind, text in fields:
        packed = _to_eight(packed) + struct.pack("<BB2s", code, 1, f"{kind}\0".encode()) + _text(text)
    if signature:
        packed = _to_eight(packed) + struct.pack("<BB2sB", 8, 1, b"g\0", len(signature)) + f"{signature}\0".encode()
    head = struct.pack("<BBBBIII", ord("l"), 1, 0, 1, len(body), serial, len(packed))
    return _to_eight(head + packed) + body


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<I", len(raw)) + raw + b"\0"


def _to_eight(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 8)
