"""Writes what the player tells in a thread of its own: the music never waits for the disk, nor for who else writes."""

import logging
import queue
from collections.abc import Callable

from app.domain.errors import SegueError
from app.domain.play import Play
from app.domain.words import say
from app.playback import events
from app.qt.jobs import Job, Jobs

log = logging.getLogger(__name__)

_LONGEST_END_S = 10.0


class LogKeeper:
    """Takes events from the audio thread, in their order."""

    def __init__(
        self,
        record: Callable[[Play], Play],
        checkpoint: Callable[[Play], None],
        keep_queue: Callable[[events.Event], None] | None,
        tell: Callable[[events.Event], None],
    ) -> None:
        """``tell`` is told of each play that is written, with its id, and of trouble."""
        self._record, self._checkpoint, self._keep_queue, self._tell = record, checkpoint, keep_queue, tell
        self._events: queue.SimpleQueue[events.Event | None] = queue.SimpleQueue()
        self._job: Job | None = None

    def start(self, jobs: Jobs) -> None:
        """Starts the thread."""
        self._job = jobs.start("log", self._work)

    def take(self, event: events.Event) -> None:
        """Something has happened."""
        self._events.put(event)

    def close(self) -> None:
        """Writes what was taken, and waits for it."""
        self._events.put(None)
        if self._job is not None and not self._job.join(_LONGEST_END_S):
            log.error("The log was not written to its end")

    def _work(self, _cancelled: Callable[[], bool]) -> None:
        while (event := self._events.get()) is not None:
            self._keep_play(event)
            self._keep_of(event)

    def _keep_play(self, event: events.Event) -> None:
        try:
            if isinstance(event, events.PlayEnded):
                self._tell(events.PlayEnded(self._record(event.play)))
            elif isinstance(event, events.PlayProgressed):
                self._checkpoint(event.play)
        except SegueError as error:
            self._tell(events.Trouble(str(error)))
        except Exception:  # a log that cannot be written must not end what writes the next one
            log.exception("A play could not be written")
            self._tell(events.Trouble(say("The last play could not be written to the log.")))

    def _keep_of(self, event: events.Event) -> None:
        """Writes what of an event belongs to the kept queue."""
        if self._keep_queue is None:
            return
        try:
            self._keep_queue(event)
        except SegueError as error:
            self._tell(events.Trouble(str(error)))
        except Exception:  # the same for a queue that cannot be written
            log.exception("The queue could not be kept")
            self._tell(events.Trouble(say("The queue could not be kept. The log has the details.")))
