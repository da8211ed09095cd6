"""Starts the children that work for us, each a module of this program run by the same Python.

The installed program holds its Python inside and is no Python to anybody else: it knows a child by ``-m`` and a name
from a list that does not grow by what is typed.
"""

import contextlib
import errno
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
CHILDREN = (
    "app.analysis.waveform_worker",
    "app.library.edit_worker",
    "app.library.scan_worker",
    "app.library.tag_worker",
    "app.library.watch_worker",
    "app.playback.sound_worker",
    "app.sync.worker",
)
"""The modules that the installed program runs as children, and takes along though nothing imports them."""
_LONGEST_RUN_S = 60.0
_PROGRAM = "SEGUE_PROGRAM"
_OWN = "/proc/self/exe"
"""On Linux our own file, whatever has its name by now."""
_UNSEEN = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would open a terminal for each child of a program that has none."""
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""numpy's library takes some 40 MB of addresses for each core, of which a child that is held short has too few."""


def start_child(module: str, *arguments: str | bytes, keep: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Runs a module with pipes to its input and output; what it says on standard error is dropped.

    It imports nothing from the current folder, which may be a download somebody made to be run.

    ``keep``: open files that stay open in it, under the same numbers.

    Raises:
        OSError: the system starts no process, or none with open files.
    """
    if keep and os.name == "nt":
        raise OSError(errno.ENOTSUP, "Windows gives no open files to another process")
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(_PACKAGE_PARENT), *(path for path in given if path)]  # an empty one is the current folder
    python = [sys.executable] if is_installed() else [sys.executable, "-P"]
    return subprocess.Popen(
        [*python, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={**os.environ, **_ONE_THREAD, _PROGRAM: which_program(), "PYTHONPATH": os.pathsep.join(paths)},
        pass_fds=keep,
        start_new_session=True,  # Ctrl+C in a terminal is for the parent alone
        creationflags=_UNSEEN,
    )


def is_installed() -> bool:
    """True in the program that holds its own Python, as PyInstaller builds it."""
    return bool(getattr(sys, "frozen", False))


def child_of(words: Sequence[str]) -> tuple[str, Sequence[str]] | None:
    """The module that the installed program is to run and what follows; ``None`` where the words are a listener's."""
    return (words[1], words[2:]) if len(words) >= 2 and words[0] == "-m" and words[1] in CHILDREN else None


def which_program() -> str:
    """What tells the installed program that runs from one that an upgrade has put in its place; nothing elsewhere."""
    if not is_installed():
        return ""
    return _look_of(_OWN if os.path.exists(_OWN) else sys.executable)


def is_of_another_program() -> bool:
    """True in a child that an older Segue has started, or a newer: they would not understand each other."""
    return os.environ.get(_PROGRAM, which_program()) != which_program()


def begin_anew_with() -> dict[str, str]:
    """What the environment of a program must hold that is one of its own and no helper of ours: PyInstaller asks."""
    return {"PYINSTALLER_RESET_ENVIRONMENT": "1"} if is_installed() else {}


def has_been_replaced() -> bool:
    """True in the installed program once there is another one in its place, which the next start runs."""
    if not is_installed():
        return False
    try:
        return _look_of(sys.executable) != which_program()
    except OSError:  # it has been removed, or an upgrade is at it
        return False


def _look_of(program: str) -> str:
    look = os.stat(program)
    return f"{look.st_size}-{int(look.st_mtime)}"


def run_child(module: str, words: Sequence[str]) -> None:
    """Runs one of the children in this process, as ``python -m`` would."""
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def free_the_environment() -> None:
    """Gives other programs, such as a browser that opens a link, the libraries of the system and not ours.

    The first thing that the installed program does to itself is to be started again with its own folder of libraries in
    front; the loader has read that by now.
    """
    if not is_installed():
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


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


def run_if_there(program: str, *arguments: str) -> None:
    """Runs a program of the system to its end, without a word; nothing happens where there is none, or it fails."""
    with contextlib.suppress(FileNotFoundError, PermissionError, subprocess.TimeoutExpired):
        subprocess.run(
            [program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=_LONGEST_RUN_S, check=False
        )
