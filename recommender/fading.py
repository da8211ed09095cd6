"""Power-law memory over a long log: what is old is kept as a few numbers a code, what is recent is summed exactly.

Beyond ``EXACT_S`` hours^-d is a sum of ``TERMS`` exponentials, fitted once a decay, within ``WORST`` of the true value
from 60 days to 60 years. Exponentials of one code add up, so old events need no rows. The border between old and recent
depends on the newest event alone: a log that grew and a log read at once give the same numbers.
"""

from functools import lru_cache

import numpy as np

from recommender.arrays import Bools, Codes, Floats, Ints, distinct

EXACT_S = 60 * 86_400
STEP_S = 30 * 86_400
"""The border moves in steps of this."""
TERMS = 10
WORST = 2e-3
"""Largest relative error of an old event's weight."""
LEAST_HOURS = 0.5
"""An event younger than this counts as this old: the power law has no limit at zero."""
_LONGEST_H = 60 * 365.25 * 24


@lru_cache
def exponentials(decay: float) -> tuple[Floats, Floats]:
    """(rates an hour, weights), float64 (TERMS,) each, with hours^-decay = sum of weight * exp(-rate * hours)."""
    first = EXACT_S / 3600
    hours = np.geomspace(first, _LONGEST_H, 600)
    rates = np.geomspace(0.2 / _LONGEST_H, 6.0 / first, TERMS)
    shape = np.exp(-hours[:, None] * rates) * hours[:, None] ** decay
    weights, *_ = np.linalg.lstsq(shape, np.ones(len(hours)), rcond=None)
    return rates, np.asarray(weights, dtype=np.float64)


class Fading:
    """Sum over a code's events of hours^-decay. Takes the whole log each time; folds what became old since."""

    def __init__(self, decay: float, n_codes: int) -> None:
        self.decay, self._n_codes = decay, n_codes
        self._codes: Ints = np.zeros(0, dtype=np.int64)
        """Those with old events, ascending: of a large library most were never heard."""
        self._sums = np.zeros((0, TERMS))
        self._folded = 0
        self._border_s = 0

    def at(self, now_s: float, codes: Codes, at_s: Ints, counted: Bools | None = None) -> Floats:
        """float64 (n_codes,). ``codes``, ``at_s``: the log by time, without codes below 0 and those not ``counted``.

        Cost: O(n_codes + events of the last 60 to 90 days); each event is folded once.
        """
        size = self._n_codes
        if len(at_s) == 0 or size == 0:
            return np.zeros(size)
        self._fold(codes, at_s, counted)
        kept, times = _counted(codes, at_s, counted, slice(self._folded, len(at_s)))
        total = np.bincount(kept, _weights(times, now_s, self.decay), size).astype(np.float64)
        if self._folded:
            rates, weights = exponentials(self.decay)
            old = self._sums @ (weights * np.exp(-rates * ((now_s - self._border_s) / 3600)))
            total[self._codes] += np.maximum(old, 0.0)
        return total

    def _fold(self, codes: Codes, at_s: Ints, counted: Bools | None) -> None:
        border = max((int(at_s[-1]) - EXACT_S) // STEP_S * STEP_S, 0)
        place = int(np.searchsorted(at_s, border))
        if place <= self._folded:
            return
        rates, _ = exponentials(self.decay)
        if self._folded:
            self._sums *= np.exp(-rates * ((border - self._border_s) / 3600))
        kept, times = _counted(codes, at_s, counted, slice(self._folded, place))
        self._make_room(kept)
        rows, hours = np.searchsorted(self._codes, kept), (border - times) / 3600
        for term, rate in enumerate(rates.tolist()):
            self._sums[:, term] += np.bincount(rows, np.exp(-rate * hours), len(self._sums))
        self._folded, self._border_s = place, border

    def _make_room(self, codes: Codes) -> None:
        """A row for each code that had none."""
        together = distinct(np.concatenate([self._codes, codes]))
        if len(together) > len(self._codes):
            sums = np.zeros((len(together), TERMS))
            sums[np.searchsorted(together, self._codes)] = self._sums
            self._codes, self._sums = together, sums


def _weights(at_s: Ints, now_s: float, decay: float) -> Floats:
    """hours^-decay of each event, float64; the power in single precision: half the time, and 1e-7 is enough."""
    hours = np.maximum((now_s - at_s) / 3600.0, LEAST_HOURS)
    if decay == 1.0:
        return np.asarray(1.0 / hours, dtype=np.float64)
    return np.asarray(np.power(hours.astype(np.float32), np.float32(-decay)), dtype=np.float64)


def _counted(codes: Codes, at_s: Ints, counted: Bools | None, part: slice) -> tuple[Codes, Ints]:
    chosen, times = codes[part], at_s[part]
    keep = chosen >= 0 if counted is None else counted[part] & (chosen >= 0)
    return (chosen, times) if keep.all() else (chosen[keep], times[keep])
