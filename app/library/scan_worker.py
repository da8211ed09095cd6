"""The child that scans: ``python -m app.library.scan_worker``; the wish is a line of JSON on its input.

A process of its own, because Python runs one thread at a time: a scan beside the window's thread made each of its turns
as long again. It writes lines of JSON: how far it is, what came of it, or the trouble it is in. Many times a second it
asks whether to go on, waits for the answer, and so is paused and stopped; without a parent it stops by itself.
"""

import json
import os
import sys
import time
from types import TracebackType
from typing import Any, Final

from app.config.priority import give_way
from app.domain import words
from app.domain.errors import SegueError
from app.domain.scan import ScanReport
from app.library.framing import GO_ON, MAY_I, write_all
from app.library.scan import scan
from app.storage.database import Database
from app.storage.roots import RootStore
from app.storage.scanned import ScannedStore

_NICE: Final = 5
"""Its reader is given as much again, and ten: it is the reader that computes most."""
_ASK_EVERY_S: Final = 0.1


class _Asked:
    """Whether to stop, as the parent said it last."""

    def __init__(self) -> None:
        self._stopped, self._next_s = False, 0.0

    def __call__(self) -> bool:
        if not self._stopped and time.monotonic() >= self._next_s:
            self._stopped = not _say(MAY_I) or os.read(0, 1) != GO_ON
            self._next_s = time.monotonic() + _ASK_EVERY_S
        return self._stopped


def main() -> int:
    """Scans once; gives the exit code."""
    give_way(_NICE)
    sys.excepthook = _tell_bug
    wish = json.loads(sys.stdin.buffer.readline())
    words.use(_later(wish["language"]))
    try:
        database = Database(wish["database"], upgrade=False)
        try:
            _tell(_scanned(database, wish))
        finally:
            database.close()
    except SegueError as error:
        _write(trouble=str(error))
    return 0


def _tell_bug(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """What ends the process is told: it is the parent that keeps the log."""
    import traceback

    _write(bug="".join(traceback.format_exception(error)))


def _scanned(database: Database, wish: dict[str, Any]) -> ScanReport:
    only = wish["only"]
    steps = scan(
        [os.fsencode(folder) for folder in wish["folders"]],
        ScannedStore(database),
        RootStore(database),
        _Asked(),
        min_length_s=wish["min_length_s"],
        now_ms=wish["now_ms"],
        only=None if only is None else {os.fsencode(path) for path in only},
    )
    while True:
        try:
            at = next(steps)
        except StopIteration as end:
            report: ScanReport = end.value
            return report
        _write(at=[at.done, at.total, os.fsdecode(at.folder), at.eta_s, at.rate])


def _tell(report: ScanReport) -> None:
    """The refused files are told one by one: they may be many."""
    for file in report.refused:
        _write(refused=[os.fsdecode(file.path), *file[1:]])
    _write(report={name: value for name, value in vars(report).items() if name != "refused"})


def _later(language: str) -> words.Find:
    """The language is read when something is to be said: most scans say nothing."""
    found: list[words.Find | None] = []

    def find(text: str, count: int | None) -> str:
        if not found:
            from app.config.translated import finder

            found.append(finder(language))
        return found[0](text, count) if found[0] is not None else ""

    return find


def _write(**said: object) -> None:
    """Where nobody reads it any more, there is nothing more to do."""
    _say(json.dumps(said).encode())


def _say(line: bytes) -> bool:
    """False where nobody listens."""
    try:
        write_all(1, line + b"\n")
    except BrokenPipeError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
