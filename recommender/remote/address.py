"""Which addresses may be asked, and of whom.

- ``https`` everywhere; ``http`` only where the machine that answers is on this network (loopback, private, link-local).
- A redirect goes to ``https``, and to the open internet; to the same host it may stay as it was. So a server cannot
  make Segue knock on the doors of the listener's own network.
- No other scheme, no name and password inside an address.

Names are looked up by the system; the rule is held against the machine that was really reached, after connecting and
before a byte is sent, so that a name that leads to two places gains nothing.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from recommender.remote.errors import Refused

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.\-]{0,251}[a-z0-9_.])?")
_PATH = re.compile(r"[!-~]*")


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart, normal: a lower-case host in ASCII, a path that begins with a slash."""

    scheme: str
    host: str
    port: int
    path: str
    may_be_local: bool = True
    """Whether a machine of the listener's own network may answer; a redirect elsewhere takes it away."""

    def allows(self, peer: str) -> bool:
        """Whether the machine at this IP address is one that this address may lead to."""
        local = is_local(peer)
        return self.may_be_local if local else self.scheme == "https"

    @property
    def url(self) -> str:
        """As one text."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def is_local(ip: str) -> bool:
    """Whether an IP address is not one of the open internet. What cannot be read counts as local."""
    try:
        found = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return True
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_local(str(inner))
    return not found.is_global or found.is_multicast


def address(url: str) -> Address:
    """An address the listener typed or that stands under one.

    Raises:
        Refused: it is none, or not one of the web.
    """
    if len(url) > LONGEST or not url.isprintable():
        raise Refused("This is not an address of the web.")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = _ascii(parts.hostname or "")
    except (ValueError, UnicodeError) as trouble:
        raise Refused("This is not an address of the web.") from trouble
    if parts.scheme not in PORTS:
        raise Refused("Only addresses that begin with https:// can be asked, or http:// inside this network.")
    if "@" in parts.netloc:
        raise Refused("An address must not hold a name or a password.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not host or not _PATH.fullmatch(path) or port == 0:
        raise Refused("This is not an address of the web.")
    literal = _ip(host)
    found = Address(parts.scheme, host, port or PORTS[parts.scheme], path)
    if literal is not None and not found.allows(host):
        raise Refused(plain_http(host))
    return found


def redirected(old: Address, location: str) -> Address:
    """Where a redirect leads.

    Raises:
        Refused: it leads where it must not.
    """
    new = address(urljoin(old.url, location))
    same = new.host == old.host
    if new.scheme == "http" and not (same and old.scheme == "http"):
        raise Refused(f"{old.host} leads on to an address without encryption ({new.host}); it was not followed.")
    local = old.may_be_local and same
    found = Address(new.scheme, new.host, new.port, new.path, local)
    if _ip(new.host) is not None and not found.allows(new.host):
        raise Refused(leads_inside(old.host, new.host))
    return found


def plain_http(host: str) -> str:
    """Why http to somewhere outside was refused."""
    return f"{host} is outside this network: its address has to begin with https://."


def leads_inside(from_host: str, host: str) -> str:
    """Why a redirect was refused."""
    return f"{from_host} leads on to a machine of your own network ({host}); it was not followed."


def _ascii(host: str) -> str:
    """In lower-case ASCII; IPv6 without its brackets. Empty where it is no host."""
    if _ip(host) is not None:
        return host
    plain = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    return plain if _HOST.fullmatch(plain) else ""


def _ip(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return None
