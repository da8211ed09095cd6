"""Which plays a piece of evidence rests on."""

import numpy as np

from recommender.arrays import Bools, Ints
from recommender.history import DAY_S, History
from recommender.sessions import Plays, run_numbers

OF_ITEM = frozenset({"recency", "days", "spread", "known", "replay", "again"})
LATELY = {"week": 7 * DAY_S, "day": DAY_S}
OF_PAIR = frozenset({"together", "follows", "continues", "round_again"})
OF_KIND = {
    "artist": "artist",
    "own_artist": "artist",
    **{f"taste_{kind}": kind for kind in ("artist", "album", "genre", "year")},
}
IN_SESSION = frozenset({"session_artist", "artist_run"})


def rows(history: History, plays: Plays, column: int, signal: str, other: int | None, now_s: float) -> Bools:
    """bool (n_plays,) over all plays of the history.

    A pair: the plays of the item in sessions that hold the other track too. ``session_artist`` and ``artist_run``: the
    running session's plays by the artist. Tags alone rest on no play. Cost: O(n_plays).
    """
    items, at_s = plays.item_id, plays.started_at_s
    mine = items == column
    if signal in OF_ITEM:
        return np.asarray(mine)
    if signal in LATELY:
        return np.asarray(mine & (at_s >= now_s - LATELY[signal]))
    if signal in OF_PAIR and other is not None:
        runs = run_numbers(at_s, plays.played_ms)
        return np.asarray(mine & np.isin(runs, runs[items == other]))
    if signal in OF_KIND:
        codes = getattr(history.columns, OF_KIND[signal])
        unknown = 0 if OF_KIND[signal] == "year" else -1
        return np.asarray((codes[items] == codes[column]) & (codes[column] != unknown))
    if signal in IN_SESSION and len(items):
        runs = run_numbers(at_s, plays.played_ms)
        artists = history.columns.artist
        return np.asarray((runs == runs[-1]) & (artists[items] == artists[column]))
    return np.zeros(len(items), dtype=bool)


def keys(columns: Ints, started_at_s: Ints) -> Ints:
    """One number for a recording at a time, int64; times are below 2**35 (the year 3000)."""
    return columns * (1 << 35) + started_at_s
