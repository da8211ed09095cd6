"""From the start of the program to its end: one window at a time, over a library that can be opened."""

import logging
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app import __version__
from app.config.logs import start_logging
from app.config.paths import Paths, resources
from app.config.running import Request, address, forward
from app.config.settings import chosen_language
from app.domain.errors import DatabaseCorrupt, SegueError
from app.domain.words import say
from app.qt.signals import QuitOnSignals
from app.qt.translations import Translations
from app.storage.database import Database, set_aside
from app.wiring import Wiring, now_ms
from app.wiring.dialogs import asked_remedy

if TYPE_CHECKING:
    from app.ui.dialogs.trouble import Remedy

log = logging.getLogger(__name__)

_RAISE = Request("raise")
_TRIES = 20
_TRY_AGAIN_S = 0.25


def run(paths: Paths, argv: Sequence[str], request: Request = _RAISE) -> int:
    """Opens the window, does what was asked for and runs until it is closed; gives the exit code."""
    app = QApplication(list(argv))
    app.setApplicationName("Segue")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("segue")
    app.setWindowIcon(QIcon(str(resources() / "icons" / "segue.svg")))
    try:
        paths.make()
    except OSError as error:
        _say(
            say(
                "Segue's folder cannot be used: {strerror} ({v2}).",
                strerror=error.strerror,
                v2=error.filename or paths.data,
            )
        )
        return 1
    translations = Translations()
    translations.use(chosen_language(paths.settings))
    start_logging(paths.log)
    lock = QLockFile(str(paths.runtime / "segue.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        if lock.error() is QLockFile.LockError.LockFailedError:
            return _give_away(paths, request)
        log.warning("There is no lock against a second start: %s cannot be written", paths.runtime)
    while True:
        try:
            database = open_database(paths)
        except SegueError as error:
            _say(str(error))
            return 1
        if database is None:
            return 1
        wiring = Wiring(app, paths, database, translations=translations)
        signals = QuitOnSignals(app, wiring.quit)
        wiring.start(address(paths.runtime))
        wiring.files.open(request.paths)
        request = _RAISE
        code = app.exec()
        signals.close()
        wiring.close()
        if wiring.remedy == "quit":
            return code
        try:
            _mend(paths, wiring.remedy)
        except SegueError as error:
            _say(str(error))
            return 1


def _give_away(paths: Paths, request: Request) -> int:
    """Another window has the library, but did not listen before: it may just be opening."""
    for _ in range(_TRIES):
        if forward(address(paths.runtime), request):
            return 0
        time.sleep(_TRY_AGAIN_S)
    _say(say("Segue is already running, but its window does not answer."))
    return 1


def _say(sentence: str) -> None:
    from app.ui.dialogs.trouble import say_trouble

    say_trouble(sentence)


def _mend(paths: Paths, remedy: "Remedy") -> None:
    """Puts the newest good backup, or nothing, in the place of a damaged library, which is kept.

    Raises:
        SegueError: the backup cannot be put in place; the library is as it was.
    """
    from app.storage.backup import newest_good
    from app.storage.restore import restore
    from app.ui.dialogs.trouble import say_done

    backup = newest_good(paths.backups) if remedy == "restore" else None
    if backup is None:
        kept = set_aside(paths.database, time.strftime("%Y%m%d-%H%M%S"))
        log.warning("What was there of the library was moved to %s", kept)
        Database(paths.database, anew=True).close()
        return
    done = restore(paths.database, backup, resources() / "migrations", now_ms())
    log.warning("%s", done)
    say_done(str(done))


def open_database(paths: Paths) -> Database | None:
    """The library; where it is damaged the listener may restore a backup or begin anew, and the damaged file is kept.

    Raises:
        SegueError: it cannot be opened; the sentence says why.
    """
    try:
        database = Database(paths.database)
    except DatabaseCorrupt as error:
        remedy = asked_remedy(str(error), paths)
        if remedy == "quit":
            return None
        _mend(paths, remedy)
        database = Database(paths.database)
    return database
