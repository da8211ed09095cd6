"""From scores to a list: the one place for exclusions, copies, the never-repeat window, variety and freshness."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Bools, Floats, Ints

ARTIST_CAP = 2
ARTIST_WINDOW = 10
EARNED = 5
"""With turns: five in ten places by score alone, the rest go to the best of those that have their turn."""
ALONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Variety:
    """What may stand beside what."""

    groups: NDArray[Any] | None
    artists: NDArray[Any] | None
    cap: int
    window: int
    caps: Mapping[int, int]

    def artist(self, item: int) -> int:
        """Code of the artist, ``ALONE`` when unknown."""
        return ALONE if self.artists is None else max(int(self.artists[item]), ALONE)

    def group(self, item: int) -> int:
        """Code of the group of versions, ``ALONE`` when it has none."""
        return ALONE if self.groups is None else max(int(self.groups[item]), ALONE)

    def room(self, artist: int) -> int:
        """How many places an artist may have among neighbours."""
        return self.caps.get(artist, self.cap)


def turns(keys: Ints, day: int) -> Floats:
    """A number in 0..1 for each key that changes with the day alone (splitmix64). float64 (n,), O(n)."""
    with np.errstate(over="ignore"):
        mixed = keys.astype(np.uint64) + np.uint64(day & 0xFFFFFFFF) * np.uint64(0x9E3779B97F4A7C15)
        mixed = mixed + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return np.asarray((mixed >> np.uint64(11)).astype(np.float64) / 2.0**53, dtype=np.float64)


def has_turn(keys: Ints, day: int) -> Bools:
    """Which keys have their turn on a day, bool (n,): about half, and the other half on the next. O(n)."""
    with np.errstate(over="ignore"):
        mixed = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.asarray(((mixed >> np.uint64(40)).astype(np.int64) + day) % 2 == 0, dtype=bool)


def recommend(
    scores: Floats,
    n: int,
    *,
    exclude: Ints | None = None,
    groups: NDArray[Any] | None = None,
    artists: NDArray[Any] | None = None,
    artist_cap: int = ARTIST_CAP,
    artist_window: int = ARTIST_WINDOW,
    last_played_s: Ints | None = None,
    now_s: float = 0.0,
    repeat_window_s: float = 0.0,
    day: int | None = None,
    freshness: float = 0.0,
    artist_caps: Mapping[int, int] | None = None,
    turn: Bools | None = None,
) -> Ints:
    """Places of at most ``n`` items, best first, int64; equal input gives an equal list, ties go to the lower place.

    ``scores``: float64 (n_items,); -inf is no candidate, NaN an error. ``groups``, ``artists``: codes (n_items,),
    negative is unknown and stands alone. No group appears twice. Among any ``artist_window`` neighbours an artist has
    at most ``artist_cap`` places, as long as another artist is left; ``artist_caps`` gives single artists their own.
    ``last_played_s``: items played after ``now_s - repeat_window_s`` are left out. ``freshness`` times ``turns`` of the
    place and day is added to the scores before. An excluded item takes its group with it.

    ``turn``: whose turn it is today, bool (n_items,): half of the places are earned by score alone, the rest go to
    the best that have their turn, then to the others. Cost: O(n_items) and the sort of a few times ``n``.
    """
    if n < 0 or artist_cap < 1 or artist_window < 1:
        raise ValueError("n, artist_cap and artist_window must not be negative or zero")
    keyed = np.array(scores, dtype=np.float64)
    if np.isnan(keyed).any() or np.isposinf(keyed).any():
        raise ValueError("a score is not a number")
    if day is not None and freshness > 0:
        keyed += freshness * turns(np.arange(len(keyed), dtype=np.int64), day)
    if last_played_s is not None and repeat_window_s > 0:
        keyed[(last_played_s >= 0) & (last_played_s > now_s - repeat_window_s)] = -np.inf
    if exclude is not None and len(exclude):
        keyed[exclude] = -np.inf
        if groups is not None:
            gone = groups[exclude]
            keyed[np.isin(groups, gone[gone >= 0])] = -np.inf
    variety = Variety(groups, artists, artist_cap, artist_window, artist_caps or {})
    earned = n if turn is None else EARNED * n // 10
    picked = _spread(_descending(keyed, n), earned, variety, [])
    if turn is not None and len(picked) < n:
        keyed[picked] = -np.inf
        picked = _spread(_in_turn(_descending(keyed, n), turn), n, variety, picked)
    return np.asarray(picked, dtype=np.int64)


def _in_turn(order: Iterator[int], turn: Bools) -> Iterator[int]:
    """Those that have their turn, as they come, then the others: a list is filled in any case."""
    later = []
    for item in order:
        if turn[item]:
            yield item
        else:
            later.append(item)
    yield from later


def _descending(keyed: Floats, n: int) -> Iterator[int]:
    """Places by falling score, ties by place, without -inf. Sorts a head, and the rest only when asked for."""
    left = np.flatnonzero(keyed > -np.inf)
    head = 8 * n + 64
    if len(left) > 2 * head:
        values = keyed[left]
        least = values[np.argpartition(-values, head)[head]]
        top = left[values >= least]
        yield from top[np.argsort(-keyed[top], kind="stable")].tolist()
        left = left[values < least]
    yield from left[np.argsort(-keyed[left], kind="stable")].tolist()


def _spread(order: Iterator[int], n: int, variety: Variety, begun: list[int]) -> list[int]:
    """Goes on from ``begun``: the best item whose artist has room among its neighbours; others wait for their turn."""
    picked = list(begun)
    recent: deque[int] = deque((variety.artist(item) for item in picked), maxlen=variety.window - 1)
    waiting: dict[int, deque[tuple[int, int]]] = {}
    taken = {variety.group(item) for item in picked} - {ALONE}
    rank = 0
    while len(picked) < n:
        item = _next_waiting(waiting, recent, variety)
        while item is None and (new := next(order, None)) is not None:
            rank += 1
            artist = variety.artist(new)
            if variety.group(new) in taken:
                continue
            if artist >= 0 and recent.count(artist) >= variety.room(artist):
                waiting.setdefault(artist, deque()).append((rank, new))
            else:
                item = new
        if item is None:
            item = _next_waiting(waiting, recent, None)
        if item is None:
            break
        if variety.group(item) in taken:
            continue
        picked.append(item)
        recent.append(variety.artist(item))
        taken |= {variety.group(item)} - {ALONE}
    return picked


def _next_waiting(
    waiting: dict[int, deque[tuple[int, int]]], recent: deque[int], variety: Variety | None
) -> int | None:
    """The best waiting item with room; without a cap the one whose artist was heard least of late."""
    free = [
        (0 if variety else recent.count(artist), queue[0], artist)
        for artist, queue in waiting.items()
        if variety is None or recent.count(artist) < variety.room(artist)
    ]
    if not free:
        return None
    _, (_, item), artist = min(free)
    waiting[artist].popleft()
    if not waiting[artist]:
        del waiting[artist]
    return item
