"""The face the app calls: one listener's plays over one library, and what to play.

Four questions, since no one scorer wins them all: what next in this session, what for the next session, what to
rediscover, what was never heard. Everything is computed when asked, from arrays; one play more costs microseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from recommender import citing
from recommender.algorithms.base import NOTHING, Fact, Profile
from recommender.algorithms.blend import Blend, Share, Weights
from recommender.arrays import Bools, Floats, Ints, integers
from recommender.beyond import Beyond, beyond
from recommender.catalogue import Catalogue, ItemSpace
from recommender.community import NOBODY, Community
from recommender.feedback import FROM_ARTIST, FROM_SESSIONS, LOVE, Event, Opinions, opinions
from recommender.history import DAY_S, History
from recommender.memory import give_back
from recommender.moment import (
    ENOUGH_PLAYS,
    SHIPPED,
    Dial,
    Question,
    allowed,
    artist_caps,
    candidates,
    profile_for,
    weights_for,
)
from recommender.ranking import ARTIST_CAP, has_turn, recommend
from recommender.recommendation import Counts, Effect, Evidence, Recommendation
from recommender.sessions import Ended, Plays

__all__ = [
    "ENOUGH_PLAYS", "Catalogue", "Counts", "Dial", "Effect", "Ended", "Evidence", "Listener", "Plays", "Question",
    "Recommendation",
]  # fmt: skip

_WITH_LAST = frozenset({"recency", "days", "day", "spread", "replay"})

MANY_PLAYS = 100_000
"""Loading so many leaves enough behind to hand back."""


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """A moment, scored."""

    blend: Blend
    profile: Profile
    question: Question
    history: History
    love: Share
    less: Share
    total: Floats


class Listener:
    """One listener. Copies of a recording share their plays; the copy played last stands for it in lists."""

    def __init__(self, catalogue: Catalogue | ItemSpace) -> None:
        self._space = catalogue if isinstance(catalogue, ItemSpace) else ItemSpace(catalogue)
        self._shown: Ints = self._space.first_id.copy()
        self.ignored = 0
        """Plays left out: of tracks that are not in the catalogue, failed, or at impossible times."""
        self._history = History(self._space.columns, Plays.none())
        self._blends: dict[str, Blend] = {}
        self._own_weights: Mapping[str, Weights] = {}
        self._community: tuple[Community, Ints] | None = None
        self._events: tuple[Event, ...] = ()
        self._opinions = Opinions()

    @property
    def n_listens(self) -> int:
        """Listens taken in."""
        return len(self._history)

    @property
    def history(self) -> History:
        """The plays by column: to read, never to change."""
        return self._history

    def load(self, plays: Plays) -> None:
        """Takes in many plays at once, in any order, beside those it has. O(n log n)."""
        known = self._known(plays)
        together = self._history.plays.and_then(known) if self._history.n_plays else known
        self._history = History(self._space.columns, together)
        self.ignored += len(plays) - len(known) + len(together) - self._history.n_plays
        self._blends = {}
        if len(plays) >= MANY_PLAYS:
            give_back()  # sorting a million plays takes three times what stays

    def add(self, play: Plays) -> None:
        """Takes in one new play (or a few): O(1) at the end; one that is older than the last is a ``load``."""
        if not self._history.appends(play):
            self.load(play)
            return
        before = self._history.n_plays
        self._history.append(self._known(play))
        self.ignored += len(play) - (self._history.n_plays - before)

    def load_feedback(self, events: Iterable[Event]) -> None:
        """All that was said, in place of what it knew. The state is made from the events: an undo leaves no trace."""
        self._events = tuple(events)
        self._opinions = opinions(self._events, self._column, self._space.columns.artist)

    def use_weights(self, own: Mapping[str, Weights]) -> None:
        """The listener's own weights by question (see ``personal``); none of them: the shipped ones.

        Raises:
            ValueError: a question or signal is unknown, or a weight is no number.
        """
        for name, weights in own.items():
            if name not in SHIPPED or not set(weights) <= set(SHIPPED[name]):
                raise ValueError(f"there are no weights {name!r} with signals {sorted(weights)}")
            if not np.isfinite(list(weights.values())).all():
                raise ValueError(f"a weight for {name!r} is not a number")
        self._own_weights = {name: dict(weights) for name, weights in own.items()}
        self._blends = {}

    def use_community(self, model: Community | None, item_ids: ArrayLike = ()) -> None:
        """What many listeners together say, for what was never heard; None: the listener's own artists and tags.

        ``item_ids``: the catalogue's id of each recording of the model, -1 (or any unknown) for those not in it.
        """
        self._blends, self._community = {}, None
        if model is None:
            return
        ids = integers(item_ids, "item_ids")
        if len(ids) != len(model):
            raise ValueError(f"{len(ids)} item ids for a community model of {len(model)} recordings")
        columns, known = self._space.columns_of(ids)
        rows = np.full(len(self._space), NOBODY, dtype=np.int64)
        rows[columns[::-1]] = np.flatnonzero(known)[::-1]  # of several that are one recording here, the first
        self._community = (model, rows)

    def beyond(self, now_s: float, open_to: Bools, n: int = 20) -> list[Beyond]:
        """Recordings of the community's model that are not in the catalogue (``beyond``), by item id what speaks."""
        if self._community is None:
            return []
        found = beyond(*self._community, self._history.until(now_s), now_s, open_to, n)
        return [one if one.because == NOTHING else replace(one, because=int(self._shown[one.because])) for one in found]

    def counts(self, now_s: float) -> Counts:
        """How many recordings are familiar (a play), forgotten (3 plays, none in 90 days), never heard (no play)."""
        history = self._history.until(now_s)
        return Counts(*(int(allowed(history, dial, now_s).sum()) for dial in ("familiar", "forgotten", "never")))

    def recommend(
        self,
        question: Question,
        now_s: float,
        n: int = 50,
        seeds: Sequence[int] = (),
        exclude: Sequence[int] = (),
        dial: Dial | None = None,
        playing: int | None = None,
        repeat_window_s: float = 0.0,
    ) -> list[Recommendation]:
        """At most ``n`` recommendations, best first. Seeds vote; neither they, their copies nor versions are offered.

        ``playing``: the item that sounds now, whose play is not recorded yet: it ends the running session's context.
        With no session running, nothing playing and no seeds, ``next`` is answered as ``session``.
        ``repeat_window_s``: nothing played this lately, for endless play; without it replays are weighed, not barred.

        The same plays, feedback, moment's day and arguments give the same list. Cost: O(n_items), the listens of the
        context tracks (1,000 each at most) and those of the last 90 days.
        """
        if question not in {"next", "session", "rediscover", "never"} or dial not in {
            None,
            "familiar",
            "forgotten",
            "never",
        }:
            raise ValueError(f"there is no question {question!r} with dial {dial!r}")
        if len(self._space) == 0 or n <= 0:
            return []
        scored = self._scored(question, now_s, seeds, dial, playing)
        history, profile, columns = scored.history, scored.profile, self._space.columns
        open_to = candidates(history, scored.question, dial, now_s) & scored.blend.speaks(profile)
        open_to &= self._opinions.allowed(columns.artist, now_s)
        open_to[self._columns(exclude, "exclude")] = False
        alone = len(history) == 0 and len(profile.context) == 0
        turn = None if scored.question == "next" else has_turn(self._space.first_id, int(now_s // DAY_S))
        picked = recommend(
            np.where(open_to, scored.total, -np.inf),
            n,
            exclude=np.concatenate([self._columns(seeds, "seeds"), self._columns(_just(playing), "playing")]),
            groups=columns.version,
            artists=columns.artist,
            artist_cap=1 if alone else ARTIST_CAP,
            artist_window=n if alone else 10,
            artist_caps=artist_caps(history, profile) if scored.question in {"next", "session"} else None,
            last_played_s=history.tallies.last_play_s,
            now_s=now_s,
            repeat_window_s=repeat_window_s,
            turn=turn,
        )
        found = self._explained(scored, picked)
        scored.blend.forget()
        return found

    def score(
        self,
        item_id: int,
        question: Question,
        now_s: float,
        seeds: Sequence[int] = (),
        dial: Dial | None = None,
        playing: int | None = None,
    ) -> Recommendation | None:
        """One item's score with its evidence, whether or not a list would hold it; None when it is unknown."""
        column = self._column(item_id)
        if column is None:
            return None
        scored = self._scored(question, now_s, seeds, dial, playing)
        found = self._explained(scored, np.array([column], dtype=np.int64))[0]
        scored.blend.forget()
        return Recommendation(item_id, found.score, found.evidence)

    def cited(self, item_id: int, evidence: Evidence, now_s: float) -> Plays:
        """The plays a piece of evidence for an item rests on: of the item, of its pair, or of its artist or tag."""
        column = self._column(item_id)
        other = None if evidence.because is None else self._column(evidence.because)
        history = self._history.until(now_s)
        plays = history.plays
        if column is None:
            return Plays.none()
        rows = citing.rows(history, plays, column, evidence.signal, other, now_s)
        return _with_items(plays.take(rows), self._shown[plays.item_id[rows]])

    def without(self, plays: Plays) -> "Listener":
        """The same listener had these plays never been: each row of that recording at that time is left out."""
        columns, known = self._space.columns_of(plays.item_id)
        mine = self._history.plays
        gone = np.isin(citing.keys(mine.item_id, mine.started_at_s), citing.keys(columns, plays.started_at_s[known]))
        other = Listener(self._space)
        other._shown = self._shown
        other._history = History(self._space.columns, mine.take(~gone))
        other._own_weights, other._events, other._opinions = self._own_weights, self._events, self._opinions
        other._community = self._community
        return other

    def effect_of(
        self,
        item_id: int,
        evidence: Evidence,
        question: Question,
        now_s: float,
        seeds: Sequence[int] = (),
        dial: Dial | None = None,
        playing: int | None = None,
    ) -> Effect:
        """What becomes of an item's score when the plays behind a piece of its evidence are taken away.

        Exact: the same as loading a new listener with the plays that are left. Cost: that of a ``load``.
        """
        now = self.score(item_id, question, now_s, seeds, dial, playing)
        if now is None:
            raise ValueError(f"there is no item {item_id}")
        cited = self.cited(item_id, evidence, now_s)
        if len(cited) == 0:
            return Effect(0, now.score, now.score - evidence.amount)
        then = self.without(cited).score(item_id, question, now_s, seeds, dial, playing)
        return Effect(len(cited), now.score, 0.0 if then is None else then.score)

    def _scored(
        self, question: Question, now_s: float, seeds: Sequence[int], dial: Dial | None, playing: int | None
    ) -> _Scored:
        if not np.isfinite(now_s):
            raise ValueError("now_s is not a time")
        history = self._history.until(now_s)
        seed_columns = self._columns(seeds, "seeds")
        now_playing = self._columns(_just(playing), "playing")
        if question == "next" and not len(seed_columns) + len(now_playing) + len(history.running(now_s)):
            question = "session"
        profile = profile_for(history, question, now_s, seed_columns, now_playing)
        blend = self._blend(history, weights_for(history, question, dial, profile, self._community is not None))
        love, less = self._feedback(blend, profile)
        total = blend.scores(profile)
        for said in (love, less):
            said.add_to(total)
        return _Scored(blend, profile, question, history, love, less, total)

    def _feedback(self, blend: Blend, profile: Profile) -> tuple[Share, Share]:
        """What was said, as shares of the score."""
        amounts = np.zeros(len(self._space))
        amounts[list(self._opinions.loved)] = LOVE
        love = Share(amounts)
        amounts = np.zeros(len(self._space))
        of_artist, of_column = self._opinions.kept(self._space.columns.artist)
        if of_column:
            kept = np.ones(self._space.columns.n_artists + 1)
            kept[list(of_artist)] = list(of_artist.values())
            artist_kept = kept[self._space.columns.artist]
            own_kept = np.ones(len(self._space))
            own_kept[list(of_column)] = list(of_column.values())
            items = np.flatnonzero((artist_kept != 1.0) | (own_kept != 1.0))
            for name, share in blend.shares(profile).items():
                if name in FROM_ARTIST:
                    amounts[items] -= (1.0 - artist_kept[items]) * np.maximum(share.of(items), 0.0)
                elif name in FROM_SESSIONS:
                    amounts[items] -= (1.0 - own_kept[items]) * np.maximum(share.of(items), 0.0)
        return love, Share(amounts)

    def _explained(self, scored: _Scored, picked: Ints) -> list[Recommendation]:
        found = []
        explained = scored.blend.explain(picked, scored.profile)
        love, less = scored.love.of(picked).tolist(), scored.less.of(picked).tolist()
        for column, facts, *said in zip(picked.tolist(), explained, love, less, strict=True):
            evidence = [self._evidence(fact, column, scored.history) for fact in facts]
            evidence += [Evidence(name, amount) for name, amount in zip(("love", "less"), said, strict=True) if amount]
            score = float(sum(part.amount for part in evidence))
            found.append(Recommendation(int(self._shown[column]), score, tuple(evidence)))
        return found

    def _evidence(self, fact: Fact, column: int, history: History) -> Evidence:
        last = int(history.tallies.last_listen_s[column])
        because = None if fact.because == NOTHING else int(self._shown[fact.because])
        known = last if fact.signal in _WITH_LAST and last >= 0 else None
        return Evidence(fact.signal, fact.amount, because, fact.count, known)

    def _blend(self, history: History, name: str) -> Blend:
        """The ranker with these weights, fitted on this history; kept for the listener's own, present history."""
        weights = self._own_weights.get(name, SHIPPED[name])
        if history is not self._history:
            return Blend(weights, community=self._community).fit(history)
        if name not in self._blends:
            self._blends[name] = Blend(weights, community=self._community).fit(history)
        return self._blends[name].update(history)

    def _column(self, item_id: int) -> int | None:
        found = self._columns([item_id], "item_id")
        return int(found[0]) if len(found) else None

    def _columns(self, item_ids: Sequence[int], name: str) -> Ints:
        return self._space.columns_of(integers(list(item_ids), name))[0]

    def _known(self, plays: Plays) -> Plays:
        """Plays of tracks in the catalogue, as columns; notes which copy was played last."""
        sound = plays.take(plays.ended != Ended.FAILED)
        columns, known = self._space.columns_of(sound.item_id)
        kept = sound.take(known)
        order = np.argsort(kept.started_at_s, kind="stable")
        self._shown[columns[order]] = kept.item_id[order]
        return _with_items(kept, columns)


def _with_items(plays: Plays, items: Ints) -> Plays:
    return Plays(items, plays.started_at_s, plays.played_ms, plays.duration_ms, plays.ended)


def _just(item: int | None) -> list[int]:
    return [] if item is None else [item]
