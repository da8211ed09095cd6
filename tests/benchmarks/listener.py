"""How long 50 suggestions with evidence take after a play, how long a new play, and all plays at the start."""

import gc
from collections.abc import Iterator
from functools import partial

import numpy as np
import psutil

from recommender.listener import Catalogue, Listener, Plays, Question
from tests.benchmarks.measure import Measurement, typical_ms

LENGTH_MS = 200_000
QUESTIONS: tuple[Question, ...] = ("next", "session", "rediscover", "never")


def measure(*, quick: bool) -> Iterator[Measurement]:
    """10,000 tracks with 30,000 and 50,000 plays; then 100,000 tracks with a million."""
    yield from _at(10_000, 30_000, "5 ms", 5)
    yield from _at(10_000, 50_000, "", 5)
    if not quick:
        yield from _at(100_000, 1_000_000, "20 ms", 15)


def _at(n_tracks: int, n_plays: int, promised: str, times: int) -> Iterator[Measurement]:
    size = f"{n_tracks // 1000}k tracks, {n_plays // 1000}k plays"
    before = _resident_mb()
    catalogue, plays = a_catalogue(n_tracks), some_plays(n_tracks, n_plays)
    listener = Listener(catalogue)
    yield Measurement(f"{size}: load", typical_ms(partial(_loaded, catalogue, plays), 1), "ms")
    listener.load(plays)
    ids = plays.item_id[:: max(n_plays // 1000, 1)].copy()
    now = int(plays.started_at_s[-1]) + 200
    del plays
    gc.collect()
    clock = iter(range(now, now + 200 * 100_000, 200))
    turn = iter(np.tile(ids, 50).tolist())

    def add() -> int:
        at_s = next(clock)
        listener.add(Plays.of([next(turn)], [at_s], [LENGTH_MS], [LENGTH_MS]))
        return at_s + 10

    yield Measurement(f"{size}: add one play", typical_ms(add, 10 * times), "ms", "under 5 ms")

    def ask(question: Question, seeds: tuple[int, ...] = ()) -> None:
        listener.recommend(question, add(), 50, seeds)

    for question in QUESTIONS:
        taken = typical_ms(partial(ask, question), times)
        yield Measurement(f"{size}: 50 suggestions, {question}", taken, "ms", f"under {promised}" if promised else "")
    taken = typical_ms(partial(ask, "next", tuple(ids[:5].tolist())), times)
    yield Measurement(f"{size}: 50 suggestions, five seeds", taken, "ms")
    yield Measurement(f"{size}: resident", _resident_mb() - before, "MB more", "under 250 MB")


def a_catalogue(n: int) -> Catalogue:
    """``n`` tracks, twelve an artist, two albums an artist."""
    rng = np.random.default_rng(0)
    artist = rng.integers(0, n // 12, n)
    album = artist * 2 + rng.integers(0, 2, n)
    return Catalogue(np.arange(n), np.arange(n), artist, album, artist % 40, 1960 + artist % 60, np.full(n, LENGTH_MS))


def some_plays(n_tracks: int, n_plays: int) -> Plays:
    """A long tail of favourites in sessions of about a dozen, one in five skipped."""
    rng = np.random.default_rng(1)
    ids = (rng.zipf(1.15, n_plays) - 1) % n_tracks
    at_s = 1_500_000_000 + np.cumsum(np.where(rng.random(n_plays) < 1 / 13, 6_000, 200))
    skipped = rng.random(n_plays) < 0.2
    played = np.where(skipped, 5_000, LENGTH_MS)
    return Plays.of(ids, at_s, played, np.full(n_plays, LENGTH_MS), skipped.astype(int))


def _loaded(catalogue: Catalogue, plays: Plays) -> Listener:
    listener = Listener(catalogue)
    listener.load(plays)
    return listener


def _resident_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20
