"""The job that keeps the plays of other players: takes what was learnt of them in its order, and writes."""

import logging
import queue
import time
from collections.abc import Callable, Iterable

from app.companion.events import Came, Event, Listed
from app.companion.follower import Follower, Shown
from app.companion.going import Moment
from app.companion.library import PlayedFrom
from app.companion.match import find, made
from app.companion.said import Said
from app.domain.errors import SegueError
from app.domain.play import Play
from app.domain.track import Track
from app.domain.words import mark, say
from app.history.of_players import PlayersHistory
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

log = logging.getLogger(__name__)

_TICK_S = 1.0
_RETRY_S = 4.0
_MOST_WAITING = 10_000
_A_BUG = mark("What another player plays could not be kept. The log has the details.")
_LIBRARY, _LOG, _PLAYERS = "library", "log", "players"


class CompanionWorker:
    """Told from any thread, works in its own."""

    def __init__(
        self,
        tracks: TrackStore,
        plays: PlayStore,
        now_ms: Callable[[], int],
        show: Callable[[Shown], None],
        recorded: Callable[[Play], None],
        trouble: Callable[[str], None],
    ) -> None:
        self._library, self._log = PlayedFrom(tracks), PlayersHistory(plays)
        self._now_ms, self._show, self._recorded, self._trouble = now_ms, show, recorded, trouble
        self._events: queue.Queue[Event | None] = queue.Queue()
        self._ticked_s, self._back_soon = 0.0, False
        self._said: dict[str, str] = {}
        """The trouble that was told of, by what it is about; that of the log until it is over."""

    def take(self, event: Event) -> None:
        """Something was learnt; never waits."""
        if self._events.qsize() < _MOST_WAITING:  # the disk hangs, and players go on
            self._events.put(event)

    def close(self, *, back_soon: bool = False) -> None:
        """That was all; ``back_soon``: what goes on is left to the one that comes in our place."""
        self._back_soon = back_soon
        self._events.put(None)

    def work(self, _cancelled: Callable[[], bool], ignored: Iterable[str]) -> None:
        """The job: until it is closed."""
        follower = Follower(self._find, self._log, self._show, ignored, self._cut_off())
        going_on = True
        while going_on:
            going_on = self._turn(follower)
            self._write(patient=False)
        self._guarded(lambda: (follower.leave if self._back_soon else follower.end)(self._now()))
        self._write(patient=True)

    def _turn(self, follower: Follower) -> bool:
        """Waits for what comes next; False when that was all. A player that never stops talking holds up no tick."""
        wait = self._to_tick_s() if follower.busy else _RETRY_S if self._log.behind else None
        try:
            event = self._events.get(timeout=wait)
        except queue.Empty:
            self._tick(follower, self._now())
            return True
        if event is None:
            return False
        self._guarded(lambda: follower.take(event))
        if follower.busy and not self._to_tick_s() and not isinstance(event, (Came, Listed)):
            self._tick(follower, event.now)  # not the time it is: what waits behind it is older than that
        return True

    def _to_tick_s(self) -> float:
        return max(self._ticked_s + _TICK_S - time.monotonic(), 0.0)

    def _tick(self, follower: Follower, now: Moment) -> None:
        self._ticked_s = time.monotonic()
        self._guarded(lambda: follower.tick(now))

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # what one player says must not end what is kept of the others
            log.exception("A player could not be followed")
            self._say(_PLAYERS, say(_A_BUG))

    def _cut_off(self) -> dict[str, Play]:
        try:
            return self._log.cut_off()
        except SegueError as error:
            self._say(_LOG, str(error))
        except Exception:  # what was is not to be in the way of what comes
            log.exception("The plays that were cut off could not be read")
            self._say(_LOG, say(_A_BUG))
        return {}

    def _find(self, said: Said) -> Track:
        try:
            return find(self._library, said)
        except SegueError:
            raise
        except Exception:  # its play is kept all the same, under the names that were said
            log.exception("What plays could not be looked up")
            self._say(_LIBRARY, say(_A_BUG))
            return made(said)

    def _write(self, *, patient: bool) -> None:
        if not self._log.behind:
            return
        try:
            self._log.write(self._recorded, patient=patient)
        except SegueError as error:
            self._say(_LOG, str(error))
        except Exception:  # it is tried again with the next
            log.exception("A play could not be written")
            self._say(_LOG, say(_A_BUG))
        else:
            self._said.pop(_LOG, None)

    def _say(self, about: str, sentence: str) -> None:
        is_news = sentence not in self._said.values()
        self._said[about] = sentence
        if is_news:
            self._trouble(sentence)

    def _now(self) -> Moment:
        return Moment(time.monotonic() * 1_000, self._now_ms())
