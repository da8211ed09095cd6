"""What the listener may like now: the recommender asked with this moment, its answer put into tracks and words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from app.domain.feedback import Feedback
from app.domain.ids import TrackId
from app.domain.play import EndedBy
from app.domain.shelf import Shelf
from app.domain.suggestion import Dial, Moment, Signal, Suggestion, SuggestionList
from app.domain.sync import Find
from app.domain.track import Track
from app.domain.words import plural, say
from app.storage.browse import BrowseStore
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions import crowd as many
from app.suggestions import events, why
from app.suggestions.catalogue import catalogue
from app.suggestions.plays import for_recommender
from app.suggestions.present import Present
from recommender.listener import ENOUGH_PLAYS, Listener, Question, Recommendation
from recommender.memory import give_back
from recommender.sessions import Plays

PANEL = 30
SHELF = 12
FINDS = 12
_AT_ONCE = 500
_A_FEW = 50
_STAND_INS = 3
"""So many tracks of an artist are not suggested while they stand for another of theirs."""
SHELF_LEAST = 4
"""A shelf with fewer stands aside."""


@dataclass(slots=True)
class _Names:
    """Tracks by id, each read from storage once."""

    store: TrackStore
    known: dict[int, Track] = field(default_factory=dict)

    def want(self, ids: set[int]) -> None:
        missing = [TrackId(i) for i in ids if i not in self.known]
        self.known.update({track.id: track for track in self.store.get(missing)})

    def get(self, track_id: int) -> Track | None:
        return self.known.get(track_id)


class Suggester:
    """One listener's plays over one library. Not for two threads at once."""

    def __init__(
        self,
        tracks: TrackStore,
        plays: PlayStore,
        browse: BrowseStore,
        feedback: FeedbackStore | None = None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """Reads the library; plays and feedback are read by :meth:`catch_up`. ``between``: called every few of them."""
        self._feedback, self._between = feedback, between
        self._said: list[Feedback] = []
        self._tracks, self._plays, self._browse = tracks, plays, browse
        self._present = Present()
        self._listener = Listener(catalogue(self._met(tracks.each())))
        self._present.complete()
        self._last_play = 0
        self._seen = 0
        self._crowd: many.Crowd | None = None

    def _met(self, tracks: Iterator[Track]) -> Iterator[Track]:
        for number, track in enumerate(tracks):
            if number % _A_FEW == 0:
                self._between()
            self._present.add(track)
            yield track

    @property
    def present(self) -> Present:
        """The tracks whose files are there."""
        return self._present

    def use_crowd(self, crowd: many.Crowd | None) -> None:
        """What many listeners together say counts from now on, or no longer does. The same again costs nothing."""
        if crowd is self._crowd:
            return
        self._crowd = crowd
        if crowd is None:
            self._listener.use_community(None)
        else:
            self._listener.use_community(crowd.keyed.community, crowd.item_ids)

    def catch_up(self) -> None:
        """Takes in the plays and the feedback that were added to the logs since the last call."""
        self._catch_up_feedback()
        taken, last, seen = list[Plays](), self._last_play, 0
        while new := self._plays.after(last, _AT_ONCE):  # rows as they are read are thirty times what stays of them
            last = max(play.id or 0 for play in new)
            seen += sum(play.ended_by is not EndedBy.FAILED for play in new)
            taken.append(for_recommender(new, self._present))
            self._between()
        if not taken:
            return
        if self._last_play == 0:
            self._listener.load(Plays.joined(taken))
            give_back()  # reading library and plays takes twice what stays of them
        else:
            self._listener.add(Plays.joined(taken))
        self._last_play, self._seen = last, self._seen + seen

    def suggest_if(self, said: Feedback, moment: Moment, count: int = PANEL) -> SuggestionList:
        """The panel's list as it would be had this been said."""
        try:
            self._take_in([*self._said, said])
            return self.suggest(moment, count)
        finally:
            self._take_in(self._said)

    def suggest(self, moment: Moment, count: int = PANEL) -> SuggestionList:
        """The panel's list for this moment."""
        stand_in = self._stand_ins(moment)
        if stand_in:
            moment = replace(moment, seeds=stand_in)
        found = self._ask(_question(moment), moment, count, moment.seeds, self._strictness(moment.dial))
        counts = self._listener.counts(moment.now_ms / 1000)
        # Before the first play nothing is familiar, and the list says what it is.
        unheard = moment.dial is Dial.FAMILIAR and counts.familiar == 0 and counts.never > 0
        return SuggestionList(
            tuple(found),
            say("For {artist}", artist=moment.artist)
            if stand_in
            else self._heading(moment.seeds or ((moment.playing,) if moment.playing is not None else ())),
            self._state(moment.dial, found),
            Dial.NEVER if unheard else moment.dial,
            (counts.familiar, counts.forgotten, counts.never),
        )

    def explain(self, track: Track, moment: Moment) -> Suggestion | None:
        """What speaks for one track, whether a list holds it or not; ``None``: it is not there. No list is made."""
        if stand_in := self._stand_ins(moment):
            moment = replace(moment, seeds=stand_in)
        dial = self._strictness(moment.dial)
        found = self._listener.score(
            track.id,
            _question(moment),
            moment.now_ms / 1000,
            moment.seeds,
            dial.value if dial is not None else None,
            moment.playing,
        )
        return next(iter(self._worded([found])), None) if found is not None else None

    def shelves(self, moment: Moment) -> list[Shelf]:
        """The home view: fixed names in a fixed order; a shelf with too little stands aside."""
        counts = self._listener.counts(moment.now_ms / 1000)
        heard = self._listener.n_listens
        made = [
            Shelf(
                "you_may_like",
                say("You may like"),
                self._origin(),
                tuple(self._ask("session", moment, SHELF, (), None)),
            ),
            self._because(moment),
            Shelf(
                "forgotten",
                say("Forgotten favourites"),
                say("Played 3 times or more, none in 90 days. {:,} found", counts.forgotten),
                tuple(self._ask("rediscover", moment, SHELF, (), Dial.FORGOTTEN)),
            ),
            Shelf(
                "never_heard",
                say("Never heard"),
                say("No plays at all. {:,} found", counts.never),
                tuple(self._ask("never", moment, SHELF, (), Dial.NEVER)) if heard else (),
            ),
            Shelf(
                "new",
                say("New in the library"),
                say("The albums that came last"),
                albums=tuple(self._browse.newest_albums(SHELF)),
            ),
        ]
        full = [shelf for shelf in made if len(shelf.suggestions) + len(shelf.albums) >= SHELF_LEAST]
        found = self._finds(moment)
        rule = self._crowd.rule if self._crowd is not None else ""
        return [*full, Shelf("finds", say("You do not have these"), rule, finds=found)] if found else full

    def _finds(self, moment: Moment) -> tuple[Find, ...]:
        """What many listeners would suggest and is not here."""
        if self._crowd is None:
            return ()
        barred = many.barred_artists(self._said)
        found = self._listener.beyond(moment.now_ms / 1000, many.open_to(self._crowd, barred), FINDS)
        names = _Names(self._tracks)
        names.want({one.because for one in found if one.because >= 0})
        return many.finds(self._crowd, found, barred, names.get)

    def _catch_up_feedback(self) -> None:
        if self._feedback is None:
            return
        known = self._said[-1].id if self._said else 0
        if self._feedback.newest_id() != known:
            self._said = self._feedback.all()
            self._take_in(self._said)

    def _take_in(self, said: list[Feedback]) -> None:
        self._listener.load_feedback(events.for_recommender(said, self._present))

    def _stand_ins(self, moment: Moment) -> tuple[TrackId, ...]:
        """A few tracks by the artist of what plays, from one end of their records to the other."""
        if not moment.artist or moment.seeds or moment.playing is not None:
            return ()
        theirs = [one for one in self._browse.artist_ids(moment.artist) if one in self._present]
        return tuple(theirs[:: -(-len(theirs) // _STAND_INS)]) if theirs else ()

    def _because(self, moment: Moment) -> Shelf:
        recent = next(
            (p.track_id for p in self._plays.recent(20) if p.track_id in self._present and p.played_ms > 0), None
        )
        seed = self._tracks.get([recent]) if recent is not None else []
        if not seed:
            return Shelf("because", "", "")
        found = self._ask("next", moment, SHELF, (seed[0].id,), None)
        return Shelf(
            "because",
            say("Because you played {}", seed[0].title),
            say("By {}, your last play", seed[0].shown_artist),
            tuple(found),
        )

    def _strictness(self, dial: Dial) -> Dial | None:
        """With few plays, *Familiar* leads with what was played and lets tags fill the rest."""
        if dial is Dial.FAMILIAR and self._listener.n_listens < ENOUGH_PLAYS:
            return None
        return dial

    def _ask(
        self, question: Question, moment: Moment, count: int, seeds: tuple[TrackId, ...], dial: Dial | None
    ) -> list[Suggestion]:
        found = self._listener.recommend(
            question,
            moment.now_ms / 1000,
            n=count,
            seeds=seeds,
            exclude=moment.waiting,
            dial=dial.value if dial is not None else None,
            playing=moment.playing,
        )
        return self._worded(found)

    def _worded(self, found: list[Recommendation]) -> list[Suggestion]:
        if self._crowd is not None and self._crowd.asked:
            found = [many.as_asked(each) for each in found]
        names = _Names(self._tracks)
        names.want({r.item_id for r in found} | {e.because for r in found for e in r.evidence if e.because is not None})
        return [self._suggestion(r, track, names) for r in found if (track := names.get(r.item_id)) is not None]

    def _suggestion(self, found: Recommendation, track: Track, names: _Names) -> Suggestion:
        fact = why.headline(found.evidence)
        return Suggestion(
            track=track,
            score=found.score,
            reason=why.words(fact, track, names.get) if fact is not None else say("In your library"),
            signal=why.signal_of(fact.signal, fact.amount) if fact is not None else Signal.TAGS,
            evidence=why.shares(found.evidence, track, names.get),
        )

    def _heading(self, seeds: tuple[TrackId, ...]) -> str:
        named = self._tracks.get(list(seeds))
        return say("For {}", ", ".join(track.title for track in named)) if named else say("For you")

    def _origin(self) -> str:
        if self._seen == 0:
            return say("No plays yet. These come from tags")
        plays = plural(self._seen, "play")
        if self._listener.n_listens < ENOUGH_PLAYS:
            return say("From {plays}; under {least}, so tags lead", plays=plays, least=ENOUGH_PLAYS)
        return say("From {}", plays)

    def _state(self, dial: Dial, found: list[Suggestion]) -> str:
        if found or not self._present:
            return self._origin() if self._present else say("They come once there is music in your library.")
        if dial is Dial.FORGOTTEN:
            return say("Nothing was played 3 times and then left for 90 days.")
        if dial is Dial.NEVER:
            return say("You have played everything here.")
        return say("Nothing else to suggest.")


def _question(moment: Moment) -> Question:
    """What the panel asks at a moment."""
    if moment.dial is Dial.FORGOTTEN:
        return "rediscover"
    if moment.dial is Dial.NEVER:
        return "never"
    return "next" if moment.seeds or moment.playing is not None else "session"
