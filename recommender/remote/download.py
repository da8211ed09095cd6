"""A file of a known size and digest, fetched in as many goes as it takes.

What has come stays beside the file as ``NAME.part``, also when the program ends; the next go asks for the rest. The
file gets its name when size and digest are right, so that a file with its name is always whole.
"""

import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from recommender.remote.errors import BadAnswer, NotKept, TooSlow, TryLater, Unreachable, Untrusted
from recommender.remote.http import Stream, Web, checked

MOST_GOES = 5
LONGEST_PAUSE_S, MOST_PAUSES = 30, 5
"""A server that wants to be left alone for a moment, in the middle of many files, is waited for."""

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as signed metadata describes it."""

    name: str
    """A plain name, for the file here."""
    url: str
    size_bytes: int
    sha256: str


def download(
    web: Web, wanted: Wanted, folder: Path, why: str, progress: Callable[[int], None] = lambda _bytes: None
) -> Path:
    """The file in ``folder``, whole. ``progress`` is told how many of its bytes are here.

    Raises:
        RemoteError: it cannot be had; what has come stays for the next time, unless it was wrong.
    """
    try:
        return _download(web, wanted, folder, why, progress)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            folder.joinpath(f"{wanted.name}.part").unlink(missing_ok=True)
            raise NotKept("There is no room left on the disk.") from error
        raise NotKept(f"{folder} cannot be written: {error.strerror or error}.") from error


def _download(web: Web, wanted: Wanted, folder: Path, why: str, progress: Callable[[int], None]) -> Path:
    target, part = folder / wanted.name, folder / f"{wanted.name}.part"
    if target.is_file() and is_whole(target, wanted):
        progress(wanted.size_bytes)
        return target
    goes, waits, anew = 0, 0, False
    while True:
        have = part.stat().st_size if part.is_file() else 0
        if have > wanted.size_bytes:
            part.unlink()
            have = 0
        if have < wanted.size_bytes or wanted.size_bytes == 0:
            try:
                _more(web, wanted, part, have, why, progress)
            except TryLater as busy:
                waits += 1
                if busy.after_s > LONGEST_PAUSE_S or waits > MOST_PAUSES:
                    raise
                web.pause(busy.after_s)
                continue
            except (Unreachable, TooSlow):
                # A go that brought something is worth another; one that brought nothing is not.
                goes += 1
                if goes == MOST_GOES or not part.is_file() or part.stat().st_size <= have:
                    raise
                continue
        if is_whole(part, wanted):
            os.replace(part, target)
            return target
        part.unlink()
        if anew or not have:
            raise Untrusted("What the server sent is not what was signed; it was thrown away.")
        anew = True  # the beginning may be from another day


def _more(web: Web, wanted: Wanted, part: Path, have: int, why: str, progress: Callable[[int], None]) -> None:
    """Adds to ``part`` what one request brings."""
    headers = {"Range": f"bytes={have}-"} if have else {}
    with web.stream("GET", wanted.url, why, headers=headers, whole_s=web.limits.download_s) as stream:
        if stream.status == 416:
            part.unlink(missing_ok=True)
            raise BadAnswer("The server does not have the rest of the file.", 416)
        checked(stream)
        have = _begins_at(stream, have, wanted.size_bytes)
        with part.open("r+b" if have else "wb") as file:
            file.truncate(have)
            file.seek(have)
            for chunk in stream.chunks():
                have += len(chunk)
                if have > wanted.size_bytes:
                    part.unlink()
                    raise BadAnswer("The server sends more than was signed.", stream.status)
                file.write(chunk)
                progress(have)
            file.flush()
            os.fsync(file.fileno())
    if have < wanted.size_bytes:
        raise Unreachable("The connection ended before all had come.")


def _begins_at(stream: Stream, have: int, size: int) -> int:
    """Where in the file the answer begins: at 0 when the server sends all of it."""
    if stream.status == 200:
        return 0
    said = stream.headers.get("content-range", "")
    if not have or not said.startswith(f"bytes {have}-") or said.rpartition("/")[2] not in (str(size), "*"):
        raise BadAnswer("The server sends another piece of the file than was asked for.", stream.status)
    return have


def is_whole(path: Path, wanted: Wanted) -> bool:
    """Size and digest are right."""
    if path.stat().st_size != wanted.size_bytes:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest() == wanted.sha256
