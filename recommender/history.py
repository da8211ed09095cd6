"""One listener's plays by column and time, with sessions and tallies: what every algorithm reads.

Nothing here is a model. Bulk building sorts once; one more play at the end is O(1); algorithms compute lazily from
these arrays, so that there is nothing to invalidate.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Bools, Codes, Floats, Growing, Ints
from recommender.catalogue import Columns
from recommender.fading import Fading
from recommender.sessions import (
    GAP_S,
    LAST_TIME_S,
    SESSION_TRACKS,
    Ended,
    Plays,
    cut_runs,
    ends_s,
    is_heard,
    run_numbers,
)

DAY_S = 86_400
NEVER_S = -1
"""The time of the last play of what was never played."""


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Counts a column, int32, and times, int64, each (n_columns,).

    Plays are all that did not fail; listens are those that count.
    """

    plays: Codes
    listens: Codes
    days: Codes
    """Distinct days (UTC) with a listen."""
    last_play_s: Ints
    last_listen_s: Ints
    last_day: Codes
    first_listen_s: Ints
    artist_listens: Codes
    """(n_artists,)."""
    album_listens: Codes
    genre_listens: Codes
    year_listens: Codes
    """(10000,) by year; year 0 is unknown and stays 0."""


class History:
    """Listens in order of time, as columns, with their sessions. ``plays.item_id`` holds columns here."""

    def __init__(self, columns: Columns, plays: Plays) -> None:
        self.columns = columns
        sound = (plays.ended != Ended.FAILED) & (plays.started_at_s >= 0) & (plays.started_at_s < LAST_TIME_S)
        rows = plays.take(sound)
        if np.any(rows.started_at_s[1:] < rows.started_at_s[:-1]):
            rows = rows.take(np.argsort(rows.started_at_s, kind="stable"))
        self._rows = [Growing(_narrow(name, getattr(rows, name))) for name in Plays.__slots__]
        runs = run_numbers(rows.started_at_s, rows.played_ms)
        heard = is_heard(rows.played_ms, rows.duration_ms, rows.ended)
        self._run = int(runs[-1]) if len(runs) else -1
        self._end_s = int(ends_s(rows.started_at_s, rows.played_ms).max()) if len(rows) else NEVER_S
        listens, listen_runs = rows.take(heard), runs[heard]
        sessions = cut_runs(listen_runs)
        starts = np.flatnonzero(np.diff(sessions, prepend=-1)) if len(sessions) else np.zeros(0, dtype=np.int64)
        self._items = Growing(listens.item_id.astype(np.int32))
        self._at_s = Growing(listens.started_at_s)
        self._runs = Growing(listen_runs.astype(np.int32))
        self._sessions = Growing(sessions.astype(np.int32))
        self._starts = Growing(starts.astype(np.int64))
        by_item = np.argsort(self.items, kind="stable").astype(np.int32)
        self._first = Growing(_first_of_each(by_item, self.items, self.sessions))
        self._first_of_day = Growing(_first_of_each(by_item, self.items, self.at_s // DAY_S))
        self._by_item = by_item
        self._spans = np.concatenate([[0], np.cumsum(np.bincount(self.items, minlength=len(columns)))]).astype(np.int32)
        self._newer: defaultdict[int, list[int]] = defaultdict(list)
        self._fading: dict[str, Fading] = {}
        self._artist: Growing | None = None
        self.tallies = _tally(columns, rows, listens, self._first_of_day.view)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def n_items(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    @property
    def items(self) -> Codes:
        """Column of each listen, int32 (n_listens,), by time."""
        return self._items.view

    @property
    def at_s(self) -> Ints:
        """Start of each listen, int64 (n_listens,)."""
        return self._at_s.view

    @property
    def runs(self) -> Codes:
        """Session of each listen, never cut, int32 (n_listens,), ascending."""
        return self._runs.view

    @property
    def sessions(self) -> Codes:
        """Session of each listen, cut at 50 listens, int32 (n_listens,), ascending from 0."""
        return self._sessions.view

    @property
    def session_starts(self) -> Ints:
        """Place of the first listen of each session, int64 (n_sessions,)."""
        return self._starts.view

    @property
    def first_in_session(self) -> Bools:
        """Whether a listen is its column's first in its session, bool (n_listens,)."""
        return self._first.view

    @property
    def plays(self) -> Plays:
        """All plays that did not fail, by time; ``item_id`` holds columns. A copy: O(n_plays)."""
        return Plays(*(part.view.astype(np.int64) for part in self._rows))

    @property
    def n_plays(self) -> int:
        """All plays that did not fail."""
        return len(self._rows[0])

    def places_of(self, column: int, latest: int) -> Ints:
        """Places of the ``latest`` listens of one column, ascending, int64. O(found)."""
        start, end = int(self._spans[column]), int(self._spans[column + 1])
        newer = self._newer.get(column, [])[-latest:]
        older = self._by_item[max(start, end - latest + len(newer)) : end]
        return np.concatenate([older, newer]).astype(np.int64)

    def base_level(self, now_s: float, decay: float) -> Floats:
        """Sum over listens of hours^-decay, float64 (n_items,). Cost: see ``Fading``."""
        return self._faded(f"listens {decay}", decay, self.n_items).at(now_s, self.items, self.at_s)

    def day_level(self, now_s: float, decay: float) -> Floats:
        """The same over an item's distinct days with a listen (each by its first), float64 (n_items,)."""
        fading = self._faded(f"days {decay}", decay, self.n_items)
        return fading.at(now_s, self.items, self.at_s, self._first_of_day.view)

    def artist_level(self, now_s: float, decay: float) -> Floats:
        """Sum over listens of an artist of hours^-decay, float64 (n_artists,)."""
        fading = self._faded(f"artists {decay}", decay, self.columns.n_artists)
        return fading.at(now_s, self._artists(), self.at_s)

    def _faded(self, name: str, decay: float, size: int) -> Fading:
        if name not in self._fading:
            self._fading[name] = Fading(decay, size)
        return self._fading[name]

    def _artists(self) -> Codes:
        """Artist of each listen, int32 (n_listens,); made when first asked for, then grown."""
        if self._artist is None:
            self._artist = Growing(self.columns.artist[self.items])
        return self._artist.view

    def appends(self, plays: Plays) -> bool:
        """Whether these plays come after all others, so that ``append`` may take them."""
        last = self._rows[1].view
        ascending = bool(np.all(plays.started_at_s[1:] >= plays.started_at_s[:-1]))
        return len(plays) == 0 or (ascending and (len(last) == 0 or int(plays.started_at_s[0]) >= int(last[-1])))

    def append(self, plays: Plays) -> None:
        """Adds plays that come after all others. O(new) amortised. Equal to building from all plays again."""
        if not self.appends(plays):
            raise ValueError("these plays are older than the last one: build the history again")
        for row in range(len(plays)):
            self._append_one(plays.take([row]))

    def until(self, now_s: float) -> "History":
        """The history as it was at ``now_s``: itself when nothing lies ahead, else built from the plays before."""
        at_s = self._rows[1].view
        if len(at_s) == 0 or at_s[-1] <= now_s:
            return self
        return History(self.columns, self.plays.take(np.arange(int(np.searchsorted(at_s, now_s, side="right")))))

    def running(self, now_s: float) -> Ints:
        """Columns of the session that is running at ``now_s`` (the last 50 listens), oldest first; empty if none is."""
        if len(self) == 0 or now_s - self._end_s > GAP_S or int(self.runs[-1]) != self._run:
            return np.zeros(0, dtype=np.int64)
        return self.last_session()

    def last_session(self) -> Ints:
        """Columns of the last session with a listen (at most its last 50), oldest first."""
        tail = slice(max(len(self) - SESSION_TRACKS, 0), len(self))
        items, runs = self.items[tail], self.runs[tail]
        return items[runs == runs[-1]].astype(np.int64) if len(items) else np.zeros(0, dtype=np.int64)

    def last_run_start(self) -> int:
        """Number of the (cut) session that the last session began with; -1 without listens."""
        if len(self) == 0:
            return NEVER_S
        return int(self.sessions[np.searchsorted(self.runs, self.runs[-1])])

    def _append_one(self, play: Plays) -> None:
        started = int(play.started_at_s[0])
        if int(play.ended[0]) == Ended.FAILED or not 0 <= started < LAST_TIME_S:
            return
        for part, name in zip(self._rows, Plays.__slots__, strict=True):
            part.append(getattr(play, name))
        if self._run < 0 or started - self._end_s > GAP_S:
            self._run += 1
        self._end_s = max(self._end_s, int(ends_s(play.started_at_s, play.played_ms)[0]))
        column = int(play.item_id[0])
        self.tallies.plays[column] += 1
        self.tallies.last_play_s[column] = started
        if bool(is_heard(play.played_ms, play.duration_ms, play.ended)[0]):
            self._append_listen(column, started)

    def _append_listen(self, column: int, started: int) -> None:
        place = len(self)
        start = int(self.session_starts[-1]) if len(self.session_starts) else 0
        same_run = place > 0 and int(self.runs[-1]) == self._run
        if not same_run or place - start >= SESSION_TRACKS:
            start = place
            self._starts.append(place)
        self._first.append(not bool(np.any(self.items[start:] == column)))
        self._first_of_day.append(int(self.tallies.last_day[column]) != started // DAY_S)
        self._newer[column].append(place)
        if self._artist is not None:
            self._artist.append(int(self.columns.artist[column]))
        self._items.append(column)
        self._at_s.append(started)
        self._runs.append(self._run)
        self._sessions.append(len(self.session_starts) - 1)
        self._count_listen(column, started)

    def _count_listen(self, column: int, started: int) -> None:
        tallies, facts = self.tallies, self.columns
        tallies.listens[column] += 1
        tallies.last_listen_s[column] = started
        if tallies.first_listen_s[column] < 0:
            tallies.first_listen_s[column] = started
        day = started // DAY_S
        tallies.days[column] += int(tallies.last_day[column] != day)
        tallies.last_day[column] = day
        for counts, code in (
            (tallies.artist_listens, facts.artist[column]),
            (tallies.album_listens, facts.album[column]),
            (tallies.genre_listens, facts.genre[column]),
        ):
            if code >= 0:
                counts[code] += 1
        if facts.year[column] > 0:
            tallies.year_listens[facts.year[column]] += 1


def _narrow(name: str, values: Ints) -> NDArray[Any]:
    """The same numbers in the narrowest type that holds them: a million plays stay small."""
    if name == "started_at_s" or (len(values) and np.abs(values).max() > np.iinfo(np.int32).max):
        return values
    return values.astype(np.int8 if name == "ended" else np.int32)


def _first_of_each(by_item: Codes, items: Codes, groups: Ints | Codes) -> Bools:
    """Whether a listen is its column's first in its group (session, day); groups ascend with time."""
    first = np.ones(len(items), dtype=bool)
    item, group = items[by_item], groups[by_item]
    first[by_item[1:][(item[1:] == item[:-1]) & (group[1:] == group[:-1])]] = False
    return first


def _tally(columns: Columns, rows: Plays, listens: Plays, first_of_day: Bools) -> Tallies:
    n = len(columns)
    listened = listens.item_id
    return Tallies(
        plays=_counts(rows.item_id, n),
        listens=_counts(listened, n),
        days=_counts(listened[first_of_day], n),
        last_play_s=_latest(rows.item_id, rows.started_at_s, n),
        last_listen_s=_latest(listened, listens.started_at_s, n),
        last_day=_latest(listened, listens.started_at_s // DAY_S, n).astype(np.int32),
        first_listen_s=_latest(listened[::-1], listens.started_at_s[::-1], n),
        artist_listens=_counts(_known(columns.artist[listened]), columns.n_artists),
        album_listens=_counts(_known(columns.album[listened]), columns.n_albums),
        genre_listens=_counts(_known(columns.genre[listened]), columns.n_genres),
        year_listens=_counts(columns.year[listened][columns.year[listened] > 0].astype(np.int64), 10_000),
    )


def _known(codes: Codes) -> Ints:
    return codes[codes >= 0].astype(np.int64)


def _counts(codes: Ints, size: int) -> Codes:
    return np.bincount(codes, minlength=size).astype(np.int32)


def _latest(items: Ints, times: Ints, size: int) -> Ints:
    latest = np.full(size, NEVER_S, dtype=np.int64)
    latest[items] = times  # the last write stays
    return latest
