"""Starts the children that work for us, each a module of this program run by the same Python."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""numpy's library takes some 40 MB of addresses for each core, of which a child that is held short has too few."""


def start_child(module: str, *arguments: str | bytes, keep: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Runs a module with pipes to its input and output; what it says on standard error is dropped.

    It imports nothing from the current folder, which may be a download somebody made to be run.

    ``keep``: open files that stay open in it, under the same numbers.

    Raises:
        OSError: the system starts no process.
    """
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(_PACKAGE_PARENT), *(path for path in given if path)]  # an empty one is the current folder
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)},
        pass_fds=keep,
        start_new_session=True,  # Ctrl+C in a terminal is for the parent alone
    )


def pipes(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """The numbers of the pipes to a child and from it."""
    to, source = process.stdin, process.stdout
    if to is None or source is None:
        raise ValueError("a child started without pipes")
    return to.fileno(), source.fileno()


def end_child(process: subprocess.Popen[bytes], patience_s: float | None = None) -> None:
    """Kills a child and closes its pipes; one that hangs in the disk longer than that is left to end when it can."""
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience_s)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
