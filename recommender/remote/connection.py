"""One connection: who answers is looked at before a byte is sent, and nobody can make it wait longer than was said.

A server that sends a byte a minute, in the head or in the body, ends at the deadline; a listener who cancels is heard
within a quarter of a second.
"""

import io
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from recommender.remote.address import Address, leads_inside, plain_http
from recommender.remote.errors import Refused, Stopped, TooSlow

LOOK_UP_S = 0.25
"""How often a wait looks up to see whether it is still wanted."""


class Patience:
    """How long to wait: ``gap_s`` for the next byte, until ``end_s`` on the clock for the last."""

    def __init__(self, cancelled: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._cancelled, self._clock = cancelled, clock
        self.begin("", 0.0, 0.0)

    def begin(self, host: str, gap_s: float, whole_s: float) -> None:
        """A request begins."""
        self.host, self.gap_s = host, gap_s
        self.end_s = self._clock() + whole_s
        self.heard()

    def heard(self) -> None:
        """Something came."""
        self._gap_end_s = self._clock() + self.gap_s

    def look_up(self) -> None:
        """Raises Stopped when the listener cancelled."""
        if self._cancelled():
            raise Stopped("Stopped.")

    def left_s(self) -> float:
        """Seconds that may be waited now, more than 0.

        Raises:
            Stopped: the listener cancelled.
            TooSlow: the time is over.
        """
        self.look_up()
        left = min(self._gap_end_s, self.end_s) - self._clock()
        if left <= 0:
            raise TooSlow(f"{self.host} did not answer in time.")
        return left


class _Reader(io.RawIOBase):
    """Reads a socket in short waits."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        super().__init__()
        self._sock, self._patience = sock, patience
        self._hold = sock.makefile("rb", buffering=0)  # while it is open, closing the socket waits

    def close(self) -> None:
        """Lets the socket close."""
        self._hold.close()
        super().close()

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Into ``buffer``; 0 at the end."""
        while True:
            self._sock.settimeout(min(LOOK_UP_S, self._patience.left_s()))
            try:
                count = self._sock.recv_into(buffer)
            except TimeoutError:
                continue
            self._patience.heard()
            return count


class _Patient:
    """A socket whose answers are read by :class:`_Reader`; the rest is the socket's."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._sock, self._patience = sock, patience
        self._reader: io.BufferedReader | None = None

    def makefile(self, mode: str) -> io.BufferedReader:
        """What ``http.client`` reads from."""
        if mode != "rb":
            raise ValueError(mode)
        self._reader = io.BufferedReader(_Reader(self._sock, self._patience))
        return self._reader

    def drop(self) -> None:
        """Closes, also for a reader that an answer without sense left open."""
        self._sock.close()
        if self._reader is not None:
            self._reader.close()

    def sendall(self, data: Any) -> None:
        """Sends in one go, within what is left."""
        self._sock.settimeout(self._patience.left_s())
        self._sock.sendall(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Guarded:
    """What both kinds of connection share."""

    address: Address
    patience: Patience
    came_from: str
    """The host whose redirect led here, or empty."""
    _patient: _Patient | None = None

    def drop(self) -> None:
        """Closes whatever is open."""
        if self._patient is not None:
            self._patient.drop()
            self._patient = None

    def guarded(self, sock: socket.socket) -> socket.socket:
        """The socket, when the machine at its other end may be asked; else it is closed."""
        peer = sock.getpeername()[0]
        if self.address.allows(peer):
            return sock
        sock.close()
        host = self.address.host
        raise Refused(leads_inside(self.came_from, host) if self.came_from else plain_http(host))


class Plain(_Guarded, HTTPConnection):
    """Without encryption: inside the listener's own network."""

    def _new_conn(self) -> socket.socket:
        return self.guarded(super()._new_conn())

    def connect(self) -> None:
        """Connects, then reads patiently."""
        super().connect()
        self.sock = self._patient = _Patient(self.sock, self.patience)


class Encrypted(_Guarded, HTTPSConnection):
    """With the certificate of the host checked against the system's."""

    def _new_conn(self) -> socket.socket:
        return self.guarded(super()._new_conn())

    def connect(self) -> None:
        """Connects, then reads patiently."""
        super().connect()
        self.sock = self._patient = _Patient(self.sock, self.patience)


def connection(
    to: Address, patience: Patience, timeout_s: float, tls: ssl.SSLContext | None, came_from: str = ""
) -> Plain | Encrypted:
    """A connection that is opened by its first request."""
    made: Plain | Encrypted
    if to.scheme == "http":
        made = Plain(to.host, to.port, timeout=timeout_s)
    else:
        made = Encrypted(to.host, to.port, timeout=timeout_s, ssl_context=tls or ssl.create_default_context())
    made.address, made.patience, made.came_from = to, patience, came_from
    return made
