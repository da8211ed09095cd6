"""Plays, and plays to sessions: a session is plays with no long silence between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recommender.arrays import Bools, Ints, integers, same_length

GAP_S = 30 * 60
"""A longer silence starts a new session. Quality is flat around it."""
SESSION_TRACKS = 50
"""Longer sessions are cut: the cost of what is played together grows with the square of the length."""
SKIP_MS = 30_000
LISTEN_MS = 4 * 60_000
LONGEST_PLAY_S = 24 * 3600
LAST_TIME_S = 32_503_680_000
"""The year 3000. Later times, and times before 1970, are broken clocks."""


class Ended(IntEnum):
    """How a play ended. FAILED plays say nothing about taste and are ignored entirely."""

    FINISHED = 0
    SKIPPED = 1
    REJECTED = 2
    FAILED = 3
    REPLACED = 4


@dataclass(frozen=True, slots=True, eq=False)
class Plays:
    """Parallel columns, one row a play, in any order. ``played_ms`` -1: not known, then the play was a listen."""

    item_id: Ints
    started_at_s: Ints
    played_ms: Ints
    duration_ms: Ints
    ended: Ints

    @classmethod
    def of(
        cls,
        item_id: ArrayLike,
        started_at_s: ArrayLike,
        played_ms: ArrayLike,
        duration_ms: ArrayLike | None = None,
        ended: ArrayLike | None = None,
    ) -> "Plays":
        """Checked columns (int64). A missing ``duration_ms`` is unknown (0), a missing ``ended`` is FINISHED."""
        items = integers(item_id, "item_id")
        nothing = np.zeros(len(items), dtype=np.int64)
        parts = {
            "item_id": items,
            "started_at_s": integers(started_at_s, "started_at_s"),
            "played_ms": integers(played_ms, "played_ms"),
            "duration_ms": nothing if duration_ms is None else integers(duration_ms, "duration_ms"),
            "ended": nothing if ended is None else integers(ended, "ended"),
        }
        same_length(parts)
        codes = parts["ended"]
        if codes.size and (codes.min() < min(Ended) or codes.max() > max(Ended)):
            raise ValueError("ended holds a code that is not one of Ended")
        return cls(**parts)

    @classmethod
    def none(cls) -> "Plays":
        """No plays at all."""
        return cls.of([], [], [])

    def __len__(self) -> int:
        return len(self.item_id)

    def take(self, rows: NDArray[Any] | Sequence[int]) -> "Plays":
        """The plays at ``rows`` (places or a mask), in that order."""
        return Plays(*(getattr(self, name)[rows] for name in Plays.__slots__))

    def and_then(self, other: "Plays") -> "Plays":
        """These plays followed by the others."""
        return Plays.joined([self, other])

    @classmethod
    def joined(cls, parts: Sequence["Plays"]) -> "Plays":
        """Some plays, one after the other."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in Plays.__slots__))


def is_heard(played_ms: Ints, duration_ms: Ints, ended: Ints) -> Bools:
    """Which plays count, bool (n,): not failed, not rejected, and not a skip (under 30 s and under half the track).

    A skip has weight 0, not a negative one: measured, a punishment gains under 1 %.
    """
    length = np.where(duration_ms > 0, duration_ms, np.iinfo(np.int64).max // 2)
    listen = played_ms >= np.minimum(length / 2, LISTEN_MS)
    heard = (played_ms < 0) | (played_ms >= SKIP_MS) | listen
    heard &= (ended != Ended.FAILED) & (ended != Ended.REJECTED)
    return np.asarray(heard, dtype=bool)


def ends_s(started_at_s: Ints, played_ms: Ints) -> Ints:
    """When each play ended, int64 (n,); lengths beyond a day are cut to a day."""
    return started_at_s + np.clip(played_ms // 1000, 0, LONGEST_PLAY_S)


def run_numbers(started_at_s: Ints, played_ms: Ints, gap_s: int = GAP_S) -> Ints:
    """Number of the session of each play, int64 (n,) from 0: a silence above ``gap_s`` starts one. Times ascend."""
    if len(started_at_s) == 0:
        return np.zeros(0, dtype=np.int64)
    latest_end = np.maximum.accumulate(ends_s(started_at_s, played_ms))
    return np.concatenate([[0], np.cumsum(started_at_s[1:] - latest_end[:-1] > gap_s)]).astype(np.int64)


def cut_runs(runs: Ints, cap: int = SESSION_TRACKS) -> Ints:
    """Runs (ascending) cut so that none has more than ``cap`` plays: numbers from 0, int64 (n,)."""
    if len(runs) == 0:
        return np.zeros(0, dtype=np.int64)
    new_run = np.concatenate([[True], runs[1:] != runs[:-1]])
    start = np.flatnonzero(new_run)
    within = np.arange(len(runs)) - np.repeat(start, np.diff(np.append(start, len(runs))))
    return np.asarray(np.cumsum(new_run | (within % cap == 0)) - 1, dtype=np.int64)


def sessions_of(plays: Plays, gap_s: int = GAP_S, cap: int = SESSION_TRACKS) -> tuple[Plays, Ints]:
    """The plays that count, by time, with the session number of each. Cost: one sort.

    Skips carry no weight but keep their session alive; failed plays and broken times are dropped.
    """
    sound = (plays.ended != Ended.FAILED) & (plays.started_at_s >= 0) & (plays.started_at_s < LAST_TIME_S)
    kept = plays.take(sound)
    kept = kept.take(np.argsort(kept.started_at_s, kind="stable"))
    runs = run_numbers(kept.started_at_s, kept.played_ms, gap_s)
    heard = is_heard(kept.played_ms, kept.duration_ms, kept.ended)
    return kept.take(heard), cut_runs(runs[heard], cap)
