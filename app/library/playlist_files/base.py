"""Locations that are meant from a base (``xml:base``), put together by their text alone: nothing is looked up.

A base on the web makes an address of what follows it, and one of files a path; a base says nothing more than each
location could say by itself. RFC 3986, section 5.2.
"""

import re
from urllib.parse import urljoin

from app.library.playlist_files.entries import MAX_LOCATION_BYTES

_SCHEME = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE = re.compile(rb"[A-Za-z]:\\")
_OF_THE_WEB = frozenset({b"http", b"https", b"ftp"})
_NOWHERE = b"\0"
"""No file has such a location: whatever is meant from there is left out."""


def from_base(base: bytes, location: bytes) -> bytes:
    """A location, or a further base, as it is meant from a base; ``b""``: from where the list lies."""
    if len(location) > MAX_LOCATION_BYTES:
        return _NOWHERE
    if not base or not location or _SCHEME.match(location) or _DRIVE.match(location):
        return location
    if base == _NOWHERE or len(base) + len(location) > MAX_LOCATION_BYTES:
        return _NOWHERE
    base = base.replace(b"\\", b"/") if _DRIVE.match(base) else base
    scheme = _SCHEME.match(base)
    if scheme is None:
        return location if location.startswith(b"/") else base[: base.rfind(b"/") + 1] + location
    if scheme[1].lower() in _OF_THE_WEB:
        return _on_the_web(base, location)
    if location.startswith(b"//"):
        return scheme[0] + location
    if location.startswith(b"/"):
        return scheme[0] + _host(base[scheme.end() :]) + location
    return (base[: base.rfind(b"/") + 1] or scheme[0]) + location


def _on_the_web(base: bytes, location: bytes) -> bytes:
    try:
        return urljoin(base, location)
    except ValueError:  # no address of anything
        return base


def _host(rest: bytes) -> bytes:
    """``//host`` at the start of what stands behind a scheme."""
    return b"//" + rest[2:].partition(b"/")[0] if rest.startswith(b"//") else b""
