"""A scan in a process of its own, as the one who waits for it sees it: steps, and a report."""

import contextlib
import json
import logging
import os
import select
import time
from collections.abc import Collection, Generator, Iterator
from pathlib import Path
from typing import Any, Final

from app.config.child import end_child, has_been_replaced, pipes, start_child
from app.domain.errors import SegueError
from app.domain.scan import RefusedFile, ScanProgress, ScanReport
from app.domain.words import say
from app.library.framing import GO_ON, MAY_I, STOP, write_all
from app.library.look import Cancelled
from app.storage.database import updated_meanwhile

_WORKER: Final = "app.library.scan_worker"
_LOOK_UP_S: Final = 0.25
_PATIENCE_S: Final = 8.0
"""A scan that was stopped ends by itself, unless a drive holds it: then it is killed, which loses nothing."""
_KILL_S: Final = 1.0
_READ_BYTES: Final = 1 << 16

log = logging.getLogger(__name__)


def scan_apart(
    database: Path,
    roots: Collection[bytes],
    cancelled: Cancelled,
    *,
    min_length_s: int,
    now_ms: int,
    only: Collection[bytes] | None = None,
    language: str = "en",
    patience_s: float = _PATIENCE_S,
) -> Generator[ScanProgress, None, ScanReport]:
    """As :func:`app.library.scan.scan`; its sentences are in ``language``.

    Raises:
        SegueError: the scan met trouble, its process does not start, or something has ended that.
        RuntimeError: a bug, as the process tells of it.
    """
    wish = {
        "database": str(database),
        "folders": [os.fsdecode(root) for root in roots],
        "only": None if only is None else [os.fsdecode(path) for path in only],
        "min_length_s": min_length_s,
        "now_ms": now_ms,
        "language": language,
    }
    refused = list[RefusedFile]()
    try:
        process = start_child(_WORKER)
    except OSError as error:
        raise SegueError(say("A helper could not be started ({}).", error.strerror)) from error
    try:
        to, source = pipes(process)
        _answer(to, json.dumps(wish).encode() + b"\n")
        for line in _lines(source, cancelled, patience_s):
            if line == MAY_I:
                _answer(to, STOP if cancelled() else GO_ON)
                continue
            said = json.loads(line)
            if "at" in said:
                done, total, folder, eta_s, rate = said["at"]
                yield ScanProgress(done, total, os.fsencode(folder), eta_s, rate)
            elif "refused" in said:
                path, *look = said["refused"]
                refused.append(RefusedFile(os.fsencode(path), *look))
            elif "report" in said:
                return _report(said["report"], refused)
            elif "trouble" in said:
                raise SegueError(said["trouble"])
            elif "bug" in said:
                raise RuntimeError(said["bug"])
    finally:
        end_child(process, _KILL_S)
    if cancelled():
        return ScanReport(cancelled=True)
    if has_been_replaced():  # the newer program's helpers do not work for an older one
        raise SegueError(updated_meanwhile())
    log.error("A scan was broken off by the system: its process ended with %s", process.returncode)
    raise SegueError(say("The scan was broken off by the system. F5 goes on where it was."))


def _lines(source: int, cancelled: Cancelled, patience_s: float) -> Iterator[bytes]:
    """What the process says, until it ends, or until it is silent for so long after it was to stop."""
    heard, heard_s = b"", time.monotonic()
    while True:
        if not select.select([source], [], [], _LOOK_UP_S)[0]:
            if cancelled() and time.monotonic() - heard_s > patience_s:
                log.warning("A scan did not stop when it was asked to: it is killed")
                return
            continue
        piece = os.read(source, _READ_BYTES)
        if not piece:
            return
        *lines, heard = (heard + piece).split(b"\n")
        yield from lines
        heard_s = time.monotonic()


def _answer(to: int, said: bytes) -> None:
    """A process that has ended needs no answer: that it has is told by its other pipe."""
    with contextlib.suppress(BrokenPipeError):
        write_all(to, said)


def _report(values: dict[str, Any], refused: list[RefusedFile]) -> ScanReport:
    report = ScanReport()
    for name, value in values.items():
        setattr(report, name, value)
    report.refused = refused
    return report
