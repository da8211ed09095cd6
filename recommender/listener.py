"""The face the app calls: one listener's plays over one library, and what to play.

Four questions, since no one scorer wins them all: what next in this session, what for the next session, what to
rediscover, what was never heard. Everything is computed when asked, from arrays; one play more costs microseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from recommender.algorithms.base import NOTHING, Profile, no_items
from recommender.algorithms.blend import FEW, LIBRARY, NEVER, NEXT, REDISCOVER, REDISCOVER_NEAR, SESSION, Blend, Weights
from recommender.arrays import Bools, Floats, Ints, integers
from recommender.catalogue import Catalogue, ItemSpace
from recommender.history import DAY_S, History
from recommender.ranking import ARTIST_CAP, recommend, turns
from recommender.sessions import Ended, Plays

__all__ = ["Catalogue", "Counts", "Dial", "Ended", "Evidence", "Listener", "Plays", "Question", "Recommendation"]

Question = Literal["next", "session", "rediscover", "never"]
Dial = Literal["familiar", "forgotten", "never"]

ENOUGH_PLAYS = 200
"""With fewer listens tags lead."""
FORGOTTEN_PLAYS, FORGOTTEN_S = 3, 90 * DAY_S
REDISCOVER_S = 30 * DAY_S
REPEAT_S = 60 * 60
"""What was played or skipped this lately is not offered as the next track."""
FRESHNESS: dict[str, float] = {"next": 0.0, "session": 0.3, "rediscover": 0.6, "never": 0.6}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One share of a score.

    Signals: ``follows`` (came within three tracks after ``because``, ``count`` times), ``together`` (in ``count``
    sessions with ``because``), ``recency`` (``count`` listens), ``days`` (heard on ``count`` days; below 0 it is held
    against what is known by heart), ``artist`` and ``taste_artist|album|genre|year`` (``count`` listens of the same),
    ``same_artist|album|genre|year`` (as ``because``, with ``count`` listens of the same; for years: near it),
    ``library_artist|genre|year`` (``count`` of the same in the library), ``unheard``, ``fresh`` (today's turn).
    """

    signal: str
    amount: float
    because: int | None = None
    """Item id."""
    count: int = 0
    last_s: int | None = None
    """When this item was last listened to, for ``recency`` and ``days``."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An item, the score that ranked it, and the evidence that adds up to the score, loudest first."""

    item_id: int
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recordings each dial position may offer."""

    familiar: int
    forgotten: int
    never: int


class Listener:
    """One listener. Copies of a recording share their plays; the copy played last stands for it in lists."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._space = ItemSpace(catalogue)
        self._shown: Ints = self._space.first_id.copy()
        self.ignored = 0
        """Plays left out: of tracks that are not in the catalogue, failed, or at impossible times."""
        self._history = History(self._space.columns, Plays.none())
        self._blends: dict[int, Blend] = {}

    @property
    def n_listens(self) -> int:
        """Listens taken in."""
        return len(self._history)

    def load(self, plays: Plays) -> None:
        """Takes in many plays at once, in any order, beside those it has. O(n log n)."""
        known = self._known(plays)
        together = self._history.plays.and_then(known)
        self._history = History(self._space.columns, together)
        self.ignored += len(plays) - len(known) + len(together) - len(self._history.plays)
        self._blends = {}

    def add(self, play: Plays) -> None:
        """Takes in one new play (or a few): O(1) at the end; one that is older than the last is a ``load``."""
        if not self._history.appends(play):
            self.load(play)
            return
        before = len(self._history.plays)
        self._history.append(self._known(play))
        self.ignored += len(play) - (len(self._history.plays) - before)

    def counts(self, now_s: float) -> Counts:
        """How many recordings are familiar (a play), forgotten (3 plays, none in 90 days), never heard (no play)."""
        history = self._history.until(now_s)
        familiar, forgotten, never = (
            int(self._allowed(history, dial, now_s).sum()) for dial in ("familiar", "forgotten", "never")
        )
        return Counts(familiar, forgotten, never)

    def recommend(
        self,
        question: Question,
        now_s: float,
        n: int = 50,
        seeds: Sequence[int] = (),
        exclude: Sequence[int] = (),
        dial: Dial | None = None,
        playing: int | None = None,
    ) -> list[Recommendation]:
        """At most ``n`` recommendations, best first. Seeds vote; neither they nor their copies are offered.

        ``playing``: the item that sounds now, whose play is not recorded yet: it ends the running session's context.
        With no session running, nothing playing and no seeds, ``next`` is answered as ``session``.

        The same plays, moment's day and arguments give the same list. Cost: O(n_items + n_listens).
        """
        if question not in FRESHNESS or dial not in {None, "familiar", "forgotten", "never"}:
            raise ValueError(f"there is no question {question!r} with dial {dial!r}")
        if not np.isfinite(now_s):
            raise ValueError("now_s is not a time")
        history = self._history.until(now_s)
        if len(self._space) == 0 or n <= 0:
            return []
        seed_columns = self._space.columns_of(integers(list(seeds), "seeds"))[0]
        now_playing = self._space.columns_of(integers([] if playing is None else [playing], "playing"))[0]
        if question == "next" and not len(seed_columns) + len(now_playing) + len(history.running(now_s)):
            question = "session"
        profile = _profile(history, question, now_s, seed_columns, now_playing)
        blend = self._blend(history, _weights(history, question, dial, profile))
        candidates = self._candidates(history, question, dial, now_s)
        excluded = self._space.columns_of(integers(list(exclude), "exclude"))[0]
        candidates[np.concatenate([seed_columns, now_playing, excluded])] = False
        candidates &= blend.speaks(profile)
        fresh = self._freshness(question, now_s, empty=len(history) == 0)
        scores = np.where(candidates, blend.scores(profile) + fresh, -np.inf)
        alone = len(history) == 0 and len(profile.context) == 0
        picked = recommend(
            scores,
            n,
            artists=self._space.columns.artist,
            artist_cap=1 if alone else ARTIST_CAP,
            artist_window=n if alone else 10,
            last_played_s=history.tallies.last_play_s,
            now_s=now_s,
            repeat_window_s=REPEAT_S if question == "next" else 0.0,
        )
        return self._explained(blend, profile, picked, fresh, history)

    def _explained(
        self, blend: Blend, profile: Profile, picked: Ints, fresh: Floats, history: History
    ) -> list[Recommendation]:
        found = []
        for column, facts in zip(picked.tolist(), blend.explain(picked, profile), strict=True):
            last = int(history.tallies.last_listen_s[column])
            evidence = [
                Evidence(
                    fact.signal,
                    fact.amount,
                    None if fact.because == NOTHING else int(self._shown[fact.because]),
                    fact.count,
                    last if fact.signal in {"recency", "days"} and last >= 0 else None,
                )
                for fact in facts
            ]
            if fresh[column]:
                evidence.append(Evidence("fresh", float(fresh[column])))
            score = float(sum(part.amount for part in evidence))
            found.append(Recommendation(int(self._shown[column]), score, tuple(evidence)))
        return found

    def _blend(self, history: History, weights: Weights) -> Blend:
        """The ranker with these weights, fitted on this history; kept for the listener's own, present history."""
        if history is not self._history:
            return Blend(weights).fit(history)
        if id(weights) not in self._blends:
            self._blends[id(weights)] = Blend(weights).fit(history)
        return self._blends[id(weights)].update(history)

    def _candidates(self, history: History, question: Question, dial: Dial | None, now_s: float) -> Bools:
        allowed = self._allowed(history, dial, now_s)
        if question == "never":
            allowed &= history.tallies.plays == 0
        if question == "rediscover":
            allowed &= (history.tallies.listens > 0) & (history.tallies.last_play_s <= now_s - REDISCOVER_S)
        return allowed

    def _allowed(self, history: History, dial: Dial | str | None, now_s: float) -> Bools:
        """What a dial position may offer, bool (n_columns,)."""
        plays, last = history.tallies.plays, history.tallies.last_play_s
        if dial == "familiar":
            return np.asarray(plays >= 1)
        if dial == "forgotten":
            return np.asarray((plays >= FORGOTTEN_PLAYS) & (last <= now_s - FORGOTTEN_S))
        if dial == "never":
            return np.asarray(plays == 0)
        return np.ones(len(plays), dtype=bool)

    def _freshness(self, question: Question, now_s: float, *, empty: bool) -> Floats:
        """A little of each day's own order, as a share of the score, float64 (n_columns,)."""
        strength = 0.3 if empty else FRESHNESS[question]
        if strength == 0.0:
            return np.zeros(len(self._space))
        return strength * turns(self._space.first_id, int(now_s // DAY_S))

    def _known(self, plays: Plays) -> Plays:
        """Plays of tracks in the catalogue, as columns; notes which copy was played last."""
        sound = plays.take(plays.ended != Ended.FAILED)
        columns, known = self._space.columns_of(sound.item_id)
        kept = sound.take(known)
        order = np.argsort(kept.started_at_s, kind="stable")
        self._shown[columns[order]] = kept.item_id[order]
        return _with_items(kept, columns)


def _with_items(plays: Plays, columns: Ints) -> Plays:
    return Plays(columns, plays.started_at_s, plays.played_ms, plays.duration_ms, plays.ended)


def _profile(history: History, question: Question, now_s: float, seeds: Ints, playing: Ints) -> Profile:
    """The moment: seeds, else the running session with what plays now; at a session's start, what the last one held."""
    if len(seeds):
        return Profile(now_s, seeds, chosen=True)
    running = history.running(now_s)
    if question == "next" and len(running) + len(playing):
        own = history.last_run_start() if len(running) else NOTHING
        return Profile(now_s, np.concatenate([running, playing]), own_session=own)
    if question == "session" and len(history):
        return Profile(now_s, history.last_session(), own_session=history.last_run_start())
    return Profile(now_s, no_items())


def _weights(history: History, question: Question, dial: Dial | None, profile: Profile) -> Weights:
    """The weights for a moment. Few plays, or seeds that were never listened to: tags lead."""
    seeded = profile.chosen
    if len(history) == 0 and len(profile.context) == 0:
        return LIBRARY
    if question == "never" or dial == "never":
        return NEVER
    if len(history) < ENOUGH_PLAYS:
        return FEW
    if len(profile.context) and not history.tallies.listens[profile.context].any():
        return FEW
    if question == "rediscover" or dial == "forgotten":
        return REDISCOVER_NEAR if seeded else REDISCOVER
    return SESSION if question == "session" and not seeded else NEXT
