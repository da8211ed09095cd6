"""Small catalogues and histories for these tests."""

from collections.abc import Sequence

import numpy as np

from recommender.catalogue import Catalogue, ItemSpace
from recommender.history import History
from recommender.sessions import Plays

NOW_S = 1_760_000_000
DAY_S = 86_400
MINUTE_MS = 60_000


def a_catalogue(n: int, per_artist: int = 3, **changed: Sequence[int]) -> Catalogue:
    """Items 1..n; ``per_artist`` to an artist, an album each, four genres, years from 1990."""
    place = np.arange(n)
    artist = place // per_artist
    columns = {
        "item_ids": place + 1,
        "recording": place,
        "artist": artist,
        "album": artist,
        "genre": artist % 4,
        "year": 1990 + artist % 20,
        "duration_ms": np.full(n, 3 * MINUTE_MS),
    }
    return Catalogue(**{**columns, **changed})


def a_history(sessions: Sequence[Sequence[int]], n: int, end_s: int = NOW_S - DAY_S) -> History:
    """Sessions of columns, one a day, the last at ``end_s``; each listen three minutes."""
    return History(ItemSpace(a_catalogue(n)).columns, plays_of(sessions, end_s))


def plays_of(sessions: Sequence[Sequence[int]], end_s: int = NOW_S - DAY_S) -> Plays:
    """The plays of such sessions; the numbers are taken as ids."""
    ids, at = [], []
    for back, session in enumerate(reversed(sessions)):
        ids.append(np.asarray(session, dtype=np.int64))
        at.append(end_s - back * DAY_S + 180 * np.arange(len(session)))
    if not ids:
        return Plays.none()
    item, times = np.concatenate(ids[::-1]), np.concatenate(at[::-1])
    return Plays.of(item, times, np.full(len(item), 3 * MINUTE_MS), np.full(len(item), 3 * MINUTE_MS))


def random_sessions(n_items: int, n_sessions: int, seed: int = 0, longest: int = 12) -> list[list[int]]:
    """Seeded sessions over columns 0..n_items-1, popular ones more often."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, longest + 1, n_sessions)
    return [np.minimum(rng.geometric(4 / n_items, size) - 1, n_items - 1).tolist() for size in lengths]
