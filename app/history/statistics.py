"""The listener's plays, counted over the periods that people ask for."""

from app.domain.statistics import Period, Statistics
from app.storage.statistics import StatisticsStore

RANKS = 10
_DAY_MS = 86_400_000
_DAYS = {Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


def statistics(store: StatisticsStore, period: Period, now_ms: int) -> Statistics:
    """What was heard in the days before now. Plays that claim to lie in the future count in ``ALL`` alone."""
    if period is Period.ALL:
        return store.read(-(1 << 62), 1 << 62, RANKS)
    return store.read(now_ms - _DAYS[period] * _DAY_MS, now_ms + 1, RANKS)
