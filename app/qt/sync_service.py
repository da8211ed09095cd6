"""Models from elsewhere, for the widgets: all of it in a process of its own, and nothing of it while it is off."""

import json
from collections.abc import Callable, Generator
from dataclasses import asdict
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.config.paths import Paths
from app.config.settings import Settings
from app.domain.errors import SegueError
from app.domain.sync import LastSync, Models, Origin, Request, Sent, SyncProgress, SyncReport
from app.domain.words import say
from app.qt.jobs import Cancelled, Job, Jobs, lines_apart
from app.storage.network_log import NetworkLog
from app.sync.models import ModelFolder
from app.sync.origin import agreed, is_due, origin_of

_WORKER: Final = "app.sync.worker"
_FIRST_LOOK_MS: Final = 60_000
_LOOK_MS: Final = 15 * 60_000
Did = tuple[Models, LastSync]


class SyncService(QObject):
    """One sync at a time. It begins by hand, or once a day where the listener agreed."""

    changed = Signal()
    """The models, the last sync, or whether one goes on, are others."""
    progressed = Signal(object)
    ended = Signal(object)
    """A ``SyncReport``."""
    model_changed = Signal()
    """Another model is in use, or none any more."""
    trouble = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        paths: Paths,
        log: NetworkLog,
        settings: Callable[[], Settings],
        language: Callable[[], str],
        now_ms: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._paths, self._log = jobs, paths, log
        self._settings, self._language, self._now_ms = settings, language, now_ms
        self._folder = ModelFolder(paths.models)
        self._job: Job | None = None
        self.models, self.last = Models(), LastSync()
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.sync_if_due)

    @property
    def origin(self) -> Origin:
        """Where models come from now."""
        return origin_of(self._settings())

    @property
    def agreed(self) -> bool:
        """Whether the listener said yes to that."""
        return agreed(self._settings())

    @property
    def syncing(self) -> bool:
        """True while one goes on."""
        return self._job is not None

    def begin(self) -> None:
        """From now on it looks, now and then, whether a sync is due. Looking opens no connection."""
        self._read()
        QTimer.singleShot(_FIRST_LOOK_MS, self, self.sync_if_due)
        self._look.start()

    @Slot()
    def sync_if_due(self) -> None:
        """Syncs where that is on, agreed and due."""
        if self._job is None and is_due(self._settings(), self.last, self._now_ms()):
            self.sync()

    @Slot()
    def sync(self) -> None:
        """Begins, unless it has begun or the listener did not agree."""
        if self._job is not None or not self.agreed:
            return
        self._job = self._jobs.start(
            "sync", _synced, self._wish("sync"), done=self._done, progressed=self.progressed.emit, failed=self._failed
        )
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Ends the sync; what has come so far is gone on with another time."""
        if self._job is not None:
            self._job.cancel()

    def preview(self, origin: Origin, done: Callable[[list[Request]], None], failed: Callable[[str], None]) -> None:
        """What would be sent to an origin, told to ``done``; nothing is sent."""
        self._jobs.start("preview", _previewed, self._wish("preview", origin), done=done, failed=failed)

    def requests(self, done: Callable[[list[Sent]], None]) -> None:
        """The log of what was sent, the newest first."""
        self._jobs.start("network-log", lambda _cancelled: self._log.newest(), done=done, failed=self.trouble.emit)

    def clear_log(self, done: Callable[[], None]) -> None:
        """Forgets what was sent."""
        self._jobs.start(
            "network-log", lambda _cancelled: self._log.clear(), done=lambda _: done(), failed=self.trouble.emit
        )

    @Slot()
    def rollback(self) -> None:
        """Goes back to the model before; from there back to the newer one."""
        self._change(lambda: _rolled_back(self._folder))

    @Slot()
    def remove(self) -> None:
        """No model is used or kept any more."""
        self._change(lambda: _removed(self._folder))

    def _change(self, work: Callable[[], None]) -> None:
        self._jobs.start(
            "models", lambda _cancelled: work(), done=lambda _: self._read(tell=True), failed=self.trouble.emit
        )

    def _wish(self, do: str, origin: Origin | None = None) -> str:
        paths = {name: str(getattr(self._paths, name)) for name in ("data", "config", "cache", "runtime")}
        return json.dumps({"do": do, "language": self._language(), "origin": asdict(origin or self.origin), **paths})

    def _read(self, *, tell: bool = False) -> None:
        def read(_cancelled: Cancelled) -> Did:
            return self._folder.models(), self._folder.last()

        def came(found: Did) -> None:
            before = self.models.current
            self.models, self.last = found
            self.changed.emit()
            if tell and before != self.models.current:
                self.model_changed.emit()

        self._jobs.start("models", read, done=came)

    def _done(self, report: SyncReport) -> None:
        self._job = None
        self.ended.emit(report)
        self._read(tell=True)

    def _failed(self, sentence: str) -> None:
        self._done(SyncReport(sentence, failed=True))


def _synced(cancelled: Cancelled, wish: str) -> Generator[SyncProgress, None, SyncReport]:
    """Yields how far the process is; returns its report."""
    report: SyncReport | None = None
    for line in lines_apart(cancelled, _WORKER, wish):
        said = _said(line)
        if "total" in said:
            yield SyncProgress(said["done"], said["total"])
        elif "report" in said:
            report = SyncReport(**said["report"])
        elif "trouble" in said:
            report = SyncReport(said["trouble"], failed=True)
    if report is None and cancelled():
        return SyncReport(say("The sync was stopped; it goes on from there next time."))
    return report or SyncReport(say("The sync was broken off by the system; what you have stays in use."), failed=True)


def _previewed(cancelled: Cancelled, wish: str) -> list[Request]:
    for line in lines_apart(cancelled, _WORKER, wish):
        said = _said(line)
        if "preview" in said:
            return [Request(**request) for request in said["preview"]]
        if "trouble" in said:
            raise SegueError(said["trouble"])
    raise SegueError(say("It cannot be told what would be sent."))


def _said(line: bytes | None) -> dict[str, Any]:
    found = json.loads(line) if line else {}
    return found if isinstance(found, dict) else {}


def _rolled_back(folder: ModelFolder) -> None:
    from app.sync.run import rollback  # numpy, in the job

    rollback(folder)


def _removed(folder: ModelFolder) -> None:
    from app.sync.run import remove

    remove(folder)
