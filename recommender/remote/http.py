"""Every request goes through here: the rules of ``address``, caps on size and time, and a log told beforehand.

No cookies, no proxies, no caches, no compression (what is sent compressed is refused: nothing grows when unpacked).
"""

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

import urllib3

from recommender.remote.address import Address, address, redirected
from recommender.remote.connection import LOOK_UP_S, Encrypted, Patience, Plain, connection
from recommender.remote.errors import BadAnswer, RemoteError, TooSlow, TryLater, Unreachable
from recommender.remote.network_log import Answered, Asked, NetworkLog

USER_AGENT = "Segue"
CHUNK_BYTES = 1 << 16
MOST_REDIRECTS = 3
MOST_WAIT_S = 7 * 86_400
_MOVED = {301, 302, 303, 307, 308}
_LATER = {429, 503}
_SENT, _DONE = frozenset({200, 206}), frozenset({200, 201, 204})


class _BrokenOff(Exception):
    """The system could not send or receive."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, without a byte, and for one answer."""

    connect_s: float = 10.0
    gap_s: float = 20.0
    whole_s: float = 120.0
    download_s: float = 3_600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read whole."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """The JSON object it holds.

        Raises:
            BadAnswer: it holds none.
        """
        found = self.json_value()
        if not isinstance(found, dict):
            raise BadAnswer("The server's answer makes no sense.")
        return found

    def json_value(self) -> Any:
        """The JSON it holds, whatever it is.

        Raises:
            BadAnswer: it holds none.
        """
        try:
            return json.loads(self.body, parse_constant=_refused)
        except (ValueError, RecursionError) as trouble:
            raise BadAnswer("The server's answer makes no sense.") from trouble


class Stream:
    """An answer being read."""

    def __init__(self, status: int, headers: Mapping[str, str], response: urllib3.BaseHTTPResponse) -> None:
        self.status, self.headers, self._response = status, headers, response
        self.bytes_in, self.is_read = 0, False

    def chunks(self) -> Iterator[bytes]:
        """What comes, as it comes."""
        while chunk := self._response.read1(CHUNK_BYTES, decode_content=False):
            self.bytes_in += len(chunk)
            yield chunk
        self.is_read = True

    def skip_rest(self) -> None:
        """Reads what nobody wanted, where that is less work than a new connection."""
        length = self.headers.get("content-length", "")
        if not self.is_read and length.isascii() and length.isdigit() and int(length[:9]) <= CHUNK_BYTES:
            for _ in self.chunks():
                pass


class Web:
    """Asks servers. Holds one connection, so that a row of requests to one host needs no row of handshakes."""

    def __init__(
        self,
        log: NetworkLog,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.limits = limits or Limits()
        self._log, self._tls, self._now = log, tls, now
        self._patience = Patience(cancelled)
        self._open: Plain | Encrypted | None = None

    def close(self) -> None:
        """Lets go of the connection."""
        if self._open is not None:
            self._open.close()
            self._open.drop()
            self._open = None

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def pause(self, seconds: float) -> None:
        """Waits, and looks up as often as when it waits for a server.

        Raises:
            Stopped: the listener cancelled.
        """
        self.close()
        end_s = time.monotonic() + seconds
        while (left := end_s - time.monotonic()) > 0:
            self._patience.look_up()
            time.sleep(min(left, LOOK_UP_S))

    def get(self, url: str, why: str, most_bytes: int, headers: Mapping[str, str] | None = None) -> Answer:
        """The whole answer, of at most ``most_bytes``. A status that is not 200 is a BadAnswer or a TryLater."""
        with self.stream("GET", url, why, headers=headers) as stream:
            return _whole(stream, most_bytes)

    def send(
        self, method: str, url: str, why: str, most_bytes: int, body: bytes, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Sends JSON. It is not sent on where a redirect leads."""
        more = {"Content-Type": "application/json", **(headers or {})}
        with self.stream(method, url, why, body=body, headers=more) as stream:
            return _whole(stream, most_bytes, good=_DONE)

    @contextmanager
    def stream(
        self,
        method: str,
        url: str,
        why: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        whole_s: float | None = None,
    ) -> Iterator[Stream]:
        """An answer to be read bit by bit, redirects followed. Trouble of any kind is a RemoteError."""
        to, came_from = address(url), ""
        more = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})}
        self._patience.begin(to.host, self.limits.gap_s, whole_s or self.limits.whole_s)
        for _ in range(MOST_REDIRECTS + 1):
            with self._one(method, to, why, body, more, came_from) as stream:
                if stream.status not in _MOVED or "location" not in stream.headers:
                    yield stream
                    return
                if method != "GET":
                    raise BadAnswer(f"{to.host} wants what was sent to go elsewhere; it was not.", stream.status)
                target = redirected(to, stream.headers["location"])
            came_from, to = ("" if target.host == to.host else to.host), target
        raise BadAnswer(f"{to.host} leads on and on.")

    @contextmanager
    def _one(
        self, method: str, to: Address, why: str, body: bytes, headers: Mapping[str, str], came_from: str
    ) -> Iterator[Stream]:
        """One request and its answer, written down before and after."""
        asked = Asked(int(self._now()), method, to.scheme, to.host, to.port, to.path, len(body), why)
        self._log.asked(asked)
        begun, stream, trouble = time.monotonic(), None, ""
        try:
            with self._translated(to.host), _closing(self._response(method, to, body, headers, came_from)) as response:
                stream = Stream(response.status, _headers(response), response)
                _check_head(stream.headers, to.host)
                yield stream
                stream.skip_rest()
            if not stream.is_read:
                self.close()
        except BaseException as error:
            trouble = str(error)
            self.close()
            raise
        finally:
            took_ms = int((time.monotonic() - begun) * 1000)
            status, bytes_in = (stream.status, stream.bytes_in) if stream else (0, 0)
            self._log.answered(Answered(asked, status, bytes_in, took_ms, trouble))

    def _response(
        self, method: str, to: Address, body: bytes, headers: Mapping[str, str], came_from: str
    ) -> urllib3.BaseHTTPResponse:
        """The head of the answer. Where a kept connection fails, the server may have closed it: a new one is made."""
        if self._open is not None and _same_door(self._open, to, came_from) and method == "GET":
            try:
                return _ask(self._open, method, to, body, headers)
            except (_BrokenOff, TimeoutError, ssl.SSLError, HTTPException, urllib3.exceptions.HTTPError):
                pass
        self.close()
        self._open = connection(to, self._patience, self._connect_s(), self._tls, came_from)
        return _ask(self._open, method, to, body, headers)

    def _connect_s(self) -> float:
        return min(self.limits.connect_s, self._patience.left_s())

    @contextmanager
    def _translated(self, host: str) -> Iterator[None]:
        """Trouble of the libraries as ours."""
        try:
            yield
        except RemoteError:
            raise
        except urllib3.exceptions.NameResolutionError as error:
            raise Unreachable(f"{host} was not found. Is there a network?") from error
        except urllib3.exceptions.NewConnectionError as error:  # to urllib3 also a TimeoutError
            raise Unreachable(f"The connection to {host} failed.") from error
        except (urllib3.exceptions.TimeoutError, TimeoutError) as error:
            raise TooSlow(f"{host} did not answer in time.") from error
        except (ssl.SSLError, urllib3.exceptions.SSLError) as error:
            raise Unreachable(f"{host} could not prove who it is; nothing was fetched.") from error
        except (urllib3.exceptions.HTTPError, HTTPException, _BrokenOff, ConnectionError) as error:
            raise Unreachable(f"The connection to {host} failed.") from error


@contextmanager
def _closing(response: urllib3.BaseHTTPResponse) -> Iterator[urllib3.BaseHTTPResponse]:
    """Closes it at the end, also where its connection was let go of before: who reads may be collected late."""
    try:
        yield response
    finally:
        with suppress(ValueError):
            response.close()


def checked(stream: Stream, good: frozenset[int] = _SENT) -> Stream:
    """The answer, when it is a good one.

    Raises:
        TryLater: 429 or 503.
        BadAnswer: anything else that is not ``good``.
    """
    if stream.status in _LATER:
        raise TryLater("The server is busy; it will be asked again later.", retry_after_s(stream.headers))
    if stream.status not in good:
        raise BadAnswer(f"The server answered with an error ({stream.status}).", stream.status)
    return stream


def retry_after_s(headers: Mapping[str, str], now_s: float | None = None) -> int:
    """How long the server wants to be left alone, 60 s when it does not say, a week at most."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(int(said[:9]), MOST_WAIT_S)
    try:
        wait = parsedate_to_datetime(said).timestamp() - (time.time() if now_s is None else now_s)
    except (ValueError, TypeError, OverflowError):
        return 60
    return int(min(max(wait, 0), MOST_WAIT_S))


def _check_head(headers: Mapping[str, str], host: str) -> None:
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise BadAnswer(f"{host} does not say how much it sends.")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise BadAnswer(f"{host} sent something packed that was asked for as it is.")


def _whole(stream: Stream, most_bytes: int, good: frozenset[int] = _SENT) -> Answer:
    checked(stream, good)
    found = bytearray()
    for chunk in stream.chunks():
        found += chunk
        if len(found) > most_bytes:
            raise BadAnswer("The server sends more than was asked for.", stream.status)
    return Answer(stream.status, bytes(found))


def _ask(
    door: Plain | Encrypted, method: str, to: Address, body: bytes, headers: Mapping[str, str]
) -> urllib3.BaseHTTPResponse:
    try:
        door.request(method, to.path, body=body or None, headers=headers, preload_content=False, decode_content=False)
        return door.getresponse()
    except (TimeoutError, ssl.SSLError):
        raise
    except OSError as error:
        raise _BrokenOff from error


def _same_door(kept: Plain | Encrypted, to: Address, came_from: str) -> bool:
    """Whether a kept connection leads to ``to``, under rules no weaker."""
    at = kept.address
    same = (at.scheme, at.host, at.port) == (to.scheme, to.host, to.port)
    return same and at.may_be_local == to.may_be_local and kept.came_from == came_from


def _headers(response: urllib3.BaseHTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")
