"""Where the file of a track lies or lay, as its listener knows it: another track may have its path by now."""

import re

SHELF = b"/.drive-"
"""Begins the folders in which tracks stand aside whose drive another one has the place of."""

_OF_A_SHELF = re.compile(rb"(.*)/\.drive-[^/]+(/.*)", re.DOTALL)
_REPLACED = re.compile(rb"/replaced-\d+\Z")


def place_of(path: bytes) -> bytes:
    """The path that a track had before another drive, or another recording, took its place.

    >>> place_of(b"/media/usb/.drive-1234-ABCD/a.mp3"), place_of(b"/music/a.mp3/replaced-7")
    (b'/media/usb/a.mp3', b'/music/a.mp3')
    """
    path = _REPLACED.sub(b"", path) if b"/replaced-" in path else path
    if SHELF in path and (found := _OF_A_SHELF.fullmatch(path)):
        return found[1] + found[2]
    return path
