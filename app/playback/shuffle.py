"""The shuffle: what the listener likes comes sooner, nothing again within the window, and no artist twice in a row.

Weights and draws are pure: numbers in, an order out, randomness passed in. A weighted order is drawn with one
exponential key a unit (Efraimidis and Spirakis, 2006). A unit is a track, or an album that stays together.
"""

import random
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Final

from app.domain.ids import RecordingKey
from app.domain.play import Play
from app.domain.taste import UNKNOWN, Taste
from app.domain.track import Track

WINDOW: Final = 500
"""A recording does not come again within so many plays where there is enough else."""

_APART = 3
"""An artist does not come again within so many units where another can be drawn instead."""
_TRIES = 12
_DAY_MS = 86_400_000
_MONTH_DAYS = 30.0


@dataclass(slots=True)
class Tastes:
    """What the log says of each recording. ``recent``: the last recordings played, the newest last."""

    of: dict[RecordingKey, Taste] = field(default_factory=dict)
    recent: deque[RecordingKey] = field(default_factory=lambda: deque(maxlen=WINDOW))
    now_ms: int = 0
    """When the newest play began."""

    def heard(self, play: Play) -> None:
        """A play that has just ended counts from now on."""
        self.recent.append(play.recording_key)
        self.now_ms = max(self.now_ms, play.started_at)
        self.of[play.recording_key] = self.of.get(play.recording_key, UNKNOWN).after(play)

    def weight(self, track: Track) -> float:
        """How much a track is wanted; 1 for one that nobody knows anything of."""
        taste = self.of.get(track.recording_key)
        if taste is None and not track.rating:
            return 1.0
        return weight(taste or UNKNOWN, track.rating, self.now_ms)


def weight(taste: Taste, rating: int | None, now_ms: int) -> float:
    """Affinity, times how seldom it is skipped, times how lately it was on, times the stars; always over 0.

    A recording that was never played weighs 1. The share of skips starts from a prior of one skip in six plays. That
    nothing comes again too soon is the window's work: outside it, what was on lately is what is wanted. The exponent
    and the month were chosen on half of the listeners of ``tests.benchmarks.shuffle``, mild enough that the rest of
    the music keeps its turn.
    """
    affinity = 1.0 + taste.listens
    patience = ((taste.plays - taste.skips + 5) / (taste.plays + 6) / (5 / 6)) ** 2
    days = max(now_ms - taste.last_ms, 0) / _DAY_MS
    lately = 1.0 if taste.last_ms == 0 else (1 + days / _MONTH_DAYS) ** -0.6
    stars = 1.0 if not rating else 0.4 + 1.2 * min(max(rating, 0), 100) / 100
    return max(affinity * patience * lately * stars, 1e-6)


def albums(tracks: Sequence[Track]) -> list[list[int]]:
    """Places in ``tracks``, an album's together and in their order; a track of no album stands alone."""
    units: dict[object, list[int]] = {}
    for at, track in enumerate(tracks):
        units.setdefault(track.album_key or at, []).append(at)
    return list(units.values())


def order(
    tracks: Sequence[Track],
    weigh: Callable[[Track], float],
    recent: Iterable[RecordingKey],
    rng: random.Random,
    *,
    by_albums: bool = False,
) -> list[int]:
    """Every place of ``tracks`` once, shuffled. ``recent``: what was played before, the newest last.

    What was played within the window waits until it has left it; where nothing else remains, what was played longest
    ago comes first. With few tracks the window is three quarters of them, so that the order still is a draw.
    Cost: O(n log n).
    """
    window = min(WINDOW, len(tracks) * 3 // 4)
    units = albums(tracks) if by_albums else [[at] for at in range(len(tracks))]
    since = {key: back for back, key in reversed(list(enumerate(reversed(list(recent)), 1)))}
    free_from = [_free_from(unit, tracks, since, window) for unit in units]
    keys = [rng.expovariate(1.0) / _mean_weight(unit, tracks, weigh) for unit in units]
    drawn = _Drawn([tracks[unit[0]].artist for unit in units], keys, free_from)
    found: list[int] = []
    while (unit_at := drawn.next(len(found))) is not None:
        found += units[unit_at]
    return found


def _mean_weight(unit: Sequence[int], tracks: Sequence[Track], weigh: Callable[[Track], float]) -> float:
    if len(unit) == 1:
        return weigh(tracks[unit[0]])
    return sum(weigh(tracks[at]) for at in unit) / len(unit)


def _free_from(unit: Sequence[int], tracks: Sequence[Track], since: Mapping[RecordingKey, int], window: int) -> int:
    """The first place at which none of the unit's recordings comes again within the window."""
    if len(unit) == 1:
        back = since.get(tracks[unit[0]].recording_key)
        return 0 if back is None else max(window + 1 - back, 0)
    waits = [
        window + 1 - since[tracks[at].recording_key] - i
        for i, at in enumerate(unit)
        if tracks[at].recording_key in since
    ]
    return max([0, *waits])


class _Drawn:
    """Units on their way into an order: those that may come, by their draw; those that must wait, by how long."""

    def __init__(self, artists: Sequence[str], keys: Sequence[float], free_from: Sequence[int]) -> None:
        self._artists, self._keys = artists, keys
        self._waiting = [(free, keys[at], at) for at, free in enumerate(free_from) if free]
        self._free = sorted(((keys[at], at) for at, free in enumerate(free_from) if not free), reverse=True)
        """Those that never had to wait; the next one is last."""
        self._late: list[tuple[float, int]] = []
        """Those that had to, and those that were passed over; few at a time."""
        self._last: deque[str] = deque(maxlen=_APART)
        heapify(self._waiting)

    def next(self, place: int) -> int | None:
        """The unit that comes at a place; ``None`` where all have come."""
        while self._waiting and (self._waiting[0][0] <= place or not (self._free or self._late)):
            _free, key, at = heappop(self._waiting)
            heappush(self._late, (key, at))
        if not (self._free or self._late):
            return None
        at = self._pick()
        self._last.append(self._artists[at])
        return at

    def _pick(self) -> int:
        """The first draw by an artist that was not just heard; among few, the first draw."""
        aside: list[tuple[float, int]] = []
        while (self._free or self._late) and len(aside) < _TRIES:
            drawn = self._first()
            artist = self._artists[drawn[1]]
            if not artist or artist not in self._last:
                break
            aside.append(drawn)
        else:
            drawn = aside.pop(0)
        for one in aside:
            heappush(self._late, one)
        return drawn[1]

    def _first(self) -> tuple[float, int]:
        if self._late and (not self._free or self._late[0] < self._free[-1]):
            return heappop(self._late)
        return self._free.pop()
