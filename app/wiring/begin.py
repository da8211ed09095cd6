"""How a program with a window begins: folders, language, log, and a lock that keeps a second one away."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

from app import __version__
from app.config.logs import start_logging
from app.config.paths import Paths
from app.config.running import Request, forward
from app.config.settings import chosen_language
from app.domain.words import say
from app.qt.opened_files import Application
from app.qt.translations import Translations
from app.ui.program_icon import program_icon

log = logging.getLogger(__name__)

_TRIES = 20
_TRY_AGAIN_S = 0.25


@dataclass(frozen=True, slots=True)
class Program:
    """One of the programs with a window: Segue, and its companion."""

    name: str
    entry: str
    """The name of its desktop entry."""
    log: str


def begin(paths: Paths, argv: Sequence[str], program: Program) -> tuple[Application, Translations] | None:
    """The application, in the listener's language; ``None`` where its folders cannot be used, which has been said."""
    app = Application([program.entry, *argv[1:]])  # X11 names the window by it, and panels look for that name
    app.setApplicationName(program.name)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(program.entry)
    app.setWindowIcon(program_icon())
    try:
        paths.make()
    except OSError as error:
        say_trouble(
            say(
                "Segue's folder cannot be used: {strerror} ({v2}).",
                strerror=error.strerror,
                v2=error.filename or paths.data,
            )
        )
        return None
    translations = Translations()
    translations.use(chosen_language(paths.settings))
    start_logging(paths.runtime / program.log)
    return app, translations


def locked(lock: QLockFile) -> bool:
    """Whether this program is the one that runs; where no lock can be written it is taken to be."""
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        if lock.error() is QLockFile.LockError.LockFailedError:
            return False
        log.warning("There is no lock against a second start: %s cannot be written", lock.fileName())
    return True


def give_away(door: Path | None, request: Request, program: Program) -> int:
    """Another window has the lock, but did not listen before: it may just be opening."""
    for _ in range(_TRIES):
        if forward(door, request):
            return 0
        time.sleep(_TRY_AGAIN_S)
    say_trouble(say("{} is already running, but its window does not answer.", program.name))
    return 1


def say_trouble(sentence: str) -> None:
    """One sentence in a box of its own."""
    from app.ui.dialogs.trouble import say_trouble as show

    show(sentence)
