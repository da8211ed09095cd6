"""What the running session itself says: whose music it is, whether it stays with one artist, what it comes back to."""

import numpy as np

from recommender.algorithms.base import Profile
from recommender.arrays import Bools, Codes, Floats
from recommender.history import History

TAIL = 10
"""Tracks of the session that are looked at."""
FADE = 0.8
HOUR_S = 3600
REPLAYS_OF, REPLAYS_USUAL = 300, 60.0
"""Of the last 300 listens, so many within an hour of the same track's last leave the replay signal at 0."""


def session_artist(history: History, profile: Profile) -> Floats:
    """Share of the last ten context tracks that are by the item's artist, the latest weighing most. (n_items,) 0..1."""
    artists = history.columns.artist[profile.context[-TAIL:]]
    fading = 1.0 if profile.chosen else FADE
    weights = np.asarray(fading ** np.arange(len(artists))[::-1], dtype=np.float64)
    return _by_artist(history, artists, weights / max(float(weights.sum()), 1.0))


def artist_run(history: History, profile: Profile) -> Floats:
    """For items by the last track's artist: how often the session stayed with an artist; at its first .3. (n_items,)"""
    artists = history.columns.artist[profile.context[-TAIL:]]
    if profile.chosen or len(artists) == 0:
        return np.zeros(history.n_items)
    stayed = float((artists[1:] == artists[:-1]).mean()) if len(artists) > 1 else 0.3
    return _by_artist(history, artists[-1:], np.array([stayed]))


def again(history: History, profile: Profile) -> Floats:
    """1 for what this session has played already, float64 (n_items,)."""
    marks = np.zeros(history.n_items)
    if not profile.chosen:
        marks[profile.context] = 1.0
    return marks


def round_again(history: History, profile: Profile) -> Floats:
    """1 for what came next when this session was at its present track before, float64 (n_items,)."""
    marks = np.zeros(history.n_items)
    context = profile.context
    if not profile.chosen and len(context) > 1:
        marks[context[1:][context[:-1] == context[-1]]] = 1.0
    return marks


def replay(history: History, profile: Profile) -> Floats:
    """For what was played within the hour: how much more often than usual this listener replays. (n_items,).

    The soft form of a never-repeat window: against it for most listeners, for it when a track is on repeat.
    """
    lately = history.tallies.last_play_s > profile.now_s - HOUR_S
    return np.where(lately, np.log((replays(history) + 1.0) / REPLAYS_USUAL), 0.0)


def replays(history: History) -> int:
    """How many of the last 300 listens came within an hour after the same track's listen before."""
    start = max(len(history) - REPLAYS_OF - 100, 0)
    items, at_s = history.items[start:], history.at_s[start:]
    order = np.argsort(items, kind="stable")
    soon = (items[order][1:] == items[order][:-1]) & (at_s[order][1:] - at_s[order][:-1] < HOUR_S)
    return int((order[1:][soon] >= len(items) - REPLAYS_OF).sum())


def heard_since(history: History, start_s: float) -> Bools:
    """What was listened to at ``start_s`` or later, bool (n_items,)."""
    return np.asarray(history.tallies.last_listen_s >= max(start_s, 0.0), dtype=bool)


def _by_artist(history: History, artists: Codes, weights: Floats) -> Floats:
    known = artists >= 0
    totals = np.bincount(artists[known], weights[known], history.columns.n_artists + 1)
    return np.asarray(totals[history.columns.artist], dtype=np.float64)  # code -1 reads the last one, which is 0
