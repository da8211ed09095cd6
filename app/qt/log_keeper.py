"""Writes what the player tells in a thread of its own: the music never waits for the disk, nor for who else writes."""

import logging
import queue
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from app.domain.errors import SegueError
from app.domain.play import Play
from app.domain.words import mark, say
from app.playback import events
from app.qt.jobs import Job, Jobs

log = logging.getLogger(__name__)

_LONGEST_END_S = 10.0
_OF_PLAYS = mark("The last play could not be written to the log.")
_OF_QUEUE = mark("The queue could not be kept. The log has the details.")


class PlayLog(Protocol):
    """Where the plays go. The first two never wait, and what they took is not lost when the third fails."""

    def ended(self, play: Play) -> None:
        """A play is over."""

    def going(self, play: Play) -> None:
        """A play goes on."""

    def write(self, written: Callable[[Play], None]) -> None:
        """Writes what was taken."""


class LogKeeper:
    """Takes events from the audio thread, in their order; writes all at once that came while it wrote the last."""

    def __init__(
        self, plays: PlayLog, keep_queue: Callable[..., None] | None, tell: Callable[[events.Event], None]
    ) -> None:
        """``keep_queue`` takes events; ``tell`` is told of each play that is written, with its id, and of trouble."""
        self._plays, self._keep_queue, self._tell = plays, keep_queue, tell
        self._events: queue.SimpleQueue[events.Event | None] = queue.SimpleQueue()
        self._troubles: dict[str, str] = {}
        """What has been said of the plays and of the queue, since they could last be written."""
        self._job: Job | None = None

    def start(self, jobs: Jobs) -> None:
        """Starts the thread."""
        self._job = jobs.start("log", self._work)

    def take(self, event: events.Event) -> None:
        """Something has happened."""
        if isinstance(event, events.PlayEnded):
            self._plays.ended(event.play)
        elif isinstance(event, events.PlayProgressed):
            self._plays.going(event.play)
        self._events.put(event)

    def close(self) -> None:
        """Writes what was taken, and waits for it. The plays wait in the log if that takes too long."""
        self._events.put(None)
        if self._job is not None and not self._job.join(_LONGEST_END_S):
            log.error("The log was not written to its end")

    def _work(self, _cancelled: Callable[[], bool]) -> None:
        going_on = True
        while going_on:
            came = self._all_that_came()
            going_on = None not in came
            self._write("plays", self._write_plays, _OF_PLAYS)
            if self._keep_queue is not None:
                told = [event for event in came if event is not None]
                keep = partial(self._keep_queue, *told)
                self._write("queue", keep, _OF_QUEUE)

    def _all_that_came(self) -> list[events.Event | None]:
        came = [self._events.get()]
        with suppress(queue.Empty):
            while True:
                came.append(self._events.get_nowait())
        return came

    def _write_plays(self) -> None:
        self._plays.write(lambda play: self._tell(events.PlayEnded(play)))

    def _write(self, what: str, write: Callable[[], None], of_a_bug: str) -> None:
        """Says once that it cannot be written, until it can."""
        try:
            write()
        except SegueError as error:
            self._say(what, str(error))
        except Exception:  # what cannot be written must not end what writes the next
            log.exception("The %s could not be written", what)
            self._say(what, say(of_a_bug))
        else:
            self._troubles.pop(what, None)

    def _say(self, what: str, sentence: str) -> None:
        if what not in self._troubles and sentence not in self._troubles.values():
            self._tell(events.Trouble(sentence))
        self._troubles.setdefault(what, sentence)
