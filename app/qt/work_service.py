"""Long work in one place: what goes on, how far it is, and the ways to pause it, to stop it and to read its report.

Whoever does the work says so here; the status corner of the window shows it. What is paused waits in its thread at its
next step, so that it goes on just there.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.work import Work
from app.qt.jobs import Jobs

_REPORT_MS: Final = 12_000
"""So long stands a report behind which there is nothing to open."""
_SURE_AFTER_S: Final = 4.0
_SURE_AFTER: Final = 0.02
"""No estimate is given before so long, and so much of the work."""


@dataclass(slots=True)
class _Ways:
    """What can be done about a piece of work, and what its estimate is made of."""

    stop: Callable[[], None] | None = None
    open_report: Callable[[], None] | None = None
    job: str = ""
    busy_since_s: float = 0.0
    busy_s: float = 0.0
    done_before: int = -1


class WorkService(QObject):
    """What takes long, in the order it began."""

    changed = Signal(list)
    """What goes on now, as ``works`` gives it."""

    def __init__(
        self, jobs: Jobs, parent: QObject | None = None, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._jobs, self._clock_s = jobs, clock_s
        self._works: dict[str, Work] = {}
        self._ways: dict[str, _Ways] = {}
        self._fade = QTimer(self, singleShot=True, interval=_REPORT_MS)
        self._fade.timeout.connect(self._faded)

    def works(self) -> list[Work]:
        """What goes on, and the reports that still stand."""
        return list(self._works.values())

    # For who does the work.

    def begin(
        self, kind: str, title: str, *, job: str = "", stop: Callable[[], None] | None = None, in_bytes: bool = False
    ) -> None:
        """Work has begun. ``job``: the name of the job that can be paused; ``stop``: ends it before its time."""
        self._works.pop(kind, None)
        self._ways[kind] = _Ways(stop, None, job, self._clock_s())
        self._works[kind] = Work(kind, title, can_pause=bool(job), can_stop=stop is not None, in_bytes=in_bytes)
        self.changed.emit(self.works())

    def progress(self, kind: str, done: int, total: int, eta_s: float | None = None) -> None:
        """How far it is; without an estimate of its own, one is made from its pace."""
        work = self._works.get(kind)
        if work is None or work.over:
            return
        eta_s = self._estimate_s(kind, done, total) if eta_s is None else eta_s
        self._works[kind] = replace(work, done=done, total=total, eta_s=eta_s)
        self.changed.emit(self.works())

    def end(self, kind: str, report: str = "", open_report: Callable[[], None] | None = None) -> None:
        """It is over. ``report``: a sentence; it stays until it is read, where there is more to read."""
        work = self._works.pop(kind, None)
        self._ways.pop(kind, None)
        if work is not None and report:
            self._works[kind] = Work(kind, work.title, report=report, can_open=open_report is not None)
            self._ways[kind] = _Ways(open_report=open_report)
            self._fade.start()
        self.changed.emit(self.works())

    # For the listener.

    def pause(self, kind: str) -> None:
        """It waits at its next step, for as long as the listener likes."""
        work, ways = self._works.get(kind), self._ways.get(kind)
        if work is None or ways is None or not work.can_pause or work.paused:
            return
        self._jobs.pause(ways.job)
        ways.busy_s += self._clock_s() - ways.busy_since_s
        self._works[kind] = replace(work, paused=True)
        self.changed.emit(self.works())

    def resume(self, kind: str) -> None:
        """It goes on where it was."""
        work, ways = self._works.get(kind), self._ways.get(kind)
        if work is None or ways is None or not work.paused:
            return
        ways.busy_since_s = self._clock_s()
        self._works[kind] = replace(work, paused=False)
        self._jobs.resume(ways.job)
        self.changed.emit(self.works())

    def stop(self, kind: str) -> None:
        """Ends it before its time; what is done stays done. A report is put away."""
        work, ways = self._works.get(kind), self._ways.get(kind)
        if work is not None and work.over:
            self._forget(kind)
        elif ways is not None and ways.stop is not None:
            ways.stop()

    def open_report(self, kind: str) -> None:
        """Shows what there is to read, and puts the sentence away."""
        ways = self._ways.get(kind)
        if ways is not None and ways.open_report is not None:
            wanted = ways.open_report
            self._forget(kind)
            wanted()

    def _forget(self, kind: str) -> None:
        del self._works[kind], self._ways[kind]
        self.changed.emit(self.works())

    def _faded(self) -> None:
        for work in self.works():
            if work.over and not work.can_open:
                self._forget(work.kind)

    def _estimate_s(self, kind: str, done: int, total: int) -> float | None:
        ways = self._ways[kind]
        if ways.done_before < 0:
            ways.done_before = done
        busy_s = ways.busy_s + self._clock_s() - ways.busy_since_s
        made = done - ways.done_before
        if busy_s < _SURE_AFTER_S or made <= 0 or made < total * _SURE_AFTER:
            return None
        return max(total - done, 0) * busy_s / made
