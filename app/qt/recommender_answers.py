"""What is asked over the bus, answered by the services that the window uses, in the window's thread. It never waits."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from app.domain.errors import SegueError, UnknownTrack
from app.domain.feedback import Feedback, FeedbackId, Said, Told
from app.domain.ids import TrackId
from app.domain.suggestion import Dial, Suggestion
from app.domain.track import Track
from app.qt.companion_service import CompanionService
from app.qt.jobs import Jobs
from app.qt.suggestion_service import SuggestionService
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.suggestions import asking
from app.suggestions.lookup import Lookup

_REMEMBERED = 1_000
_NOT_FOLLOWING = "Segue's window follows no other players; the companion does."


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One call, and what is to be called with its answer, or with the kind of trouble and a sentence."""

    verb: str
    arguments: tuple[Any, ...]
    answer: Callable[[object], None]
    refuse: Callable[[str, str], None]


class Answers(QObject):
    """Every verb, and what it asks of whom. Answers are plain values."""

    def __init__(
        self,
        jobs: Jobs,
        suggestions: SuggestionService,
        lookup: Lookup,
        plays: PlayStore,
        feedback: FeedbackStore,
        companion: CompanionService | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._suggestions, self._lookup = jobs, suggestions, lookup
        self._plays, self._feedback, self._companion = plays, feedback, companion
        self._told_of: OrderedDict[TrackId, Suggestion] = OrderedDict()
        self._saying: list[tuple[Call, Callable[[Feedback], bool]]] = []
        suggestions.said.connect(self._said)
        suggestions.trouble.connect(self._not_said)
        self._verbs: dict[str, Callable[..., None]] = {
            "recommend": self._recommend,
            "why": self._why,
            "feedback": self._say,
            "take-back": self._take_back,
            "history": self._history,
            "tell": self._tell,
            "chosen": self._chosen,
            "untell": self._untell,
        }

    @Slot(object)
    def do(self, call: Call) -> None:
        """Begins to answer a call whose arguments were checked."""
        self._verbs[call.verb](call, *call.arguments)

    def _recommend(self, call: Call, seeds: tuple[str, ...], count: int, dial: Dial) -> None:
        lookup = self._lookup

        def told(found: asking.Recommended) -> None:
            shown = found.found
            self._remember(shown.suggestions)
            about = {
                "heading": shown.heading,
                "state": shown.state,
                "dial": shown.dial.value,
                "unknown": found.unknown,
            }
            call.answer(([asking.suggestion_values(each) for each in shown.suggestions], about))

        self._suggestions.ask(
            lambda suggester, moment: asking.recommend(suggester, moment, lookup, seeds, count, dial),
            told,
            partial(_refuse, call),
        )

    def _remember(self, suggestions: Iterable[Suggestion]) -> None:
        for each in suggestions:
            self._told_of[each.track.id] = each
            self._told_of.move_to_end(each.track.id)
        while len(self._told_of) > _REMEMBERED:
            self._told_of.popitem(last=False)

    def _why(self, call: Call, word: str) -> None:
        def explained(one: Suggestion) -> None:
            shares = [(share.signal.value, share.amount, share.words) for share in one.evidence]
            call.answer((asking.suggestion_values(one), shares))

        def known(track: Track) -> None:
            said = self._told_of.get(track.id) or self._suggestions.why(track.id)
            if said is not None:
                explained(said)
                return
            self._suggestions.ask(
                lambda suggester, moment: asking.why(suggester, moment, track),
                explained,
                partial(_refuse, call),
            )

        self._look(call, lambda: self._lookup.known(word), known)

    def _say(self, call: Call, word: str, said: Said) -> None:
        def known(track: Track) -> None:
            self._saying.append((call, lambda f: f.said is said and f.recording_key == track.recording_key))
            self._suggestions.say(said, track)

        self._look(call, lambda: self._lookup.known(word), known)

    def _take_back(self, call: Call, number: int) -> None:
        def known(feedback: Feedback) -> None:
            self._saying.append((call, lambda f: f.undoes == feedback.id))
            self._suggestions.take_back(feedback)

        self._look(call, lambda: asking.to_take_back(self._feedback, FeedbackId(number)), known)

    @Slot(object)
    def _said(self, told: Told) -> None:
        """Something was said, here or in the window: the call that waits for it first is answered."""
        found = next((each for each in self._saying if each[1](told.feedback)), None)
        if found is None:
            return
        self._saying.remove(found)
        call = found[0]
        call.answer(told.sentence if call.verb == "take-back" else (told.feedback.id or 0, told.sentence))

    @Slot(str)
    def _not_said(self, sentence: str) -> None:
        waiting, self._saying = self._saying, []
        for call, _ in waiting:
            call.refuse("Failed", sentence)

    def _history(self, call: Call, since_ms: int, until_ms: int, count: int) -> None:
        def read() -> list[dict[str, object]]:
            return [asking.play_values(play) for play in self._plays.between(since_ms, until_ms, count)]

        self._look(call, read, call.answer)

    def _tell(self, call: Call, player: str, name: str, state: dict[str, object]) -> None:
        if self._companion is None:
            call.refuse("NotFollowing", _NOT_FOLLOWING)
            return
        self._companion.tell(player, name, state)
        call.answer(None)

    def _chosen(self, call: Call, player: str, word: str) -> None:
        companion = self._companion
        if companion is None:
            call.refuse("NotFollowing", _NOT_FOLLOWING)
            return

        def known(track: Track) -> None:
            companion.chosen(player, track.file)
            call.answer(None)

        self._look(call, lambda: self._lookup.known(word), known)

    def _untell(self, call: Call, player: str) -> None:
        if self._companion is not None:
            self._companion.untell(player)
        call.answer(None)

    def _look(self, call: Call, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Has something read in a job."""

        def read(_cancelled: object) -> object:
            try:
                return work()
            except SegueError as error:
                return error

        def done(found: object) -> None:
            if isinstance(found, SegueError):
                _refuse(call, found)
            else:
                then(found)

        self._jobs.start("asked over the bus", read, done=done, failed=lambda words: call.refuse("Failed", words))


def _refuse(call: Call, error: SegueError) -> None:
    kinds = {UnknownTrack: "UnknownTrack", asking.NotSuggested: "NotSuggested", asking.NothingSaid: "NothingSaid"}
    call.refuse(kinds.get(type(error), "Failed"), str(error))
