"""The child that holds the kernel's watch over folders, and tells what changes in them.

Putting a watch on thousands of folders takes a fifth of a second in which no other Python code of the process runs: in
the window's own process that was felt.
"""

import os
import select
import sys

from watchfiles import Change
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from app.library.framing import ADDED, DELETED, HELLO, MODIFIED, TROUBLE, frame, write_all

_LETTERS = {Change.added: ADDED, Change.modified: MODIFIED, Change.deleted: DELETED}
_STEP_MS = 250
_QUIET_MS = 500
_LONGEST_MS = 5_000


class _Orphaned:
    """The shape in which the watch asks whether to end: when the pipe from the parent is closed."""

    def is_set(self) -> bool:
        return bool(select.select([0], [], [], 0)[0])


def main(roots: list[str]) -> int:
    """Says HELLO at each beginning of the watch, then every change as a letter and a path, until the parent ends."""
    orphaned = _Orphaned()
    while not orphaned.is_set():
        try:
            notify = RustNotify(roots, False, False, 300, True, True)
        except OSError as error:  # the limit on watches or on instances
            write_all(1, frame(TROUBLE, str(error).encode("utf-8", "replace")))
            return 1
        write_all(1, frame(HELLO))
        try:
            _tell(notify, orphaned)
        except WatchfilesRustInternalError:  # a file name that is no text ends the watch: what it missed, nobody knows
            notify.close()
    return 0


def _tell(notify: RustNotify, orphaned: _Orphaned) -> None:
    while not orphaned.is_set():
        heard = notify.watch(_QUIET_MS, _STEP_MS, _LONGEST_MS, orphaned)
        if not isinstance(heard, str):
            write_all(1, b"".join(frame(_LETTERS[Change(kind)], os.fsencode(path)) for kind, path in heard))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        sys.exit(0)
