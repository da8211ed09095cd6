"""From the start of the companion to its end: one at a time, beside Segue over the same library."""

from collections.abc import Sequence

from PySide6.QtCore import QLockFile

from app.config.companion import CACHE_KIB
from app.config.paths import Paths
from app.config.running import COMPANION, Request, address
from app.domain.errors import SegueError
from app.qt.signals import QuitOnSignals
from app.storage.database import Database
from app.wiring.begin import Program, begin, give_away, locked, say_trouble
from app.wiring.companion import CompanionWiring
from app.wiring.upgraded import begin_again, follow_upgrade

_COMPANION = Program("Segue Companion", "segue-companion", "companion.log")


def run_companion(paths: Paths, argv: Sequence[str], *, hidden: bool = False) -> int:
    """Opens the window, or only the icon in the tray, and runs until it is ended; gives the exit code."""
    begun = begin(paths, argv, _COMPANION)
    if begun is None:
        return 1
    app, translations = begun
    door = address(paths.runtime, COMPANION)
    lock = QLockFile(str(paths.runtime / "companion.lock"))
    if not locked(lock):
        return 0 if hidden else give_away(door, Request("raise"), _COMPANION)
    try:
        database = Database(paths.database, cache_kib=CACHE_KIB)
    except SegueError as error:  # what is to be done about it is Segue's to ask
        say_trouble(str(error))
        return 1
    wiring = CompanionWiring(app, paths, database, translations)
    signals = QuitOnSignals(app, wiring.quit)
    wiring.start(door, hidden=hidden)
    follow_upgrade(wiring, ("companion",), lambda: not wiring.service.somebody_plays())
    code = app.exec()
    signals.close()
    wiring.close()
    if wiring.again is not None:
        lock.unlock()
        begin_again(paths, wiring.again)
    return code
