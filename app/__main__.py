"""The door: terminal words go to :mod:`app.cli`, everything else opens the window."""

import builtins
import contextlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from app.config.file_uri import path_of_word
from app.domain.clean import shown_path

if TYPE_CHECKING:  # a word for the terminal need not pay for it
    from app.config.paths import Paths
    from app.config.running import Request

_TERMINAL = (
    "the terminal commands work without one: segue scan, segue recommend, segue search, segue tracks, segue import, "
    "segue grade, segue playlists, segue render, segue sync, segue give, segue train, segue publish, segue serve, "
    "segue companion --install, segue install, segue doctor (segue --help lists them all)."
)
_NO_DISPLAY = f"There is no display to open a window on; {_TERMINAL}"
_DEAF_DISPLAY = f"The display {{}} does not answer, so no window can open; {_TERMINAL}"
_QUIET = "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg=false"
"""Qt tells of every optional library that it looked for; a person at a terminal need not read it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs Segue and gives its exit code."""
    _have_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    home, rest = split_home(words)
    if rest[:1] == ["companion"] and set(rest[1:]) <= {"--hidden"}:
        return _companion(home, hidden="--hidden" in rest)
    if rest == ["companion", "--headless"]:
        return _companion_alone(home)
    request, gone = request_of(rest)
    if gone:
        return _refuse(f"There is no file {gone}.")
    if request is None:
        from app.cli import main as terminal  # the window's start need not pay for it

        return terminal.main(words)
    from app.config.paths import default_paths
    from app.config.running import address, forward

    paths = default_paths(home)
    if forward(address(paths.runtime), request):
        return 0
    if request.verb not in {"open", "raise"}:
        return _refuse("Segue is not running.")
    return _no_display() or _open_window(lambda: _run(paths, request))


def _companion(home: Path | None, *, hidden: bool) -> int:
    """Opens the companion's window, or raises the one that is open."""
    from app.config.paths import default_paths
    from app.config.running import COMPANION, Request, address, forward

    paths = default_paths(home)
    if not hidden and forward(address(paths.runtime, COMPANION), Request("raise")):
        return 0

    def run() -> int:
        from app.config.openssl import leave_out_openssl

        leave_out_openssl()
        from app.wiring.companion_opening import run_companion

        return run_companion(paths, sys.argv, hidden=hidden)

    return _no_display() or _open_window(run)


def _companion_alone(home: Path | None) -> int:
    """The companion without a window, until it is asked to end."""
    from app.config.openssl import leave_out_openssl

    leave_out_openssl()
    from app.config.paths import default_paths
    from app.domain.errors import SegueError
    from app.qt.companion_alone import run_headless

    try:
        return run_headless(default_paths(home))
    except SegueError as error:
        return _refuse(str(error))


def _run(paths: "Paths", request: "Request") -> int:
    from app.opening import run

    return run(paths, sys.argv, request)


def _no_display() -> int:
    """0 where there is a display to open a window on; else it is said."""
    from app.config.display import display_answers, has_display

    if not has_display(os.environ):
        return _refuse(_NO_DISPLAY)
    if not display_answers(os.environ):
        return _refuse(_DEAF_DISPLAY.format(os.environ["DISPLAY"]))
    return 0


def split_home(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Takes ``--home DIR`` off the front of the words."""
    if len(words) >= 2 and words[0] == "--home":
        return Path(words[1]), list(words[2:])
    if words and words[0].startswith("--home=") and words[0] != "--home=":
        return Path(words[0].removeprefix("--home=")), list(words[1:])
    return None, list(words)


def request_of(words: Sequence[str]) -> tuple["Request | None", str]:
    """What the words ask of a window, ``None`` where they are for the terminal; and a file that is not there."""
    from app.config.running import VERBS, Request

    if not words:
        return Request("raise"), ""
    if len(words) == 1 and words[0].startswith("--") and words[0][2:] in VERBS - {"open", "raise"}:
        return Request(words[0][2:]), ""
    files = list(words[1:] if words[0] == "--" else words)
    if not files or (words[0] != "--" and not _is_file(files[0])):
        return None, ""
    paths = [path_of_word(word) for word in files]
    there = tuple(path for path in paths if path is not None and os.path.lexists(path))
    return (Request("open", there), "") if there else (None, shown_path(os.fsencode(files[0]))[:200])


def _is_file(word: str) -> bool:
    """A word that says so by its look, with a slash or an ending; or names something that is there and no command."""
    if word.startswith("-"):
        return False
    if word.startswith("file:") or os.sep in word or "." in word:
        return True
    if not os.path.lexists(word):
        return False
    from app.cli.main import COMMANDS

    return word not in COMMANDS


def _have_streams() -> None:
    """A program started with closed streams (``>&-``) has none; what is said to them then goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))


def _open_window(run: Callable[[], int]) -> int:
    from app.config.display import needs_no_display

    os.environ.setdefault("QT_LOGGING_RULES", _QUIET)
    try:
        if not needs_no_display(os.environ) and (lacking := _lacking_packages()):
            return _refuse(lacking)
        read_qt()
        code = run()
    except ImportError as error:
        return _refuse(_said_of_import(error))
    return _end_now(code)


def read_qt() -> None:
    """Reads Qt, and gives Python its own ``import`` back.

    PySide6 puts one in its place that reads the source of every module from then on, in search of a feature that Segue
    does not use: a tenth of the time to the window.
    """
    own = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = own


def _end_now(code: int) -> NoReturn:
    """Ends the process: all is saved and closed, and what Python still holds of Qt's objects would crash if taken down.

    That happens once an error has left a slot: its frames keep widgets alive beyond the application.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


def _said_of_import(error: ImportError) -> str:
    """A sentence for what keeps Qt from loading.

    Raises:
        ImportError: it is no trouble with the system or the set-up, but a bug.
    """
    if "shared object file" in str(error):
        return _lacking_packages() or f"Qt cannot start: {error}."
    if error.name is not None and error.name.split(".")[0] in {"PySide6", "shiboken6", "qtawesome"}:
        return "Segue's packages are not all installed; start it once from its folder with ./segue to set it up."
    raise error


def _lacking_packages() -> str:
    from app.config.system_libraries import install_command, missing_packages

    packages = missing_packages("run")
    return f"The window needs some system libraries; please run: {install_command(packages)}" if packages else ""


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"segue: {sentence}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
