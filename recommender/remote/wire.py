"""A request as it stands on the wire, made without sending it: what a listener is shown before agreeing."""

from collections.abc import Mapping

from recommender.remote.address import PORTS, Address
from recommender.remote.http import USER_AGENT


def on_the_wire(method: str, to: Address, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """Head and body, byte for byte what ``http.Web`` sends to ``to`` first; tests hold them side by side."""
    host = f"[{to.host}]" if ":" in to.host else to.host
    port = "" if PORTS[to.scheme] == to.port else f":{to.port}"
    sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})}
    if body:
        sent = {"Content-Length": str(len(body)), **sent}
    lines = [f"{method} {to.path} HTTP/1.1", f"Host: {host}{port}", *(f"{name}: {text}" for name, text in sent.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
