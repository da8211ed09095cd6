"""The companion without a window: follows the players and keeps their plays, on a server or in a test."""

import logging
import time

from PySide6.QtCore import QCoreApplication, QLockFile

from app.config import companion
from app.config.logs import start_logging
from app.config.paths import Paths
from app.domain.errors import SegueError
from app.domain.words import say
from app.qt.companion_service import CompanionService
from app.qt.jobs import Jobs
from app.qt.session_bus import SessionBus
from app.qt.signals import QuitOnSignals
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

log = logging.getLogger(__name__)


def companion_lock(paths: Paths) -> QLockFile | None:
    """Held by the one companion of a library: two would count every play twice. ``None`` while another one runs."""
    lock = QLockFile(str(paths.runtime / "companion.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100) and lock.error() is QLockFile.LockError.LockFailedError:
        return None
    return lock


def run_headless(paths: Paths) -> int:
    """Runs until it is asked to end by a signal (Ctrl+C, SIGTERM); gives the exit code.

    Raises:
        SegueError: another companion runs, or the library cannot be used; the sentence is for people.
    """
    app = QCoreApplication.instance() or QCoreApplication(["segue"])
    try:
        paths.make()
    except OSError as error:
        raise SegueError(
            say(
                "Segue's folder cannot be used: {strerror} ({v2}).",
                strerror=error.strerror,
                v2=error.filename or paths.data,
            )
        ) from error
    start_logging(paths.runtime / "companion.log")
    lock = companion_lock(paths)
    if lock is None:
        raise SegueError(say("The companion is already running."))
    database = Database(paths.database)
    jobs = Jobs(database.close_here)
    bus = SessionBus(jobs)
    service = CompanionService(
        jobs,
        bus,
        TrackStore(database),
        PlayStore(database),
        now_ms=lambda: time.time_ns() // 1_000_000,
        ignored=companion.load(paths.companion)[0].ignored,
    )
    service.trouble.connect(lambda sentence: log.warning("%s", sentence))
    signals = QuitOnSignals(app, app.quit)
    service.start()
    bus.start()
    code = app.exec()
    signals.close()
    bus.close()
    service.close()
    jobs.shutdown()
    database.close()
    lock.unlock()
    return code
