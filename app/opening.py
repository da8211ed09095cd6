"""From the start of the program to its end: one window at a time, over a library that can be opened."""

import logging
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from app.config.paths import Paths, resources
from app.config.running import Request, address
from app.domain.errors import DatabaseCorrupt, SegueError
from app.qt.signals import QuitOnSignals
from app.storage.database import Database, set_aside
from app.wiring.begin import Program, begin, give_away, locked, say_trouble
from app.wiring.dialogs import asked_remedy
from app.wiring.segue import Wiring, now_ms
from app.wiring.upgraded import begin_again, follow_upgrade

if TYPE_CHECKING:
    from app.ui.dialogs.trouble import Remedy

log = logging.getLogger(__name__)

_RAISE = Request("raise")
_SEGUE = Program("Segue", "segue", "segue.log")


def run(paths: Paths, argv: Sequence[str], request: Request = _RAISE) -> int:
    """Opens the window, does what was asked for and runs until it is closed; gives the exit code."""
    begun = begin(paths, argv, _SEGUE)
    if begun is None:
        return 1
    app, translations = begun
    lock = QLockFile(str(paths.runtime / "segue.lock"))
    if not locked(lock):
        return give_away(address(paths.runtime), request, _SEGUE)
    while True:
        try:
            database = open_database(paths)
        except SegueError as error:
            say_trouble(str(error))
            return 1
        if database is None:
            return 1
        wiring = Wiring(app, paths, database, translations=translations)
        signals = QuitOnSignals(app, wiring.quit)
        wiring.start(address(paths.runtime))
        wiring.files.open(request.paths)
        request = _RAISE
        app.opened_files.give_to(partial(_open, wiring))
        follow_upgrade(wiring)
        code = app.exec()
        app.opened_files.give_to(None)
        signals.close()
        wiring.close()
        if wiring.again is not None:
            lock.unlock()
            begin_again(paths, wiring.again)
            return code
        if wiring.remedy == "quit":
            return code
        try:
            _mend(paths, wiring.remedy)
        except SegueError as error:
            say_trouble(str(error))
            return 1


def _open(wiring: Wiring, paths: tuple[bytes, ...]) -> None:
    wiring.desktop.asked(Request("open", paths))


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
