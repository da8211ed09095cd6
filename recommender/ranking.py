"""From scores to a list: the one place for exclusions, copies, the never-repeat window, variety and freshness."""

from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Floats, Ints

ARTIST_CAP = 2
ARTIST_WINDOW = 10


def turns(keys: Ints, day: int) -> Floats:
    """A number in 0..1 for each key that changes with the day alone (splitmix64). float64 (n,), O(n)."""
    with np.errstate(over="ignore"):
        mixed = keys.astype(np.uint64) + np.uint64(day & 0xFFFFFFFF) * np.uint64(0x9E3779B97F4A7C15)
        mixed = mixed + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return np.asarray((mixed >> np.uint64(11)).astype(np.float64) / 2.0**53, dtype=np.float64)


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
) -> Ints:
    """Places of at most ``n`` items, best first, int64; equal input gives an equal list, ties go to the lower place.

    ``scores``: float64 (n_items,); -inf is no candidate, NaN an error. ``groups``, ``artists``: codes (n_items,),
    negative is unknown and stands alone. No group appears twice. Among any ``artist_window`` neighbours an artist has
    at most ``artist_cap`` places, as long as another artist is left. ``last_played_s``: items played after
    ``now_s - repeat_window_s`` are left out. ``freshness`` * ``turns(place, day)`` is added to the scores before. An
    excluded item takes its group with it. Cost: O(n_items) and the sort of a few times ``n``.
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
    order = _descending(keyed, n)
    return np.asarray(_spread(order, n, groups, artists, artist_cap, artist_window), dtype=np.int64)


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


def _spread(
    order: Iterator[int],
    n: int,
    groups: NDArray[Any] | None,
    artists: NDArray[Any] | None,
    cap: int,
    window: int,
) -> list[int]:
    """Takes the best item whose artist has room among the last ``window``; the others wait for their turn."""
    picked: list[int] = []
    recent: deque[int] = deque(maxlen=window - 1)
    waiting: dict[int, deque[tuple[int, int]]] = {}
    taken: set[int] = set()
    rank = 0

    def is_copy(item: int) -> bool:
        return groups is not None and int(groups[item]) >= 0 and int(groups[item]) in taken

    while len(picked) < n:
        item = _next_waiting(waiting, recent, cap)
        while item is None and (new := next(order, None)) is not None:
            rank += 1
            artist = -1 if artists is None else int(artists[new])
            if is_copy(new):
                continue
            if artist >= 0 and recent.count(artist) >= cap:
                waiting.setdefault(artist, deque()).append((rank, new))
            else:
                item = new
        if item is None:
            item = _next_waiting(waiting, recent, None)
        if item is None:
            break
        if is_copy(item):
            continue
        picked.append(item)
        recent.append(-1 if artists is None else int(artists[item]))
        if groups is not None:
            taken.add(int(groups[item]))
    return picked


def _next_waiting(waiting: dict[int, deque[tuple[int, int]]], recent: deque[int], cap: int | None) -> int | None:
    """The best waiting item with room under ``cap``; without a cap the one whose artist was heard least of late."""
    free = [
        (0 if cap else recent.count(artist), queue[0], artist)
        for artist, queue in waiting.items()
        if cap is None or recent.count(artist) < cap
    ]
    if not free:
        return None
    _, (_, item), artist = min(free)
    waiting[artist].popleft()
    if not waiting[artist]:
        del waiting[artist]
    return item
