"""In front of everything: limits on bytes, time and rate, and one line of log a request.

The log has no address, no path, no body and no answer: when, which kind of request, the status, how long, how many
bytes. A key in a path says what somebody listens to, so the route's pattern is written, never the path.
"""

import asyncio
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException

from recommender.remote.protocol import METADATA, MOST_BODY_BYTES, TARGETS

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("segue.service")

MOST_CLIENTS = 10_000
_FILES = (f"/{METADATA}/", f"/{TARGETS}/")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"referrer-policy", b"no-referrer"),
]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may do, and how long it may take."""

    rate_s: float = 20.0
    """Questions a second for each address and worker; three seconds' worth at once."""
    files: float = 10.0
    """So many times as often files may be asked for: a large model comes in hundreds of pieces."""
    body_bytes: int = MOST_BODY_BYTES
    body_s: float = 10.0
    """For all of the body to arrive."""
    send_s: float = 60.0
    """For one piece of the answer to be taken."""


class Rates:
    """A bucket an address, filled at a rate. The addresses seen last are kept, in memory alone."""

    def __init__(self, rate_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate_s, self._most, self._clock = rate_s, max(3 * rate_s, 1.0), clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, client: str) -> float:
        """0 when a request may pass now, else how long until one may."""
        now = self._clock()
        level, at = self._buckets.pop(client, (self._most, now))
        level = min(self._most, level + (now - at) * self._rate_s)
        passes = level >= 1.0
        self._buckets[client] = (level - 1.0 if passes else level, now)
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if passes else (1.0 - level) / self._rate_s


class _Refused(HTTPException):
    """What FastAPI lets through while it reads a body."""


def _too_much(most: int) -> _Refused:
    return _Refused(413, f"At most {most:,} bytes can be sent.")


class Guard:
    """ASGI middleware."""

    def __init__(self, app: App, limits: Limits) -> None:
        self._app, self._limits = app, limits
        self._rates, self._file_rates = Rates(limits.rate_s), Rates(limits.rate_s * limits.files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = _Told(scope, send, self._limits.send_s)
        try:
            await self._guarded(scope, receive, told)
        except _Refused as error:
            await told.refuse(error.status_code, error.detail)
        finally:
            told.write()

    async def _guarded(self, scope: Scope, receive: Receive, told: "_Told") -> None:
        client = (scope.get("client") or ("", 0))[0]
        is_file = scope["path"].startswith(_FILES)
        wait_s = (self._file_rates if is_file else self._rates).wait_s(client)
        if wait_s:
            await told.refuse(429, "Too many requests.", [(b"retry-after", str(int(wait_s) + 1).encode())])
            return
        length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not length.isdigit() or int(length[:12]) > self._limits.body_bytes:
            raise _too_much(self._limits.body_bytes)
        await self._app(scope, _Bounded(receive, self._limits), told)


class _Bounded:
    """A body that is neither longer nor slower than allowed."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive, self._limits = receive, limits
        self._bytes, self._begun, self._whole = 0, time.monotonic(), False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()  # waits for the client to go
        left = self._begun + self._limits.body_s - time.monotonic()
        try:
            async with asyncio.timeout(max(left, 0.0)):
                message = await self._receive()
        except TimeoutError:
            raise _Refused(408, "The request took too long to arrive.") from None
        self._bytes += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._bytes > self._limits.body_bytes:
            raise _too_much(self._limits.body_bytes)
        return message


class _Told:
    """Sends the answer, adds headers, and remembers what goes into the log."""

    def __init__(self, scope: Scope, send: Send, send_s: float) -> None:
        self._scope, self._send, self._send_s = scope, send, send_s
        self._begun, self.status, self._bytes = time.perf_counter(), 0, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            # Of what is refused the rest is not read.
            close = [(b"connection", b"close")] if self.status in (408, 413) else []
            message["headers"] = [*message.get("headers", []), *_HEADERS, *close]
        self._bytes += len(message.get("body", b""))
        async with asyncio.timeout(self._send_s):
            await self._send(message)

    async def refuse(self, status: int, sentence: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        """An answer of our own, unless one has begun."""
        if self.status:
            raise ConnectionError(sentence)
        body = json.dumps({"detail": sentence}).encode()
        head = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *(headers or [])]
        await self({"type": "http.response.start", "status": status, "headers": head})
        await self({"type": "http.response.body", "body": body})

    def write(self) -> None:
        """The line of the log."""
        route = self._scope.get("route")
        kind = getattr(route, "path", None) or self._scope.get("root_path") or "?"
        took = round((time.perf_counter() - self._begun) * 1000, 1)
        line = {
            "at": int(time.time()),
            "method": self._scope["method"] if self._scope["method"] in _METHODS else "?",
            "route": kind,
            "status": self.status,
            "ms": took,
            "bytes": self._bytes,
        }
        log.info(json.dumps(line))


_METHODS = {"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"}
