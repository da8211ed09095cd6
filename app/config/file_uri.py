"""Files by their names as other programs give them: ``file:`` URIs and plain paths, to bytes and back."""

import os
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

MOST_PATH_BYTES = 4_096
"""Longer than Linux takes a path."""
_MOST_URI_CHARS = 3 * MOST_PATH_BYTES + 32
_THIS_MACHINE = frozenset({"", "localhost"})


def path_of_uri(uri: str) -> bytes | None:
    """The absolute path of a file on this machine; ``None`` for the net, other machines and what makes no sense."""
    if len(uri) > _MOST_URI_CHARS:
        return None
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc.lower() not in _THIS_MACHINE:
        return None
    # Neither a query nor a fragment has a meaning here: names may hold these letters.
    written = uri[uri.index(":") + 1 :].removeprefix(f"//{parts.netloc}")
    return plain_path(unquote_to_bytes(written))


def plain_path(path: bytes) -> bytes | None:
    """An absolute path without ``..``; ``None`` for a relative one, a network path and one no file can have."""
    if not path.startswith(b"/") or path.startswith(b"//") or b"\0" in path or len(path) > MOST_PATH_BYTES:
        return None
    return os.path.normpath(path)


def path_of_word(word: str) -> bytes | None:
    """The file that a word of the command line names, seen from the current folder."""
    if word.startswith("file:"):
        return path_of_uri(word)
    if not word or "\0" in word:
        return None
    return plain_path(os.path.abspath(os.fsencode(word)))


def uri_of_path(path: bytes) -> str:
    """The URI of an absolute path."""
    return "file://" + quote_from_bytes(path)
