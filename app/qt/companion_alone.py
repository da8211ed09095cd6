"""The companion without a window: follows the players, keeps their plays, and answers who asks over the bus."""

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLockFile, QObject

from app.config import companion
from app.config.logs import start_logging
from app.config.paths import Paths
from app.config.settings import chosen_language
from app.domain.errors import SegueError
from app.domain.words import say
from app.qt.companion_service import CompanionService
from app.qt.giving_back import GivingBack
from app.qt.jobs import Jobs
from app.qt.other_writers import OtherWriters
from app.qt.recommender_joined import join_recommender
from app.qt.session_bus import SessionBus
from app.qt.signals import QuitOnSignals
from app.qt.suggestions_on_demand import SuggestionsOnDemand
from app.qt.translations import Translations
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.marks import MarkStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

if TYPE_CHECKING:
    from app.suggestions.suggest import Suggester

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
    database = Database(paths.database, cache_kib=companion.CACHE_KIB)
    translations = Translations()
    translations.use(chosen_language(paths.settings))
    alone = CompanionAlone(database, companion.load(paths.companion)[0].ignored)
    signals = QuitOnSignals(app, app.quit)
    alone.start()
    code = app.exec()
    signals.close()
    alone.close()
    database.close()
    lock.unlock()
    return code


class CompanionAlone(QObject):
    """Follows and remembers; what others ask over the bus is answered, too, and nothing is read before they do."""

    def __init__(self, database: Database, ignored: tuple[str, ...]) -> None:
        super().__init__()
        self._giving_back = GivingBack(self)
        tracks, plays, feedback = TrackStore(database), PlayStore(database), FeedbackStore(database)
        self.jobs = Jobs(database.close_here, self)
        self.bus = SessionBus(self.jobs, self)
        self.service = CompanionService(
            self.jobs, self.bus, tracks, plays, now_ms=_now_ms, ignored=ignored, parent=self
        )

        def make_suggester() -> "Suggester":
            from app.suggestions.suggest import Suggester  # numpy, in the job, at the first question

            return Suggester(tracks, plays, BrowseStore(database), feedback)

        self.suggestions = SuggestionsOnDemand(self.jobs, make_suggester, _now_ms, self, feedback, has_shelves=False)
        self.recommender = join_recommender(self.bus, self.jobs, database, self.suggestions, self.service)
        self.others = OtherWriters(self.jobs, MarkStore(database), lambda: not self.suggestions.is_wanted, self)
        self._join()

    def _join(self) -> None:
        for service in (self.service, self.suggestions):
            service.trouble.connect(lambda sentence: log.warning("%s", sentence))
        self.service.track_changed.connect(self.suggestions.follow)
        self.service.play_recorded.connect(self.others.play_recorded)
        self.service.play_recorded.connect(self.suggestions.play_recorded)
        for others_wrote in (self.others.plays_added, self.others.feedback_given):
            others_wrote.connect(self.suggestions.refresh)
        self.others.tracks_changed.connect(self.suggestions.library_changed)
        self.suggestions.suggestions_changed.connect(self._giving_back.soon)

    def start(self) -> None:
        """Follows from now on."""
        self.service.start()
        self.bus.start()
        self.others.start()

    def close(self) -> None:
        """Ends the plays that go on, and waits until they are kept."""
        self.others.close()
        self.bus.close()
        self.service.close()
        self.jobs.shutdown()


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
