"""How good a shuffle is: does it put what the listener then wants to hear before what is then skipped?

At three moments of each real listener's log, all that was ever played before is shuffled. Each of the three draws under
the same promise (nothing of the last 500 plays), so that they differ in their weights alone; without it, random would
be credited for repeats. *Found*: what share of the recordings outside the window that the listener then heard, within
200 plays, stand among the first 100. *Skips*: of those among the first 100 that then came up, how many were skipped.
The weights were chosen on every other listener; the numbers are of the others. Repeats are counted as each would
really do it: Rhythmbox and random keep no window. It cannot be known how a listener would have liked a track that was
not played: the measure favours what people choose by themselves, which a shuffle should not follow to the end.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from app.domain.ids import AlbumKey, RecordingKey
from app.domain.play import EndedBy, is_listen, is_skip
from app.domain.taste import UNKNOWN
from app.domain.track import Track
from app.playback.shuffle import WINDOW, Tastes, order
from recommender.loaders.load import load
from tests.benchmarks.listener import some_plays
from tests.benchmarks.measure import Measurement
from tests.benchmarks.quality import DATA
from tests.helpers.fake_playback import a_play
from tests.helpers.fake_services import a_track

FIRST = 100
LENGTH_MS = 200_000
LAST_PLAYS = 200
SHARES = (0.5, 0.75, 1.0)
"""The plays after the moment of the shuffle, by which it is judged."""

Order = Callable[[list[Track], Tastes, random.Random], list[int]]
Row = tuple[int, int, int, int]
"""Track, artist, seconds, milliseconds played."""


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Segue's shuffle, Rhythmbox's formula and plain random, over the same moments."""
    histories = list(_histories())
    others = histories[1::2] or histories  # the weights were chosen on the rest
    chosen = others[:3] if quick else others
    for name, shuffled in (("segue", _segue), ("rhythmbox", _rhythmbox), ("random", _random)):
        moments = [(_moment(rows, share), draw) for rows in chosen for share in SHARES for draw in range(2)]
        judged = np.array([_judged(*moment, shuffled, draw) for moment, draw in moments])
        met = judged[:, 4].sum()
        found = judged.mean(axis=0)
        found[1] = judged[:, 1].sum() / max(met, 1)
        yield Measurement(f"{name}: found among the first {FIRST}", 100 * found[0], "%")
        yield Measurement(f"{name}: skips of those met", 100 * found[1], "%")
        yield Measurement(f"{name}: repeats within {WINDOW} plays", found[2], f"of the first {FIRST}")
        yield Measurement(f"{name}: same artist twice in a row", found[3], f"of the first {FIRST}")


def _histories() -> Iterator[list[Row]]:
    """Each listener's plays in their order: the real ones, or made-up ones where those are not beside the checkout."""
    if not (DATA / "listeners").is_dir():
        print("  the listeners' plays are not beside this checkout: made-up plays")
        plays = some_plays(2_000, 10_000)
        columns: Any = zip(plays.item_id, plays.item_id // 12, plays.started_at_s, plays.played_ms, strict=True)
        yield [tuple(map(int, row)) for row in columns]
        return
    log = load(DATA / "listeners")
    if log.at_s is None or log.artist is None or log.played_ms is None:
        raise ValueError("The listeners' plays have no times.")
    for user in range(log.n_users):
        rows = np.flatnonzero(log.user == user)
        rows = rows[np.argsort(log.at_s[rows], kind="stable")][-10_000:]
        if len(rows) > 5 * LAST_PLAYS:
            columns = zip(log.item[rows], log.artist[rows], log.at_s[rows], log.played_ms[rows], strict=True)
            yield [tuple(map(int, row)) for row in columns]


def _moment(rows: list[Row], share: float) -> tuple[list[Row], list[Row]]:
    """What was played before a moment, and the plays right after it."""
    at = int(share * (len(rows) - LAST_PLAYS))
    return rows[:at], rows[at : at + LAST_PLAYS]


def _judged(before: list[Row], after: list[Row], shuffled: Order, draw: int) -> tuple[float, ...]:
    """The library is what was ever played before."""
    tastes, library = Tastes(), {}
    for item, artist, at_s, played_ms in before:
        track = library.setdefault(item, _track(item, artist))
        tastes.heard(_play(track, at_s, played_ms))
    tracks = list(library.values())
    barred = set(tastes.recent)
    drawn = [tracks[at] for at in shuffled(tracks, tastes, random.Random(draw))]
    allowed = [track for track in drawn if track.recording_key not in barred] or drawn
    shown = {int(track.id) for track in allowed[:FIRST]}
    there = [(item, ms) for item, _, _, ms in after if item in library and library[item].recording_key not in barred]
    liked = {item for item, ms in there if is_listen(ms, LENGTH_MS)}
    skipped = {item for item, ms in there if is_skip(ms, LENGTH_MS, _ended(ms))} - liked
    since = {key: back for back, key in reversed(list(enumerate(reversed(tastes.recent), 1)))}
    repeats = sum(at + since.get(track.recording_key, WINDOW + 1) <= WINDOW for at, track in enumerate(drawn[:FIRST]))
    twice = sum(one.artist == two.artist for one, two in pairwise(drawn[:FIRST]))
    found = len(liked & shown) / max(len(liked), 1)
    return found, len(skipped & shown), repeats, twice, len((skipped | liked) & shown)


def _track(item: int, artist: int) -> Track:
    key = RecordingKey(str(item))
    return replace(a_track(item), recording_key=key, artist=f"a{artist}", album_key=AlbumKey(""), rating=None)


def _play(track: Track, at_s: int, played_ms: int) -> Any:
    heard = LENGTH_MS if played_ms < 0 else played_ms
    played = {"started_at": at_s * 1000, "played_ms": heard, "duration_ms": LENGTH_MS, "ended_by": _ended(heard)}
    return a_play(track, **played)


def _ended(played_ms: int) -> EndedBy:
    return EndedBy.FINISHED if is_listen(played_ms, LENGTH_MS) else EndedBy.SKIPPED


def _segue(tracks: list[Track], tastes: Tastes, rng: random.Random) -> list[int]:
    return order(tracks, tastes.weight, tastes.recent, rng)


def _rhythmbox(tracks: list[Track], tastes: Tastes, rng: random.Random) -> list[int]:
    """Weighted by ln(seconds since the last play) x (rating + 1), unrated as 2.5 stars; no window."""

    def key(track: Track) -> float:
        age_s = max(tastes.now_ms - tastes.of.get(track.recording_key, UNKNOWN).last_ms, 2_000) / 1000
        stars = 2.5 if track.rating is None else track.rating / 20
        return rng.expovariate(1.0) / (math.log(age_s) * (stars + 1))

    keys = [key(track) for track in tracks]
    return sorted(range(len(tracks)), key=keys.__getitem__)


def _random(tracks: list[Track], _tastes: Tastes, rng: random.Random) -> list[int]:
    return rng.sample(range(len(tracks)), len(tracks))
