"""Moments of one listener's past, each with what came after it: the three questions and their true answers.

- *next session*: at a session's start, the known tracks that were heard (30 s or more) in it;
- *rediscovery*: at a session's start, the tracks unheard for 30 days that were heard in the next 7;
- *next track*: inside a session, the track that was heard next, where it was known.

A known track is one heard before. At each moment only the plays before it may be used; so the first quarter of the
history asks nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from recommender.arrays import Bools, Ints
from recommender.catalogue import Catalogue, Columns, ItemSpace
from recommender.history import DAY_S
from recommender.sessions import LAST_TIME_S, Ended, Plays, is_heard, run_numbers

Question = Literal["session", "rediscover", "next"]
QUESTIONS: tuple[Question, ...] = ("session", "rediscover", "next")

MOMENTS = 12
"""Of each question and listener."""
WARM_SHARE = 0.25
UNHEARD_S = 30 * DAY_S
SOON_S = 7 * DAY_S
_TRIES = 20
"""How many places are looked at for each moment wanted: at many of them there is nothing to find."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One question asked in the past."""

    question: Question
    place: int
    """The plays before this place are known."""
    now_s: int
    truth: Ints
    """Columns, at least one, each once."""


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """All plays of one listener by time; ``plays.item_id`` holds columns of the catalogue."""

    catalogue: Catalogue
    columns: Columns
    plays: Plays
    heard: Bools
    runs: Ints

    @classmethod
    def of(cls, plays: Plays, catalogue: Catalogue) -> "Life":
        """From plays of items of the catalogue in any order; plays of other items, failed or undated ones fall out."""
        space = ItemSpace(catalogue)
        sound = (plays.ended != Ended.FAILED) & (plays.started_at_s >= 0) & (plays.started_at_s < LAST_TIME_S)
        rows = plays.take(sound)
        columns, known = space.columns_of(rows.item_id)
        rows = rows.take(known)
        order = np.argsort(rows.started_at_s, kind="stable")
        rows = rows.take(order)
        rows = Plays(columns[order], rows.started_at_s, rows.played_ms, rows.duration_ms, rows.ended)
        return cls(
            _by_column(space),
            space.columns,
            rows,
            is_heard(rows.played_ms, rows.duration_ms, rows.ended),
            run_numbers(rows.started_at_s, rows.played_ms),
        )

    @classmethod
    def of_plays(cls, plays: Plays, artist: Ints) -> "Life":
        """From plays alone: the catalogue is what was played, with the artist code of each play."""
        items, first = np.unique(plays.item_id, return_index=True)
        unknown = np.full(len(items), -1, dtype=np.int64)
        nothing = np.zeros(len(items), dtype=np.int64)
        return cls.of(plays, Catalogue(items, items, artist[first], unknown, unknown, nothing, nothing))

    def last_heard(self, place: int) -> Ints:
        """When each column was last heard before a place, (n_columns,); -1 for what was not."""
        last = np.full(len(self.columns), -1, dtype=np.int64)
        before = np.flatnonzero(self.heard[:place])
        last[self.plays.item_id[before]] = self.plays.started_at_s[before]
        return last

    def candidates(self, question: Question, place: int, now_s: int) -> Bools:
        """Which columns may answer: the known ones, for *rediscovery* those unheard for 30 days. (n_columns,)"""
        last = self.last_heard(place)
        known = last >= 0
        return known & (last <= now_s - UNHEARD_S) if question == "rediscover" else known


def moments_of(
    life: Life, rng: np.random.Generator, each: int = MOMENTS, questions: Sequence[Question] = QUESTIONS
) -> list[Moment]:
    """At most ``each`` moments of each question, drawn at random, by place. Cost: O(n_plays) a moment tried."""
    warm = int(len(life.plays) * WARM_SHARE)
    starts = np.flatnonzero(np.diff(life.runs, prepend=-1)) if len(life.runs) else np.zeros(0, dtype=np.int64)
    heard = np.flatnonzero(life.heard)
    inside = heard[1:][life.runs[heard[1:]] == life.runs[heard[:-1]]]
    places = {"session": starts, "rediscover": starts, "next": inside}
    made: dict[Question, Callable[[Life, int], Ints]] = {
        "session": _in_this_session,
        "rediscover": _found_again,
        "next": _next_known,
    }
    found: list[Moment] = []
    for question in questions:
        able = places[question][places[question] >= max(warm, 1)]
        mine = 0
        for place in rng.permutation(able)[: _TRIES * each].tolist():
            truth = made[question](life, place)
            if len(truth):
                found.append(Moment(question, place, int(life.plays.started_at_s[place]), truth))
                mine += 1
            if mine == each:
                break
    return sorted(found, key=lambda moment: (moment.place, QUESTIONS.index(moment.question)))


def _in_this_session(life: Life, place: int) -> Ints:
    end = int(np.searchsorted(life.runs, life.runs[place], side="right"))
    return _heard_of(life, place, end, life.last_heard(place) >= 0)


def _found_again(life: Life, place: int) -> Ints:
    now_s = int(life.plays.started_at_s[place])
    if int(life.plays.started_at_s[-1]) < now_s + SOON_S:  # the week is not over: what it brings is not known
        return np.zeros(0, dtype=np.int64)
    end = int(np.searchsorted(life.plays.started_at_s, now_s + SOON_S))
    return _heard_of(life, place, end, life.candidates("rediscover", place, now_s))


def _next_known(life: Life, place: int) -> Ints:
    return _heard_of(life, place, place + 1, life.last_heard(place) >= 0)


def _heard_of(life: Life, begin: int, end: int, wanted: Bools) -> Ints:
    """The wanted columns heard in begin..end, each once."""
    items = np.unique(life.plays.item_id[begin:end][life.heard[begin:end]])
    return items[wanted[items]]


def _by_column(space: ItemSpace) -> Catalogue:
    """A catalogue with one item a column, called by its number."""
    facts = space.columns
    numbers = np.arange(len(space), dtype=np.int64)
    return Catalogue(numbers, numbers, facts.artist, facts.album, facts.genre, facts.year, space.duration_ms)
