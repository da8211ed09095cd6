"""Words from a second start to the window that is already open, over a socket that only its owner may use.

A request is a mark, its length and lines that end in NUL: a verb, then absolute paths. The window answers with one byte
when it has taken the request. Nothing that arrives is believed: size, verb, paths and sender are checked.
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from app.config.file_uri import plain_path

VERBS = frozenset({"open", "raise", "play-pause", "play", "pause", "stop", "next", "previous"})
COMPANION = "companion"
"""The program beside Segue: it has a socket of its own."""
MOST_BYTES = 4 << 20
MOST_PATHS = 10_000
TAKEN = b"+"
HEAD_BYTES = 12

_MARK = b"segue-1\n"
_LONGEST_ADDRESS = 100
"""Linux takes 107 bytes; Qt makes a folder beside the socket first."""
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Request:
    """What the window is asked to do; the paths belong to ``open``."""

    verb: str
    paths: tuple[bytes, ...] = ()


def address(runtime: Path, program: str = "segue") -> Path | None:
    """Where the socket of a program's window is; ``None`` where the folder's name is too long for one."""
    found = runtime / f"{program}.sock"
    return found if len(os.fsencode(found)) <= _LONGEST_ADDRESS else None


def packed(request: Request) -> bytes:
    """The request as it travels; paths beyond the limit stay behind."""
    body = b"".join(part + b"\0" for part in (request.verb.encode(), *request.paths[:MOST_PATHS]))
    return _MARK + struct.pack(">I", len(body)) + body


def body_bytes(head: bytes) -> int | None:
    """How many bytes follow a head; ``None`` where it is none, or they are too many."""
    if len(head) < HEAD_BYTES or not head.startswith(_MARK):
        return None
    (length,) = struct.unpack(">I", head[len(_MARK) : HEAD_BYTES])
    return int(length) if 0 < length <= MOST_BYTES else None


def unpacked(body: bytes) -> Request | None:
    """The request in a body; ``None`` for anything that no Segue sends."""
    if not body.endswith(b"\0"):
        return None
    verb, *paths = body[:-1].split(b"\0")
    known = verb.decode("ascii", "replace")
    if known not in VERBS or len(paths) > MOST_PATHS or bool(paths) != (known == "open"):
        return None
    plain = tuple(found for path in paths if (found := plain_path(path)) is not None)
    return Request(known, plain) if len(plain) == len(paths) else None


def forward(place: Path | None, request: Request, patience_s: float = _PATIENCE_S) -> bool:
    """Gives a request to the window that is open; False where none is, or where it takes nothing."""
    if place is None or not os.path.lexists(place):
        return False
    import socket  # most starts find no other window

    if not hasattr(socket, "AF_UNIX"):
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(patience_s)
        try:
            line.connect(os.fspath(place))
            if not is_own(line.fileno()):
                return False
            line.sendall(packed(request))
            return line.recv(1) == TAKEN
        except OSError:  # no socket, one that a crash left behind, or a window that hangs
            return False


def is_own(descriptor: int) -> bool:
    """Whether the other end of a socket belongs to the same user, where the system tells."""
    import socket

    if not hasattr(socket, "SO_PEERCRED"):
        return True
    with socket.socket(fileno=os.dup(descriptor)) as line:
        told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _pid, user, _group = struct.unpack("3i", told)
    return bool(user == os.getuid())
