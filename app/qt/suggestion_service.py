"""*You may like*, for the widgets: kept up with the plays, the library and what is playing, off the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.ids import TrackId
from app.domain.play import Play
from app.domain.queue import QueueEntry
from app.domain.shelf import Shelf
from app.domain.suggestion import Dial, Moment, SuggestionList
from app.qt.jobs import Jobs

if TYPE_CHECKING:  # numpy is for the job: the window does not wait for it
    from app.suggestions.suggest import Suggester

_NOTHING_YET = SuggestionList((), "For you", "Looking at your library")


@dataclass(frozen=True, slots=True)
class _Request:
    """What the next piece of work is to do. The suggester is touched by one job at a time."""

    suggester: "Suggester | None"
    moment: Moment
    shelves: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    suggester: "Suggester"
    suggestions: SuggestionList
    shelves: list[Shelf] | None


class SuggestionService(QObject):
    """Asks the suggester again after each play, each change of track and each change of the library."""

    suggestions_changed = Signal(object)
    shelves_changed = Signal(object)
    trouble = Signal(str)

    def __init__(
        self, jobs: Jobs, make: "Callable[[], Suggester]", now_ms: Callable[[], int], parent: QObject | None = None
    ) -> None:
        """``make`` reads the library and the plays; it is called in a job."""
        super().__init__(parent)
        self._jobs, self._make, self._now_ms = jobs, make, now_ms
        self._suggester: Suggester | None = None
        self._current = _NOTHING_YET
        self._shelves: list[Shelf] = []
        self._dial = Dial.FAMILIAR
        self._playing: TrackId | None = None
        self._waiting: tuple[TrackId, ...] = ()
        self._busy = self._again = self._stale = False
        self._shelves_wanted = True

    def current(self) -> SuggestionList:
        """The list that is shown now."""
        return self._current

    def shelves(self) -> list[Shelf]:
        """The shelves of the home view."""
        return self._shelves

    @property
    def dial(self) -> Dial:
        """How well known the suggestions are to be."""
        return self._dial

    @Slot(object)
    def set_dial(self, dial: Dial) -> None:
        """Familiar, forgotten or never heard."""
        if dial != self._dial:
            self._dial = dial
            self.refresh()
        elif dial != self._current.dial:
            self.suggestions_changed.emit(self._current)  # the list says again what it is

    @Slot()
    def refresh(self) -> None:
        """Asks again; several wishes in a row become one."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        suggester = None if self._stale else self._suggester
        self._stale = False
        request = _Request(suggester, self._moment(), self._shelves_wanted)
        self._shelves_wanted = False
        self._jobs.start("suggest", self._work, request, done=self._answered, failed=self._failed)

    @Slot()
    def refresh_shelves(self) -> None:
        """Makes the shelves of the home view anew; otherwise they stay as they are."""
        self._shelves_wanted = True
        self.refresh()

    @Slot()
    def library_changed(self) -> None:
        """Tracks came or went: everything is read again."""
        self._stale = True
        self.refresh_shelves()

    @Slot(object)
    def play_recorded(self, _play: Play) -> None:
        """A play was added to the log; the suggester catches up by itself."""
        self.refresh()

    @Slot(object)
    def track_changed(self, entry: QueueEntry | None) -> None:
        """Another track is heard, or none."""
        self._playing = entry.track.id if entry is not None else None
        self.refresh()

    def set_waiting(self, ids: tuple[TrackId, ...]) -> None:
        """The tracks that wait in the queue: suggesting them would be idle. Heeded from the next refresh on."""
        self._waiting = ids

    def _moment(self) -> Moment:
        return Moment(now_ms=self._now_ms(), playing=self._playing, waiting=self._waiting, dial=self._dial)

    def _work(self, _cancelled: Callable[[], bool], request: _Request) -> _Answer:
        suggester = request.suggester or self._make()
        suggester.catch_up()
        found = suggester.suggest(request.moment)
        shelves = suggester.shelves(request.moment) if request.shelves else None
        return _Answer(suggester, found, shelves)

    @Slot(object)
    def _answered(self, answer: _Answer) -> None:
        self._suggester = answer.suggester
        if answer.suggestions != self._current:
            self._current = answer.suggestions
            self.suggestions_changed.emit(self._current)
        if answer.shelves is not None:
            self._shelves = answer.shelves
            self.shelves_changed.emit(self._shelves)
        self._next()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._stale = self._suggester is None
        self.trouble.emit(sentence)
        self._next()

    def _next(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.refresh()
