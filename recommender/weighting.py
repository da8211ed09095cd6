"""Counts and times to weights."""

import numpy as np

from recommender.arrays import Floats, Ints
from recommender.sessions import LISTEN_MS

LEAST_HOURS = 0.5
"""A play younger than this counts as this old: the power law has no limit at zero."""


def log_weights(counts: Floats) -> Floats:
    """log(1 + count), float64, same shape: the tenth play says less than the second."""
    return np.asarray(np.log1p(counts), dtype=np.float64)


def recency_weights(started_at_s: Ints, now_s: float, decay: float) -> Floats:
    """(hours since)^-decay of each play, float64 (n,), 0 for plays after ``now_s``. Power-law memory, Anderson 1991."""
    seconds = now_s - started_at_s
    hours = np.maximum(seconds / 3600.0, LEAST_HOURS)
    # Single precision: half the time, and 1e-7 is far below what a half-life can tell apart.
    weights = 1.0 / hours if decay == 1.0 else np.power(hours.astype(np.float32), np.float32(-decay)).astype(np.float64)
    if len(seconds) and seconds.min() < 0:
        weights = np.where(seconds < 0, 0.0, weights)
    return np.asarray(weights, dtype=np.float64)


def completion_weights(played_ms: Ints, duration_ms: Ints) -> Floats:
    """Share of the track that was heard, float64 (n,) in 0..1; unknown length: four minutes; unknown hearing: 1."""
    length = np.where(duration_ms > 0, duration_ms, LISTEN_MS)
    return np.asarray(np.where(played_ms < 0, 1.0, np.clip(played_ms / length, 0.0, 1.0)), dtype=np.float64)
