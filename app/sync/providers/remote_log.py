"""The recommender's word of a request as our log keeps it, and where what is remembered of an address stands."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.sync import Request
from app.sync.providers.base import Told
from recommender.remote.address import address
from recommender.remote.network_log import Answered, Asked
from recommender.remote.wire import on_the_wire

DIGITS: Final = 32


class RemoteLog:
    """The remote's log as ours."""

    def __init__(self, tell: Told) -> None:
        self._tell = tell
        self._answer: Callable[[int, str], None] = lambda _bytes, _outcome: None

    def asked(self, request: Asked) -> None:
        """Before it is sent."""
        headers = {"Content-Type": "application/json"} if request.bytes_out else None
        made = request_of(request.url, request.why, request.method, headers, bytes(request.bytes_out))
        self._answer = self._tell(replace(made, text=""))

    def answered(self, answer: Answered) -> None:
        """After."""
        status = str(answer.status or "")
        outcome = f"{status}, {answer.trouble}" if status == "200" and answer.trouble else status or answer.trouble
        self._answer(answer.bytes_in, outcome)


def state_of(trust: Path, base: str) -> Path:
    """The folder for what is remembered of one address."""
    return trust / hashlib.sha256(base.encode("utf-8", "replace")).hexdigest()[:DIGITS]


def request_of(
    url: str, why: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Request:
    """A request to an address, as it stands on the wire."""
    to = address(url)
    text = on_the_wire(method, to, headers, body)
    host = to.url.removeprefix(f"{to.scheme}://").partition("/")[0]
    return Request(method, host, to.path, why, len(text), text.decode("utf-8", "replace"))
