"""*You may like*, for the widgets: kept up with the plays, the library and what is playing, off the window's thread."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import SegueError
from app.domain.feedback import Feedback, Said, Told
from app.domain.ids import TrackId
from app.domain.play import Play
from app.domain.queue import QueueEntry
from app.domain.shelf import Shelf
from app.domain.suggestion import Dial, Moment, Suggestion, SuggestionList
from app.domain.track import Track
from app.domain.words import say
from app.qt.jobs import Jobs
from app.qt.kept_shelves import KeptShelves
from app.qt.loves import Loves
from app.qt.questions import Question, Work, answered
from app.storage.feedback import FeedbackStore
from app.storage.whys import MOST, WhyStore

if TYPE_CHECKING:  # numpy is for the job: the window does not wait for it
    from app.suggestions.crowd import Crowd
    from app.suggestions.suggest import Suggester


FillLane = Callable[["Suggester", Moment, int], list[Suggestion]]


@dataclass(frozen=True, slots=True)
class LaneWish:
    """So many tracks, to come behind one, none of those that wait anyway."""

    behind: TrackId | None
    waiting: tuple[TrackId, ...]
    count: int


@dataclass(frozen=True, slots=True)
class _Request:
    """What the next piece of work is to do. The suggester is touched by one job at a time."""

    suggester: "Suggester | None"
    moment: Moment
    shelves: bool
    saying: tuple[tuple[Said, Track] | Feedback, ...] = ()
    """What the listener says; feedback alone is taken back."""
    thought_of: tuple[Said, Track] | None = None
    lane: LaneWish | None = None
    of_today: bool = False
    """The shelves of this day are kept already."""
    keep: tuple[Suggestion, ...] = ()
    """What was said of tracks that were queued since."""
    crowd: "Crowd | None" = None


@dataclass(frozen=True, slots=True)
class _Answer:
    suggester: "Suggester"
    suggestions: SuggestionList
    shelves: list[Shelf] | None
    told: tuple[Told, ...]
    thought_of: Told | None
    lane: list[Suggestion] | None
    known: list[Suggestion]
    """What was said of tracks before Segue was opened."""


class SuggestionService(Loves):
    """Asks the suggester again after each play, each change of track and each change of the library."""

    suggestions_changed = Signal(object)
    shelves_changed = Signal(object)
    previewed = Signal(object)
    """A ``Told`` that was only thought of."""
    lane_found = Signal(object)
    """Suggestions for the autoplay lane, as many as were asked for or fewer."""
    read_anew = Signal()
    """The library was read: what was made for it as it was before is to be made again."""
    trouble = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        make: "Callable[[], Suggester]",
        now_ms: Callable[[], int],
        parent: QObject | None = None,
        feedback: FeedbackStore | None = None,
        fill_lane: "FillLane | None" = None,
        whys: WhyStore | None = None,
        kept: KeptShelves | None = None,
        has_shelves: bool = True,
    ) -> None:
        """``make`` reads the library and the plays, ``fill_lane`` chooses tracks; both are called in a job.

        ``kept``: the shelves of the last session. ``has_shelves``: False where no view shows any.
        """
        super().__init__(parent)
        self._jobs, self._make, self._now_ms, self._feedback = jobs, make, now_ms, feedback
        self._saying: list[tuple[Said, Track] | Feedback] = []
        self._thought_of: tuple[Said, Track] | None = None
        self._fill_lane, self._kept_whys = fill_lane, whys
        self._whys: dict[TrackId, Suggestion] = {}
        self._to_keep: dict[TrackId, Suggestion] = {}
        self._lane: LaneWish | None = None
        self._suggester: Suggester | None = None
        self._crowd: Crowd | None = None
        self._current = SuggestionList((), say("For you"), say("Looking at your library"))
        self._shelves: list[Shelf] = []
        self._kept_shelves, self._shelves_of_today = kept, False
        self._dial = Dial.FAMILIAR
        self._playing: TrackId | None = None
        self._artist = ""
        self._waiting: tuple[TrackId, ...] = ()
        self._busy = self._again = self._stale = False
        self._questions: list[Question] = []
        self._asking: tuple[Question, ...] = ()
        self._has_shelves = self._shelves_wanted = has_shelves

    def current(self) -> SuggestionList:
        """The list that is shown now."""
        return self._current

    def shelves(self) -> list[Shelf]:
        """The shelves of the home view; before the first have been made, those of the last session."""
        if not self._shelves and self._kept_shelves is not None and self._suggester is None:
            self._shelves, self._shelves_of_today = self._kept_shelves.load(self._now_ms())
        return self._shelves

    @property
    def shelves_of_today(self) -> bool:
        """Those of an earlier session of this day are shown: they stay until others are asked for."""
        return self._shelves_of_today

    def why(self, track_id: TrackId) -> Suggestion | None:
        """What was said of a track when it was suggested."""
        return self._whys.get(track_id) or next((each for each in self._said_now() if each.track.id == track_id), None)

    def queued(self, ids: Sequence[TrackId]) -> None:
        """Suggested tracks wait or play: what was said of them is to be remembered."""
        new = set(ids) - self._whys.keys()
        found = {each.track.id: each for each in self._said_now() if each.track.id in new} if new else {}
        self._remember(found.values())
        self._to_keep |= found

    def _said_now(self) -> Iterator[Suggestion]:
        shelves = (shelf.suggestions for shelf in self._shelves)
        return chain(self._current.suggestions, chain.from_iterable(shelves))

    def _remember(self, suggestions: Iterable[Suggestion]) -> None:
        for each in suggestions:
            self._whys.pop(each.track.id, None)
            self._whys[each.track.id] = each
        for track_id in list(self._whys)[:-MOST]:
            del self._whys[track_id]

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
        saying, thought_of = tuple(self._saying), self._thought_of
        keep = tuple(self._to_keep.values())
        wanted, lane, today = self._shelves_wanted, self._lane, self._shelves_of_today
        request = _Request(suggester, self._moment(), wanted, saying, thought_of, lane, today, keep, self._crowd)
        self._to_keep.clear()
        self._shelves_wanted, self._thought_of, self._lane = False, None, None
        self._saying.clear()
        self._jobs.start("suggest", self._work, request, done=self._answered, failed=self._failed)

    @Slot()
    def refresh_shelves(self) -> None:
        """Makes the shelves of the home view anew; otherwise they stay as they are."""
        self._shelves_wanted = self._has_shelves
        self.refresh()

    def take_shelves(self) -> None:
        """The listener has taken the new ones: they are those of this day."""
        kept, shelves, now_ms = self._kept_shelves, self._shelves, self._now_ms()
        self._shelves_of_today = False
        if kept is not None and shelves:
            self._jobs.start("shelves", lambda _cancelled: kept.keep(shelves, now_ms))

    def forget_shelves(self) -> None:
        """They are to be made anew, in other words."""
        self._shelves, self._shelves_of_today = [], False
        self.refresh_shelves()

    @Slot()
    def library_changed(self) -> None:
        """Tracks came or went, or are called otherwise: everything is read again."""
        self.library_is_other()
        self.follow_library()

    def library_is_other(self) -> None:
        """What is asked from now on is answered from the new tracks; :meth:`follow_library` is still to come."""
        self._stale = True

    @Slot()
    def follow_library(self) -> None:
        """What is shown is made anew."""
        self.read_loves()
        self.refresh_shelves()

    def use_crowd(self, crowd: "Crowd | None") -> None:
        """What many listeners together say counts from now on, or no longer does."""
        if crowd is not self._crowd:
            self._crowd = crowd
            self.refresh_shelves()

    @Slot(object)
    def play_recorded(self, _play: Play) -> None:
        """A play was added to the log; the suggester catches up by itself."""
        self.refresh()

    @Slot(object)
    def track_changed(self, entry: QueueEntry | None) -> None:
        """Another track is heard, or none."""
        self._playing = entry.track.id if entry is not None and entry.track.in_library else None
        self.refresh()

    def follow(self, track: Track | None) -> None:
        """Another player plays this: for a track that is not in the library, its artist counts."""
        self._playing = track.id if track is not None and track.in_library else None
        self._artist = track.artist if track is not None and self._playing is None else ""
        self.refresh()

    def say(self, said: Said, track: Track) -> None:
        """Takes feedback in; ``said`` tells what came of it."""
        self._saying.append((said, track))
        self.refresh()

    def take_back(self, feedback: Feedback) -> None:
        """The list becomes what it would be had this not been said."""
        self._saying.append(feedback)
        self.refresh()

    def preview(self, said: Said, track: Track) -> None:
        """Asks what feedback would change; ``previewed`` answers. Of several questions the last is answered."""
        self._thought_of = (said, track)
        self.refresh()

    def ask_lane(self, behind: TrackId | None, waiting: tuple[TrackId, ...], count: int) -> None:
        """Asks for tracks to play on with behind a track: ``lane_found``. ``waiting``: what is queued anyway."""
        self._lane = LaneWish(behind, waiting, count)
        self.refresh()

    def ask(self, work: Work, done: Callable[[Any], None], failed: Callable[[SegueError], None]) -> None:
        """Has the suggester asked something of one's own, in its job; what is shown stays as it is.

        ``done`` or ``failed`` is called in the window's thread.
        """
        self._questions.append(Question(work, done, failed))
        if not self._busy:
            self._ask_now()

    def _ask_now(self) -> None:
        if self._suggester is None or self._stale:
            self.refresh()  # they are asked behind it
            return
        self._busy = True
        self._asking, moment = tuple(self._questions), self._moment()
        self._questions.clear()
        arguments = (self._suggester, self._crowd, moment, self._asking)
        self._jobs.start("suggest", self._answer, *arguments, done=self._asked_answered, failed=self._failed)

    def _answer(
        self,
        _cancelled: object,
        suggester: "Suggester",
        crowd: "Crowd | None",
        moment: Moment,
        asking: Sequence[Question],
    ) -> list[Callable[[], None]]:
        suggester.use_crowd(crowd)
        suggester.catch_up()
        return answered(asking, suggester, moment)

    @Slot(object)
    def _asked_answered(self, calls: list[Callable[[], None]]) -> None:
        self._asking = ()
        for call in calls:
            call()
        self._next()

    def set_waiting(self, ids: tuple[TrackId, ...]) -> None:
        """The tracks that wait in the queue: suggesting them would be idle. Heeded from the next refresh on."""
        self._waiting = ids

    def _moment(self) -> Moment:
        return Moment(
            now_ms=self._now_ms(), playing=self._playing, artist=self._artist, waiting=self._waiting, dial=self._dial
        )

    def _work(self, _cancelled: Callable[[], bool], request: _Request) -> _Answer:
        suggester = request.suggester or self._make()
        suggester.use_crowd(request.crowd)
        suggester.catch_up()
        told = tuple(self._tell(suggester, each, request.moment) for each in request.saying)
        found = suggester.suggest(request.moment)
        shelves = suggester.shelves(request.moment) if request.shelves else None
        if shelves and self._kept_shelves is not None and not request.of_today:
            self._kept_shelves.keep(shelves, request.moment.now_ms)
        thought_of = _think_of(suggester, *request.thought_of, request.moment) if request.thought_of else None
        lane = self._filled(suggester, request) if request.lane is not None else None
        known = self._kept_whys.load() if self._kept_whys and request.suggester is None else []
        if self._kept_whys and (said := (*request.keep, *(lane or ()))):
            self._kept_whys.keep(said)
        return _Answer(suggester, found, shelves, told, thought_of, lane, known)

    def _filled(self, suggester: "Suggester", request: _Request) -> list[Suggestion]:
        wish = request.lane
        if wish is None or self._fill_lane is None:
            return []
        moment = replace(request.moment, playing=wish.behind, waiting=wish.waiting)
        return self._fill_lane(suggester, moment, wish.count)

    def _tell(self, suggester: "Suggester", saying: tuple[Said, Track] | Feedback, moment: Moment) -> Told:
        from app.suggestions import feedback as says

        if self._feedback is None:
            raise ValueError("there is no place to keep feedback")
        before = suggester.suggest(moment)
        if isinstance(saying, Feedback):
            kept = says.undo(self._feedback, saying, moment.now_ms)
        else:
            kept = says.apply(self._feedback, *saying, moment.now_ms)
        suggester.catch_up()
        return Told(kept, says.effect(says.change(before, suggester.suggest(moment))))

    @Slot(object)
    def _answered(self, answer: _Answer) -> None:
        anew = answer.suggester is not self._suggester
        self._suggester = answer.suggester
        self._remember(each for each in answer.known if each.track.id not in self._whys)
        self._remember(answer.lane or ())
        if answer.suggestions != self._current:
            self._current = answer.suggestions
            self.suggestions_changed.emit(self._current)
        if answer.shelves is not None:
            self._shelves = answer.shelves
            self.shelves_changed.emit(self._shelves)
        for told in answer.told:
            self.said.emit(told)
        if answer.thought_of is not None:
            self.previewed.emit(answer.thought_of)
        if answer.lane is not None:
            self.lane_found.emit(answer.lane)
        self._next()
        if anew:
            self.read_anew.emit()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._stale = self._suggester is None
        self._forget_wishes()
        unanswered, self._asking = [*self._asking, *self._questions], ()
        self._questions.clear()
        for question in unanswered:
            question.failed(SegueError(sentence))
        self.trouble.emit(sentence)
        self._next()

    def _next(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.refresh()
        elif self._questions:
            self._ask_now()


def _think_of(suggester: "Suggester", said: Said, track: Track, moment: Moment) -> Told:
    from app.suggestions import feedback as says

    found = says.preview(suggester, said, track, moment)
    thought = Feedback(said, track.id, track.recording_key, track.title, track.artist, moment.now_ms)
    return Told(thought, says.effect(found))
