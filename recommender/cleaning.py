"""Plays nobody listened to: what is written twice, at impossible times, by a loop, or to an empty room.

What is removed is counted by reason, so that it can be said. Everything else stays as it was, by time.
"""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import Bools, Ints
from recommender.sessions import LAST_TIME_S, Plays, run_numbers

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Rules:
    """From when on plays are nobody's."""

    longest_cycle: int = 12
    """Tracks that come again in the same order: one track, a few, or an album on repeat."""
    loop_s: int = 3 * HOUR_S
    """A cycle that goes round this long was left playing."""
    least_rounds: int = 4
    session_s: int = 12 * HOUR_S
    """Nobody listens this long without half an hour of silence; what comes after played to a sleeper."""


@dataclass(frozen=True, slots=True)
class CleaningReport:
    """How many plays were kept, and how many removed for which reason."""

    kept: int
    impossible_times: int = 0
    duplicates: int = 0
    loops: int = 0
    sleeping: int = 0

    @property
    def removed(self) -> int:
        """All that were removed."""
        return self.impossible_times + self.duplicates + self.loops + self.sleeping

    def lines(self) -> list[str]:
        """One sentence for each reason that removed something."""
        said = (
            (self.impossible_times, "at an impossible time"),
            (self.duplicates, "written twice"),
            (self.loops, "in a loop that was left playing"),
            (self.sleeping, "far into a session too long for anyone"),
        )
        return [f"{count:,} {'play' if count == 1 else 'plays'} {why}." for count, why in said if count]


def clean(plays: Plays, now_s: int, rules: Rules | None = None) -> tuple[Plays, CleaningReport]:
    """The plays somebody may have listened to, by time, and what was removed. Cost: one sort.

    Impossible: before 1970, after ``now_s``. Written twice: the same item at the same second. Loops keep their first
    round, long sessions their first ``session_s``.
    """
    rule = rules or Rules()
    possible = (plays.started_at_s >= 0) & (plays.started_at_s <= min(now_s, LAST_TIME_S))
    timely = plays.take(possible)
    timely = timely.take(np.lexsort((timely.item_id, timely.started_at_s)))
    single = timely.take(_first_of_each(timely))
    lasting = single.take(~_looping(single, rule))
    awake = lasting.take(~_sleeping(lasting, rule))
    return awake, CleaningReport(
        kept=len(awake),
        impossible_times=len(plays) - len(timely),
        duplicates=len(timely) - len(single),
        loops=len(single) - len(lasting),
        sleeping=len(lasting) - len(awake),
    )


def _first_of_each(plays: Plays) -> Bools:
    """The first play of each (time, item); sorted by both."""
    first = np.ones(len(plays), dtype=bool)
    first[1:] = (np.diff(plays.started_at_s) != 0) | (np.diff(plays.item_id) != 0)
    return first


def _looping(plays: Plays, rule: Rules) -> Bools:
    """Plays that repeat what was played one short cycle before, in stretches of ``loop_s``. O(n * longest cycle)."""
    looping = np.zeros(len(plays), dtype=bool)
    runs = run_numbers(plays.started_at_s, plays.played_ms)
    for cycle in range(1, min(rule.longest_cycle, len(plays) - 1) + 1):
        again = np.zeros(len(plays), dtype=bool)
        again[cycle:] = (plays.item_id[cycle:] == plays.item_id[:-cycle]) & (runs[cycle:] == runs[:-cycle])
        for start, end in _stretches(again):
            lasted_s = int(plays.started_at_s[end - 1] - plays.started_at_s[start - cycle])
            if lasted_s >= rule.loop_s and end - start >= cycle * (rule.least_rounds - 1):
                looping[start:end] = True
    return looping


def _sleeping(plays: Plays, rule: Rules) -> Bools:
    """Plays that began ``session_s`` or more after their session did."""
    if len(plays) == 0:
        return np.zeros(0, dtype=bool)
    runs = run_numbers(plays.started_at_s, plays.played_ms)
    began_s = plays.started_at_s[np.searchsorted(runs, runs)]
    return np.asarray(plays.started_at_s - began_s >= rule.session_s, dtype=bool)


def _stretches(flags: Bools) -> list[tuple[int, int]]:
    """(start, end) of each run of True."""
    edges: Ints = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
